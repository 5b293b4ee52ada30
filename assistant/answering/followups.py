"""What a message says about the ones before it, from ``corpus/language/followups.toml``.

Nothing is decided here about law or dates: which words open a follow-up, put something right, or ask
about the last reply, and how "a year later" and "that day" are written out as days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from assistant.answering.dates import FoundDate
from assistant.answering.facts.words import read_words
from assistant.law.english import MONTHS, NUMBERS, long_date
from assistant.reading.files import Strict, read_toml
from assistant.reading.held import held
from assistant.reading.language import Phrases, plain

Cue = Literal[
    "interjection",
    "aside",
    "correct",
    "meant",
    "suppose",
    "another",
    "source",
    "sum",
    "days_left",
    "why",
    "again",
    "shorter",
    "back",
    "now",
    "swap",
    "that_day",
    "refers",
    "general",
    "opposite",
    "discard",
    "benefit",
    "mitigation",
    "consequence",
    "recipient",
    "contest",
    "standing",
    "default",
    "lost",
    "unproduced",
    "dutiable",
    "freed",
    "owned",
    "unbrokered",
    "begins",
    "place",
    "consent",
    "objection",
    "scanned",
    "refund",
    "contents",
    "beside_duty",
    "special_rate",
    "of_regulations",
    "of_statutes",
    "since",
]
#: Cues that name a subject for which there is no name among those of ``terms.toml``.
MATTERS = frozenset({"special_rate"})
_NUMBERS = {"a": 1, "an": 1} | NUMBERS
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?P<unit>day|week|month|year)s?"
_SHIFTS = (
    re.compile(rf"\b{_COUNT}\s+(?P<way>later|after that|earlier|sooner|before that)\b"),
    re.compile(
        rf"\b(?P<way>postpone|delay|push|slip|advance)\w*\b[^.?!;]{{0,30}}?(?P<at>\b(?:by\s+)?{_COUNT}\b)"
    ),
)
_EARLIER = ("earlier", "sooner", "before that", "advance")
#: "So we can shred it?" asks as much as "can we".
_MAY = re.compile(
    r"\b(?:so|then|and|meaning|means)\b[^.?!;]{0,12}\b(?:i|we)\s+(?:can|may|could)\b[^.!;]*\?\s*$"
)
_NEGATED = re.compile(
    r"(?:\bnot(?:\s+(?:on|in))?|\binstead of|\brather than|\b(?:wasn't|wasnt|isn't|isnt))\s+$"
)


class _Say(Strict, frozen=True):
    say: tuple[str, ...]
    of: tuple[str, ...] = ()
    means: str = ""
    lasting: bool = False


@held("language/followups.toml")
def _entries(path: Path) -> dict[Cue, _Say]:
    return read_toml(path, dict[Cue, _Say])


@held("language/followups.toml")
def cues(path: Path) -> Phrases:
    """The phrases of every cue, read once; `CorpusError` names a fault of the file."""
    return Phrases((name, entry.say) for name, entry in read_toml(path, dict[Cue, _Say]).items())


def meant(found: frozenset[str], abouts: frozenset[str], spoken: frozenset[str] = frozenset()) -> str:
    """What a few words ask of the subjects spoken of, in words of the texts; empty where they ask nothing.

    ``abouts`` are the subjects spoken of last; what is ``lasting`` is asked of one ``spoken`` of before too.
    """
    said = (
        entry
        for name, entry in _entries().items()
        if name in found and (abouts | spoken if entry.lasting else abouts).intersection(entry.of)
    )
    return "; ".join(entry.means for entry in said if entry.means)


def opened(text: str) -> tuple[str, frozenset[str]]:
    """The message without the interjections before it, and every cue of the whole."""
    told = frozenset(cues().names(text)) - {"discard"} | discards(text)
    rest = text.strip()
    while rest:
        found = [f for f in cues().find(rest) if not rest[: f.start].strip(" ,.!")]
        first = next((f for f in found if f.name in ("interjection", "aside")), None)
        behind = rest[first.end :] if first else ""
        if first is None or not behind.strip(" ,.;:!-…?") or behind[:1] in "'’":
            break
        if first.name == "aside" and behind.lstrip()[:1] not in tuple(",.;:!-…"):
            break
        rest = behind.lstrip(" ,.;:!-…")
    return rest, told


def discards(text: str) -> frozenset[str]:
    """The cue of a message that asks whether papers may go; empty for one that does not."""
    found = cues().names(text) & {"discard"}
    asks = "may" in read_words().ask.names(text) or _MAY.search(plain(text))
    return frozenset(found) if asks else frozenset()


def written_out(text: str, base: Callable[[str], date | None], same: date | None) -> tuple[str, list[str]]:
    """The text with "a year later" and "that day" as days, and how they were read.

    ``base`` gives the day from which a text counts on; ``same`` is the day told last. What leads out
    of the calendar (a year after a February 29) becomes a day that is not in it, and is asked for.
    """
    notes = []
    for match in [m for pattern in _SHIFTS if (m := pattern.search(plain(text)))][:1]:
        day = base(text)
        if day is None:
            continue
        count = _NUMBERS.get(match["n"]) or int(match["n"])
        told = _shifted(day, -count if match["way"] in _EARLIER else count, match["unit"])
        start, end = match.span("at" if "at" in match.re.groupindex else 0)
        notes.append(f"{text[start:end]} was counted from {long_date(day)}.")
        text = f"{text[:start]}on {told}{text[end:]}"
    if same is not None:
        for found in reversed([f for f in cues().find(text) if f.name == "that_day"]):
            text = f"{text[: found.start]}{long_date(same)}{text[found.end :]}"
    return text, notes


#: "How was that before 2020?" asks of the law of the year that went before.
_FORMERLY = re.compile(
    r"\W*(?:(?:and|but|so|ok|then)\s+)*(?:how|what) (?:was|were|did)"
    r"(?: (?:it|that|this|things|they|the (?:rules?|law|period)))?(?: like| run| work| say)?"
    r" (?P<before>(?:before|prior to|until|till|up to) (?:july (?:1(?:st)?,? )?)?(?P<year>20[0-4]\d))\W*"
)


def in_its_year(text: str) -> str:
    """A short question of the law before a year, as one of the year that went before it."""
    match = _FORMERLY.fullmatch(plain(text))
    if match is None:
        return text
    start, end = match.span("before")
    return f"{text[:start]}in {int(match['year']) - 1}{text[end:]}"


#: "And exports?" under an agreement asks of those who export, though it names no one.
_SIDE = re.compile(
    r"\W*(?:(?:and|or|but|so|then|ok|now|what|how|about|for|on|our|the|of|with)\s+)*"
    r"(?P<side>export|import)(?:s|ing|ed goods|ed stuff| side| end)?\W*"
)


def other_side(text: str) -> str:
    """A message that only names exports or imports, as one about exporters or importers; else as it is."""
    match = _SIDE.fullmatch(plain(text))
    return f"{text[: match.start('side')]}{match['side']}ers?" if match else text


def counted(text: str) -> str:
    """The words of a day that is counted from another ("a year later"); empty where there are none."""
    match = next((m for pattern in _SHIFTS if (m := pattern.search(plain(text)))), None)
    return text[match.start() : match.end()] if match else ""


def _shifted(day: date, count: int, unit: str) -> str:
    if unit in ("day", "week"):
        try:
            return long_date(day + timedelta(days=count * (7 if unit == "week" else 1)))
        except OverflowError:
            return ""
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return f"{MONTHS[month]} {day.day}, {year}"


def negated(text: str, dates: Sequence[FoundDate]) -> tuple[list[FoundDate], list[FoundDate]]:
    """The dates that a message tells, and those that it takes back ("2017, not 2019")."""
    words = plain(text)
    back = [one for one in dates if _NEGATED.search(words[: one.start])]
    return [one for one in dates if one not in back], back
