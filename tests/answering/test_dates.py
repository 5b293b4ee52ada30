"""Dates as people write them: what is read, how, and what is no date at all.

A row is a text and the dates found in it, as ``kind:value`` (``date:2021-03-15``, ``no_year:01-10``,
``month:2019-05``, ``year:2019``, ``impossible:TEXT``), joined by spaces or, for texts, by ``|``.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.dates import FoundDate, find_dates

TODAY = date(2026, 11, 22)


def told(one: FoundDate) -> str:
    value = {
        "date": str(one.date),
        "no_year": f"{one.month or 0:02}-{one.day or 0:02}",
        "month": f"{one.year or '?'}-{one.month or 0:02}",
        "year": str(one.year),
        "impossible": one.text,
    }[one.kind]
    return f"{one.kind}:{value}"


FULL = [
    ("leap day 2016", "2016-02-29"),
    ("on Leap Day of 2020", "2020-02-29"),
    # ISO and its cousins
    ("2021-03-15", "2021-03-15"),
    ("entry=2021-03-15", "2021-03-15"),
    ("(2021-03-15)", "2021-03-15"),
    ("2021-3-5", "2021-03-05"),
    ("2021/03/15", "2021-03-15"),
    ("2021.03.15", "2021-03-15"),
    ("2021-03-15T10:30:00Z", "2021-03-15"),
    ("2021–03–15", "2021-03-15"),
    ("2024-02-29", "2024-02-29"),
    ("9999-12-31", "9999-12-31"),
    ("20210315", "2021-03-15"),
    ("on 20240229.", "2024-02-29"),
    # month first in words
    ("March 15, 2021", "2021-03-15"),
    ("march 15 2021", "2021-03-15"),
    ("MARCH 15, 2021", "2021-03-15"),
    ("Mar 15, 2021", "2021-03-15"),
    ("Mar. 15, 2021", "2021-03-15"),
    ("Mar. 15th, 2021", "2021-03-15"),
    ("March 15th 2021", "2021-03-15"),
    ("March the 15th, 2021", "2021-03-15"),
    ("March 15 of 2021", "2021-03-15"),
    ("March 15,2021", "2021-03-15"),
    ("Mar-15-2021", "2021-03-15"),
    ("Mar 15 '21", "2021-03-15"),
    ("Mar 15, 21", "2021-03-15"),
    ("Sept 9, 2020", "2020-09-09"),
    ("Sep. 9 2020", "2020-09-09"),
    ("february 29, 2024", "2024-02-29"),
    ("Febuary 28, 2023", "2023-02-28"),
    ("May 5, 2020", "2020-05-05"),
    ("may 5, 2020", "2020-05-05"),
    ("March second, 2021", "2021-03-02"),
    ("Monday, March 15, 2021", "2021-03-15"),
    # day first in words
    ("15 March 2021", "2021-03-15"),
    ("15 Mar 2021", "2021-03-15"),
    ("15 mar. 2021", "2021-03-15"),
    ("15th March 2021", "2021-03-15"),
    ("15th of March 2021", "2021-03-15"),
    ("the 15th of March, 2021", "2021-03-15"),
    ("the 15th day of March, 2021", "2021-03-15"),
    ("15-Mar-2021", "2021-03-15"),
    ("15-MAR-21", "2021-03-15"),
    ("15MAR21", "2021-03-15"),
    ("15Mar2021", "2021-03-15"),
    ("15/Mar/2021", "2021-03-15"),
    ("15 Mar 21", "2021-03-15"),
    ("1 Feb 24, keep", "2024-02-01"),
    ("first of March 2021", "2021-03-01"),
    ("the thirty-first of December, 2020", "2020-12-31"),
    # numbers
    ("3/15/2021", "2021-03-15"),
    ("03/15/2021", "2021-03-15"),
    ("3-15-2021", "2021-03-15"),
    ("03.15.2021", "2021-03-15"),
    ("3/15/21", "2021-03-15"),
    ("3 / 15 / 2021", "2021-03-15"),
    ("3/1/12", "2012-03-01"),
    ("15/3/2021", "2021-03-15"),
    ("15.3.2021", "2021-03-15"),
    ("15-03-2021", "2021-03-15"),
    ("31/12/20", "2020-12-31"),
    ("4/5/2021", "2021-04-05"),
    ("5/5/2021", "2021-05-05"),
    ("2/29/2024", "2024-02-29"),
    ("12/25/97", "1997-12-25"),
    ("5/5/92", "1992-05-05"),
    ("1/15/27", "2027-01-15"),
    ("10.10.2021", "2021-10-10"),
    ("12/31/1999?", "1999-12-31"),
    # from today
    ("today", "2026-11-22"),
    ("yesterday", "2026-11-21"),
    ("tomorrow", "2026-11-23"),
    ("the day before yesterday", "2026-11-20"),
]

PARTIAL = [
    ("May 2019", "month:2019-05"),
    ("in may 2019", "month:2019-05"),
    ("Mar. 2021", "month:2021-03"),
    ("March of 2021", "month:2021-03"),
    ("March, 2021", "month:2021-03"),
    ("Mar '21", "month:2021-03"),
    ("03/2021", "month:2021-03"),
    ("2021-03", "month:2021-03"),
    ("in March", "month:?-03"),
    ("late September", "month:?-09"),
    ("in 2019", "year:2019"),
    ("2018 and 2019", "year:2018 year:2019"),
    ("back in '08", "year:2008"),
    ("since 1998", "year:1998"),
    ("10 Jan", "no_year:01-10"),
    ("Jan 10", "no_year:01-10"),
    ("Jan. 10th", "no_year:01-10"),
    ("10th of January", "no_year:01-10"),
    ("June 12.", "no_year:06-12"),
    ("2/29", "no_year:02-29"),
    ("6/12", "no_year:06-12"),
    ("15/3", "no_year:03-15"),
    ("on may 5", "no_year:05-05"),
    ("May 5", "no_year:05-05"),
    ("Feb 29", "no_year:02-29"),
    ("Oct 5, 30 days later", "no_year:10-05"),
    ("Jan 10, 12:30", "no_year:01-10"),
    ("released 10 Jan, ended 15 Jan", "no_year:01-10 no_year:01-15"),
    ("filed 2/3/2020 and paid in May 2020", "date:2020-02-03 month:2020-05"),
    ("entered 2021-03-15, liquidated Jan 28, 2022", "date:2021-03-15 date:2022-01-28"),
]

IMPOSSIBLE = [
    "2023-02-29",
    "2021-13-01",
    "2021-00-10",
    "2/29/2023",
    "2/30/2021",
    "13/13/2020",
    "13/45/2024",
    "45/3/2024",
    "June 31",
    "June 31, 2022",
    "31 June 2022",
    "31st of April 2022",
    "April 31, 2022",
    "February 29, 2023",
    "Feb 30",
    "March 45, 2021",
    "0/5/2021",
]

NOT_DATES = [
    "19 CFR 10.1009",
    "19 CFR 163.4(b)(1)",
    "163.4",
    "1508(c)(3)",
    "19 U.S.C. 1509(g)",
    "Pub. L. 114-125",
    "P.L. 116-113",
    "Section 321",
    "form 7501",
    "CBP Form 3461",
    "10+2",
    "10 + 2",
    "$10,000",
    "$2,021",
    "$2019",
    "5 years",
    "30 days",
    "120 calendar days",
    "60-day",
    "call 202-555-1234",
    "(202) 555-1234",
    "usc-19-1508@2011-10-21",
    "entry no. 20210315",
    "invoice #20210315",
    "231-1234567-8",
    "HTS 8471.30.0100",
    "8471.30.0100",
    "type 01/11",
    "24/7",
    "1/2 of the load",
    "50/50",
    "3-5 years",
    "section 10 may apply",
    "it may 10 times over",
    "that may be so",
    "they march on",
    "next Friday",
    "next week",
    "in a month",
    "2000 entries",
    "2000 dollars",
    "type 86",
    "7501s and 3461s",
    "1/800",
    "today's rule",
    "40% of 20000",
    "version 2.3.1",
    "no 12/10",
    "",
]


@pytest.mark.parametrize(("text", "day"), FULL)
def test_full_dates(text: str, day: str) -> None:
    assert [told(one) for one in find_dates(text, TODAY)] == [f"date:{day}"]


@pytest.mark.parametrize(("text", "expected"), PARTIAL)
def test_partial_dates(text: str, expected: str) -> None:
    assert " ".join(told(one) for one in find_dates(text, TODAY)) == expected


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_day_that_is_not_in_the_calendar_is_found_and_named(text: str) -> None:
    (one,) = find_dates(f"Entered {text}; keep until?", TODAY)
    assert (one.kind, one.text, one.date) == ("impossible", text, None)
    assert one.note == f"{text} is not a day of the calendar."


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, TODAY) == ()


NOTES = [
    ("3/1/12", "3/1/12 was read month first, as March 1, 2012."),
    ("4/5/2021", "4/5/2021 was read month first, as April 5, 2021."),
    ("5/5/2021", ""),
    ("3/15/2021", ""),
    ("3/15/21", "3/15/21 was read as March 15, 2021."),
    ("15/3/2021", "15/3/2021 was read day first, as March 15, 2021."),
    ("20210315", "20210315 was read as March 15, 2021."),
    ("15 Mar 21", "15 Mar 21 was read as March 15, 2021."),
    ("yesterday", "yesterday was read as November 21, 2026."),
    ("March 15, 2021", ""),
    ("2021-03-15", ""),
    ("10 Jan", "10 Jan has no year."),
    ("May 2019", "May 2019 names no day."),
]


@pytest.mark.parametrize(("text", "note"), NOTES)
def test_a_reading_that_is_not_plain_is_said(text: str, note: str) -> None:
    (one,) = find_dates(text, TODAY)
    assert one.note == note


SPANS = [
    ("2021-03-15", (date(2021, 3, 15), date(2021, 3, 15))),
    ("Feb 2024", (date(2024, 2, 1), date(2024, 2, 29))),
    ("in 2019", (date(2019, 1, 1), date(2019, 12, 31))),
    ("10 Jan", None),
    ("in March", None),
    ("2023-02-29", None),
]


@pytest.mark.parametrize(("text", "span"), SPANS)
def test_the_days_that_may_be_meant(text: str, span: tuple[date, date] | None) -> None:
    (one,) = find_dates(text, TODAY)
    assert one.span == span


def test_a_year_given_later_completes_a_day() -> None:
    (one,) = find_dates("Feb 29", TODAY)
    assert one.in_year(2024).date == date(2024, 2, 29)
    assert one.in_year(2023).kind == "impossible"


WRITTEN = (
    "{0:%Y-%m-%d}",
    "{0:%B} {0.day}, {0.year:04}",
    "{0.day} {0:%B} {0.year:04}",
    "{0:%b}. {0.day}, {0.year:04}",
    "{0.day} {0:%b} {0.year:04}",
    "{0:%B} {0.day} {0.year:04}",
    "{0.month}/{0.day}/{0.year:04}",
    "{0:%m}/{0:%d}/{0.year:04}",
    "{0:%m}-{0:%d}-{0.year:04}",
    "{0:%m}.{0:%d}.{0.year:04}",
)
DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31))


@given(
    DAYS,
    st.sampled_from(WRITTEN),
    st.sampled_from(("Entered {}, keep until?", "{}", "paid ({}).", "on {} and")),
)
@settings(max_examples=400, deadline=None)
def test_every_written_date_is_read_back_at_its_place(day: date, form: str, around: str) -> None:
    written = form.format(day)
    text = around.format(written)
    (one,) = find_dates(text, TODAY)
    assert (one.date, one.kind) == (day, "date")
    assert text[one.start : one.end] == one.text == written


@given(st.text(alphabet="0123456789/-. ,'MarchyJune()$§@", max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_without_a_fault_and_in_order(text: str) -> None:
    found = find_dates(text, TODAY)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
