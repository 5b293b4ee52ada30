"""The sabotages: each has something to spoil, and a few are put for real to a handful of cases.

All of them against all that they are put is `make sabotage`, whose table is in the docs.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from assistant.answering.chain import Answering
from assistant.reading.language import read_language
from assistant.retention.amounts import penalties
from assistant.retention.rules import rulebook
from assistant.search.searcher import Legs
from assistant.settings import Settings
from evals.cases import Case, load_all, load_cases
from evals.gate import read_floor
from evals.run import run
from evals.sabotage import by, honest_run, in_place, main, markdown, verdict_on
from evals.sabotages import SABOTAGES, Sabotage
from evals.sabotages.edits import NothingSpoilt, edit, penalty, rotated, rule, without_entries
from evals.sabotages.judging import EVERY, Honest, Verdict, chosen, ids
from evals.sabotages.workshop import HONEST, Workshop
from tests.conftest import ROOT
from tests.evals.made import case, result

BY_NAME = {one.name: one for one in SABOTAGES}


def test_each_has_a_name_and_words_of_its_own() -> None:
    assert len(BY_NAME) == len(SABOTAGES)
    assert len({one.says for one in SABOTAGES}) == len(SABOTAGES)


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda one: one.name)
def test_a_sabotage_spoils_something(sabotage: Sabotage, tmp_path: Path) -> None:
    spoilt = []
    if sabotage.corpus:
        shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
        before = _bytes(tmp_path / "corpus")
        sabotage.corpus(tmp_path / "corpus")
        spoilt.append(_bytes(tmp_path / "corpus") != before)
        # What loads the texts is the honest reader; here only that rules and words are still read.
        rulebook(tmp_path / "corpus" / "rules")
        penalties(tmp_path / "corpus" / "rules")
        read_language(tmp_path / "corpus")
    if sabotage.book:
        book = sabotage.book(rulebook())
        kinds = {id: (type(one), one) for id, one in book.rules.items()}
        spoilt.append(kinds != {id: (type(one), one) for id, one in rulebook().rules.items()})
    if sabotage.amounts:
        spoilt.append(sabotage.amounts(penalties()) != penalties())
    if sabotage.legs:
        spoilt.append(sabotage.legs != Legs())
    if sabotage.make is not Answering:
        spoilt.append(True)
    if sabotage.asked:
        asked = load_all()
        spoilt.append(len(sabotage.asked(asked)) < len(asked))
    assert spoilt == [True], "by one means, and not in vain"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# ---- a few for real

#: The sabotage, the cases put to it, and what the gate says of it.
REAL = [
    ("entry-six-years", ("dates",), r"\d+ wrong date"),
    ("no-unlawful", ("refusal",), r"refusal_recall 0\.000"),
    ("quotes-shifted", ("what",), r"\d+ unverified quote"),
    ("cases-removed", (), "was right and is not asked any more"),
]


@pytest.fixture(scope="module")
def workshop(settings: Settings) -> Workshop:
    return Workshop(settings)


@pytest.fixture(scope="module")
def handful() -> tuple[Case, ...]:
    """A few cases of each kind that is put here; those that turn on what is spoilt among them."""
    cases = load_cases()
    entry = [c for c in cases if c.kind == "dates" and c.keep_through and "163.4(a)" in " ".join(c.citations)]
    unlawful = [c for c in cases if c.kind == "refusal" and c.reason == "unlawful"]
    return (*entry[:5], *unlawful[:5], *[c for c in cases if c.kind == "what"][:5])


@pytest.fixture(scope="module")
def honest(workshop: Workshop, handful: tuple[Case, ...]) -> Honest:
    return honest_run(workshop, handful)


@pytest.mark.parametrize(("name", "kinds", "fault"), REAL, ids=[row[0] for row in REAL])
def test_a_sabotage_turns_the_gate_red(
    name: str,
    kinds: tuple[str, ...],
    fault: str,
    workshop: Workshop,
    honest: Honest,
    handful: tuple[Case, ...],
) -> None:
    verdict = verdict_on(BY_NAME[name], workshop, honest, handful)
    assert verdict.caught
    assert verdict.red
    assert re.search(fault, "\n".join([by(verdict), *verdict.red]))
    assert bool(verdict.lost) == bool(kinds)
    assert all(any(line.startswith(id) for line in verdict.red) for id in verdict.lost)
    kinds_lost = {one.kind for one in handful if one.id in verdict.lost}
    assert kinds_lost <= {*kinds, "what"}


def test_what_is_not_spoilt_is_not_caught(
    workshop: Workshop, honest: Honest, handful: tuple[Case, ...]
) -> None:
    assert not verdict_on(HONEST, workshop, honest, handful).caught


def test_a_sabotage_is_undone(workshop: Workshop, honest: Honest, handful: tuple[Case, ...]) -> None:
    verdict_on(BY_NAME["trigger-day-counted"], workshop, honest, handful)
    with workshop.assistant() as assistant:
        again = list(run(assistant, handful))
    assert [r.right for r in again if r.case.id not in honest.aside] == [r.right for r in honest.results]


def test_words_that_a_text_no_longer_has_are_refused_before_any_question(
    workshop: Workshop, honest: Honest, handful: tuple[Case, ...]
) -> None:
    verdict = verdict_on(BY_NAME["statute-altered"], workshop, honest, handful)
    assert verdict.caught
    assert "do not stand in 19 U.S.C. § 1508(i)(3)" in verdict.refused
    assert "does not load" in by(verdict)
    assert "does not load" in markdown([verdict], honest, 1.0)


def test_only_what_changed_is_embedded_again(workshop: Workshop) -> None:
    with workshop.assistant() as assistant:
        before = workshop.embedder.made
        assert assistant.searcher.passages
    with workshop.assistant(BY_NAME["restated-number"]):
        assert workshop.embedder.made - before == 1


# ---- judging


def test_what_the_honest_run_fails_is_set_aside() -> None:
    broken = result(case("b"), None, "error")
    wrong = result(case("w"), None, "not_said")
    honest = Honest([result(case("a")), broken, wrong], read_floor())
    assert honest.aside == {"b"}
    assert not honest.judge(HONEST, [result(case("a")), broken, wrong]).caught
    lost = honest.judge(HONEST, [result(case("a"), None, "wrong_date"), broken])
    assert (lost.lost, lost.never) == (("a",), (("wrong date", 1),))


def test_a_case_that_is_not_put_counts_as_it_was_and_one_that_is_gone_is_a_fault() -> None:
    honest = Honest([result(case("a")), result(case("b"))], read_floor())
    assert not honest.judge(HONEST, []).caught
    gone = honest.judge(HONEST, [], gone={"b"})
    assert gone.red == ("b was right and is not asked any more",)
    assert by(gone) == "cases that were right: 1"


def test_a_floor_that_the_honest_run_is_under_judges_nothing() -> None:
    honest = Honest([result(case(str(n)), None, "not_said") for n in range(3)], read_floor())
    assert "answers_right" not in honest.floor.at_least
    assert not honest.judge(HONEST, []).caught


def test_a_sabotage_is_put_its_kinds_whole_and_a_sample_of_the_others() -> None:
    asked = load_all()
    put = chosen(Sabotage(name="n", says="s", kinds=("dates", "conversation")), asked)
    for kind in ("dates", "conversation"):
        assert [i for i in put if _kind(i) == kind] == [i for i in asked if _kind(i) == kind]
    whole = [item for item in asked if _kind(item) == "premise"]
    assert [item for item in put if _kind(item) == "premise"] == whole[::EVERY]
    assert not [i for i in chosen(Sabotage(name="n", says="s"), asked) if _kind(i) == "conversation"]
    assert ids(put) <= ids(asked)


def _kind(item: object) -> str:
    return item.kind if isinstance(item, Case) else "conversation"


def test_a_verdict_that_catches_nothing_says_so_loudly() -> None:
    verdict = Verdict(HONEST, put=3)
    assert by(verdict) == "NOT CAUGHT"
    assert "NOT CAUGHT" in markdown([verdict], Honest([result()], read_floor()), 1.0)


# ---- edits


def test_a_changed_rule_has_examples_that_fit_it(corpus_copy: Path) -> None:
    rule(corpus_copy, "entry", ("period = { years = 5 }", "period = { years = 6 }"))
    changed = rulebook(corpus_copy / "rules").rules["entry"]
    assert changed.period.years == 6
    assert [str(example["keep_through"]) for example in changed.examples][:2] == ["2027-03-15", "2026-03-01"]


def test_a_changed_penalty_has_examples_that_fit_it(corpus_copy: Path) -> None:
    penalty(corpus_copy, "entry-willful", ('percent = "75"', 'percent = "40"'))
    changed = next(p for p in penalties(corpus_copy / "rules").penalty if p.id == "entry-willful")
    assert [str(changed.percent), str(changed.examples[0]["value"])] == ["40", "8000.00"]


@pytest.fixture
def corpus_copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    return tmp_path / "corpus"


def test_an_edit_that_finds_nothing_is_an_error_and_not_a_sabotage(corpus_copy: Path) -> None:
    with pytest.raises(NothingSpoilt, match="is not there any more"):
        edit(corpus_copy / "rules" / "retention.toml", ("no such words", "others"))
    with pytest.raises(NothingSpoilt, match="stands in 0 entries"):
        rule(corpus_copy, "no-such-rule", ("a", "b"))
    with pytest.raises(NothingSpoilt, match="has 'reason = \"none\"'"):
        without_entries(corpus_copy / "language" / "out_of_scope.toml", "topic", 'reason = "none"')
    with pytest.raises(NothingSpoilt, match="one cite among them"):
        rotated(corpus_copy / "digest" / "silent.md", "cite", 1, skip="quote=")


def test_other_rules_hold_inside_and_nowhere_else() -> None:
    other = BY_NAME["leap-day-backward"].book
    assert other
    with rulebook.instead(other(rulebook())):
        assert type(rulebook().rules["entry"]).__name__ == "_BackwardLeap"
        assert type(rulebook(ROOT / "corpus" / "rules").rules["entry"]).__name__ == "Rule"
    assert type(rulebook().rules["entry"]).__name__ == "Rule"


# ---- the command and the docs


def test_an_unknown_sabotage_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "nothing-like-it"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_list_names_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(BY_NAME)


def test_the_docs_have_the_table_of_these_sabotages() -> None:
    """The table tells of the last `make sabotage`; that they are all caught today is that run's to say."""
    kept = (ROOT / "docs" / "evals-sabotages.md").read_text("utf-8")
    assert "NOT CAUGHT" not in kept
    rows = [line for line in kept.splitlines() if line.startswith("| `")]
    assert sorted(row.split("`")[1] for row in rows) == sorted(BY_NAME)
    refused = [row.split("`")[1] for row in rows if "does not load" in row]
    assert refused == ["statute-altered"], "another that does not load is a sabotage that puts no question"


def test_only_the_table_of_a_document_is_renewed() -> None:
    kept = "# Evals\n\n## The table\n\nold\n| a |\n\n## What it says\nwords\n"
    assert in_place(kept, "new\n") == "# Evals\n\n## The table\n\nnew\n\n## What it says\nwords\n"
    assert in_place("", "new\n") == "new\n"
