"""Dates over several messages: which event a date belongs to, what it replaces, and what stays.

A date with its event's words replaces that event's. One without goes to the event that was asked for,
or to the only one; where there are several, it is asked. What was told stays under another agreement,
and under another record as far as the two count from the same events.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from assistant.answering.conversation_days import day_in, of_events
from assistant.answering.conversation_merging import (
    BACK,
    MEANT,
    OF_THEIR_OWN,
    amends_the_year,
    happened,
    last_of,
    liquidated,
    merged,
    only_of,
    overlap,
    redelivered,
    speaks_a_broker,
    taken_up,
    tells_a_month,
)
from assistant.answering.conversation_state import State, Turn
from assistant.answering.conversation_words import OF_DATES, WEAK, Words
from assistant.answering.dates import FoundDate, find_dates
from assistant.answering.facts import ReadFacts, Told, facts_of, message_of, own_dates, settled_message
from assistant.answering.facts.answer import admitted, said
from assistant.answering.facts.demand import prescribed
from assistant.answering.facts.message import Message, unsaid
from assistant.answering.facts.record import bare, taken_back, told_of
from assistant.answering.facts.told import DAYS
from assistant.answering.facts.words import read_words
from assistant.answering.followups import counted, negated
from assistant.answering.question import Question, QuestionReader
from assistant.reading.language import Language, plain
from assistant.retention.values import Missing


class Dates:
    """What a message does to the dates that are known."""

    def __init__(self, reader: QuestionReader, language: Language, words: Words) -> None:
        self._reader = reader
        self._language = language
        self._words = words

    # ------------------------------------------------------------ days told by others

    def only_day(self, state: State) -> date | None:
        """The day that "that day" means, where only one was told."""
        days = {pair.date.date for told in state.told for pair in told.pairs.values()}
        days |= {one.date for told in state.told for one in told.loose}
        days.discard(None)
        if len(state.told) > 1 and len(days) > 1:
            days = {told.pairs[e].date.date for told in state.told for e in state.fresh if e in told.pairs}
        return days.pop() if len(days) == 1 else None

    def completed(self, state: State, text: str) -> str:
        """The message with a day of the month written out, where only that day was still to be told."""
        told = state.only
        dates = [pair.date for pair in told.pairs.values()] if told else []
        partial = [one for one in dates if one.kind == "month"]
        if not partial and MEANT.match(plain(text)):
            partial = dates
        return day_in(text, partial[0]) if len(partial) == 1 else text

    def counted_from(self, state: State, text: str) -> date | None:
        """The day from which "a year later" counts: that of the event named, or of the only one."""
        told = state.only
        if told is None or told.record is None:
            return None
        known = {event: pair.date.date for event, pair in told.pairs.items() if pair.date.date}
        message = message_of(text, state.question, self._language)
        named = [event for event in message.events(told.record, told.agreement) if event in known]
        events = list(dict.fromkeys(named)) or list(known)
        return known[events[0]] if len(events) == 1 else None

    # ------------------------------------------------------------ the answer to what was asked

    def answered(self, state: State, turn: Turn, asked: frozenset[str]) -> State | None:
        """Yes or no to what was asked, or the opposite of what was said."""
        told = state.only
        if told is None:
            return None
        told_a_day = any(one.kind in DAYS for one in find_dates(turn.text, turn.today))
        plainly = not told_a_day and not turn.question.agreements
        unbrokered = "unbrokered" in turn.cues and told.record in ("entry", "informal_entry")
        if plainly and (unbrokered or ("owned" in turn.cues and told.record == "informal_entry")):
            notes = (_NOT_OURS,) if told.record == "informal_entry" else told.notes
            return self.with_told(state, turn, replace(told, record="entry", notes=notes, missing=()))
        asked_free = "admitted_free" in asked or "admitted_free" in told.more
        if plainly and asked_free and "freed" in turn.cues and "dutiable" not in turn.cues:
            return self.with_told(state, turn, replace(told, more={"admitted_free": "yes"}))
        if plainly and "dutiable" in turn.cues and told.record == "duty_free_low_value":
            return self.with_told(state, turn, replace(told, more={"admitted_free": "no"}))
        if told_a_day and "admitted_free" not in asked:
            return None
        before = told.more.get("admitted_free")
        answer = said(turn.text) if "admitted_free" in asked else admitted(turn.text) if before else None
        if before and "opposite" in turn.cues:
            answer = "no" if before == "yes" else "yes"
        if answer is None:
            return None
        return self.with_told(state, turn, replace(told, more={"admitted_free": answer}))

    def affirmed(self, state: State, turn: Turn) -> State | None:
        """A "yes", with what was taken of the record said in the person's own words."""
        told = state.only
        if told is None or told.record is None or turn.text.rstrip().endswith("?"):
            return None
        if set(turn.question.facets) - WEAK or turn.question.agreements:
            return None
        if not _YES.match(plain(turn.text)) or own_dates(
            message_of(turn.text, turn.question, self._language), turn.today
        ):
            return None
        text = f"{read_words().record_words[told.record]}. {turn.words}"
        same = message_of(text, turn.question, self._language).about(text) == told.record
        return self.with_told(state, turn, told) if same else None

    def recalled(self, state: State, turn: Turn) -> State | None:
        """The first, the second or the other one of several that were told of."""
        match = _WHICH.search(plain(turn.words))
        question = turn.question
        if match is None or len(state.kept) < 2 or set(question.facets) - OF_DATES or question.agreements:
            return None
        named = message_of(turn.words, question, self._language).about(turn.words)
        kept = [told for told in state.kept if named in (None, told.record)]
        if match["other"]:
            kept = [told for told in kept if told != state.only]
            return self.with_told(state, turn, kept[0]) if len(kept) == 1 else None
        place = next(number for number, words in enumerate(_PLACES) if match["place"] in words)
        return self.with_told(state, turn, kept[place]) if -len(kept) <= place < len(kept) else None

    def denied(self, state: State, turn: Turn) -> State | None:
        """An event told before that has not happened after all, or one that is still open."""
        told = state.only
        if told is None or turn.whole or turn.text.rstrip().endswith("?"):
            return None
        message = settled_message(turn.text, turn.question, self._language, turn.today)
        if self._only_denies(turn, told):
            return self.with_told(state, turn, told)
        left = None if own_dates(message, turn.today) else taken_back(message, told)
        return self.with_told(state, turn, left) if left else None

    def _only_denies(self, turn: Turn, told: Told) -> bool:
        """Whether a message says no more than that there is no record of another kind."""
        message = message_of(turn.text, turn.question, self._language)
        rest = unsaid(message)
        another = message.about(message.text) not in (None, told.record)
        return another and rest != message.text and message.about(rest) is None

    def _given(self, state: State, turn: Turn) -> State | None:
        """What Customs set itself for the demand that is spoken of."""
        told = state.only
        if told is None or told.record != "entry_records_demand" or not told.pairs:
            return None
        given = prescribed(turn.text, find_dates(turn.text, turn.today))
        message = message_of(turn.text, turn.question, self._language)
        if given is None or "demand_received" in message.events(told.record, None):
            return None
        return self.with_told(state, turn, replace(told, prescribed=given))

    # ------------------------------------------------------------ a message with dates

    def dated(self, state: State, turn: Turn, asked: frozenset[str], alone: State) -> State | None:
        """A message with a date: of the record spoken of, unless its words say another."""
        if given := self._given(state, turn):
            return given
        question = self._words.carry(state, turn.question, turn)
        question = replace(question, day=state.question.day, day_read=state.question.day_read)
        told_as = message_of(turn.text, question, self._language)
        message = settled_message(turn.text, question, self._language, turn.today)
        if state.only and (shift := counted(turn.text)):
            return self._which(state, turn, f"From which day does “{shift}” count")
        undone = negated(turn.text, own_dates(told_as, turn.today))[1]
        dates = of_events(message.text, negated(message.text, own_dates(message, turn.today))[0])
        if "discard" in turn.cues and not self._events(state, message):
            dates = [one for one in dates if one.kind not in ("month", "year")]
        days = [one for one in dates if one.kind in DAYS]
        if "why" in turn.cues and not self._events(state, message):
            return None
        told_in_a_year = "year" in asked or bool(state.only and self._events(state, message))
        told_in_a_year = told_in_a_year or amends_the_year(state, turn, dates)
        partly = tells_a_month(state, turn, dates)
        if not dates or (turn.question.day_read and not days and not told_in_a_year and not partly):
            return None
        tells = bool(days) and not turn.text.rstrip().endswith("?")
        supposes = (turn.cues & {"suppose", "correct"} or tells) and not turn.whole
        supposes = supposes or bool(days and told_as.asks & {"until", "exact"})
        more = set(turn.question.facets) - OF_DATES - ({"procedure", "program"} if supposes else set())
        if len(alone.read) > 1 or more:
            return alone if alone.read else None
        named = [told for told in state.told if told.record and message.events(told.record, told.agreement)]
        if len(state.told) > 1 and len(named) == 1:
            state = replace(state, told=(named[0],), read=())
        elif len(state.told) > 1:
            return alone if alone.read else self._which(state, turn, happened(days))
        of_before = [told for told in state.shelf[:1] if told.record in state.question.abouts]
        of_before = of_before or self._shelved(state, turn)
        before = next(iter((*state.told, *of_before)), None)
        for record in (*self._of_them(before, turn, message), *self._records(state, before, turn, message)):
            if before is None and record == "entry_records_demand" and liquidated(turn):
                return None
            before = before or taken_up(state, record, turn)
            found = redelivered(before, record, turn, days) or told_of(message, record, dates)
            if not found and before and record == before.record:
                found = self._slot(state, before, asked, turn, dates)
            if not found and before is None and (days or partly):
                found = self._slot(state, Told(record), asked, turn, dates)
            if len(found) == 1:
                found = [last_of(found[0], days)]
                told = merged(before, found[0], turn, undone) if before else found[0]
                if before and overlap(before, told, turn):
                    return self.both(state, turn, before, told, question)
                return self.with_told(state, turn, told, found[0].pairs, question)
            if found and alone.read:
                return alone
        if alone.read and any(told.record for told in alone.told):
            return alone
        return self._which(state, turn, happened(days)) if before and before.record else None

    def both(self, state: State, turn: Turn, before: Told, told: Told, question: Question) -> State:
        """Two duties about the same papers: what was told of the first stays beside the second."""
        words = read_words()
        read = (facts_of(before, words, frozenset(before.pairs)), facts_of(told, words))
        shown = (read[0], replace(read[1], notes=(*read[1].notes, *turn.notes)))
        return State(
            question,
            (before, told),
            shown,
            shelf=state.shelf,
            fresh=frozenset(told.pairs),
            cues=turn.cues,
            follows=True,
        )

    def _events(self, state: State, message: Message) -> list[str]:
        """The events of the record spoken of that a message names."""
        told = state.only
        return message.events((told and told.record) or "entry", told.agreement if told else None)

    def _shelved(self, state: State, turn: Turn) -> list[Told]:
        """What was told before of the record whose event a message names and puts right."""
        if "correct" not in turn.cues or turn.whole:
            return []
        message = message_of(turn.text, turn.question, self._language)
        named = [
            told
            for told in state.shelf
            if told.record and set(message.events(told.record, told.agreement)) & set(told.pairs)
        ]
        return named[:1]

    def _records(self, state: State, before: Told | None, turn: Turn, both: Message) -> list[str]:
        """The records that the dates of a message may be of, the likeliest first."""
        own = message_of(turn.text, turn.question, self._language).about(turn.text)
        here = both.about(turn.text)
        events = set(self._language.events.names(turn.text))
        if before and before.record:
            counts = "entry" in read_words().own(before.record, before.agreement)
            only_told = here == "entry" and (counts or not turn.question.abouts)
            only_told = only_told and turn.question.abouts <= {"entry"}
            keeps = here in (None, before.record) or only_told
            amended = set(both.events(before.record, before.agreement)) & set(before.pairs)
            strange = turn.question.abouts - state.question.abouts - {before.record}
            keeps = keeps or bool("correct" in turn.cues and amended and not strange)
            back = "redelivered" in read_words().own(before.record, None)
            keeps = keeps or (back and BACK.search(plain(turn.text)) is not None)
            order = [before.record, here] if keeps else [here, before.record]
        else:
            subject = both.about(f"{state.question.text}\n{turn.text}")
            spoken = sorted(state.question.abouts & read_words().record_words.keys())
            agreement = next(iter(state.question.agreements), None)
            order = [
                one for one in spoken if len(events) > 1 and events <= {*read_words().own(one, agreement)}
            ]
            order += [one for one in spoken if one in OF_THEIR_OWN and own in (None, "broker_entry")]
            order += [own if own != "entry" else None, subject, here, own]
            order.append(both.about(f"{state.topic}\n{turn.text}"))
            order.append(both.about(turn.words))
            order += spoken
            if "begins" in turn.cues and "storage" in state.question.abouts:
                order.insert(0, "storage_notice")
            if "broker_power_of_attorney" in spoken:
                order = [record for record in order if record != "broker_entry"]
        words = plain(turn.text)
        if re.search(r"\bentry|\bentries", words) or "claim" not in words:
            events -= {"claim_liquidated", "claim_paid", "claim_filed"}
        order += [record for record in read_words().record_words if only_of(record) & events]
        if not turn.question.roles and speaks_a_broker(state):
            order = ["broker_entry" if record == "entry" else record for record in order]
        return list(dict.fromkeys(record for record in order if record))

    def _of_them(self, before: Told | None, turn: Turn, message: Message) -> list[str]:
        """The record that a message names by what was spoken of: "a demand for them"."""
        if before is None or before.record is None or message.about(message.text) is not None:
            return []
        text = THEM.sub(read_words().record_words[before.record], turn.text, count=1)
        record = message_of(text, turn.question, self._language).about(text)
        named = record and message.events(record, None) and record != before.record
        return [record] if record and named and text != turn.text else []

    def _slot(
        self, state: State, before: Told, asked: frozenset[str], turn: Turn, dates: list[FoundDate]
    ) -> list[Told]:
        """A date without any event's words: of the one asked for, of the only one, or the one told last."""
        record, agreement = before.record or "", before.agreement
        message = message_of(turn.text, turn.question, self._language)
        if len(dates) != 1 or message.phrases(record, agreement):
            return []
        own = read_words().own(record, agreement)
        unfinished = [event for event, pair in before.pairs.items() if pair.date.kind == "no_year"]
        if "year" in asked and dates[0].kind == "year":
            return [replace(before, pairs={event: bare(event, dates[0]) for event in unfinished})]
        choices: tuple[Iterable[str], ...] = (
            (event for event in own if event in asked),
            (event for event in before.pairs if event in own),
            (event for event in state.fresh if event in own),
            own,
        )
        for choice in choices:
            events = list(choice)
            if len(events) == 1:
                return [replace(before, pairs={events[0]: bare(events[0], dates[0])}, notes=(), loose=())]
        return []

    def _which(self, state: State, turn: Turn, asks: str) -> State | None:
        """A day that may be several events': asked, rather than guessed."""
        if not asks or not state.told:
            return None
        known = read_words()
        events = [e for told in state.told if told.record for e in known.own(told.record, told.agreement)]
        listed = ", ".join(known.events[event].words for event in dict.fromkeys(events))
        read = (ReadFacts(None, (), (Missing("question", f"{asks}: {listed}?"),)),)
        return replace(state, read=read, penalty=None, notes=(), cues=turn.cues, follows=True)

    def with_told(
        self,
        state: State,
        turn: Turn,
        told: Told,
        fresh: Iterable[str] = (),
        question: Question | None = None,
    ) -> State:
        """The state with one record's facts as they are now; those not ``fresh`` are shown as carried."""
        fresh = frozenset(fresh)
        read = facts_of(told, read_words(), frozenset(told.pairs) - fresh)
        return State(
            question or self._words.carry(state, turn.question, turn),
            (told,),
            (replace(read, notes=(*read.notes, *turn.notes)),),
            shelf=tuple(old for old in (*state.told, *state.shelf) if old.record != told.record),
            fresh=fresh or state.fresh,
            cues=turn.cues,
            follows=True,
        )


_YES = re.compile(r"\W*(?:(?:ok|well|so)\W+)?(?:yes|yep|yeah|right|correct|exactly|that'?s right)\b")
_PLACES = (("first", "1st"), ("second", "2nd"), ("third", "3rd"))
_WHICH = re.compile(
    r"\b(?:the|that|our|my)\s+(?:(?P<other>other)|(?P<place>first|1st|second|2nd|third|3rd))"
    r"(?:\s+(?:one|entry|entries|shipment|parcel|claim|file|certificates?|certs?|certification|import|export"
    r"|record|demand|set|papers)\b|\W*(?:again\W*)?$)"
)
#: What stands for the papers spoken of.
THEM = re.compile(r"(?<= )(?:them|those|these|it)\b(?! (?:was|is|were|are|will|has|had)\b)", re.IGNORECASE)


_NOT_OURS = (
    "The 2 years of 19 CFR 163.4(b)(3) are for a consignee who is not the owner or purchaser and who appoints"
    " a customs broker; others keep an informal entry's records for the 5 years of 19 CFR 163.4(a)."
)
