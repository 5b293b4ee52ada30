"""Calendar arithmetic: properties that hold for every date, checked over four hundred years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.law.english import long_date, ordinal
from assistant.retention.periods import Period, anniversary, end

DAYS = st.dates(date(1700, 1, 1), date(2400, 12, 31))
YEARS = st.integers(1, 40)
LENGTHS = st.integers(1, 4000)


@given(DAYS, YEARS)
def test_an_anniversary_is_the_same_day_or_1_march(day: date, years: int) -> None:
    found = anniversary(day, years)
    assert found.year == day.year + years
    if (found.month, found.day) != (day.month, day.day):
        assert ((day.month, day.day), (found.month, found.day)) == ((2, 29), (3, 1))


@given(DAYS, YEARS)
def test_never_earlier_than_the_library_and_only_29_february_is_later(day: date, years: int) -> None:
    found, library = anniversary(day, years), day + relativedelta(years=years)
    assert found - library == timedelta(days=0 if (library.month, library.day) == (day.month, day.day) else 1)


@given(DAYS, DAYS, YEARS)
def test_years_are_monotone_in_the_trigger(one: date, other: date, years: int) -> None:
    first, second = sorted([one, other])
    assert anniversary(first, years) <= anniversary(second, years)


@given(DAYS, YEARS)
def test_years_are_monotone_in_the_length(day: date, years: int) -> None:
    assert anniversary(day, years) < anniversary(day, years + 1)


@given(DAYS, LENGTHS)
def test_days_are_calendar_days_after_the_trigger(day: date, days: int) -> None:
    assert end(day, Period(days=days)).toordinal() == day.toordinal() + days
    assert end(end(day, Period(days=days)), Period(days=days), backward=True) == day


@pytest.mark.parametrize("years", [1, 2, 3, 5, 25])
def test_every_day_of_400_years_goes_there_and_comes_back(years: int) -> None:
    """The inverse over one whole cycle of the calendar; only a moved leap day comes back as 1 March."""
    day, moved = date(1800, 1, 1), 0
    while day.year < 2200:
        found = anniversary(day, years)
        back = date(found.year - years, found.month, found.day)
        moved += back != day
        assert back == day or ((day.month, day.day) == (2, 29) and (back.month, back.day) == (3, 1))
        day += timedelta(days=1)
    leap = [year for year in range(1800, 2200) if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)]
    assert len(leap) == 97
    assert moved == sum(
        (y + years) % 4 != 0 or ((y + years) % 100 == 0 and (y + years) % 400 != 0) for y in leap
    )


@pytest.mark.parametrize(
    ("day", "years", "found"),
    [
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2020, 2, 29), 5, date(2025, 3, 1)),
        (date(2096, 2, 29), 4, date(2100, 3, 1)),  # 2100 is no leap year
        (date(1996, 2, 29), 4, date(2000, 2, 29)),  # 2000 is one
        (date(2023, 2, 28), 1, date(2024, 2, 28)),
        (date(9994, 12, 31), 5, date(9999, 12, 31)),
    ],
)
def test_anniversaries(day: date, years: int, found: date) -> None:
    assert anniversary(day, years) == found


@pytest.mark.parametrize(
    ("day", "period", "backward"),
    [
        (date(9995, 1, 1), Period(years=5), False),
        (date.max, Period(days=1), False),
        (date.min, Period(days=1), True),
        (date(9996, 2, 29), Period(years=4), False),
    ],
)
def test_what_lies_outside_the_calendar_is_said(day: date, period: Period, backward: bool) -> None:
    with pytest.raises(UsageError, match="where no date is"):
        end(day, period, backward=backward)


@pytest.mark.parametrize("fields", [{}, {"years": 1, "days": 1}, {"years": -1}, {"days": -3}])
def test_a_period_is_years_or_days(fields: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="years or of days"):
        Period(**fields)


def test_forms() -> None:
    assert [Period(years=5).iso, Period(days=60).iso] == ["P5Y", "P60D"]
    assert [str(Period(years=1)), str(Period(years=3)), str(Period(days=1)), str(Period(days=30))] == [
        "1 year",
        "3 years",
        "1 calendar day",
        "30 calendar days",
    ]
    assert long_date(date(2027, 3, 1)) == "March 1, 2027"
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th"]
    )
