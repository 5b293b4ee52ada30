"""Dates in people's sentences, each with its place and with how it was read.

The conventions are the contract's (section 4.6): month first in ``3/15/2021``, and said so where it
could be read both ways; a month or a year alone is not a date; a day that is not in the calendar is
found, so that it can be named. Citations, amounts, form numbers and periods are not dates.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from typing import Literal

from assistant.law import find_citations
from assistant.law.english import long_date
from assistant.reading.language import plain
from assistant.reading.remembered import remembered

Kind = Literal["date", "no_year", "month", "year", "impossible"]

Day = date

#: A year of two digits lies at most this many years ahead; otherwise it is of the last century.
AHEAD = 20


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date, or a part of one, between two offsets of a text.

    ``date`` is set for the kind ``date`` only; ``year``, ``month`` and ``day`` hold what was given.
    ``note`` is a sentence that shows the reading back, empty where nobody could read it otherwise.
    """

    text: str
    start: int
    end: int
    kind: Kind
    date: Day | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    note: str = ""
    relative: bool = False

    @property
    def span(self) -> tuple[Day, Day] | None:
        """The first and the last day that a full or partial date may mean; ``None`` if unbounded."""
        if self.date is not None:
            return self.date, self.date
        if self.year is None or self.kind == "impossible":
            return None
        first, last = (self.month, self.month) if self.month else (1, 12)
        return date(self.year, first, 1), date(self.year, last, calendar.monthrange(self.year, last)[1])

    def in_year(self, year: int) -> FoundDate:
        """A day and a month, completed with a year given elsewhere."""
        assert self.month is not None and self.day is not None
        note = f"{self.text} was read as {{}}."
        return _day(self.text, self.start, self.end, year, self.month, self.day, note)


@remembered
def find_dates(text: str, today: date) -> tuple[FoundDate, ...]:
    """Every date and partial date in a text, in order, never overlapping.

    ``today`` resolves "today", "yesterday" and "tomorrow", and the century of a two-digit year. To
    read one message, its dates are asked for a dozen times.
    """
    words = _RANGE.sub(r"\1 ", plain(text))
    day_first = _order(words)
    taken = [(start, end) for _, start, end in find_citations(words)]
    taken += [match.span() for match in _NOT_DATES.finditer(words)]
    found: list[FoundDate] = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(words):
            start, end = match.span("at") if "at" in pattern.groupindex else match.span()
            end -= words[start:end].endswith(".")
            if any(start < there and here < end for here, there in taken):
                continue
            one = read(_Reading(match, text[start:end], start, end, words, today, day_first))
            if one is not None:
                found.append(one)
                taken.append((start, end))
    return _glossed(sorted(found, key=lambda one: one.start), words)


def _order(words: str) -> bool | None:
    """Whether a message says that its dates are written day first, or month first."""
    first = bool(_DAY_FIRST.search(words))
    return None if first == bool(_MONTH_FIRST.search(words)) else first


def _glossed(found: list[FoundDate], words: str) -> tuple[FoundDate, ...]:
    """ "03/01/2022 (3 January)": what is said right behind a date of figures is how it is meant."""
    kept: list[FoundDate] = []
    for one in found:
        last = kept[-1] if kept else None
        same = last and _GLOSS.fullmatch(words, last.end, one.start) and _swaps(last, one)
        if last and same:
            assert last.year is not None and one.month is not None and one.day is not None
            note = f"{last.text} was read, as said beside it, as {{}}."
            kept[-1] = _day(last.text, last.start, last.end, last.year, one.month, one.day, note)
        else:
            kept.append(one)
    return tuple(kept)


def _swaps(one: FoundDate, gloss: FoundDate) -> bool:
    """Whether two dates are of the same two figures, and the second can be read in one way only."""
    named = gloss.kind in ("date", "no_year") and re.search(r"[a-z]{3}", gloss.text.lower())
    figures = one.kind == "date" and re.fullmatch(r"[\d\s/.-]+", one.text)
    years = gloss.year in (None, one.year)
    return bool(named and figures and years and {one.month, one.day} == {gloss.month, gloss.day})


