"""A message with what is known of its words, and the dates of it that may be an event's.

What it corrects or denies is written out or blanked first, character for character, so that offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.dates import FoundDate, find_dates
from assistant.answering.facts.denied import owns, without_denied
from assistant.answering.facts.events import Phrase, blank, phrases_of
from assistant.answering.facts.polarity import settled
from assistant.answering.facts.words import Words, read_words
from assistant.answering.question import Question
from assistant.reading.language import Language, plain

#: "A demand for redelivery that says no later than D" has the latest redelivery date.
_REDELIVER = re.compile(r"\bre-?deliver\w*\b[^.;?!]{0,45}\b(?:no later than|not later than|by|before|until)$")
_RAN = re.compile(
    r"\b(?:ran|runs|running|lasted|lasts|extended|continued|went)\s+(?:on\s+)?(?:until|through|thru|till|to)$"
)
_WEEK = re.compile(r"\bweek (?:beginning|starting|ending|commencing|of)$")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
#: "30 days is Sunday, D": a result that somebody has worked out.
_RESULT = re.compile(
    r"\b(?:days|years|anniversary)(?:\s+(?:from|of|after)\s+(?:the\s+)?\w+)?"
    r"\s+(?:is|are|was|were|would be|end(?:s|ed)?|f[ae]lls?|r[ua]ns? out|expire[sd]?)"
    rf"(?:\s+(?:on|up))?(?:\s+an?)?(?:\s+{_WEEKDAY})?$"
)
#: "There's no Feb 29 in 2029": a day that a year lacks.
_NO_DAY = re.compile(r"\b(?:no|a|an|any|another|have|has|lacks?)\s+$")
#: What stands before a day that somebody has worked out from another: "the software flags".
_WORKED_OUT = re.compile(
    r"\b(?:flag(?:s|ged)?|sa(?:ys?|id)|show(?:s|ed)?|g[ai]ve[sn]?|calculat\w+|comput\w+|c[oa]mes? (?:up|out)"
    r"|end(?:s|ed)?|expire[sd]?|told|thinks?|thought|wrote|diar\w+|calendar\w*|tickler|reminder|marked|set|labell?ed|has|have|had)\b"
    r"[^.?!;]{0,25}$"
)
_PERIODS = (2, 3, 5)
LISTED = re.compile(r"\s*(?:,|,?\s*and(?:\s+(?:again|also|then|on))?|&|or|to|thru|through|-|--)\s*")


@dataclass(frozen=True, slots=True)
class Message:
    """A message with all that is known of its words; ``asks`` are the names of ``[ask]`` it meets."""

    text: str
    question: Question
    language: Language
    words: Words
    asks: frozenset[str]
    flags: frozenset[str]

    def about(self, text: str) -> str | None:
        """The record a text is about."""
        flags = {f"@event:{name}" for name in self.language.events.names(text)}
        flags |= {"@owner"} if owns(self.text) else set()
        return self.words.records.find(text, self.flags | flags)

    def events(self, record: str, agreement: str | None) -> list[str]:
        """The events of a record that the message names, with a date or without."""
        return [phrase.event for phrase in self.phrases(record, agreement) if phrase.own]

    def phrases(self, record: str, agreement: str | None) -> list[Phrase]:
        """The words for events, the record's own and any other's."""
        return phrases_of(self.text, record, agreement, self.words, self.language)


def may(message: Message) -> bool:
    """Whether a message asks if papers may go now."""
    return {"may", "keep"} <= message.asks


def message_of(text: str, question: Question, language: Language) -> Message:
    """A message with what is known of its words; ``question`` may have taken some of it from earlier ones."""
    words = read_words()
    flags = {f"@role:{role}" for role in question.roles} | ({"@agreement"} if question.agreements else set())
    return Message(text, question, language, words, frozenset(words.ask.names(text)), frozenset(flags))


def settled_message(text: str, question: Question, language: Language, today: date) -> Message:
    """A message with what it corrects, denies "until" a day, and gives as a range, written out."""
    words = read_words()
    named = (words.event_phrases, language.events, words.own_phrases)
    text = settled(text, today, lambda part: any(one.find(part) for one in named))
    return _affirmed(message_of(text, question, language))


def _affirmed(message: Message) -> Message:
    """A message without the records and agreements that it only denies, where it is about something else."""
    text = unsaid(message)
    if text == message.text:
        return message
    question, language = message.question, message.language
    names = {
        kind: {found.name for found in getattr(language, kind).find(plain(message.text))}
        - {found.name for found in getattr(language, kind).find(plain(text))}
        for kind in ("agreements", "roles")
    }
    rest = message_of(
        text,
        replace(
            question,
            agreements=question.agreements - names["agreements"],
            roles=question.roles - names["roles"],
        ),
        language,
    )
    return rest if rest.about(text) is not None else message


def unsaid(message: Message) -> str:
    """The text of a message without the records and agreements that it only denies."""
    phrases = (message.words.things, message.language.agreements)
    things = [(found.start, found.end) for kind in phrases for found in kind.find(message.text)]
    return without_denied(message.text, things)


def own_dates(message: Message, today: date) -> list[FoundDate]:
    """The dates of a message that may be an event's."""
    dates = [one for one in find_dates(message.text, today) if not _aside(message, one)]
    dates = [one for one in dates if not _worked_out(message.text, one, dates)]
    return _complete(_listed(message.text, dates))


