"""Calendar arithmetic on dates: the contract's conventions and nothing else. Pure.

The day of the trigger is not counted, so N years end on the Nth anniversary and N days on
trigger + N. February 29 goes forward to March 1 where its anniversary does not exist: the later,
safer day, which no library gives by default. Weekends and holidays change nothing.
"""

from __future__ import annotations

from datetime import MAXYEAR, date, timedelta

import msgspec

from assistant.errors import UsageError


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Years or days, never mixed; exactly one of the two is positive."""

    years: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        if (self.years > 0) == (self.days > 0) or self.years < 0 or self.days < 0:
            raise ValueError("a period is a positive number of years or of days, and not both")

    @property
    def iso(self) -> str:
        """The ISO 8601 form: ``P5Y``, ``P30D``."""
        return f"P{self.years}Y" if self.years else f"P{self.days}D"

    def __str__(self) -> str:
        if self.years:
            return f"{self.years} {'year' if self.years == 1 else 'years'}"
        return f"{self.days} calendar {'day' if self.days == 1 else 'days'}"


def anniversary(day: date, years: int) -> date:
    """The same month and day ``years`` later; March 1 for a February 29 that does not exist.

    Raises `UsageError` where the year would be past 9999, the last that a date can have.
    """
    year = day.year + years
    if year > MAXYEAR:
        raise UsageError(_past(day, f"{years} years"))
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def end(day: date, period: Period, *, backward: bool = False) -> date:
    """The last day of a period that a trigger starts; counted backward, the last day before which.

    Raises `UsageError` where the result has no date in the calendar (past the year 9999).
    """
    if period.years:
        return anniversary(day, period.years)
    try:
        return day - timedelta(days=period.days) if backward else day + timedelta(days=period.days)
    except OverflowError:
        raise UsageError(_past(day, f"{period.days} days", backward=backward)) from None


def _past(day: date, length: str, *, backward: bool = False) -> str:
    if backward:
        return f"{length} before {day.isoformat()} lie before the year 1, where no date is; check the date"
    return f"{day.isoformat()} and {length} end past the year 9999, where no date is; check the date"
