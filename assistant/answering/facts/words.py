"""The words by which facts are read, from ``corpus/language/events.toml``, ready to be looked up.

Loaded once and strictly: an unknown key, or a record or event nobody defined, is a `CorpusError`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.errors import CorpusError
from assistant.reading.files import Strict, read_toml
from assistant.reading.held import held
from assistant.reading.language import Phrases


class Event(Strict, frozen=True):
    """An event as it is shown back (``words``) and asked for (``question``)."""

    name: str
    words: str
    question: str
    say: tuple[str, ...] = ()


class Local(Strict, frozen=True):
    """Phrases of some records; with a ``note`` where their date is not quite the event's, or not at all."""

    record: tuple[str, ...] = ()
    agreement: tuple[str, ...] = ()
    event: str = ""
    say: tuple[str, ...] = ()
    note: str = ""

    def fits(self, record: str, agreement: str | None) -> bool:
        return (not self.record or record in self.record) and (
            not self.agreement or agreement in self.agreement
        )


class Told(Strict, frozen=True):
    """What a message must say to be about a record (or an agreement)."""

    name: str
    say: tuple[str, ...]
    unless: tuple[str, ...] = ()


class Later(Strict, frozen=True):
    record: tuple[str, ...]
    event: tuple[str, ...]


class Border(Strict, frozen=True):
    """Days between which a regime does not change, so that a month or year between them decides."""

    record: str
    event: str
    days: tuple[date, ...]
    why: str
    agreement: tuple[str, ...] = ()

    def fits(self, record: str, agreement: str | None) -> bool:
        return record == self.record and (not self.agreement or agreement in self.agreement)


class Open(Strict, frozen=True):
    """An event that, still open, leaves the dates of its record open, whatever else is told."""

    record: tuple[str, ...]
    event: tuple[str, ...]
    agreement: tuple[str, ...] = ()

    def fits(self, record: str, agreement: str | None) -> bool:
        return record in self.record and (not self.agreement or agreement in self.agreement)


class Latest(Strict, frozen=True):
    """An event that is the last of several of its kind: of its dates the latest counts."""

    record: str
    event: str


class Shows(Strict, frozen=True):
    """An event whose date before a day shows the regime, unless another event is known."""

    record: str
    event: str
    before: date
    unless_known: str


class Ask(Strict, frozen=True):
    exact: tuple[str, ...]
    until: tuple[str, ...]
    length: tuple[str, ...]
    keep: tuple[str, ...]
    other: tuple[str, ...]
    trigger: tuple[str, ...]
    opening: tuple[str, ...]
    may: tuple[str, ...]


class Aside(Strict, frozen=True):
    as_of: tuple[str, ...]
    bound: tuple[str, ...]
    unless: tuple[str, ...]
    beside: tuple[str, ...]
    behind: tuple[str, ...]
    elsewhere: frozenset[str]


class Neutral(Strict, frozen=True):
    say: tuple[str, ...]


class Beside(Strict, frozen=True):
    """Records of which another one's dates are told in the same breath; only where one of ``say`` is said."""

    record: tuple[str, ...]
    other: tuple[str, ...]
    say: tuple[str, ...] = ()


class Pending(Strict, frozen=True):
    """What is said beside a date to keep through while a matter is open; ``due`` records have none."""

    say: tuple[str, ...]
    unless: tuple[str, ...]
    due: frozenset[str]
    note: str


class Saying(Strict, frozen=True):
    """What is said beside a record's sum where a message gives cause; it names no number of its own."""

    record: tuple[str, ...]
    say: tuple[str, ...]
    text: str
    cite: tuple[str, ...]
    unless: tuple[str, ...] = ()


class Denied(Strict, frozen=True):
    """What a message may deny as a whole."""

    thing: tuple[str, ...]


class Penalty(Strict, frozen=True):
    """Words about a penalty, by what they tell, and the questions for what is missing."""

    culpability: str
    appraised_value: str
    say: dict[str, tuple[str, ...]]
    kind: tuple[Told, ...]


