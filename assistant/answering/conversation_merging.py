"""What a message leaves of the days told before, and how two records' days stand to each other.

Only values are looked at here; which record a date is of, and what is asked where that is not plain, is
decided in `conversation_dates`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from assistant.answering.conversation_days import joined, of_these_weeks
from assistant.answering.conversation_state import State, Turn
from assistant.answering.conversation_words import WEAK
from assistant.answering.dates import FoundDate
from assistant.answering.facts import Told
from assistant.answering.facts.record import bare
from assistant.answering.facts.words import read_words
from assistant.reading.language import plain

MEANT = re.compile(r"\W*(?:sorry|no|nope|wait|correction|actually|oops|i meant?|not an?)\b")

#: Papers that no other duty is about: asked of behind them, an entry's records are the conclusion.
OF_THEIR_OWN = frozenset({"broker_power_of_attorney", "packing_list"})
_OF_AN_ENTRY = frozenset({"entry", "broker_entry", "fta_import"})


def overlap(before: Told, told: Told, turn: Turn) -> bool:
    """Whether a message adds a duty of its own to the one that was told, about the same papers."""
    if before.record in (None, told.record) or told.record is None:
        return False
    if {before.record, told.record} & OF_THEIR_OWN and told.record in _OF_AN_ENTRY:
        return False
    if turn.cues & {"suppose", "swap"} or MEANT.match(plain(turn.text)):
        return False
    dated = any(pair.date.date for pair in before.pairs.values())
    words = read_words()
    pairs = ((before.record, told.record), (told.record, before.record))
    return dated and any(other in words.overlapping(one or "", turn.text) for one, other in pairs)


#: Goods that went back to Customs, or were to.
BACK = re.compile(
    r"\bre-?deliver|\b(?:bring|brought|send|sent|took|take|give|gave|turn|turned|hand|handed)\b[^.;?!]{0,20}\bback\b"
)
_NOT_BACK = re.compile(r"\b(?:latest|last|final) (?:redelivery )?(?:date|day)\b|n'?t\b|\bnot\b|\bnever\b")


def redelivered(before: Told | None, record: str, turn: Turn, days: list[FoundDate]) -> list[Told]:
    """The day on which goods went back to Customs, or were to, of papers whose period then runs from it."""
    words = plain(turn.text)
    if before is None or before.record != record or "redelivered" not in read_words().own(record, None):
        return []
    if len(days) != 1 or not BACK.search(words):
        return []
    event, other = ("redelivery_due", "redelivered") if _NOT_BACK.search(words) else ("redelivered", "")
    left = {known: pair for known, pair in before.pairs.items() if known != other}
    return [replace(before, pairs={**left, event: bare(event, days[0])}, notes=(), missing=())]


def taken_up(state: State, record: str, turn: Turn) -> Told | None:
    """What was told of a record before, where a message goes back to it or puts it right."""
    if not turn.cues & {"correct", "back"} or turn.whole or turn.cues & {"another"}:
        return None
    return next((told for told in state.shelf if told.record == record), None)


def liquidated(turn: Turn) -> bool:
    """Whether a message tells when an entry liquidated, which no period for producing records counts."""
    return "liquidat" in plain(turn.text) and not read_words().ask.names(turn.text) & {
        "exact",
        "until",
        "length",
    }


def last_of(told: Told, days: list[FoundDate]) -> Told:
    """Of several days of an event of which the latest counts, that one: "one filed …, the other …"."""
    latest = {event for record, event in read_words().latest if record == told.record} & set(told.pairs)
    known = [one for one in days if one.date is not None]
    if len(latest) != 1 or len(known) < 2 or len(told.pairs) > 1:
        return told
    event = latest.pop()
    last = max(known, key=lambda one: one.date or date.min)
    return replace(told, pairs={event: replace(told.pairs[event], date=last)})


def only_of(record: str) -> set[str]:
    """The events that no other record counts from."""
    words = read_words()
    others = {e for other in words.record_words if other != record for e in words.own(other, None)}
    return set(words.own(record, None)) - others


def amends_the_year(state: State, turn: Turn, dates: list[FoundDate]) -> bool:
    """Whether a message says nothing but that the only day that was told is of another year."""
    year = len(dates) == 1 and dates[0].kind == "year"
    return (
        year
        and "correct" in turn.cues
        and bool(state.only and len(state.only.pairs) == 1)
        and turn.count <= 4
    )


def speaks_a_broker(state: State) -> bool:
    """Whether the records spoken of so far are a customs broker's own."""
    told = (*state.told, *state.shelf)
    return any((one.record or "").startswith("broker_") for one in told)


def tells_a_month(state: State, turn: Turn, dates: list[FoundDate]) -> bool:
    """Whether a message gives a month for the day from which the period asked for runs."""
    asks = "how_long" in state.question.facets and not state.told
    month = len(dates) == 1 and dates[0].kind == "month" and dates[0].year is not None
    whole = turn.whole or turn.text.rstrip().endswith("?") or bool(set(turn.question.facets) - WEAK)
    return asks and month and not whole and not turn.cues & {"suppose", "swap", "now"}


def happened(days: list[FoundDate]) -> str:
    return f"What happened on {days[0].text}" if days else ""


def merged(before: Told, told: Told, turn: Turn, taken_back: list[FoundDate]) -> Told:
    """What a message tells of a record, with what it leaves of what was told before."""
    pairs = dict(told.pairs)
    latest = read_words().latest if not turn.cues & {"correct", "suppose"} else frozenset()
    for event, pair in pairs.items():
        old = before.pairs.get(event)
        if old and old.date.date and pair.date.date and (told.record, event) in latest:
            pairs[event] = max(old, pair, key=lambda one: one.date.date or date.min)
    for event, pair in pairs.items():
        old, year = before.pairs.get(event), pair.date.year
        if pair.date.kind == "year" and year and old and old.date.month and old.date.day:
            not_the_old = any(one.year == old.date.year for one in taken_back)
            only = "correct" in turn.cues and len(pairs) == 1
            if old.date.kind == "no_year" or not_the_old or only:
                pairs[event] = replace(pair, date=old.date.in_year(year))
        elif old and before.record == told.record and "another" not in turn.cues:
            pairs[event] = replace(pair, date=joined(old.date, pair.date))
            if "correct" in turn.cues and "suppose" not in turn.cues:
                new = of_these_weeks(old.date, pairs[event].date, turn.today)
                pairs[event] = replace(pair, date=new)
    if "redelivery_due" in told.pairs and "redelivered" not in told.pairs:
        before = replace(before, pairs={e: pair for e, pair in before.pairs.items() if e != "redelivered"})
    same = before.record == told.record
    keeps = "another" not in turn.cues and (same or bool(turn.cues & {"correct", "suppose"}))
    country = told.country or (before.country if told.agreement == before.agreement else None)
    return replace(
        told,
        country=country,
        pairs={**(before.pairs if keeps else {}), **pairs},
        more={**before.more, **told.more} if same and keeps else told.more,
    )
