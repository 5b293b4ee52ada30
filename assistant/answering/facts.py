"""From a person's message to the facts a date is computed from, with what was read shown back.

Nothing is computed here and nothing is guessed: a date without its event, a month instead of a
day, or a certificate without its agreement becomes a question (`Missing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.answering.dates import FoundDate, find_dates
from assistant.answering.facts_denied import without_denied
from assistant.answering.facts_events import blank, pairs_of
from assistant.answering.facts_penalty import PenaltyFacts, more_penalty, read_penalty
from assistant.answering.facts_polarity import settled
from assistant.answering.facts_record import (
    DAYS,
    Message,
    ReadFacts,
    Told,
    denials,
    facts_of,
    may,
    read_record,
)
from assistant.answering.facts_words import read_words
from assistant.answering.question import Question
from assistant.reading.language import Language, plain
from assistant.retention.values import Missing

__all__ = [
    "PenaltyFacts",
    "ReadFacts",
    "Told",
    "facts_of",
    "message_of",
    "more_penalty",
    "own_dates",
    "read_facts",
    "read_penalty",
    "settled_message",
]

#: Records that are ways to speak of one entry.
_OF_AN_ENTRY = ("fta_import", "broker_entry", "informal_entry", "duty_free_low_value", "warehouse_withdrawal")
_CLAUSE = re.compile(r"[.;?!\n]\s|,?\s+and\s+(?=(?:a|an|the|our|my|for)\s)|\n")


def read_facts(text: str, question: Question, language: Language, today: date) -> tuple[ReadFacts, ...]:
    """The facts of every computation a message asks for, in order; empty where it asks for none.

    ``question`` is the same message as read by `QuestionReader`: its agreements, countries and roles
    are used. ``today`` resolves relative dates and two-digit years.
    """
    message = settled_message(text, question, language, today)
    dates = own_dates(message, today)
    if not _wanted(message, dates):
        return ()
    read = [
        one
        for part, own in by_agreement(message, dates)
        for record, group in _groups(part, own)
        for one in _with_others(part, record, group)
    ]
    return (*read, *_untied(message, dates, read, today))


def _untied(
    message: Message, dates: Sequence[FoundDate], read: Sequence[ReadFacts], today: date
) -> list[ReadFacts]:
    """A question for a day of the past that stands by itself beside days that were read."""
    told = [one.told for one in read if one.told and one.told.record]
    known = {pair.date.date for one in told for pair in one.pairs.values()}
    if not known or any(one.missing for one in read):
        return []
    claimed = {
        pair.date.start
        for one in told
        for pair in pairs_of(message.text, dates, message.phrases(one.record or "", one.agreement))
    }
    free = [
        one
        for one in dates
        if one.date
        and one.date <= today
        and not one.relative
        and one.start not in claimed
        and one.date not in known
        and _bare(message.text, one, dates)
    ]
    asked = f"What happened on {' and '.join(one.text for one in free)}?"
    return [ReadFacts(None, (), (Missing("question", asked),))] if free else []


def _bare(text: str, one: FoundDate, dates: Sequence[FoundDate]) -> bool:
    """Whether nothing but a few small words stands with a date in its clause."""
    words = blank(text, dates)
    before = _SIDE.split(words[: one.start])[-1]
    behind = _SIDE.split(words[one.end :])[0]
    if any(_LISTED.fullmatch(words, other.end, one.start) for other in dates if other.end <= one.start):
        return False
    return not _SMALL.sub("", f"{before} {behind}").strip(" -/'\"")


def _with_others(message: Message, record: str | None, dates: list[FoundDate]) -> list[ReadFacts]:
    """The readings of a record, and of the others whose dates are told in the same breath."""
    read = read_record(message, record, dates)
    if record is None:
        return read
    pairs = [pair for one in read if one.told for pair in one.told.pairs.values()]
    used = {pair.date.start for pair in pairs}
    spans = [(one.start, one.end) for pair in pairs for one in (pair.date, pair.phrase)]
    rest = message.words.records.without(record, without(message.text, spans))
    left = [one for one in dates if one.start not in used]
    other = replace(message, text=rest).about(rest)
    if not left or other is None or other not in message.words.overlapping(record, message.text):
        return read
    others = [
        one
        for one in read_record(replace(message, text=rest), other, left)
        if one.told and any(pair.date.kind in DAYS for pair in one.told.pairs.values())
    ]
    if others and not pairs and denials(message, record):
        return others
    return [*(read or [facts_of(Told(record), message.words)]), *others] if others else read


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
    phrases = (message.words.things, message.language.agreements)
    things = [(found.start, found.end) for kind in phrases for found in kind.find(message.text)]
    text = without_denied(message.text, things)
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


def own_dates(message: Message, today: date) -> list[FoundDate]:
    """The dates of a message that may be an event's."""
    dates = [one for one in find_dates(message.text, today) if not _aside(message, one)]
    return _complete(_listed(message.text, dates))


# ---------------------------------------------------------------- is a date asked for


def _wanted(message: Message, dates: Sequence[FoundDate]) -> bool:
    """Whether the message asks for a date, or only tells events and so implies that it does."""
    asks, exact, until = message.asks, "exact" in message.asks, "until" in message.asks
    days = any(one.kind in DAYS and not one.relative for one in dates)
    if not days and "trigger" in asks:
        return False
    if not dates:
        return exact
    if not days:
        relative = any(one.relative for one in dates)
        until = until and not (relative and message.question.premise)
        return exact or (until and (relative or "length" not in asks)) or may(message)
    if "penalty" in message.question.facets:
        return exact or until or "length" in asks
    if asks & {"exact", "until", "length"}:
        return True
    return "other" not in asks and ("keep" in asks or not _opens(message))