class _File(Strict, frozen=True):
    ask: Ask
    aside: Aside
    event: tuple[Event, ...]
    local: tuple[Local, ...]
    other: tuple[Local, ...]
    near: tuple[Local, ...]
    neutral: tuple[Neutral, ...]
    paper: Neutral
    denied: Denied
    beside: tuple[Beside, ...]
    pending: Pending
    saying: tuple[Saying, ...]
    record: tuple[Told, ...]
    later: tuple[Later, ...]
    latest: tuple[Latest, ...]
    open: tuple[Open, ...]
    border: tuple[Border, ...]
    shows: tuple[Shows, ...]
    agreement: tuple[Told, ...]
    events: dict[str, tuple[str, ...]]
    records: dict[str, str]
    admitted_free: dict[str, tuple[str, ...]]
    answer: dict[str, str]
    penalty: Penalty


class Conditions:
    """What must be said for each of several names, read in one pass; see the file's head."""

    def __init__(self, told: Iterable[Told]) -> None:
        self._told = tuple(told)
        entries: list[tuple[str, list[str]]] = []
        self._parts: list[
            tuple[str, list[list[tuple[str, frozenset[str]]]], list[list[tuple[str, frozenset[str]]]]]
        ] = []
        for number, one in enumerate(self._told):
            read = [
                [self._expression(f"{number}:{kind}:{n}", say, entries) for n, say in enumerate(says)]
                for kind, says in (("say", one.say), ("unless", one.unless))
            ]
            self._parts.append((one.name, read[0], read[1]))
        self._phrases = Phrases(entries)

    @staticmethod
    def _expression(
        key: str, say: str, entries: list[tuple[str, list[str]]]
    ) -> list[tuple[str, frozenset[str]]]:
        parts = []
        for place, part in enumerate(say.split(" + ")):
            choices = [choice.strip() for choice in part.split("|")]
            flags = frozenset(choice for choice in choices if choice.startswith("@"))
            entries.append((f"{key}:{place}", [choice for choice in choices if choice not in flags]))
            parts.append((f"{key}:{place}", flags))
        return parts

    def find(self, text: str, flags: frozenset[str] = frozenset()) -> str | None:
        """The first name whose conditions the text meets and does not excuse."""
        present = self._phrases.names(text)

        def met(expressions: list[list[tuple[str, frozenset[str]]]]) -> bool:
            return any(all(key in present or asked & flags for key, asked in one) for one in expressions)

        return next((name for name, say, unless in self._parts if met(say) and not met(unless)), None)

    def without(self, name: str, text: str) -> str:
        """The text with every word that tells of a name taken out, character for character."""
        for found in self._of(name).find(text):
            text = f"{text[: found.start]}{' ' * (found.end - found.start)}{text[found.end :]}"
        return text

    def _of(self, name: str) -> Phrases:
        """The words that tell of a name, flags left out."""
        parts = [
            part for one in self._told if one.name == name for say in one.say for part in say.split(" + ")
        ]
        choices = [choice.strip() for part in parts for choice in part.split("|")]
        return Phrases([(name, [choice for choice in choices if not choice.startswith("@")])])


@dataclass(frozen=True, slots=True)
class PenaltyWords:
    """The words about penalties; ``phrases`` by what they tell, ``kinds`` which penalty it is."""

    phrases: Phrases
    kinds: Conditions
    culpability: str
    appraised_value: str


@dataclass(frozen=True, slots=True)
class Words:
    """All that is known of how people tell facts."""

    events: dict[str, Event]
    event_phrases: Phrases
    local: tuple[Local, ...]
    other: tuple[Local, ...]
    near: tuple[Local, ...]
    neutral: Phrases
    things: Phrases
    papers: Phrases
    overlaps: tuple[Beside, ...]
    pending: Pending
    sayings: tuple[Saying, ...]
    own_phrases: Phrases
    opens: tuple[Open, ...]
    records: Conditions
    agreements: Conditions
    ask: Phrases
    opening: Phrases
    aside: tuple[str, ...]
    not_aside: tuple[str, ...]
    beside: tuple[str, ...]
    behind: tuple[str, ...]
    elsewhere: frozenset[str]
    admitted: Phrases
    answers: dict[str, str]
    later: tuple[Later, ...]
    latest: frozenset[tuple[str, str]]
    borders: tuple[Border, ...]
    shows: tuple[Shows, ...]
    events_of: dict[str, tuple[str, ...]]
    record_words: dict[str, str]
    penalty: PenaltyWords

    def phrases(self, tell: Local) -> Phrases:
        """The phrases of one entry of the file, ready to be found."""
        return _compiled(tell)

    def overlapping(self, record: str, text: str) -> frozenset[str]:
        """The records whose dates may be told in the same breath as a record's."""
        return frozenset(
            other
            for one in self.overlaps
            if record in one.record and (not one.say or _said(one.say).find(text))
            for other in one.other
        )

    def open_matter(self, record: str, text: str) -> str:
        """What to say beside a record's date where a text tells of a matter that is open; else nothing."""
        told = Conditions([Told(name="pending", say=self.pending.say, unless=self.pending.unless)])
        return self.pending.note if record not in self.pending.due and told.find(text) else ""

    def beside_sum(self, record: str, text: str, flags: frozenset[str]) -> tuple[Saying, ...]:
        """What a record's sum is explained by, for what a text says; ``flags`` are the events it tells."""
        return tuple(
            one
            for one in self.sayings
            if record in one.record
            and Conditions([Told(name="said", say=one.say, unless=one.unless)]).find(text, flags)
        )

    def own(self, record: str, agreement: str | None) -> tuple[str, ...]:
        """The events that belong to a record, under its agreement."""
        if record != "fta_export":
            return self.events_of[record]
        return self.events_of.get(f"{record}:{agreement or '?'}", self.events_of[record])