@dataclass(frozen=True, slots=True)
class _Reading:
    """A match with what is needed to read it."""

    match: re.Match[str]
    text: str
    start: int
    end: int
    words: str
    today: date
    day_first: bool | None = None

    def get(self, name: str) -> str:
        return self.match.groupdict().get(name) or ""

    @property
    def before(self) -> str:
        return self.words[max(0, self.start - 24) : self.start]

    @property
    def after(self) -> str:
        return self.words[self.end : self.end + 24]

    def year(self) -> tuple[int, bool]:
        """The year, and whether its century had to be supplied."""
        digits = self.get("year").lstrip("'")
        if len(digits) == 4:
            return int(digits), False
        near = 2000 + int(digits)
        return (near if near <= self.today.year + AHEAD else near - 100), True

    def month(self) -> int:
        name = self.get("month")
        return int(name) if name.isdigit() else _MONTHS[name]

    def day(self) -> int:
        return int(self.get("day")) if self.get("day") else _ORDINALS.index(self.get("word")) + 1


def _day(text: str, start: int, end: int, year: int, month: int, day: int, note: str) -> FoundDate:
    """A full date; ``note`` has a place for the day as read."""
    try:
        found = date(year, month, day)
    except ValueError:
        note = f"{text} is not a day of the calendar."
        return FoundDate(text, start, end, "impossible", None, year, month, day, note)
    return FoundDate(text, start, end, "date", found, year, month, day, note.format(long_date(found)))


def _named(reading: _Reading) -> FoundDate | None:
    year, supplied = reading.year()
    note = f"{reading.text} was read as {{}}." if supplied else ""
    return _day(reading.text, reading.start, reading.end, year, reading.month(), reading.day(), note)


def _leap(reading: _Reading) -> FoundDate | None:
    """ "Leap day 2020" is February 29."""
    note = f"{reading.text} was read as {{}}."
    return _day(reading.text, reading.start, reading.end, reading.year()[0], 2, 29, note)


def _iso(reading: _Reading) -> FoundDate | None:
    """Year first; with dots only a day of the calendar is meant, as tariff numbers look like it."""
    found = _named(reading) if reading.year()[0] >= max(MINYEAR, 1000) else None
    if found and "." in reading.text and (found.kind != "date" or _NUMBERED.search(reading.before)):
        return None
    return found


def _compact(reading: _Reading) -> FoundDate | None:
    if _NUMBERED.search(reading.before):
        return None
    note = f"{reading.text} was read as {{}}."
    found = _day(
        reading.text, reading.start, reading.end, reading.year()[0], reading.month(), reading.day(), note
    )
    return found if found.kind == "date" else None


def _numeric(reading: _Reading) -> FoundDate | None:
    first, second = int(reading.get("a")), int(reading.get("b"))
    year, supplied = reading.year()
    written = "/" in reading.text
    if (max(first, second) > 31 and (supplied or not written)) or (
        supplied and not written and min(first, second) > 12
    ):
        return None
    both = first <= 12 and second <= 12 and first != second
    day_first = first > 12 >= second or bool(both and reading.day_first)
    month, day = (second, first) if day_first else (first, second)
    how = " day first," if day_first else " month first," if both else ""
    how += " as the message says," if both and reading.day_first is not None else ""
    note = f"{reading.text} was read{how} as {{}}." if how or supplied else ""
    return _day(reading.text, reading.start, reading.end, year, month, day, note)


def _no_year(reading: _Reading) -> FoundDate | None:
    if "a" in reading.match.groupdict():
        first, second = int(reading.get("a")), int(reading.get("b"))
        month, day = (second, first) if first > 12 >= second else (first, second)
        if (
            _NUMBERED.search(reading.before)
            or not _in_some_year(month, day)
            or reading.text in ("24/7", "1/2")
        ):
            return None
    else:
        month, day = reading.month(), reading.day()
        if month == 5 and not _is_the_month(reading):
            return None
    note = f"{reading.text} has no year."
    if not _in_some_year(month, day):
        note = f"{reading.text} is not a day of the calendar."
        return FoundDate(reading.text, reading.start, reading.end, "impossible", None, None, month, day, note)
    return FoundDate(reading.text, reading.start, reading.end, "no_year", None, None, month, day, note)


