"""The dates of one record: its agreement, its events with their days, what is denied and what is asked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.dates import FoundDate, find_dates
from assistant.answering.facts.demand import prescribed
from assistant.answering.facts.events import Pair, Phrase, pairs_of, sentence_of
from assistant.answering.facts.message import Message, may
from assistant.answering.facts.polarity import Denial, about, beside, denied, doubles, open_events
from assistant.answering.facts.told import DAYS, ReadFacts, Told, facts_of
from assistant.answering.facts.words import Words
from assistant.answering.question import USMCA
from assistant.reading.language import plain
from assistant.retention.values import Missing

_AGREEMENT = (
    "Under which trade agreement was the certificate made (USMCA, NAFTA, Chile, CAFTA-DR, Peru, Korea,"
    " Colombia or Panama)? The period and the day it runs from depend on it."
)


def read_record(message: Message, record: str | None, dates: Sequence[FoundDate]) -> list[ReadFacts]:
    """The computations asked for about one record; none where its dates are not the record's events."""
    if record is None:
        return _unknown(message, dates)
    if record.startswith("fta_") and message.question.unheld and not message.question.agreements:
        return []
    agreement, missing = _agreement(message, record, dates)
    paired = _paired(message, record, agreement, dates)
    own, asks = paired.own, message.asks & {"exact", "until"}
    if (paired.others and "length" in message.asks) or may(message):
        asks |= {"length"}
    unsettled = paired.denied or paired.asked
    if not any(pair.date.kind in DAYS for pair in own) and not asks and not unsettled:
        return []
    if not own and not unsettled and "exact" not in asks and not any(one.kind == "date" for one in dates):
        return []
    if not own and message.question.abouts & message.words.elsewhere:
        return []
    return [facts_of(told, message.words) for told in _tolds(message, record, agreement, missing, paired)]


def told_of(message: Message, record: str, dates: Sequence[FoundDate]) -> list[Told]:
    """What a message tells of a record that is known; empty where its dates are no event's of it."""
    agreement, missing = _agreement(message, record, dates)
    paired = _paired(message, record, agreement, dates)
    return (
        _tolds(message, record, agreement, missing, paired)
        if paired.own or paired.denied or paired.asked
        else []
    )


def taken_back(message: Message, told: Told) -> Told | None:
    """What was told, less the events that a message without dates denies; ``None`` where there are none."""
    if told.record is None:
        return None
    denials = denied(message.text, (), message.phrases(told.record, told.agreement))
    opened = {
        event for event, how in open_events(denials, ()).items() if how == "open" or event in told.pairs
    }
    asked = [
        Missing(event, message.words.events[event].question)
        for event in sorted(opened)
        if any(one.fits(told.record, told.agreement) and event in one.event for one in message.words.opens)
    ]
    if not asked and not opened & set(told.pairs):
        return None
    left = {event: pair for event, pair in told.pairs.items() if event not in opened}
    return replace(told, pairs=left, missing=(*told.missing, *asked))


def denials(message: Message, record: str) -> bool:
    """Whether a message says of events of a record that they have not happened."""
    return any(phrase.own for phrase in denied(message.text, (), message.phrases(record, None)))


@dataclass(frozen=True, slots=True)
class _Paired:
    """The dates of a message by their events; ``denied`` are the record's events that have none.

    ``others`` tells whether days of other records' events are among them.
    """

    own: list[Pair]
    notes: tuple[str, ...]
    denied: dict[str, Denial]
    asked: tuple[Missing, ...] = ()
    others: bool = False


