"""Reading a question: the day, the agreement, the citations; and what can be read at all."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.question import QuestionReader, asked_day, clean, without_citations
from assistant.law import Citation
from assistant.reading.language import read_language
from tests.conftest import ROOT, TODAY

READER = QuestionReader(read_language(ROOT / "corpus"))


@pytest.mark.parametrize(
    ("text", "agreements"),
    [
        ("How long for KORUS?", {"korea"}),
        ("the NAFTA certificate", {"nafta"}),
        ("our exports to Peru", {"peru"}),
        ("how long", set()),
        ("a chilean certificate", {"chile"}),
        ("goods from Honduras", {"cafta-dr"}),
        ("As with NAFTA, the USMCA period runs from the signature", {"usmca"}),
        ("As with NAFTA: what period?", {"nafta"}),
        ("A buyer in Canada sent pumps back and we filed an entry: how long?", set()),
        ("We filed an entry from Canada with a USMCA certification", {"usmca"}),
    ],
)
def test_agreements(text: str, agreements: set[str]) -> None:
    assert READER.read(text, TODAY, TODAY).agreements == agreements


@pytest.mark.parametrize(("day", "agreement"), [(date(2020, 6, 30), "nafta"), (date(2020, 7, 1), "usmca")])
def test_mexico_by_the_day(day: date, agreement: str) -> None:
    assert READER.read("goods exported to Mexico", day, TODAY).agreements == {agreement}


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("what was the rule in 2015?", date(2015, 12, 31)),
        ("what was the law in march 2016?", date(2016, 3, 31)),
        ("what was the law in february 2016?", date(2016, 2, 29)),
        ("an exporter to canada under the law as of june 30, 2019", date(2019, 6, 30)),
        ("the penalty as it stood on 6/30/2019", date(2019, 6, 30)),
        ("which rule was in force on 2012-10-31?", date(2012, 10, 31)),
        ("the power of attorney was revoked as of march 1, 2020", None),
        ("drawback claim liquidated as of march 1, 2020", None),
        ("in 1995 who kept them?", date(1995, 12, 31)),
        ("as of 2019", date(2019, 12, 31)),
        ("i kept 2015 boxes", None),
        ("as of 2026", None),  # this year's law is today's
        ("as of 2035", None),
        ("how long", None),
    ],
)
def test_the_day_asked_about(words: str, day: date | None) -> None:
    assert asked_day(words, TODAY) == day


def test_citations_are_read_in_the_case_of_their_depth() -> None:
    """The words are read in lower case; (B) was once lost by it."""
    found = READER.read("What does 1508(b)(2)(B)(ii) say?", TODAY, TODAY).citations
    assert found == (Citation.parse("19 U.S.C. § 1508(b)(2)(B)(ii)"),)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("(b)(3)?", ["19 U.S.C. § 1508(b)(3)"]),
        ("(g)(2) of 1509", ["19 U.S.C. § 1509(g)(2)"]),
        ("163.4 and (b)(2)", ["19 CFR 163.4"]),
        ("points (a) and (b)", []),
    ],
)
def test_a_paragraph_without_its_section(text: str, places: list[str]) -> None:
    found = READER.read(text, TODAY, TODAY).citations
    assert [str(place) for place in found] == places


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("a broker's files (not the POAs)", False),
        ("our records, other than powers of attorney", False),
        ("the power of attorney", True),
        ("they did not send the power of attorney", True),
    ],
)
def test_a_record_that_is_set_aside(text: str, about: bool) -> None:
    assert ("power_of_attorney" in READER.read(text, TODAY, TODAY).abouts) is about


def test_a_past_set_against_today_is_asked_of_today() -> None:
    assert READER.read("In 2012 it was in (k). Where did it go?", TODAY, TODAY).day == TODAY
    assert READER.read("In 2012 where was it?", TODAY, TODAY).day == date(2012, 12, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x07c", "a b c"),
        ("  a \t b  \n c ", "a b\nc"),
        ("re\u200bcords", "records"),
        ("\u202eabc\u202c", "abc"),
        ("a\u2028b\u00a0c", "a b c"),
        ("\udcff", ""),
        ("", ""),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_without_citations_keeps_the_length() -> None:
    text = "Under 19 CFR 163.4(a) keep 5 years."
    assert len(without_citations(text)) == len(text)
    assert "163" not in without_citations(text)
    assert "5 years" in without_citations(text)
