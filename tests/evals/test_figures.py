"""The figures, the floor and the exit status, from results made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.reply import Claim, Reply
from assistant.errors import AssistantError
from assistant.law import Citation
from assistant.retention.values import Missing
from evals import __main__ as program
from evals.cases import Case, load_cases
from evals.figures import (
    Rate,
    confused,
    confusion,
    forbidden,
    kinds,
    latency,
    percentile,
    rates,
    read_floor,
    shortfalls,
)
from evals.report import as_json, failures, table, whole
from evals.run import Result, run
from evals.scorers import FORBIDDEN, Finding

DAY = date(2026, 11, 22)
CLAIM = Claim("Five years.", "digest", (Citation.parse("19 CFR 163.4(a)"),))
ANSWER = Reply("?", DAY, DAY, "answer", "Five years.", claims=(CLAIM,))
REFUSAL = Reply("?", DAY, DAY, "refusal", "No.", reason="advice")
ASKS = Reply("?", DAY, DAY, "clarification", "Which?", missing=(Missing("agreement", "Which?"),))


def case(id: str = "a", **changes: Any) -> Case:
    base: dict[str, Any] = {"id": id, "kind": "what", "question": "?", "why": "w", "outcome": "answer"}
    if changes.get("outcome", "answer") == "answer":
        base["citations"] = ("19 CFR 163.4(a)",)
    return Case(**base | changes)


def result(
    wanted: Case | None = None,
    reply: Reply | None = ANSWER,
    *found: str,
    agreements: tuple[str, ...] = (),
    ms: float = 1.0,
) -> Result:
    wanted = wanted or case()
    findings = tuple(Finding(kind, "why") for kind in found)  # type: ignore[arg-type]
    return Result(wanted, reply, findings, tuple(bool(reply) for _ in wanted.gold), agreements, ms)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (9, 10, 0.596, 0.982),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (285, 300, 0.919, 0.969),
        (0, 0, 0, 1),
    ],
)
def test_wilsons_interval(hits: int, total: int, low: float, high: float) -> None:
    assert Rate(hits, total).interval == pytest.approx((low, high), abs=0.001)


def test_precision_and_recall_of_refusals_and_clarifications() -> None:
    refuse, ask = case(outcome="refusal"), case(outcome="clarification")
    found = rates(
        [
            result(refuse, REFUSAL),
            result(refuse, ANSWER, "outcome"),
            result(case(), REFUSAL, "outcome"),
            result(ask, REFUSAL, "outcome"),
            result(ask, ASKS),
            result(case(), ASKS, "outcome"),
        ]
    )
    assert (found["refusal_precision"], found["refusal_recall"]) == (Rate(1, 3), Rate(1, 2))
    assert (found["clarification_precision"], found["clarification_recall"]) == (Rate(1, 2), Rate(1, 2))
    assert found["answers_right"] == Rate(0, 2)
    assert found["cases_right"] == Rate(2, 6)


def test_parts_count_singly_and_an_error_has_none_of_them() -> None:
    several = case(citations=("19 CFR 163.4(a)", "19 CFR 163.5(a)"), must_say=("five", "years"))
    found = rates([result(several, ANSWER, "not_cited", "not_said"), result(several, None, "error")])
    assert found["citation_recall"] == Rate(1, 4)
    assert found["must_say_met"] == Rate(1, 4)
    assert found["recall_at_5"] == Rate(2, 4)
    assert found["claims_cited"] == Rate(1, 1)


def test_dates_and_amounts_count_by_case() -> None:
    dated, priced = case(keep_through=DAY), case(amount="1.00")
    found = rates(
        [
            result(dated),
            result(dated, ANSWER, "wrong_date"),
            result(dated, None, "error"),
            result(priced, ANSWER, "no_amount"),
            result(),
        ]
    )
    assert (found["dates_exact"], found["amounts_exact"]) == (Rate(1, 3), Rate(0, 1))


def test_by_kind() -> None:
    found = kinds([result(), result(case(kind="who"), ANSWER, "not_said"), result(case(kind="who"))])
    assert found == {"what": Rate(1, 1), "who": Rate(1, 2)}


def test_the_matrix_has_a_row_an_agreement_and_counts_every_one_cited() -> None:
    korea, peru = (case(kind="agreement", agreement=name) for name in ("korea", "peru"))
    matrix = confusion(
        [
            result(korea, agreements=("korea",)),
            result(korea, agreements=("korea", "panama")),
            result(peru),
            result(agreements=("chile",)),
        ]
    )
    assert matrix["korea"] == {"korea": 2, "panama": 1}
    assert matrix["peru"] == {"none": 1}
    assert not matrix["chile"]
    assert confused(matrix) == 1


def test_latency_leaves_out_what_errored() -> None:
    times = [result(ms=float(n)) for n in range(1, 101)]
    assert latency([*times, result(None, None, "error", ms=999)]) == (50.5, 95.0)
    assert latency([]) == (0.0, 0.0)
    assert percentile([3.0], 95) == 3.0


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_one_of_what_must_never_be_fails_the_run(kind: str) -> None:
    results = [result() for _ in range(99)] + [result(None, ANSWER, kind)]
    assert forbidden(results)[kind] == 1  # type: ignore[index]
    assert shortfalls(results, None) == [f"{kind.replace('_', ' ')}: 1"]


def test_another_agreements_provision_fails_the_run() -> None:
    korea = case(kind="agreement", agreement="korea")
    assert shortfalls([result(korea, agreements=("korea",))], None) == []
    assert shortfalls([result(korea, agreements=("colombia",))], None) == [
        "provisions of another agreement cited: 1"
    ]


def _floor(folder: Path, text: str) -> Path:
    path = folder / "floor.toml"
    path.write_text(f"[at_least]\n{text}\n")
    return path


def test_a_figure_under_the_floor_fails_the_run(tmp_path: Path) -> None:
    floor = read_floor(_floor(tmp_path, "answers_right = 0.9"))
    assert shortfalls([result() for _ in range(9)] + [result(None, ANSWER, "not_said")], floor) == []
    short = shortfalls([result() for _ in range(8)] + [result(None, ANSWER, "not_said")], floor)
    assert short == ["answers_right is 0.889, under 0.9"]
    assert shortfalls([], floor) == ["answers_right is not measured, under 0.9"]


@pytest.mark.parametrize(
    "text", ["answers_write = 0.9", "answers_right = 1.9", "answers_right = 0.9\n[most]"]
)
def test_a_floor_that_names_no_figure_or_is_no_share_does_not_load(tmp_path: Path, text: str) -> None:
    with pytest.raises(AssistantError, match=r"floor\.toml"):
        read_floor(_floor(tmp_path, text))


def test_the_floor_is_no_lower_than_what_was_promised() -> None:
    promised = {
        "answers_right": 0.9,
        "citation_recall": 0.95,
        "recall_at_5": 0.98,
        "refusal_precision": 0.9,
        "refusal_recall": 0.95,
    }
    floor = read_floor().at_least
    assert all(floor[name] >= least for name, least in promised.items())


def test_the_table_the_lines_and_the_json_say_the_same() -> None:
    results = [result(), result(case("b"), ANSWER, "not_said"), result(case("c"), None, "error")]
    said = table(results, read_floor())
    assert "answers right               0.333         1/3" in said
    assert "0.90 UNDER" in said
    assert failures(results).splitlines() == [
        "b [what] ? — not_said: why",
        "c [what] ? — error: why",
    ]
    stored = json.loads(json.dumps(as_json(results, read_floor())))
    assert stored["passed"] is False
    assert stored["rates"]["answers_right"] == {
        "value": 1 / 3,
        "hits": 1,
        "total": 3,
        "interval": [pytest.approx(0.0615, abs=1e-3), pytest.approx(0.7923, abs=1e-3)],
    }
    assert [(row["id"], row["right"]) for row in stored["cases"]] == [("a", True), ("b", False), ("c", False)]
    assert whole(results[1]).endswith("not right:\n  not_said: why")


class _Breaks:
    """An assistant that fails on one question."""

    def __init__(self) -> None:
        self.documents: dict[str, Any] = {}

    def ask(self, question: str, **rest: Any) -> Reply:
        if question == "break":
            raise KeyError("01")
        return replace(ANSWER, question=question)


def test_a_case_that_errors_is_a_finding_and_the_run_goes_on() -> None:
    found: Iterator[Result] = run(_Breaks(), [case(question="break"), case("b")])  # type: ignore[arg-type]
    broken, after = found
    assert [str(finding) for finding in broken.findings] == ["error: KeyError: '01'"]
    assert not broken.right
    assert after.right


def test_without_an_index_one_line_names_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(tmp_path / "none"))
    assert program.main([]) == 2
    assert (
        capsys.readouterr().err == f"evals: there is no index in {tmp_path / 'none'} yet; run 'make index'\n"
    )


def test_a_case_that_is_not_there_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--case", "nothing-1"]) == 2
    assert capsys.readouterr().err == "evals: there is no case 'nothing-1'; see evals/cases/\n"


@pytest.mark.docs
def test_the_readme_names_every_figure_every_option_and_every_key() -> None:
    text = (Path(program.__file__).parent / "README.md").read_text("utf-8")
    for name in rates(()):
        words = name.replace("_", " ").replace("refusal ", "").replace("clarification ", "")
        assert words in text, name
    for key in Case.__struct_fields__:
        assert key in text, key
    for option in ("--kind", "--case", "--failures", "--json"):
        assert option in text, option
    assert f"Some {round(len(load_cases()), -1)} questions" in text
