"""The cases: a strict schema, and gold that stands in the texts held."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.reading.corpus import read_corpus
from assistant.settings import Settings
from evals.cases import (
    Case,
    CaseError,
    check_gold,
    compiled,
    each_case,
    load_all,
    load_cases,
    load_conversations,
)
from evals.gate import read_baseline

GOOD = {
    "id": '"packing-list-1"',
    "kind": '"how_long"',
    "question": '"How long?"',
    "why": '"163.4(b)(2)"',
    "outcome": '"answer"',
    "citations": '["19 CFR 163.4(b)(2)"]',
}
#: A clarification or a refusal has no gold citation.
ASKS = {name: value for name, value in GOOD.items() if name != "citations"} | {"outcome": '"clarification"'}
REFUSES = ASKS | {"outcome": '"refusal"'}


def _load(folder: Path, *cases: dict[str, str]) -> tuple[Case, ...]:
    text = "".join(
        "[[case]]\n" + "".join(f"{name} = {value}\n" for name, value in case.items()) for case in cases
    )
    (folder / "some.toml").write_text(text, "utf-8")
    return load_cases(folder)


@pytest.mark.parametrize(
    "case",
    [
        GOOD,
        ASKS | {"missing": '["agreement"]'},
        REFUSES | {"reason": '"advice"'},
        GOOD | {"kind": '"agreement"', "agreement": '"cafta-dr"'},
        GOOD | {"keep_through": "2027-03-01", "as_of": "2026-01-01", "amount": '"8000.00"'},
        GOOD | {"agreement": '"korea"', "split": '["as_of"]', "group": '"one"', "lead": '["five"]'},
        GOOD | {"history": '[{role = "user", content = "x"}, {role = "assistant", content = "y"}]'},
        REFUSES | {"outcomes": '["refusal", "clarification"]', "reasons": '["ungrounded", "not_in_corpus"]'},
        {k: v for k, v in REFUSES.items() if k != "outcome"} | {"outcomes": '["refusal", "clarification"]'},
        GOOD | {"any_citation": '["Pub. L. 116-113"]', "must_say": "['/five? years/', \"(c)(2)\"]"},
    ],
)
def test_a_good_case_loads(tmp_path: Path, case: dict[str, str]) -> None:
    assert len(_load(tmp_path, case)) == 1


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (GOOD | {"must_says": '["5"]'}, "unknown field `must_says`"),
        (GOOD | {"kind": '"howlong"'}, "Invalid enum value 'howlong'"),
        (GOOD | {"outcome": '"reply"'}, "Invalid enum value 'reply'"),
        (GOOD | {"citations": '["section 163"]'}, "'section 163' is not a citation"),
        (GOOD | {"citations": '["19 CFR 163.4 and more"]'}, "is not a citation"),
        (GOOD | {"must_say": "['/(five/']"}, "is not a regular expression"),
        (GOOD | {"must_not_say": '[""]'}, "length >= 1"),
        (GOOD | {"keep_through": '"March 2027"'}, "Expected `date | null`"),
        (GOOD | {"amount": '"8,000"'}, "matching regex"),
        (GOOD | {"id": '"Packing list"'}, "matching regex"),
        (GOOD | {"why": '""'}, "length >= 1"),
        (GOOD | {"questions": "0"}, ">= 1"),
        (GOOD | {"kind": '"agreement"'}, "names its agreement"),
        (GOOD | {"kind": '"agreement"', "agreement": '"israel"'}, "Invalid enum value 'israel'"),
        (GOOD | {"reason": '"advice"'}, "only a refusal has a reason"),
        (GOOD | {"missing": '["agreement"]'}, "only a clarification"),
        (GOOD | {"outcome": '"refusal"'}, "only an answer has gold"),
        (ASKS | {"keep_through": "2027-03-01"}, "only an answer has gold"),
        (ASKS | {"outcome": '"answer"'}, "an answer has a gold citation"),
        (ASKS | {"lead": '["5"]'}, "only an answer has gold"),
        (REFUSES | {"outcomes": '["clarification"]'}, "outcome is one of outcomes"),
        (REFUSES | {"reason": '"advice"', "reasons": '["ungrounded"]'}, "reason is one of reasons"),
        (ASKS | {"reasons": '["ungrounded"]'}, "only a refusal has a reason"),
        (GOOD | {"split": '["asof"]'}, "Invalid enum value 'asof'"),
        (GOOD | {"group": '"Two words"'}, "matching regex"),
        (GOOD | {"history": '[{role = "system", content = "x"}]'}, "Invalid enum value 'system'"),
        ({name: value for name, value in GOOD.items() if name != "outcome"}, "an outcome is given"),
        ({name: value for name, value in GOOD.items() if name != "why"}, "missing required field `why`"),
    ],
)
def test_a_case_that_breaks_the_schema_says_where_and_what(
    tmp_path: Path, case: dict[str, str], said: str
) -> None:
    with pytest.raises(CaseError, match=re.escape(said)) as caught:
        _load(tmp_path, case)
    assert str(caught.value).startswith("some.toml: ")


def test_an_id_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="'packing-list-1' is given twice"):
        _load(tmp_path, GOOD, GOOD)


def test_a_folder_without_cases_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="holds no case"):
        load_cases(tmp_path)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("10,000", "up to $10,000 or", True),
        ("(c)(2)", "19 U.S.C. § 1508(c)(2)", True),
        ("CAFTA", "the cafta-dr text", True),
        (r"/(5|five)\W{0,3}year/", "at least Five-year", True),
        (r"/(5|five)\W{0,3}year/", "fifteen years", False),
        # One slash alone is a word with a slash.
        ("and/or", "land and or", False),
    ],
)
def test_patterns(pattern: str, text: str, found: bool) -> None:
    assert bool(compiled(pattern).search(text)) == found


CASES = load_cases()


def test_there_are_enough_of_every_kind_that_is_promised() -> None:
    asked = {case.id for case in each_case(load_all())}
    assert set(read_baseline().cases) <= asked, "what was accepted is asked, until --accept lets it go"
    for agreement in ("chile", "cafta-dr", "peru", "korea", "colombia", "panama"):
        assert sum(case.agreement == agreement for case in CASES) >= 10
    for reason in ("out_of_scope", "not_in_corpus", "advice", "unlawful"):
        assert any(case.reason == reason for case in CASES)


def test_every_gold_citation_is_held() -> None:
    """At the very address, inside it, or as a subdivision around it."""
    check_gold(each_case(load_all()), read_corpus(Settings().corpus))


@pytest.mark.parametrize(
    "citation", ["19 U.S.C. § 1508(z)", "19 CFR 163.99", "19 CFR 10.9999(a)", "Pub. L. 99-999"]
)
def test_gold_that_nothing_held_carries_is_an_error(tmp_path: Path, citation: str) -> None:
    (case,) = _load(tmp_path, GOOD | {"citations": f'["{citation}"]'})
    with pytest.raises(CaseError, match="case packing-list-1: nothing that is held stands at"):
        check_gold([case], read_corpus(Settings().corpus))


@pytest.mark.parametrize(
    ("kind", "more", "splits"),
    [
        ("as_of", {}, ("as_of",)),
        ("agreement", {"agreement": '"korea"'}, ("near_duplicate",)),
        ("premise", {}, ("premise",)),
        ("robust", {}, ("adversarial",)),
        ("dates", {"agreement": '"korea"'}, ("near_duplicate",)),
        ("dates", {"history": '[{role = "user", content = "x"}]'}, ("conversation",)),
        ("premise", {"split": '["as_of", "premise"]'}, ("as_of", "premise")),
        ("what", {}, ()),
    ],
)
def test_a_kind_and_what_a_row_says_decide_its_splits(
    tmp_path: Path, kind: str, more: dict[str, str], splits: tuple[str, ...]
) -> None:
    (case,) = _load(tmp_path, GOOD | {"kind": f'"{kind}"'} | more)
    assert case.splits == splits


TALK = """[[conversation]]
id = "talk"
why = "163.4"
[[conversation.turn]]
question = "How long?"
outcome = "clarification"
[[conversation.turn]]
question = "Packing lists."
why = "163.4(b)(2)"
outcome = "answer"
citations = ["19 CFR 163.4(b)(2)"]
"""


def _conversations(folder: Path, text: str) -> None:
    (folder / "conversations").mkdir(exist_ok=True)
    (folder / "conversations" / "talk.toml").write_text(text, "utf-8")


def test_a_conversation_is_its_turns(tmp_path: Path) -> None:
    _conversations(tmp_path, TALK)
    (found,) = load_conversations(tmp_path / "conversations")
    first, second = found.cases
    assert (first.id, second.id) == ("talk-turn-1", "talk-turn-2")
    assert (first.why, second.why) == ("163.4", "163.4(b)(2)")
    assert {first.kind, second.kind} == {"conversation"}
    assert first.splits == ("conversation",)
    _load(tmp_path, GOOD)
    assert [case.id for case in each_case(load_all(tmp_path))] == [
        "packing-list-1",
        "talk-turn-1",
        "talk-turn-2",
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('why = "163.4(b)(2)"', 'id = "x"', "unknown field `id`"),
        ('outcome = "clarification"', "", "an outcome is given"),
        ('citations = ["19 CFR 163.4(b)(2)"]', "", "an answer has a gold citation"),
        (TALK[TALK.rindex("[[") :], "", "length >= 2"),
    ],
)
def test_a_conversation_that_breaks_the_schema(tmp_path: Path, old: str, new: str, said: str) -> None:
    _conversations(tmp_path, TALK.replace(old, new))
    with pytest.raises(CaseError, match=re.escape(said)) as caught:
        load_conversations(tmp_path / "conversations")
    assert str(caught.value).startswith("talk.toml: ")


def test_a_turn_and_a_case_do_not_share_an_id(tmp_path: Path) -> None:
    _conversations(tmp_path, TALK)
    _load(tmp_path, GOOD | {"id": '"talk-turn-2"'})
    with pytest.raises(CaseError, match="'talk-turn-2' is given twice"):
        load_all(tmp_path)