def _paired(message: Message, record: str, agreement: str | None, dates: Sequence[FoundDate]) -> _Paired:
    phrases = message.phrases(record, agreement)
    denials = denied(message.text, dates, phrases)
    phrases = [phrase for phrase in phrases if phrase not in denials]
    pairs = pairs_of(message.text, dates, phrases)
    if not any(phrase.own for phrase in denials):
        pairs = _alone(message, record, agreement, dates, pairs)
    doubted = {phrase.event for phrase in denials if phrase.own}
    pairs = [
        pair
        for pair in pairs
        if pair.phrase.event not in doubted or beside(message.text, pair.phrase, pair.date, dates)
    ]
    own = [pair for pair in pairs if pair.phrase.own]
    counted = {pair.date.start for pair in own}
    others = [
        pair for pair in pairs if not pair.phrase.own and pair.phrase.note and pair.date.start not in counted
    ]
    notes = tuple(pair.phrase.note.format(date=pair.date.text) for pair in others)
    own, asked = _doubled(message, dates, pairs, own)
    for pair in [pair for pair in own if pair.date.kind == "date" and about(message.text, pair.date, dates)]:
        own.remove(pair)
        near = f"{pair.date.text} was given as near the day; the exact day decides."
        asked.append(Missing(pair.phrase.event, f"{near} {message.words.events[pair.phrase.event].question}"))
    told = {pair.phrase.event for pair in own} | {missing.fact for missing in asked}
    strangers = any(pair.phrase.event and not pair.phrase.own and pair.date.date for pair in pairs)
    return _Paired(own, notes, open_events(denials, told), tuple(asked), strangers)


def _doubled(
    message: Message, dates: Sequence[FoundDate], pairs: Sequence[Pair], own: list[Pair]
) -> tuple[list[Pair], list[Missing]]:
    """The record's dates, where two days are given for one event: the corrected one, both, or a question."""
    asked: list[Missing] = []
    claimed = {pair.date.start: pair.phrase for pair in pairs}
    for one, other, how in doubles(message.text, dates):
        first, second = claimed.get(one.start), claimed.get(other.start)
        phrase = first or second
        if phrase is None or not phrase.own or (first and second and first.event != second.event):
            continue
        if how == "either":
            own = [pair for pair in own if pair.phrase.event != phrase.event]
            which = f"Two days were given, {one.text} and {other.text}: which is right?"
            asked.append(Missing(phrase.event, f"{which} {message.words.events[phrase.event].question}"))
            continue
        own = [
            pair
            for pair in own
            if pair.date.start not in ({other.start} if how == "both" else {one.start, other.start})
        ]
        own.append(Pair(phrase, other))
    return own, asked


def _tolds(
    message: Message, record: str, agreement: str | None, missing: Sequence[Missing], paired: _Paired
) -> list[Told]:
    words = message.words
    asked = [
        Missing(event, words.events[event].question)
        for event, how in paired.denied.items()
        if how == "open" and any(one.fits(record, agreement) and event in one.event for one in words.opens)
    ]
    country, more = country_of(message, agreement), _more(message.text, record, words)
    named = find_dates(message.text, message.question.today)
    given = prescribed(message.text, named) if record == "entry_records_demand" else None
    return [
        Told(
            record,
            agreement,
            country,
            events,
            more,
            (*paired.notes, *_beside(message, record)),
            (*missing, *asked, *paired.asked),
            prescribed=given,
            sayings=words.beside_sum(
                record, message.text, message.flags | {f"@event:{event}" for event in events}
            ),
        )
        for events in _instances(words, record, paired.own)
    ]


def _beside(message: Message, record: str) -> list[str]:
    """What has to be said with a record's date: an open matter, an agreement whose own rule is not held."""
    notes = [message.words.open_matter(record, message.text)]
    if message.question.unheld and message.words.own(record, None) == ("entry",):
        names = " and ".join(sorted(name.replace("-", " ").title() for name in message.question.unheld))
        notes.append(
            f"What the {names} agreement itself asks of importers is in no text held; it may count from"
            " another day."
        )
    return [note for note in notes if note]


def bare(event: str, one: FoundDate) -> Pair:
    """A date that stands for an event without its words."""
    return Pair(Phrase(event, one.start, one.start, True), one)


def _unknown(message: Message, dates: Sequence[FoundDate]) -> list[ReadFacts]:
    """A day of nothing we know: the kind of record is asked for, unless another subject is named."""
    days = [one for one in dates if one.kind in DAYS and not one.relative]
    asked = days and message.asks & {"exact", "until"} and not message.question.abouts - {"history"}
    return [facts_of(Told(None, loose=tuple(days)), message.words)] if asked else []