@functools.cache
def _said(say: tuple[str, ...]) -> Phrases:
    return Phrases([("", say)])


@functools.cache
def _compiled(tell: Local) -> Phrases:
    return Phrases([(tell.event, tell.say)])


@held("language/events.toml")
def read_words(path: Path) -> Words:
    """Read and check the file, once; `CorpusError` names the fault."""
    file = read_toml(path, _File)
    _check(path, file)
    asks = {"exact": file.ask.exact, "until": file.ask.until, "length": file.ask.length}
    return Words(
        events={event.name: event for event in file.event},
        event_phrases=Phrases((event.name, event.say) for event in file.event),
        local=file.local,
        other=file.other,
        near=file.near,
        neutral=Phrases(("", one.say) for one in file.neutral),
        things=Phrases([("", file.denied.thing)]),
        papers=Phrases([("", file.paper.say)]),
        overlaps=file.beside,
        pending=file.pending,
        sayings=file.saying,
        own_phrases=Phrases((one.event, one.say) for one in file.local),
        opens=file.open,
        records=Conditions(file.record),
        agreements=Conditions(file.agreement),
        ask=Phrases(
            [
                *asks.items(),
                ("keep", file.ask.keep),
                ("other", file.ask.other),
                ("trigger", file.ask.trigger),
                ("may", file.ask.may),
            ]
        ),
        opening=Phrases([("opening", file.ask.opening)]),
        aside=file.aside.as_of + file.aside.bound,
        not_aside=file.aside.unless,
        beside=file.aside.beside,
        behind=file.aside.behind,
        elsewhere=file.aside.elsewhere,
        admitted=Phrases(file.admitted_free.items()),
        answers=file.answer,
        latest=frozenset((one.record, one.event) for one in file.latest),
        later=file.later,
        borders=file.border,
        shows=file.shows,
        events_of=file.events,
        record_words=file.records,
        penalty=PenaltyWords(
            phrases=Phrases(file.penalty.say.items()),
            kinds=Conditions(file.penalty.kind),
            culpability=file.penalty.culpability,
            appraised_value=file.penalty.appraised_value,
        ),
    )


def _check(path: Path, file: _File) -> None:
    """Every record and event named anywhere is one of the file's own."""
    told = (*file.local, *file.near, *file.other)
    single: tuple[Border | Shows | Latest, ...] = (*file.border, *file.shows, *file.latest)
    events = {one.event for one in told if one.event} | {one.event for one in single}
    events |= {event for several in file.events.values() for event in several}
    several: tuple[Later | Open, ...] = (*file.later, *file.open)
    beside = {record for one in file.beside for record in (*one.record, *one.other)}
    events |= {event for one in several for event in one.event}
    records = {record for one in told for record in one.record} | {one.record for one in single}
    records |= {one.name for one in file.record} | beside
    records |= {record for saying in file.saying for record in saying.record}
    records |= {record for one in several for record in one.record}
    known = {"event": {event.name for event in file.event}, "record": set(file.records)}
    for kind, names in (("event", events), ("record", records)):
        if unknown := names - known[kind]:
            raise CorpusError(f"{path}: there is no {kind} {', '.join(sorted(unknown))}")
