"""The gate: each reason for which it is red, and that without one it is green."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import AssistantError
from evals.__main__ import accept
from evals.figures import forbidden
from evals.findings import FORBIDDEN
from evals.gate import (
    Baseline,
    Floor,
    Stored,
    baseline_of,
    faults,
    fingerprint,
    read_baseline,
    read_floor,
    write_baseline,
)
from tests.evals.made import ANSWER, case, result

RIGHT, WRONG = Stored(True, "0"), Stored(False, "0")


def test_green_without_a_fault() -> None:
    assert faults([result()], Floor({"answers_right": 1.0}), Baseline({}, {"a": RIGHT})) == ()


def test_nothing_put_is_red() -> None:
    assert faults([], None, None) == ("no case was put",)


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_one_of_what_must_never_be(kind: str) -> None:
    results = [result() for _ in range(99)] + [result(case("b"), ANSWER, kind)]
    assert forbidden(results)[kind] == 1  # type: ignore[index]
    assert faults(results, None, None) == (f"{kind.replace('_', ' ')}: 1 (b)",)


def test_what_must_never_be_is_not_accepted(tmp_path: Path) -> None:
    kept = tmp_path / "baseline.json"
    accept([result(None, ANSWER, "wrong_date")], None, kept)
    assert not kept.exists()
    accept([result(None, ANSWER, "not_said")], None, kept)
    assert read_baseline(kept).cases["a"].right is False


def test_a_case_that_errored() -> None:
    assert faults([result(None, None, "error")], None, None) == ("error: 1 (a)",)


def test_another_agreements_provision() -> None:
    korea = case(kind="agreement", agreement="korea")
    assert faults([result(korea, agreements=("korea",))], None, None) == ()
    assert faults([result(korea, agreements=("colombia",))], None, None) == (
        "provisions of another agreement cited: 1 (a)",
    )


def test_a_figure_under_the_floor_or_over_the_most() -> None:
    floor = Floor({"answers_right": 0.9}, {"wrong_or_misgrounded": 0.1})
    nine = [result() for _ in range(9)]
    assert faults([*nine, result(None, ANSWER, "not_said")], floor, None) == ()
    assert faults([*nine[1:], result(None, ANSWER, "not_said")], floor, None) == (
        "answers_right is 0.889, under 0.9",
        "wrong_or_misgrounded is 0.111, over 0.1",
    )


def test_a_figure_of_nothing_is_under_every_floor() -> None:
    assert faults([result()], Floor({"refusal_recall": 0.5}), None) == (
        "refusal_recall is not measured, under 0.5",
    )


@pytest.mark.parametrize(
    ("stored", "found", "lines"),
    [
        (RIGHT, (), ()),
        (RIGHT, ("not_said",), ("a was right and is not: not_said: why",)),
        (WRONG, ("not_said",), ()),
        (WRONG, (), ()),
        # A new case may be wrong: only the figures count it.
        (None, ("not_said",), ()),
    ],
)
def test_what_was_right_and_is_not(
    stored: Stored | None, found: tuple[str, ...], lines: tuple[str, ...]
) -> None:
    baseline = Baseline({}, {"a": stored} if stored else {})
    assert faults([result(None, ANSWER, *found)], None, baseline) == lines


def test_a_case_that_is_taken_away_is_a_fault_where_every_case_was_put() -> None:
    baseline = Baseline({}, {"a": RIGHT, "gone": RIGHT, "gone-too": WRONG})
    assert faults([result()], None, baseline) == ()
    assert faults([result()], Floor({}), baseline) == ("gone was right and is not asked any more",)


def test_a_baseline_is_written_a_line_a_case_and_read_back(tmp_path: Path) -> None:
    results = [result(case("b")), result(case("a"), ANSWER, "not_said")]
    path = tmp_path / "baseline.json"
    write_baseline(baseline_of(results), path)
    assert read_baseline(path) == baseline_of(results)
    assert json.loads(path.read_text())["figures"]["cases_right"] == 0.5
    rows = [line for line in path.read_text().splitlines() if '"right"' in line]
    assert [row.split('"')[1] for row in rows] == ["a", "b"]


def test_a_baseline_that_is_not_there_or_is_none(tmp_path: Path) -> None:
    with pytest.raises(AssistantError, match="--accept"):
        read_baseline(tmp_path / "none.json")
    (tmp_path / "none.json").write_text('{"cases": {}}')
    with pytest.raises(AssistantError, match="is not a baseline"):
        read_baseline(tmp_path / "none.json")


def test_a_fingerprint_follows_the_question_and_its_gold_and_not_its_place() -> None:
    same = fingerprint(case())
    assert same == fingerprint(case(why="better said", group="one", split=("as_of",)))
    assert same == fingerprint(case(must_say=()))
    others = {fingerprint(case(question="??")), fingerprint(case(must_say=("5",)))}
    assert len({same, *others}) == 3


def _floor(folder: Path, text: str) -> Path:
    path = folder / "floor.toml"
    path.write_text(f"[at_least]\n{text}\n")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "answers_write = 0.9",
        "answers_right = 1.9",
        "answers_right = 0.9\n[most]",
        "answers_right = 0.9\n[at_most]\nanswers_wrong = 0.1",
    ],
)
def test_a_floor_that_names_no_figure_or_is_no_share_does_not_load(tmp_path: Path, text: str) -> None:
    with pytest.raises(AssistantError, match=r"floor\.toml"):
        read_floor(_floor(tmp_path, text))


def test_the_floor_is_no_lower_than_what_was_promised() -> None:
    """Promised, and so said twice: whoever lowers a figure has to say so here too."""
    promised = {
        "answers_right": 0.9,
        "citation_recall": 0.95,
        "recall_at_5": 0.98,
        "refusal_precision": 0.9,
        "refusal_recall": 0.95,
        "dates_exact": 0.95,
        "amounts_exact": 0.9,
        "answers_grounded": 0.95,
        "quotes_verbatim": 1.0,
        "editions_right": 1.0,
        "claims_cited": 1.0,
    }
    floor = read_floor()
    assert floor.at_least.keys() == promised.keys()
    assert all(floor.at_least[name] >= least for name, least in promised.items())
    assert floor.at_most.keys() == {"wrong_or_misgrounded"}
    assert floor.at_most["wrong_or_misgrounded"] <= 0.1