def _alone(
    message: Message, record: str, agreement: str | None, dates: Sequence[FoundDate], pairs: list[Pair]
) -> list[Pair]:
    """A date beside no event's words is the record's event where the record has only one.

    Its own sentence must name the record, or say that the papers are of that day: "we opened on March
    1, 2010. How long are entries kept?" does neither.
    """
    events = message.words.own(record, agreement)
    if len(events) != 1 or any(pair.phrase.own for pair in pairs):
        return pairs
    taken = {pair.date.start for pair in pairs}
    found: list[Pair] = []
    for one in dates:
        free = one.start not in taken and not one.relative and one.kind in DAYS
        before = plain(message.text[max(0, one.start - 40) : one.start]).rstrip(" :")
        named = message.about(sentence_of(message.text, one, dates)) is not None
        if free and (named or re.search(rf"\b(?:{'|'.join(message.words.beside)})$", before)):
            found.append(Pair(Phrase(events[0], one.start, one.start, True), one))
    last = (record, events[0]) in message.words.latest
    return [*pairs, *(found if last else found[:1])]


def _instances(words: Words, record: str, own: list[Pair]) -> list[dict[str, Pair]]:
    """One set of events, or one for each date where an event has several ("entries of … and …").

    A full date supersedes a partial or impossible one of the same event, and a surer word a nearer one.
    """
    by_event: dict[str, list[Pair]] = defaultdict(list)
    for pair in own:
        several = by_event[pair.phrase.event]
        if not any(_same(pair.date, other.date) for other in several):
            several.append(pair)
    for event, several in by_event.items():
        full = [pair for pair in several if pair.date.kind == "date"]
        days = full or [pair for pair in several if pair.date.kind in DAYS]
        sure = [pair for pair in days if not pair.phrase.near]
        by_event[event] = sure or days or several[:1]
        if full and (record, event) in words.latest:
            by_event[event] = [max(by_event[event], key=lambda pair: pair.date.date or date.min)]
    count = max((len(several) for several in by_event.values()), default=1)
    return [
        {event: several[min(i, len(several) - 1)] for event, several in by_event.items()}
        for i in range(count)
    ]


def _same(one: FoundDate, other: FoundDate) -> bool:
    return (one.kind, one.year, one.month, one.day) == (other.kind, other.year, other.month, other.day)


def _agreement(message: Message, record: str, dates: Sequence[FoundDate]) -> tuple[str | None, list[Missing]]:
    """The agreement of an FTA record: the one named, or the one of the country and the dates."""
    if not record.startswith("fta_"):
        return None, []
    known = message.language.agreement_names
    named = {found.name for found in message.language.agreements.find(plain(message.text))}
    held = {name for name in named if known[name].held}
    extra = message.words.agreements.find(message.text)
    if extra and not held:
        return extra, []
    found = held or set(message.question.agreements)
    if found and found <= {"usmca", "nafta"} and (len(found) == 2 or not held):
        days = [one.date for one in dates if one.date and not one.relative]
        return ("nafta" if days and max(days) < USMCA else "usmca"), []
    if len(found) == 1:
        return found.pop(), []
    return None, [Missing("agreement", _AGREEMENT)]


def country_of(message: Message, agreement: str | None) -> str | None:
    """The country, for an agreement that entered into force country by country."""
    known = message.language.country_names
    named = (known[country] for country in message.question.countries)
    found = {country.name for country in named if country.agreement == agreement and not country.by_date}
    return found.pop() if len(found) == 1 else None


def _more(text: str, record: str, words: Words) -> dict[str, str]:
    """Answers other than dates: whether a low-value shipment was admitted free."""
    if record != "duty_free_low_value":
        return {}
    said = {found.name for found in words.admitted.find(text)}
    return {"admitted_free": said.pop()} if len(said) == 1 else {}
