"""The cases: a strict schema, and gold that stands in the texts held."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.law import Citation
from assistant.reading.corpus import read_corpus
from assistant.settings import Settings
from evals.cases import Case, CaseError, compiled, load_cases

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
        (GOOD | {"agreement": '"korea"'}, "names its agreement"),
        (GOOD | {"kind": '"agreement"', "agreement": '"israel"'}, "Invalid enum value 'israel'"),
        (GOOD | {"reason": '"advice"'}, "only a refusal has a reason"),
        (GOOD | {"missing": '["agreement"]'}, "only a clarification"),
        (GOOD | {"outcome": '"refusal"'}, "only an answer has gold"),
        (ASKS | {"keep_through": "2027-03-01"}, "only an answer has gold"),
        (ASKS | {"outcome": '"answer"'}, "an answer has a gold citation"),
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
    assert len(CASES) >= 300
    for agreement in ("chile", "cafta-dr", "peru", "korea", "colombia", "panama"):
        assert sum(case.agreement == agreement for case in CASES) >= 10
    for reason in ("out_of_scope", "not_in_corpus", "advice", "unlawful"):
        assert any(case.reason == reason for case in CASES)


def test_every_gold_citation_is_held() -> None:
    """At the very address, inside it, or as a subdivision around it."""
    documents = read_corpus(Settings().corpus)
    held = {provision.citation for document in documents for provision in document.provisions}
    held |= {document.citation for document in documents}

    def resolves(gold: Citation) -> bool:
        return any(gold.contains(place) or (place.path and place.contains(gold)) for place in held)

    wrong = [
        f"{case.id}: {citation}"
        for case in CASES
        for gold in case.gold
        for citation in gold
        if not resolves(citation)
    ]
    assert not wrong
