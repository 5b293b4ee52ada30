"""From a person's message to the facts a date is computed from, with what was read shown back.

Nothing is computed here and nothing is guessed: a date without its event, a month instead of a
day, or a certificate without its agreement becomes a question (`Missing`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from assistant.answering.dates import FoundDate, find_dates, long
from assistant.answering.facts_events import Pair, Phrase, pairs_of, phrases_of
from assistant.answering.facts_penalty import PenaltyFacts, read_penalty
from assistant.answering.facts_words import Words, read_words
from assistant.answering.question import USMCA, Question
from assistant.reading.language import Language, plain
from assistant.retention.values import Facts, Missing

__all__ = ["PenaltyFacts", "ReadFacts", "read_facts", "read_penalty"]

_CANADA_ENDED = date(1994, 1, 1)
_DAYS = ("date", "no_year", "impossible")
_RECORD = (
    "What kind of record is it, and what happened on that day? An entry, a drawback claim, a packing list, an"
    " agreement's certificate of origin and others each have their own period and their own starting day."
)
_AGREEMENT = (
    "Under which trade agreement was the certificate made (USMCA, NAFTA, Chile, CAFTA-DR, Peru, Korea, "
    " Colombia or Panama)? The period and the day it runs from depend on it."
)


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """Facts as read from one message.

    ``facts`` is ``None`` where the kind of record is not known. ``notes`` are whole sentences to be
    shown back. While ``missing`` is not empty nothing is to be computed: the facts are not yet those
    the person meant.
    """

    facts: Facts | None
    notes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    question: Question
    language: Language
    words: Words
    asks: frozenset[str]
    flags: frozenset[str]

    def about(self, text: str) -> str | None:
        """The record a text is about."""
        events = {f"@event:{name}" for name in self.language.events.names(text)}
        return self.words.records.find(text, self.flags | events)


def read_facts(text: str, question: Question, language: Language, today: date) -> tuple[ReadFacts, ...]:
    """The facts of every computation a message asks for, in order; empty where it asks for none.

    ``question`` is the same message as read by `QuestionReader`: its agreements, countries and roles
    are used. ``today`` resolves relative dates and two-digit years.
    """
    words = read_words()
    asks = words.ask.names(text)
    flags = {f"@role:{role}" for role in question.roles} | ({"@agreement"} if question.agreements else set())
    message = _Message(text, question, language, words, frozenset(asks), frozenset(flags))
    dates = _complete([one for one in find_dates(text, today) if not _aside(message, one)])
    if not _wanted(message, dates):
        return ()
    groups = _groups(message, dates)
    read = [one for record, group in groups for one in _read(message, record, group)]
    return tuple(read)


# ---------------------------------------------------------------- is a date asked for


def _wanted(message: _Message, dates: Sequence[FoundDate]) -> bool:
    """Whether the message asks for a date, or only tells events and so implies that it does."""
    asks, exact, until = message.asks, "exact" in message.asks, "until" in message.asks
    days = any(one.kind in _DAYS and not one.relative for one in dates)
    if not dates:
        return exact
    if not days:
        relative = any(one.relative for one in dates)
        until = until and not (relative and message.question.premise)
        return exact or (until and (relative or "length" not in asks))
    if "penalty" in message.question.facets:
        return exact or until or "length" in asks
    if asks & {"exact", "until", "length"}:
        return True
    return "other" not in asks and ("keep" in asks or not _opens(message))


def _opens(message: _Message) -> bool:
    """Whether a sentence or clause opens like a question: "is it …", "does the …"."""
    before = (message.text[: found.start].rstrip(" ") for found in message.words.opening.find(message.text))
    return any(not text or text[-1] in ".?!;:,\n" or text.endswith(" and") for text in before)


def _aside(message: _Message, one: FoundDate) -> bool:
    """Whether a date is the day asked about, or the end of a range, and no event's."""
    before = plain(message.text)[: one.start].rstrip(" (,")
    before = re.sub(r"\b(?:the|about|around|roughly|approximately|say)$", "", before).rstrip()
    if any(_ends(before, cue) for cue in message.words.as_of):
        return not re.search(
            r"(?:revoked|inactive|active|effective|removed|released|paperless|live) as (?:of|at)$", before
        )
    if any(_ends(before, cue) for cue in message.words.bound):
        due = re.search(
            r"(?:redeliver\w*|redelivery due|redelivery no later than|due) (?:by|before)$|no later than$",
            before,
        )
        return not (due and "redeliver" in before)
    return False


