"""A day told in parts over several messages: "in March 2023", and later "the 15th".

Parts are joined only where they are told of the same event and do not contradict each other. What one
event's day lacks is never taken from another's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.answering.dates import FoundDate
from assistant.law.english import MONTHS
from assistant.reading.language import plain

_DAY_ALONE = re.compile(
    r"\W*(?:(?:it|that|we|they|was|is|were|on|think|i|meant|mean|make|oops|sorry|no|wait|actually|rather|came"
    r"|arrived|received|got|entered|filed|signed|issued|completed|imported|exported|liquidated|paid)[\s,.]+)*"
    r"(?:the\s+(?P<the>\d{1,2})(?:st|nd|rd|th)?|(?P<day>\d{1,2})(?:st|nd|rd|th))\W*"
)
#: Said just before a year or a month, it is when the papers are to go, and no event's.
_DISPOSAL = re.compile(
    r"\b(?:go|goes|going|gone|out|away|shred(?:ded)?|destroy(?:ed)?|toss(?:ed)?|dump(?:ed)?|purged?"
    r"|discard(?:ed)?|dispos(?:e|ed|al)(?: of)?|thrown?|delet(?:e|ed)|bin(?:ned)?|expires?|ends?|over|done"
    r"|free|kept|keep|hold|held)"
    r"(?:\s+(?:it|them|those|these|this|that|all|everything|already|then|out|away|only|just|early))*"
    r"\s+(?:sometime in|in|by|from|at|until|till|til|through)"
    r"\s+(?:the\s+)?(?:end of\s+|start of\s+|early\s+|late\s+)?$"
)


#: Days that lie no further from today are of these weeks: their year goes without saying.
_WEEKS = timedelta(days=60)


def of_these_weeks(old: FoundDate, new: FoundDate, today: date) -> FoundDate:
    """A day of these weeks put right without its year, which is then that of the day told before."""
    if new.kind != "no_year" or old.date is None or abs(old.date - today) > _WEEKS:
        return new
    again = new.in_year(old.date.year)
    note = f"{new.text} was taken to be of {old.date.year}, like the day told before."
    near = again.date is not None and abs(again.date - today) <= _WEEKS
    return replace(again, note=note) if near else new


def joined(old: FoundDate, new: FoundDate) -> FoundDate:
    """The later part of an event's day with what the earlier one adds; the later part alone if nothing."""
    if new.kind == "no_year" and old.kind in ("month", "year") and old.year is not None:
        return new.in_year(old.year) if old.month in (None, new.month) else new
    if new.kind == "month" and new.year is None and old.kind == "year" and old.year is not None:
        return replace(new, text=f"{new.text} {old.year}", year=old.year)
    if new.kind == "year" and new.year is not None and old.kind == "month" and old.year is None:
        return replace(old, text=f"{old.text} {new.year}", year=new.year)
    return new


def day_in(text: str, partial: FoundDate) -> str:
    """The message "the 15th" with the month and year told of the only event; as it is otherwise."""
    match = _DAY_ALONE.fullmatch(plain(text))
    if match is None or partial.kind not in ("month", "date") or partial.month is None:
        return text
    year = f", {partial.year}" if partial.year else ""
    return f"{MONTHS[partial.month - 1]} {match['the'] or match['day']}{year}"


def of_events(text: str, dates: Sequence[FoundDate]) -> list[FoundDate]:
    """The dates of a message without the years and months that only say when papers are to go."""
    words = plain(text)
    return [
        one for one in dates if one.kind not in ("month", "year") or not _DISPOSAL.search(words[: one.start])
    ]
