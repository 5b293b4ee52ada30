"""What was told of a record, and the facts that it makes, with what is still open and what is shown back.

Nothing is guessed: a month instead of a day is used only where any of its days would decide alike.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.answering.dates import FoundDate
from assistant.answering.facts.demand import Prescribed
from assistant.answering.facts.events import Pair
from assistant.answering.facts.words import Saying, Words
from assistant.law.english import long_date
from assistant.retention.values import Facts, Missing

#: Kinds of dates that name a day, if not always one of the calendar.
DAYS = ("date", "no_year", "impossible")
_RECORD = (
    "What kind of record is it, and what happened on that day? An entry, a drawback claim, a packing list, an"
    " agreement's certificate of origin and others each have their own period and their own starting day."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of one record: its dates as written, incomplete ones among them.

    It outlives the message: a later one may replace a date, or the agreement, and `facts_of` reads the
    whole anew. Dates of events that the record does not count are kept, for the agreement or the record
    may yet change. ``loose`` are days of a record that is not known.
    """

    record: str | None
    agreement: str | None = None
    country: str | None = None
    pairs: Mapping[str, Pair] = field(default_factory=dict)
    more: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    loose: tuple[FoundDate, ...] = ()
    prescribed: Prescribed | None = None
    sayings: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """Facts as read from one message, or from several.

    ``facts`` is ``None`` where the kind of record is not known. ``notes`` are whole sentences to be
    shown back. While ``missing`` is not empty nothing is to be computed: the facts are not yet those
    the person meant.
    """

    facts: Facts | None
    notes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    told: Told | None = None


@dataclass(slots=True)
class _Draft:
    """The facts of one record while they are put together."""

    record: str
    agreement: str | None
    words: Words
    events: dict[str, date] = field(default_factory=dict)
    partly: set[str] = field(default_factory=set)
    missing: list[Missing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def facts_of(told: Told, words: Words, carried: Collection[str] = ()) -> ReadFacts:
    """The facts that were told, with what is still open; ``carried`` are events of earlier messages."""
    if told.record is None:
        return ReadFacts(None, (), (Missing("record", _RECORD),), told)
    own = words.own(told.record, told.agreement)
    pairs = {event: pair for event, pair in told.pairs.items() if event in own}
    known = {event for event, pair in pairs.items() if pair.date.kind in DAYS}
    missing = [one for one in told.missing if one.fact not in known]
    draft = _Draft(told.record, told.agreement, words, missing=missing, notes=list(told.notes))
    for event, pair in pairs.items():
        if pair.date.date is not None:
            draft.events[event] = pair.date.date
            if event in carried:
                continue
            draft.notes += [pair.date.note] if pair.date.note else []
            draft.notes += [pair.phrase.note.format(date=pair.date.text)] if pair.phrase.note else []
    for event, pair in pairs.items():
        _incomplete(draft, event, pair.date)
    years = [(event, pair.date.text) for event, pair in pairs.items() if pair.date.kind == "no_year"]
    if years:
        listed = " and ".join(f"{text} ({draft.words.events[event].words})" for event, text in years)
        draft.missing.append(Missing("year", f"In which year was {listed}?"))
    facts = Facts(draft.record, draft.agreement, told.country, draft.events, dict(told.more))
    notes = dict.fromkeys([*_shown(draft, carried), *draft.notes])
    return ReadFacts(facts, tuple(notes), tuple(draft.missing), told)


def _incomplete(draft: _Draft, event: str, one: FoundDate) -> None:
    """An impossible date is asked again; a month or year is used where it decides, or else asked for."""
    named = draft.words.events[event]
    if one.kind == "impossible":
        draft.missing.append(Missing(event, f"{one.note} {named.question}"))
    if one.kind not in ("month", "year") or event in draft.events:
        return
    border = next(
        (b for b in draft.words.borders if b.fits(draft.record, draft.agreement) and b.event == event), None
    )
    span = one.span
    if border and span and not any(span[0] < day <= span[1] for day in border.days):
        draft.events[event] = span[0]
        draft.partly.add(event)
        draft.notes.append(f"{one.text} is no full date, but it is enough to tell {border.why}.")
    elif span is None or border or not draft.events or _may_decide(draft, event, span):
        draft.missing.append(Missing(event, f"{one.text} is not a full date. {named.question}"))
    else:
        draft.notes.append(f"{one.text} ({named.words}) is not a full date and was left out of the sum.")


def _may_decide(draft: _Draft, event: str, span: tuple[date, date]) -> bool:
    """Whether some day of a month or year would change the result that the full dates give."""
    for shows in draft.words.shows:
        if (shows.record, shows.event) == (draft.record, event) and shows.unless_known not in draft.events:
            return span[0] < shows.before
    rivals = [one.event for one in draft.words.later if draft.record in one.record and event in one.event]
    known = [draft.events[other] for events in rivals for other in events if other in draft.events]
    return bool(known) and span[1] > max(known)


def _shown(draft: _Draft, carried: Collection[str]) -> list[str]:
    """What was read, in one sentence, and what is known from earlier messages in another.

    A day that stands for a month or year is not shown as read.
    """
    told = {
        event: f"{draft.words.events[event].words} {long_date(day)}"
        for event, day in draft.events.items()
        if event not in draft.partly
    }
    under = f" ({draft.agreement})" if draft.agreement else ""
    record = f"{draft.words.record_words[draft.record]}{under}"
    shown = []
    for words, events in (
        ("Read from the question", [told[event] for event in told if event not in carried]),
        ("Carried over from before", [told[event] for event in told if event in carried]),
    ):
        if events:
            shown.append(f"{words}: {record}; {', '.join(events)}.")
    return shown
