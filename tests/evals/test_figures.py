"""The figures from results made by hand, the run, and the program's usage."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar, get_args

import pytest

from assistant.answering.reply import Reply
from assistant.law import Citation
from assistant.settings import Settings
from evals import __main__ as program
from evals import ablation, bench, sabotage
from evals.cases import Case, Conversation, ConversationTurn, Kind, Turn, each_case, load_all, load_cases
from evals.figures import confused, confusion, kinds, means, rates, splits
from evals.gate import Floor, figures
from evals.grounding import __main__ as grounding
from evals.intervals import Rate
from evals.report import as_json, failures, table, whole
from evals.run import Result, run
from tests.evals.made import ANSWER, ASKS, CLAIM, DAY, REFUSAL, case, result


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
    found = means([*times, result(None, None, "error", ms=999)])
    assert (found["median_ms"].value, found["p95_ms"].value) == (50.5, 95.0)
    assert means([])["median_ms"].value is None


def test_by_split_a_case_counts_in_each_of_its_own() -> None:
    both = case(kind="premise", split=("as_of",))
    assert splits([result(both), result(both, ANSWER, "not_said"), result()]) == {
        "as_of": Rate(1, 2),
        "premise": Rate(1, 2),
    }


def test_a_conversation_is_right_when_every_turn_is() -> None:
    turns = [
        result(conversation="one"),
        result(None, ANSWER, "not_said", conversation="one"),
        result(conversation="two"),
        result(conversation="two"),
        result(None, ANSWER, "not_said"),
    ]
    assert rates(turns)["conversations_right"] == Rate(1, 2)


def test_citation_precision_looks_at_what_answers_cite() -> None:
    other = replace(CLAIM, citations=(Citation.parse("19 CFR 163.5(a)"),))
    found = rates(
        [
            result(None, replace(ANSWER, claims=(CLAIM, other))),
            result(None, replace(ANSWER, claims=(other, CLAIM))),
            result(None, REFUSAL, "outcome"),
        ]
    )
    assert found["citation_precision"] == Rate(2, 4)
    assert found["first_citation_right"] == Rate(1, 2)


def test_one_of_several_outcomes_counts_for_recall_and_precision() -> None:
    either = case(outcome="refusal", outcomes=("refusal", "clarification"))
    found = rates([result(either, REFUSAL), result(either, ASKS), result(either, ANSWER, "outcome")])
    assert found["refusal_recall"] == Rate(2, 3)
    assert (found["refusal_precision"], found["clarification_precision"]) == (Rate(1, 1), Rate(1, 1))


def test_the_table_the_lines_and_the_json_say_the_same() -> None:
    results = [result(), result(case("b"), ANSWER, "not_said"), result(case("c"), None, "error")]
    floor = Floor({"answers_right": 0.9}, {"wrong_or_misgrounded": 0.1})
    said = table(results, floor)
    assert "answers right               0.333         1/3   0.061 to 0.792    0.90" in said
    assert "wrong or misgrounded        0.333         1/3   0.061 to 0.792    0.10 at most" in said
    assert failures(results).splitlines() == [
        "b [what] ? — not_said: why",
        "c [what] ? — error: why",
    ]
    stored = json.loads(json.dumps(as_json(results, floor, None)))
    assert stored["passed"] is False
    assert len(stored["faults"]) == 3
    assert stored["figures"]["answers_right"] == {
        "value": 1 / 3,
        "hits": 1,
        "total": 3,
        "interval": [pytest.approx(0.0615, abs=1e-3), pytest.approx(0.7923, abs=1e-3)],
    }
    assert stored["figures"]["conversations_right"] == {
        "value": None,
        "hits": 0,
        "total": 0,
        "interval": None,
    }
    assert stored["study"] == {
        "correct": {"grounded": 1},
        "incorrect": {"grounded": 1},
        "refused": {"ungrounded": 1},
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
    assert not after.has("error")


class _Repeats:
    """An assistant that answers with what was said before."""

    documents: ClassVar[dict[str, Any]] = {}

    def ask(self, question: str, *, history: tuple[tuple[str, str], ...], **rest: Any) -> Reply:
        if question == "break":
            raise KeyError("01")
        return replace(ANSWER, question=question, text=" / ".join(said for _, said in history) or "nothing")


def test_each_turn_follows_the_real_replies_and_a_case_its_own_history() -> None:
    turns = tuple(ConversationTurn(question=word, outcome="refusal") for word in ("one", "break", "three"))
    talk = Conversation(id="talk", why="w", turn=turns)
    told = case(history=(Turn("user", "before"), Turn("assistant", "so it is")))
    found = list(run(_Repeats(), [talk, told]))  # type: ignore[arg-type]
    assert [(each.case.id, each.conversation) for each in found] == [
        ("talk-turn-1", "talk"),
        ("talk-turn-2", "talk"),
        ("talk-turn-3", "talk"),
        ("a", None),
    ]
    # A turn that errored has said nothing.
    assert [each.reply.text if each.reply else None for each in found] == [
        "nothing",
        None,
        "one / nothing",
        "before / so it is",
    ]


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


def test_a_part_of_the_cases_is_put_and_every_file_asked_for_is_written(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))
    files = {option: tmp_path / option for option in ("json", "junit", "markdown")}
    words = [word for option, path in files.items() for word in (f"--{option}", str(path))]
    status = program.main(["--kind", "define", "--failures", *words])
    out = capsys.readouterr().out
    asked = [case for case in load_cases() if case.kind == "define"]
    assert f"\n{len(asked)} questions in " in out
    assert status == (1 if "\nFAILED: " in out else 0)
    assert status or out.endswith("Passed.\n")
    written = {option: path.read_text("utf-8") for option, path in files.items()}
    assert all(case.id in written["json"] and case.id in written["junit"] for case in asked)
    assert written["markdown"].strip()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--accept", "--kind", "define"], "--accept is for all cases together"),
        (["--kind", "define", "--compare", "/nowhere.json"], "/nowhere.json"),
    ],
)
def test_what_cannot_be_asked_of_the_evals_is_one_line(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert program.main(words) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1) and said in err


@pytest.mark.parametrize("main", [program.main, ablation.main, bench.main, grounding.main, sabotage.main])
def test_each_program_of_the_evals_says_what_it_does(
    main: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert capsys.readouterr().out.startswith("usage: python -m evals")


@pytest.mark.docs
def test_the_readme_names_every_figure_every_option_and_every_key() -> None:
    text = (Path(program.__file__).parent / "README.md").read_text("utf-8")
    for name in figures(()):
        words = name.replace("_", " ").replace("refusal ", "").replace("clarification ", "")
        assert words in text, name
    for key in Case.__struct_fields__:
        assert key in text, key
    for option in (
        "--kind",
        "--case",
        "--failures",
        "--json",
        "--junit",
        "--html",
        "--compare",
        "--markdown",
        "--accept",
        "candidates",
    ):
        assert option in text, option
    for kind in get_args(Kind):
        assert kind in text, kind
    assert f"Some {round(sum(1 for _ in each_case(load_all())), -2)} questions" in text
