"""Which records a message tells of: each that is told with an event of its own is read by itself.

Papers that serve a drawback claim and an entry, two agreements or two shipments are told in one breath as
often as in two sentences. What belongs to one is taken out, and what is left is read again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from assistant.answering.dates import FoundDate
from assistant.answering.facts.events import blank, pairs_of
from assistant.answering.facts.message import LISTED, Message, without
from assistant.answering.facts.record import denials, read_record
from assistant.answering.facts.told import DAYS, ReadFacts, Told, facts_of
from assistant.reading.language import plain
from assistant.retention.values import Missing

#: Records that are ways to speak of one entry.
_OF_AN_ENTRY = ("fta_import", "broker_entry", "informal_entry", "duty_free_low_value", "warehouse_withdrawal")
_CLAUSE = re.compile(r"[.;?!\n]\s|,?\s+and\s+(?=(?:a|an|the|our|my|for)\s)|\n")
_PIECE = re.compile(r"[.;?!:,(\n]\s|&|\band\b|\bbut\b|\n")
_SIDE = re.compile(r"[.;?!:,()\n]|\band\b|\bbut\b|x{6,}")
_SMALL = re.compile(
    r"\b(?:the|on|of|a|an|in|at|to|again|also|then|later|one|another|other|second|per|our|its|cbp's?)\b"
)


def duties(message: Message, dates: list[FoundDate], today: date) -> tuple[ReadFacts, ...]:
    """The readings of every record that a message tells of, in order."""
    read = [
        one
        for part, own in by_agreement(message, dates)
        for record, group in _groups(part, own)
        for one in _with_others(part, record, group)
    ]
    return _asked_for(message.text, (*read, *_untied(message, dates, read, today)))


def _asked_for(text: str, read: tuple[ReadFacts, ...]) -> tuple[ReadFacts, ...]:
    """Of several told alike, the one that alone is asked for: "until when for the first one?"."""
    match = _ONE_OF.search(plain(text))
    alike = len({(one.facts.record, one.facts.agreement) for one in read if one.facts}) == 1
    if match is None or not alike or len(read) < 2 or any(one.facts is None or one.missing for one in read):
        return read
    days = [max(one.facts.events.values()) for one in read if one.facts and one.facts.events]
    if len(days) != len(read):
        return read
    which = match["which"]
    if which in ("first", "second"):
        return (read[0 if which == "first" else 1],)
    older = which in ("older", "earlier", "oldest", "earliest")
    return (read[days.index(min(days) if older else max(days))],)


#: At the end of a message: which of several records is asked about.
_ONE_OF = re.compile(
    r"\b(?:for|about|of|with|keep|hold|does|can|may|is) (?:only |just )?the"
    r" (?P<which>first|second|older|earlier|oldest|earliest|later|newer|latest|newest)"
    r"(?: one| entry| shipment| claim| file| of (?:them|these|those|the two))?(?: go| end| only)?\s*\?*\s*$"
)


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


def _pieces(text: str, dates: Sequence[FoundDate]) -> list[tuple[int, int]]:
    """The clauses of a text, as places; no date is cut."""
    cuts = [0, *(match.start() for match in _PIECE.finditer(blank(text, dates))), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


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
    if any(LISTED.fullmatch(words, other.end, one.start) for other in dates if other.end <= one.start):
        return False
    return not _SMALL.sub("", f"{before} {behind}").strip(" -/'\"")