def _is_the_month(reading: _Reading) -> bool:
    """Whether "may 5" or "5 may" is a day and not the verb: "section 10 may apply"."""
    written = reading.text
    return (
        "May" in written
        or "MAY" in written
        or bool(re.search(r"\d(?:st|nd|rd|th)\b", written.lower()))
        or bool(re.search(r"\b(?:on|by|since|from|dated|date|was|is)\s+(?:the\s+)?$", reading.before))
        or not reading.after.strip(" .,;:?!)")
    )


def _in_some_year(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1]


def _month(reading: _Reading) -> FoundDate | None:
    year, month = reading.year()[0] if reading.get("year") else None, reading.month()
    if not 1 <= month <= 12 or (
        year is None and reading.get("month") == "may" and "in" not in reading.before
    ):
        return None
    note = f"{reading.text} names no day."
    return FoundDate(reading.text, reading.start, reading.end, "month", None, year, month, None, note)


def _year(reading: _Reading) -> FoundDate | None:
    if _NUMBERED.search(reading.before):
        return None
    note = f"{reading.text} is a year, not a date."
    return FoundDate(reading.text, reading.start, reading.end, "year", None, reading.year()[0], note=note)


def _relative(reading: _Reading) -> FoundDate | None:
    day = reading.today + timedelta(days=_FROM_TODAY[" ".join(reading.get("at").split())])
    note = f"{reading.text} was read as {long_date(day)}."
    return FoundDate(
        reading.text, reading.start, reading.end, "date", day, day.year, day.month, day.day, note, True
    )


def _ago(reading: _Reading) -> FoundDate | None:
    """ "Ten days ago", "five years ago today": a day where it is said to the day, else asked for.

    Weeks and days are counted; months and years only where "exactly" or "today" says so.
    """
    steps = [(_count(reading.get("n")), reading.get("unit"))]
    if reading.get("m"):
        steps.append((_count(reading.get("m")), reading.get("also")))
    to_the_day = bool(_EXACTLY.search(reading.before)) or bool(reading.get("today") or reading.get("from"))
    small = steps[-1][1] in ("day", "week")
    day = _back(reading.today, steps) if small or to_the_day else None
    if day is not None and "yesterday" in (reading.get("today"), reading.get("from")):
        day = _back(reading.today - timedelta(days=1), steps)
    return _told(reading, day)


def _weekday(reading: _Reading) -> FoundDate | None:
    """ "Last Tuesday": the one before today, unless that may be meant of this week or of the last."""
    back = (reading.today.weekday() - _WEEKDAYS.index(reading.get("weekday"))) % 7 or 7
    sure = back >= 4 or "past" in reading.get("which")
    return _told(reading, reading.today - timedelta(days=back) if sure else None)


def _last(reading: _Reading) -> FoundDate | None:
    return _told(reading, None)


def _this_year(reading: _Reading) -> FoundDate | None:
    year = reading.today.year - (reading.get("which") == "last")
    note = f"{reading.text} was read as {{}}."
    return _day(reading.text, reading.start, reading.end, year, reading.month(), reading.day(), note)


def _told(reading: _Reading, day: Day | None) -> FoundDate:
    """A day counted from today; ``None`` where only a stretch of days is told."""
    if day is None:
        note = f"{reading.text} names no day."
        return FoundDate(reading.text, reading.start, reading.end, "year", note=note)
    note = f"{reading.text} was read as {long_date(day)}."
    return FoundDate(
        reading.text, reading.start, reading.end, "date", day, day.year, day.month, day.day, note
    )


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS.index(word) if word in _COUNTS else 1