def _opens(message: Message) -> bool:
    """Whether a sentence or clause opens like a question: "is it …", "does the …"."""
    before = (message.text[: found.start].rstrip(" ") for found in message.words.opening.find(message.text))
    return any(not text or text[-1] in ".?!;:,\n" or text.endswith(" and") for text in before)


def _aside(message: Message, one: FoundDate) -> bool:
    """Whether a date is the day asked about, the end of a range or a supposed result, and no event's."""
    behind = plain(message.text[one.end : one.end + 40]).lstrip(" ,")
    if any(re.match(rf"{re.escape(cue)}\b", behind) for cue in message.words.behind):
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


#: "A demand for redelivery that says no later than D" has the latest redelivery date.
_REDELIVER = re.compile(r"\bre-?deliver\w*\b[^.;?!]{0,45}\b(?:no later than|not later than|by|before|until)$")
_RAN = re.compile(
    r"\b(?:ran|runs|running|lasted|lasts|extended|continued|went)\s+(?:on\s+)?(?:until|through|thru|till|to)$"
)
_WEEK = re.compile(r"\bweek (?:beginning|starting|ending|commencing|of)$")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
#: "30 days is Sunday, D": a result that somebody has worked out.
_RESULT = re.compile(
    r"\b(?:days|years|anniversary)\s+(?:is|are|was|would be|ends?|falls?|runs? out|expires?)"
    rf"(?:\s+(?:on|up))?(?:\s+an?)?(?:\s+{_WEEKDAY})?$"
)


def _ends(text: str, cue: str) -> bool:
    return text.endswith(cue) and not text[: -len(cue)][-1:].isalnum()


def _listed(text: str, dates: list[FoundDate]) -> list[FoundDate]:
    """ "March 3 and March 17, 2022": a day without a year in a list takes the year that ends the list."""
    words = blank(text, dates)
    done: list[FoundDate] = []
    for one in reversed(dates):
        other = done[0] if done else None
        if one.kind == "no_year" and other and other.date and _LISTED.fullmatch(words, one.end, other.start):
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


# ---------------------------------------------------------------- which record


def by_agreement(message: Message, dates: list[FoundDate]) -> list[tuple[Message, list[FoundDate]]]:
    """The message once for each agreement that has dates of its own; whole where one has all of them."""
    names = message.language.agreement_names
    named = [one for one in message.language.agreements.find(plain(message.text)) if names[one.name].held]
    if len({one.name for one in named}) < 2:
        return [(message, dates)]
    parts: dict[str, list[tuple[int, int]]] = {}
    for start, end in _pieces(message.text, dates):
        here = [one.name for one in named if start <= one.start < end]
        last = [one.name for one in named if one.start < start]
        name = here[0] if here else last[-1] if last else named[0].name
        parts.setdefault(name, []).append((start, end))
    own = {
        name: [one for one in dates if any(start <= one.start < end for start, end in spans)]
        for name, spans in parts.items()
    }
    if sum(any(one.kind in DAYS and not one.relative for one in group) for group in own.values()) < 2:
        return [(message, dates)]
    asked = message.text[max(one.end for one in dates) :]
    found = []
    for name, group in own.items():
        others = [span for other, spans in parts.items() if other != name for span in spans]
        text = without(message.text, others)[: -len(asked) or None] + asked
        question = replace(message.question, agreements=frozenset({name}))
        if any(one.kind in DAYS for one in group):
            found.append((replace(message, text=text, question=question), group))
    return found


_SMALL = re.compile(
    r"\b(?:the|on|of|a|an|in|at|to|again|also|then|later|one|another|other|second|per|our|its|cbp's?)\b"
)
_LISTED = re.compile(r"\s*(?:,|,?\s*and(?:\s+(?:again|also|then|on))?|&|or|to|thru|through|-|--)\s*")
_SIDE = re.compile(r"[.;?!:,()\n]|\band\b|\bbut\b|x{6,}")
_PIECE = re.compile(r"[.;?!:,(\n]\s|\band\b|\bbut\b|\n")


def _pieces(text: str, dates: Sequence[FoundDate]) -> list[tuple[int, int]]:
    """The clauses of a text, as places; no date is cut."""
    cuts = [0, *(match.start() for match in _PIECE.finditer(blank(text, dates))), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with some places blanked, character for character."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _groups(message: Message, dates: list[FoundDate]) -> list[tuple[str | None, list[FoundDate]]]:
    """The dates of each record: all of one, unless the clauses with dates name different ones."""
    whole = message.about(message.text)
    clauses = _clauses(message.text, dates)
    named = [(message.about(clause), group) for clause, group in clauses]
    kinds = list(dict.fromkeys(_general(record) for record, group in named if record and group))
    if len(kinds) < 2:
        return [(whole, dates)]
    groups: list[tuple[str | None, list[FoundDate]]] = []
    for record, group in named:
        if groups and (record is None or _general(record) == _general(groups[-1][0] or "")):
            groups[-1][1].extend(group)
        elif record:
            groups.append((record, list(group)))
    return [(record, group) for record, group in groups if group]


def _general(record: str) -> str:
    """Records that are ways to speak of one entry count as one."""
    return "entry" if record in _OF_AN_ENTRY else record


def _clauses(text: str, dates: Sequence[FoundDate]) -> list[tuple[str, list[FoundDate]]]:
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(blank(text, dates))), len(text)]
    return [(text[a:b], [one for one in dates if a <= one.start < b]) for a, b in pairwise(cuts)]