def _ends(text: str, cue: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(cue)}$", text))


def _complete(dates: list[FoundDate]) -> list[FoundDate]:
    """Days without a year take the one year that is given beside them, and that year is used up."""
    years = {one.year for one in dates if one.kind == "year"}
    if len(years) != 1 or not any(one.kind == "no_year" for one in dates):
        return dates
    year = years.pop()
    assert year is not None
    return [one.in_year(year) if one.kind == "no_year" else one for one in dates if one.kind != "year"]


# ---------------------------------------------------------------- which record


def _groups(message: _Message, dates: list[FoundDate]) -> list[tuple[str | None, list[FoundDate]]]:
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
    same = ("fta_import", "broker_entry", "informal_entry", "duty_free_low_value", "warehouse_withdrawal")
    return "entry" if record in same else record


def _clauses(text: str, dates: Sequence[FoundDate]) -> list[tuple[str, list[FoundDate]]]:
    blank = plain(text)
    for one in dates:
        blank = blank[: one.start] + "x" * (one.end - one.start) + blank[one.end :]
    cuts = [
        0,
        *(m.end() for m in re.finditer(r"[.;?!\n]\s|,?\s+and\s+(?=(?:a|an|the|our|my|for)\s)|\n", blank)),
        len(text),
    ]
    return [(text[a:b], [one for one in dates if a <= one.start < b]) for a, b in pairwise(cuts)]


# ---------------------------------------------------------------- facts of one record


def _read(message: _Message, record: str | None, dates: list[FoundDate]) -> list[ReadFacts]:
    if record is None:
        unknown = [one for one in dates if one.kind in _DAYS and not one.relative]
        if unknown and message.asks & {"exact", "until"}:
            return [ReadFacts(None, (), (Missing("record", _RECORD),))]
        return []
    if record.startswith("fta_") and message.question.unheld and not message.question.agreements:
        return []
    agreement, missing = _agreement(message, record, dates)
    phrases = phrases_of(message.text, record, agreement, message.words, message.language)
    pairs = pairs_of(message.text, dates, phrases)
    pairs = _alone(message, record, agreement, dates, pairs)
    own = [pair for pair in pairs if pair.phrase.own]
    days = [pair for pair in own if pair.date.kind in _DAYS]
    if not days and not message.asks & {"exact", "until"}:
        return []
    if not own and "exact" not in message.asks and not any(one.kind == "date" for one in dates):
        return []
    notes = [
        pair.phrase.note.format(date=pair.date.text)
        for pair in pairs
        if not pair.phrase.own and pair.phrase.note
    ]
    return [
        _facts(message, record, agreement, events, list(missing), notes)
        for events in _instances(message, record, agreement, own)
    ]


def _alone(
    message: _Message, record: str, agreement: str | None, dates: list[FoundDate], pairs: list[Pair]
) -> list[Pair]:
    """A date beside no event's words is the record's event where the record has only one."""
    events = message.words.own(record, agreement)
    if len(events) != 1 or any(pair.phrase.own for pair in pairs):
        return pairs
    taken = {pair.date.start for pair in pairs}
    free = [one for one in dates if one.start not in taken and not one.relative and one.kind in _DAYS]
    return [*pairs, *(Pair(Phrase(events[0], one.start, one.start, True), one) for one in free[:1])]


def _instances(
    message: _Message, record: str, agreement: str | None, own: list[Pair]
) -> list[dict[str, Pair]]:
    """One set of events, or one for each date where an event has several ("entries of … and …")."""
    by_event: dict[str, list[Pair]] = defaultdict(list)
    for pair in own:
        several = by_event[pair.phrase.event]
        if not any(_same(pair.date, other.date) for other in several):
            several.append(pair)
    for event, several in by_event.items():
        full = [pair for pair in several if pair.date.kind in _DAYS]
        sure = [pair for pair in full if not pair.phrase.near]
        by_event[event] = sure or full or several[:1]
    count = max((len(several) for several in by_event.values()), default=1)
    return [
        {event: several[min(i, len(several) - 1)] for event, several in by_event.items()}
        for i in range(count)
    ]


def _same(one: FoundDate, other: FoundDate) -> bool:
    return (one.kind, one.year, one.month, one.day) == (other.kind, other.year, other.month, other.day)


