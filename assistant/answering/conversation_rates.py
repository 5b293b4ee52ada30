"""A special rate lost with the record: whether the entry was liquidated in the 2 years before the demand.

19 U.S.C. § 1509(g)(2)(C), 19 CFR 163.6(b)(2)(i): an unliquidated entry is liquidated at the column 1 general
rate, and one liquidated within the 2-year period preceding the demand is reliquidated at it. Both days may be
told in one message or in several; which of the three it is, is then said in the question's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.dates import find_dates
from assistant.law.english import long_date
from assistant.reading.language import plain

_LIQUIDATED = re.compile(r"(?<!re)(?<!re-)(?<!un)liquidat(?:ed|es|ion)\b")
_DEMANDED = re.compile(
    r"\bdemand(?:ed|s)?\b|\b(?:letter|request)\b|\basked for\b"
    r"|\b(?:cbp|customs|they) (?:asked|wanted|requested)\b"
)
#: A day is an event's where no other event, and no end of a sentence, stands between.
_APART = re.compile(r"[.;?!]\s|\bwhen\b")
_NEVER = re.compile(
    r"\b(?:un-?liquidated|(?:not|n't|never|yet to be) (?:yet |been |yet been |even )*(?:be )?liquidat\w+"
    r"|still (?:open|unliquidated|not liquidated))\b"
)
#: Words of the rule itself, with which it is found.
_WITHIN = (
    "entry liquidated within the 2-year period preceding the demand, column 1 special rate: reliquidated"
)
_AFTER = "unliquidated entry, column 1 special rate: liquidated at the column 1 general rate"
_BEFORE = "entry liquidated more than two years before the demand"


@dataclass(frozen=True, slots=True)
class Lapse:
    """The day of an entry's liquidation and that of the demand, as far as they were told."""

    liquidated: date | None = None
    demanded: date | None = None

    def told(self, text: str, today: date) -> Lapse:
        """The days with those that a message tells of them in the place of what was known."""
        liquidated, demanded = _beside(text, today)
        return replace(self, liquidated=liquidated or self.liquidated, demanded=demanded or self.demanded)

    def base(self, text: str) -> date | None:
        """The day from which "a year earlier" counts in a message that names one of the two events."""
        words = plain(text)
        first, second = _LIQUIDATED.search(words), _DEMANDED.search(words)
        if first and second:
            return None
        return self.liquidated if first else self.demanded if second else None

    @property
    def words(self) -> str:
        """What of the rule the two days ask for; empty where they decide nothing."""
        if self.liquidated is None:
            return ""
        if self.demanded is None:
            return _WITHIN
        start = two_years_before(self.demanded)
        if self.liquidated in (start, self.demanded):
            return ""
        if self.liquidated > self.demanded:
            return _AFTER
        if self.liquidated > start:
            return _WITHIN
        return _BEFORE

    @property
    def note(self) -> str:
        """The two days as they were compared; empty where one is not known."""
        if self.liquidated is None or self.demanded is None:
            return ""
        start = two_years_before(self.demanded)
        place = (
            "after the demand"
            if self.liquidated > self.demanded
            else "on a day at the edge of that period"
            if self.liquidated in (start, self.demanded)
            else "within that period"
            if self.liquidated > start
            else "before that period"
        )
        return (
            f"The 2-year period preceding the demand of {long_date(self.demanded)} was counted back to"
            f" {long_date(start)}; the entry was liquidated {long_date(self.liquidated)}, {place}."
        )


def two_years_before(day: date) -> date:
    """The same day two years earlier; of February 29, March 1."""
    try:
        return day.replace(year=day.year - 2)
    except ValueError:
        return date(day.year - 2, 3, 1)


def _beside(text: str, today: date) -> tuple[date | None, date | None]:
    """The days that stand nearest to the words for liquidation and for the demand, one for each."""
    words = plain(text)
    days = [(one.start, one.end, one.date) for one in find_dates(text, today) if one.date is not None]
    named = [(0, m.start(), m.end()) for m in _LIQUIDATED.finditer(words) if not _NEVER.search(words)]
    named += [(1, m.start(), m.end()) for m in _DEMANDED.finditer(words)]
    pairs = sorted(
        (_distance(words, (start, end), (first, last)), which, day)
        for which, start, end in named
        for first, last, day in days
    )
    found: dict[int, date] = {}
    for distance, which, day in pairs:
        if distance < _FAR and which not in found and day not in found.values():
            found[which] = day
    return found.get(0), found.get(1)


#: A day this many characters from an event's words is another's.
_FAR = 60


def _distance(words: str, event: tuple[int, int], day: tuple[int, int]) -> int:
    """How far a day stands from an event's words; one before them, or in another sentence, is farther."""
    behind = day[0] >= event[1]
    between = words[event[1] : day[0]] if behind else words[day[1] : event[0]]
    return len(between) + (0 if behind else 8) + (_FAR if _APART.search(between) else 0)
