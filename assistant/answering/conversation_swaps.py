"""The same dates under another agreement, for another role, or for another record.

Whose the papers are and what they are decides the period; the days that were told stay, as far as the
other duty counts from the same events.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.conversation_dates import Dates
from assistant.answering.conversation_state import State, Turn
from assistant.answering.conversation_words import OF_DATES, UNDER_AGREEMENTS, Words, in_place, same_side
from assistant.answering.facts import Told, message_of, own_dates, settled_message
from assistant.answering.facts.answer import admitted
from assistant.answering.facts.message import Message
from assistant.answering.facts.record import bare, country_of, told_of
from assistant.answering.facts.words import read_words
from assistant.answering.question import QuestionReader
from assistant.reading.language import Language, plain

#: A longer question asks something of its own.
_SHORT = 9
_SPEAKS = re.compile(r"\b(?:we|i)\s*(?:are|am|'?re|'?m)\b[^.?!;]*\bbrokers?\b")


class Swaps:
    """What a message changes of whose the papers are, or of what they are."""

    def __init__(self, reader: QuestionReader, language: Language, words: Words, dates: Dates) -> None:
        self._reader = reader
        self._language = language
        self._words = words
        self._dates = dates

    def swapped(self, state: State, turn: Turn) -> State | None:
        """The same dates under another agreement, for another role or for another record."""
        question, before = turn.question, state.only
        if before is None and "that_day" in turn.cues and question.agreements:
            before = next(iter(state.shelf), None)
        if before is None or set(question.facets) - (OF_DATES - {"change"}) or question.unheld:
            return None
        if turn.whole and turn.count > _SHORT and not turn.cues & {"swap", "suppose", "that_day"}:
            return None
        carried = self._words.carry(state, question, turn)
        message = message_of(turn.words, carried, self._language)
        if before.record is None:
            return self._named(state, turn, before, message.about(turn.words))
        if question.agreements:
            return self._under(state, turn, before, before.record, message)
        if not (question.roles or question.abouts):
            return None
        if before.record.startswith("fta_") and not same_side(before.record, question.roles):
            return None
        for record in self._others(state, turn):
            shared = set(read_words().own(record, before.agreement)) & set(before.pairs)
            if record != before.record and shared:
                agreement = before.agreement if record.startswith("fta_") else None
                free = admitted(turn.words) if record == "duty_free_low_value" else None
                more = {"admitted_free": free} if free else {}
                told = replace(before, record=record, agreement=agreement, more=more, notes=(), missing=())
                return self._dates.with_told(state, turn, told)
        return self._told_beside(state, turn, before)

    def _told_beside(self, state: State, turn: Turn, before: Told) -> State | None:
        """Another record, of which the message before told a day that was not asked about then."""
        question, today = state.question, turn.today
        record = message_of(turn.words, turn.question, self._language).about(turn.words)
        if record in (None, before.record) or not record:
            return None
        message = settled_message(question.text, question, self._language, today)
        known = {pair.date.date for pair in before.pairs.values()}
        dates = [one for one in own_dates(message, today) if one.date and one.date not in known]
        found = [told for told in told_of(message, record, dates) if told.pairs]
        carried = self._words.carry(state, turn.question, turn)
        return self._dates.both(state, turn, before, found[0], carried) if len(found) == 1 else None

    def _under(self, state: State, turn: Turn, before: Told, record: str, message: Message) -> State | None:
        """The same record under another agreement, or an entry now said to be under one."""
        question = turn.question
        if record.startswith("fta_") and not same_side(record, question.roles):
            return None
        entry = record in ("entry", "broker_entry") and question.abouts <= UNDER_AGREEMENTS | {"entry"}
        if len(question.agreements) != 1 or not (record.startswith("fta_") or entry):
            return None
        kind = "fta_import" if entry or question.roles & {"importer", "importer_of_record"} else record
        kind = "fta_export" if "exporter" in question.roles else kind
        (agreement,) = question.agreements
        country = country_of(message, agreement)
        told = replace(before, record=kind, agreement=agreement, country=country, missing=(), notes=())
        return self._dates.with_told(state, turn, told)

    def _others(self, state: State, turn: Turn) -> list[str]:
        """The records that a message may mean by a name or by a role, the likeliest first."""
        found: list[str | None] = []
        if turn.question.roles == {"broker"} and _SPEAKS.search(plain(turn.words)):
            found.append("broker_entry")
        if turn.question.abouts:
            found.append(message_of(turn.words, turn.question, self._language).about(turn.words))
        if turn.question.roles:
            before = state.question.text
            for text in (in_place(before, turn.words, self._language.roles), f"{before}\n{turn.words}"):
                read = self._reader.read(text, turn.as_of, turn.today)
                found.append(message_of(text, read, self._language).about(text))
        return [record for record in found if record]

    def _named(self, state: State, turn: Turn, before: Told, record: str | None) -> State | None:
        """The record of a day that was told without one."""
        if record is None or len(before.loose) != 1:
            return None
        agreement = next(iter(turn.question.agreements), None) if record.startswith("fta_") else None
        message = message_of(turn.words, turn.question, self._language)
        own = read_words().own(record, agreement)
        events = list(dict.fromkeys(e for e in message.events(record, agreement) if e in own)) or list(own)
        pairs = {events[0]: bare(events[0], before.loose[0])} if len(events) == 1 else {}
        return self._dates.with_told(state, turn, Told(record, agreement, pairs=pairs), pairs)