def _agreement(
    message: _Message, record: str, dates: Sequence[FoundDate]
) -> tuple[str | None, list[Missing]]:
    """The agreement of an FTA record: the one named, or the one of the country and the dates."""
    if not record.startswith("fta_"):
        return None, []
    extra = message.words.agreements.find(message.text)
    named = {found.name for found in message.language.agreements.find(plain(message.text))}
    held = {name for name in named if message.language.agreement_names[name].held}
    if extra and not held:
        return extra, []
    found = held or set(message.question.agreements)
    north = found & {"usmca", "nafta"}
    if (len(north) == 2 and found == north) or (north == found and not held and north):
        days = [one.span[0] for one in dates if one.span and one.kind == "date"]
        return ("nafta" if days and max(days) < USMCA else "usmca"), []
    if len(found) == 1:
        return found.pop(), []
    return None, [Missing("agreement", _AGREEMENT)]


def _facts(
    message: _Message,
    record: str,
    agreement: str | None,
    pairs: dict[str, Pair],
    missing: list[Missing],
    notes: list[str],
) -> ReadFacts:
    events: dict[str, date] = {}
    asked: list[Missing] = []
    notes = list(notes)
    for event, pair in pairs.items():
        if pair.date.date is not None:
            events[event] = pair.date.date
            notes += [pair.date.note] if pair.date.note else []
            notes += [pair.phrase.note.format(date=pair.date.text)] if pair.phrase.near else []
    for event, pair in pairs.items():
        _incomplete(message.words, record, agreement, event, pair.date, events, asked, notes)
    country = _country(message, agreement)
    facts = Facts(record, agreement, country, events, _more(message.text, record))
    shown = [_shown(message.words, facts)] if events else []
    years = [pair for pair in pairs.values() if pair.date.kind == "no_year"]
    if years:
        listed = " and ".join(
            f"{p.date.text} ({message.words.events[e].words})" for e, p in pairs.items() if p in years
        )
        asked.append(Missing("year", f"In which year was {listed}?"))
    return ReadFacts(facts, tuple(dict.fromkeys([*shown, *notes])), (*missing, *asked))


def _incomplete(
    words: Words,
    record: str,
    agreement: str | None,
    event: str,
    one: FoundDate,
    events: dict[str, date],
    asked: list[Missing],
    notes: list[str],
) -> None:
    """An impossible date is asked again; a month or year is used where it decides, or else asked for."""
    named = words.events[event]
    if one.kind == "impossible":
        asked.append(Missing(event, f"{one.note} {named.question}"))
    if one.kind not in ("month", "year") or event in events:
        return
    span = one.span
    for border in words.borders:
        fits = (
            border.record == record
            and border.event == event
            and (not border.agreement or agreement in border.agreement)
        )
        if fits and span and not any(span[0] < day <= span[1] for day in border.days):
            events[event] = span[0]
            notes.append(f"{one.text} is no full date, but it is enough to tell {border.why}.")
            return
    if span is None or not events or _decides(words, record, event, span, events):
        asked.append(Missing(event, f"{one.text} is not a full date. {named.question}"))
    else:
        notes.append(f"{one.text} ({named.words}) is not a full date and was left out of the sum.")


def _decides(words: Words, record: str, event: str, span: tuple[date, date], events: dict[str, date]) -> bool:
    if any(b.record == record and b.event == event for b in words.borders):
        return True
    for shows in words.shows:
        if (shows.record, shows.event) == (record, event) and shows.unless_known not in events:
            return span[0] < shows.before
    later = [
        events[e]
        for one in words.later
        if record in one.record and event in one.event
        for e in one.event
        if e in events
    ]
    return bool(later) and span[1] > max(later)


def _country(message: _Message, agreement: str | None) -> str | None:
    known = message.language.country_names
    found = {
        c for c in message.question.countries if known[c].agreement == agreement and not known[c].by_date
    }
    return found.pop() if len(found) == 1 else None


_FREE = re.compile(r"\b(?:(?P<no>not|never|weren't|wasn't|refused) (?:\w+ )?)?admitted (?:duty[- ])?free\b")


def _more(text: str, record: str) -> dict[str, str]:
    """Answers other than dates: whether a low-value shipment was admitted free."""
    found = _FREE.search(plain(text)) if record == "duty_free_low_value" else None
    if found is None or "?" in text[found.end() : found.end() + 2]:
        return {}
    return {"admitted_free": "no" if found["no"] else "yes"}


def _shown(words: Words, facts: Facts) -> str:
    """What was read, in one sentence."""
    told = ", ".join(f"{words.events[event].words} {long(day)}" for event, day in facts.events.items())
    under = f" ({facts.agreement})" if facts.agreement else ""
    return f"Read from the question: {words.record_words[facts.record]}{under}; {told}."
