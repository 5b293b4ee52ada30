# ruff: noqa: E501  A list of words is easier to check unbroken.
"""How long Customs itself has given for a demand: a shorter period, a day it names, or more time it approved.

19 CFR 163.6(a): within 30 calendar days of receipt, or within any shorter period that Customs prescribes
for a decision on admissibility or release; more where a request for more time was approved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.dates import FoundDate
from assistant.answering.facts.polarity import opaque
from assistant.law.english import NUMBERS

_D = "\x01+"
_COUNT = rf"(?P<n>\d{{1,2}}|{'|'.join(word for word, number in NUMBERS.items() if 0 < number < 31)}|a|one)"
_CBP = r"(?:cbp|customs|they|and|which|that|(?:the |an? )?(?:port|center|letter|demand|notice|officer|import specialist|specialist|agent)|it)"
_GIVES = (
    r"(?:g[ai]ves?|given|giving|allow(?:s|ed)?|sets?|wants?|wanted|asks?|asked|demands?|demanded|requires?|required|needs?|says?"
    r"|said|states?|names?|prescribe[sd]?|insists?)"
)
_DAYS = re.compile(
    rf"\b{_CBP}\s+(?:only\s+)?{_GIVES}\b[^.;?!\x01]{{0,60}}?\b{_COUNT}[\s-]+(?:(?P<kind>calendar|business|working)\s+)?"
    rf"(?P<unit>day|week)s?\b|\bwithin\s+(?:only\s+)?(?P<n2>\d{{1,2}})\s+(?:(?P<kind2>calendar|business|working)\s+)?days"
    r"\s+for\s+(?:an?\s+|the\s+)?(?:admissibility|release)"
)
_UNTIL = re.compile(
    rf"\b{_CBP}\s+(?:only\s+)?{_GIVES}\b[^.;?!\x01]{{0,50}}?\b(?:until|till|by|no later than|not later than|on or before|before)"
    rf"\s+(?P<day>{_D})|\b(?:due date|response date|deadline|due)\s+(?:in|on|of|named in)\s+(?:the|their|its)\s+(?:letter|demand"
    rf"|notice)\s+(?:is|was|of|:)?\s*(?P<day2>{_D})"
)
_MORE = re.compile(
    rf"\b(?:granted|approved|allowed|gave|got|received)\b[^.;?!\x01]{{0,40}}\b(?:extension|more time|extra time|additional time)\b"
    rf"[^.;?!\x01]{{0,30}}\b(?:to|until|till|through|of|by)\s+(?P<day>{_D})"
    rf"|\b(?:extension|more time|extra time|additional time)\b[^.;?!\x01]{{0,20}}(?:{_D}[^.;?!\x01]{{0,25}})?"
    r"\b(?:was|were|has been|is|they|cbp|customs|which)\s+(?:granted|approved|allowed)[^.;?!\x01]{0,20}"
    rf"\b(?:to|until|till|through)\s+(?P<day2>{_D})|\bextended\b[^.;?!\x01]{{0,30}}\b(?:to|until|till|through)\s+(?P<day3>{_D})"
)
#: A belief that is put to the test prescribes nothing.
_BELIEF = re.compile(
    r"\b(?:told|heard|think|thought|believe|someone|somebody|boss|colleague|broker says|is it|true)\b"
)


@dataclass(frozen=True, slots=True)
class Prescribed:
    """What Customs gave: ``days`` from receipt, or ``until`` a day; ``more`` where it is time added.

    ``business`` are days that the message counts by working days: no sum is made of them.
    """

    days: int | None = None
    until: date | None = None
    more: bool = False
    business: bool = False


def prescribed(text: str, dates: Sequence[FoundDate]) -> Prescribed | None:
    """What a message says that Customs itself gave for the production of demanded records."""
    words = opaque(text, dates)
    at = {one.start: one.date for one in dates if one.kind == "date"}
    for pattern, more in ((_MORE, True), (_UNTIL, False)):
        for match in pattern.finditer(words):
            name = next(name for name, value in match.groupdict().items() if value)
            day = at.get(match.start(name))
            if day and not _BELIEF.search(_before(words, match)):
                return Prescribed(until=day, more=more)
    for match in _DAYS.finditer(words):
        number = match["n"] or match["n2"]
        days = int(number) if number.isdigit() else NUMBERS.get(number, 1)
        days *= 7 if match["unit"] == "week" else 1
        kind = match["kind"] or match["kind2"]
        if days < 30 and not _BELIEF.search(_before(words, match)):
            return Prescribed(days=days, business=kind in ("business", "working"))
    return None


def _before(words: str, match: re.Match[str]) -> str:
    """The sentence up to the end of a match."""
    start = max(words.rfind(stop, 0, match.start()) for stop in ".?!;")
    return words[start + 1 : match.end()]