def _worked_out(text: str, one: FoundDate, dates: list[FoundDate]) -> bool:
    """Whether a day is the end of a period from another day told, as somebody has worked it out."""
    if one.date is None or not _WORKED_OUT.search(plain(text[max(0, one.start - 60) : one.start])):
        return False
    ends = {
        (other.date.year + years, other.date.month, other.date.day)
        for other in dates
        if other.date and other.start < one.start
        for years in _PERIODS
    }
    return (one.date.year, one.date.month, one.date.day) in ends


def _aside(message: Message, one: FoundDate) -> bool:
    """Whether a date is the day asked about, the end of a range or a supposed result, and no event's."""
    behind = plain(message.text[one.end : one.end + 40]).lstrip(" ,")
    if any(re.match(rf"{re.escape(cue)}\b", behind) for cue in message.words.behind):
        return True
    if one.kind == "no_year" and _NO_DAY.search(plain(message.text[max(0, one.start - 20) : one.start])):
        return True
    before = plain(message.text[max(0, one.start - 60) : one.start]).rstrip(" (,")
    before = re.sub(r"\b(?:the|about|around|roughly|approximately|say)$", "", before).rstrip()
    if _REDELIVER.search(before) or _WEEK.search(before) or _RAN.search(before):
        return False
    if _RESULT.search(before):
        return True
    words = message.words
    return any(_ends(before, cue) for cue in words.aside) and not any(
        _ends(before, cue) for cue in words.not_aside
    )


def _ends(text: str, cue: str) -> bool:
    return text.endswith(cue) and not text[: -len(cue)][-1:].isalnum()


def _listed(text: str, dates: list[FoundDate]) -> list[FoundDate]:
    """ "March 3 and March 17, 2022": a day without a year in a list takes the year that ends the list."""
    words = blank(text, dates)
    done: list[FoundDate] = []
    for one in reversed(dates):
        other = done[0] if done else None
        if one.kind == "no_year" and other and other.date and LISTED.fullmatch(words, one.end, other.start):
            earlier = ((one.month or 0), (one.day or 0)) <= (other.date.month, other.date.day)
            one = one.in_year(other.date.year) if earlier else one
        done.insert(0, one)
    return done


def _complete(dates: list[FoundDate]) -> list[FoundDate]:
    """Days without a year take the one year that is given beside them, and that year is used up."""
    years = {one.year for one in dates if one.kind == "year"}
    if len(years) != 1 or not any(one.kind == "no_year" for one in dates):
        return dates
    year = years.pop()
    assert year is not None
    return [one.in_year(year) if one.kind == "no_year" else one for one in dates if one.kind != "year"]


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with some places blanked, character for character."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text
