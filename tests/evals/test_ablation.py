"""What the parts are worth: the statistics by hand, and two variants for real on a few cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.settings import Settings
from evals.ablation import WITHOUT, Row, ablated, main, markdown, mcnemar
from evals.cases import load_cases
from evals.run import Result
from evals.sabotages.workshop import Workshop
from tests.evals.made import case, result


@pytest.mark.parametrize(
    ("gained", "lost", "chance"),
    [
        (0, 0, 1.0),  # nothing moved
        (3, 3, 1.0),
        (0, 5, 0.0625),  # 2 / 2**5
        (5, 0, 0.0625),
        (1, 9, 0.021484375),  # 2 * (1 + 10) / 2**10
        (0, 1, 1.0),
    ],
)
def test_mcnemar_is_the_exact_two_sided_binomial(gained: int, lost: int, chance: float) -> None:
    assert mcnemar(gained, lost) == chance


def _results(right: str) -> list[Result]:
    good, bad = result(), result(None, None, "not_said")
    return [replace(good if letter == "1" else bad, case=case(str(n))) for n, letter in enumerate(right)]


def test_a_row_is_compared_case_by_case() -> None:
    row = Row("part", _results("1100011111"), _results("1111100111"))
    assert row.moved == (2, 3)
    assert (row.right.hits, row.right.total) == (7, 10)
    change, low, high = row.difference
    assert change == pytest.approx(-0.1)
    assert low < change < high
    assert row.chance == 1.0


def test_the_same_results_differ_by_nothing() -> None:
    row = Row("part", _results("1101"), _results("1101"))
    assert (row.moved, row.difference, row.chance) == ((0, 0), (0.0, 0.0, 0.0), 1.0)


def test_two_variants_for_real(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    cases = [one for one in load_cases() if one.kind == "agreement"][:8]
    parts = [part for part in WITHOUT if part.name in ("agreement router", "embeddings")]
    whole, *others = ablated(Workshop(settings), cases, parts)
    assert whole.moved == (0, 0)
    assert [row.name for row in others] == ["embeddings", "agreement router"]
    assert all(row.right.total == len(cases) for row in others)
    without_router = others[1]
    cited = {name for one in without_router.results for name in one.agreements}
    assert cited, "something was cited"
    table = markdown([whole, *others])
    assert table.count("\n") == 5
    assert capsys.readouterr().out.count("\n") == 4


def test_a_file_that_cannot_be_written_is_known_before_the_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--markdown", "/nowhere/at/all.md"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_each_part_is_left_out_once() -> None:
    assert len({part.name for part in WITHOUT}) == len(WITHOUT) >= 8