def _back(today: Day, steps: list[tuple[int, str]]) -> Day | None:
    """A day counted back from today; ``None`` where the calendar does not have it."""
    days = sum(count * {"day": 1, "week": 7}.get(unit, 0) for count, unit in steps)
    months = sum(count * {"month": 1, "year": 12}.get(unit, 0) for count, unit in steps)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    try:
        return date(year, month + 1, today.day) - timedelta(days=days)
    except (ValueError, OverflowError):
        return None


_COUNTS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_EXACTLY = re.compile(r"\b(?:exactly|precisely)\s+$")
_NUMBER = rf"(?:\d{{1,3}}|an?|{'|'.join(_COUNTS[1:])})"
_UNIT = r"(?:day|week|month|year)"
_FROM_TODAY = {
    "the day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
    "the day after tomorrow": 2,
}
_MONTH_NAMES = (
    "january jan", "february feb febuary feburary", "march mar", "april apr", "may", "june jun", "july jul",
    "august aug", "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second"
    " twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth"
    " thirtieth thirty-first"
).split()

_M = rf"(?<![a-z])(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?(?![a-z])"
_D = r"(?P<day>\d{1,2})(?!\d)(?:\s?(?:st|nd|rd|th)\b)?"
_WORD = rf"(?P<word>{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
#: What may follow a year of two digits that nothing else marks as a year.
_STOP = (
    r"(?=\s*(?:$|[.,;:?!)\n]|(?:and|but|to|so|then|was|is|were|until|till|keep|how|when|for|under|by|on)\b))"
    r"(?!,\d|\.\d|:\d)"
)
_Y = rf"(?P<year>\d{{4}}(?!\d)|'\d{{2}}(?!\w)|\d{{2}}(?!\d){_STOP})"
_COUNTED = (
    r"(?!\s*(?:%|calendar|business|years?|yrs?|days?|months?|weeks?|hours?|percent|entries|shipments|boxes|records"
    r"|containers|pallets|pieces|units|files|dollars|usd)\b)"
)
#: A word that makes the number after it a name: "no. 20210315", "type 01/11", "form 2020".
_NUMBERED = re.compile(
    r"(?:\b(?:nos?\.?|numbers?|num|ids?|ref|reference|forms?|cf|types?|sections?|secs?\.?|parts?|hts|htsus|version|"
    r"v\.?|code|class|heading|subheading|bond|invoice|po|l\.|box|suite|line|item)|#|§)\s*[:#]?\s*$"
)
#: Numbers that are never dates: telephone numbers, document ids, amounts, "10+2".
_NOT_DATES = re.compile(
    r"\+?1?[-.\s(]{0,3}\d{3}\)?[-.\s]\d{3}[-.\s]\d{4}\b|\b[a-z][a-z0-9-]*@\d{4}-\d\d-\d\d\b|\$\s?\d[\d,.]*\d|10\s?\+\s?2\b"
    r"|\b\d{3}-\d{7}-\d\b|\b\d{4}\.\d\d(?:\.\d{2})?\.\d{4}\b"
)
#: The two ends of a range in figures.
_RANGE = re.compile(r"(\b\d{1,2}/\d{1,2}/\d{2,4})-(?=\d{1,2}/\d{1,2}/\d{2,4}\b)")
_WAY = r"(?:format|style|order|notation|convention|way|dates?)"
_DAY_FIRST = re.compile(
    rf"\bdd?\s?[/.-]\s?mm?\b|\bddmm|\bday[\s/-]+first\b|\bday[\s/-]+month\b|\b(?:european|british|uk|u\.k\.)"
    rf"\s+(?:date\s+)?{_WAY}\b"
)
_MONTH_FIRST = re.compile(
    rf"\bmm?\s?[/.-]\s?dd?\b|\bmmdd|\bmonth[\s/-]+first\b|\bmonth[\s/-]+day\b|\b(?:american|us|u\.s\.)"
    rf"\s+(?:date\s+)?{_WAY}\b"
)
_GLOSS = re.compile(r"\s*[,(=:-]?\s*(?:i\.?e\.?,?|that is,?|meaning|so|which is|is)?\s*")
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[_Reading], FoundDate | None]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"(?<![\w@./-])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})"
         r"(?:t\d[\d:.]*z?|(?!\w))(?![-/]\d|\.\d)", _iso),
        (rf"{_M}[\s-]*(?:the\s+)?(?:{_D}|{_WORD})(?:\s+day)?(?:\s*,\s*|\s+of\s+|[\s-]+|\s*/\s*|(?='))"
         rf"(?:in\s+)?{_Y}", _named),
        (rf"(?<![\w/.$])(?<!\d-)(?:{_D}|{_WORD})(?:\s+day)?(?:\s+of)?[\s/.-]*{_M}[\s,/-]*"
         rf"(?:in\s+)?{_Y}", _named),
        (rf"(?<![\w/.$])(?<!\d-){_D}-?{_M}-?(?P<year>\d{{2}})(?![\w-])", _named),
        (r"\bleap[\s-]day,?\s+(?:of\s+|in\s+)?(?P<year>\d{4})(?!\d)", _leap),
        (r"(?<![\w$/.@-])(?P<a>\d{1,2})(?P<sep>\s?/\s?|[.-])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|'?\d{2})"
         r"(?![\w/]|[-.]\d)", _numeric),
        (r"(?<![\w#$.,/-])(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?![\w-]|[.,]\d)",
         _compact),
        (rf"{_M}[\s-]*(?:the\s+)?{_D},?\s+(?:of\s+)?(?P<which>last|this)\s+year\b", _this_year),
        (rf"(?<![\w.])(?:(?P<from>yesterday|today)\s+)?(?P<n>{_NUMBER})\s+(?P<unit>{_UNIT})s?(?:,?\s+(?:and\s+)?(?P<m>{_NUMBER})\s+(?P<also>{_UNIT})s?)?"
         r"\s+ago(?:\s+(?P<today>today|to the day|exactly|yesterday))?\b"
         rf"(?!\s+(?:last|this|on)?\s*(?:{'|'.join(_WEEKDAYS)}))", _ago),
        (rf"\b(?P<which>last|this past|past)\s+(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
         rf"(?!,?\s*(?:{'|'.join(_MONTHS)}|\d))", _weekday),
        (r"\b(?:last|earlier this)\s+(?:week|month)\b", _last),
        (rf"{_M}[\s,-]*(?:of\s+)?(?P<year>(?:19|20)\d\d(?!\d)|'\d\d)(?!\w|[-/]\d)", _month),
        (r"(?<![\w$/.@-])(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d{2})(?![\w/-])", _month),
        (r"(?<![\w$/.@-])(?P<year>(?:19|20)\d{2})[-/](?P<month>0[1-9]|1[0-2])(?![\w/-])", _month),
        (rf"{_M}[\s-]*(?:the\s+)?{_D}(?![\w/%+]|[,.:]\d){_COUNTED}", _no_year),
        (rf"(?<![\w/.$,:-]){_D}(?:\s+of)?[\s-]*{_M}(?![\w'])", _no_year),
        (rf"(?<!\w){_WORD}\s+of\s+{_M}(?![\w'])", _no_year),
        (r"(?<![\w$/.,:-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/%+-]|[.,]\d)(?!\s*(?:of|inch)\b)", _no_year),
        (rf"(?<![\w$#@./,'-])(?P<year>19[5-9]\d|20\d\d)(?![\w%]|[-/.]\d|,\d){_COUNTED}", _year),
        (r"\b(?:our|the|all|my|those|these)\s+(?P<at>(?P<year>20[0-4]\d))(?=\s+(?:customs\s+)?"
         r"(?:entries|shipments|imports|exports|importations|records|files|claims)\b)", _year),
        (r"\b(?:in|of|since|from|during|back in|late|early)\s+(?P<at>'(?P<year>\d\d))(?!\w)", _year),
        (rf"\b(?:in|during|since|of|early|late|mid|last|this|around)[\s-]+(?P<at>{_M})(?!\s*[\d'])", _month),
        (rf"(?<!\w)(?P<at>{'|'.join(_FROM_TODAY)})(?![\w'])", _relative),
    )
)  # fmt: skip
