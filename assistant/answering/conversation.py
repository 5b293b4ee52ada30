"""A conversation, message by message: each is folded into what the ones before it told.

A message that can stand alone starts anew. Any other is read as what it is: the answer to what was
asked, a fact put right, another agreement, role or record, a question about the last reply, or one more
question on the same subject. Where it is not plain what a date belongs to, that is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from assistant.answering.computing import Sums, joined, maxima, sums
from assistant.answering.conversation_dates import Dates
from assistant.answering.conversation_rates import Lapse
from assistant.answering.conversation_state import State, Turn
from assistant.answering.conversation_swaps import Swaps
from assistant.answering.conversation_words import ASKED, OF_DATES, UNDER_AGREEMENTS, WEAK, Words, only_tells
from assistant.answering.facts import (
    PenaltyFacts,
    message_of,
    more_penalty,
    read_facts,
    read_penalty,
)
from assistant.answering.facts.words import read_words
from assistant.answering.followups import (
    MATTERS,
    discards,
    in_its_year,
    meant,
    opened,
    other_side,
    written_out,
)
from assistant.answering.question import LIMIT, Question, QuestionReader, clean
from assistant.answering.triage import Triage
from assistant.reading.language import Language, plain
from assistant.retention.values import Missing

__all__ = ["Following", "Memory", "State", "earlier"]

#: How many turns back a conversation is read.
REACH = 12
#: A question about the last reply is no longer than this; a longer one has something of its own.
_SHORT = 9
#: Nor has one of so few words that asks for a day.
_FEW = 5
#: "And for how long?" asks for nothing but the period.
_HOW_LONG = re.compile(
    r"\W*(?:(?:and|so|then|ok|but|for)\W+)*how (?:long|many years)(?:\W+(?:then|exactly|for|is that|in years"
    r"|(?:do|must|should) (?:we|i) (?:(?:have|need) to )?(?:keep|hold|retain) (?:it|them|those|that|this)"
    r"))*\W*"
)
#: "Do we get it back?" asks for no day, as "how long do we get" does.
_GETS = re.compile(r"\bdo (?:i|we) get\b")
_WHEN = re.compile(r"\b(?:how|when|until|till|what|which|dates?|days?|time|long|due|deadline)\b")

#: Where papers are to lie is another question than how long.
_AT_A_PLACE = re.compile(
    r"\b(?:at|in|on|off|outside|inside)\s+(?:(?:my|our|the|a|an|one|that|this|another)\s+)?(?:own\s+)?"
    r"(?:(?:main|head|same|branch)\s+)?"
    r"(?:offices?|site|offsite|on-?site|premises|home|building|house|places?|locations?|country|countries|mexico|canada"
    r"|china|europe|india|u\.?s\.?a?|states|abroad|cloud|storage unit|box|boxes|basement|warehouse)\b"
    r"|\boff-?site\b|\bon-?site\b|\babroad\b|\boverseas\b"
)
#: The state after some turns, and the last message where that was refused.
_Fold = tuple[State | None, Question | None]
#: What was read of one conversation so far. It has people's words: whoever holds the conversation holds it,
#: for as long, and nothing else does.
Memory = WeakKeyDictionary[Any, dict[tuple[tuple[str, ...], date, date], _Fold]]


def earlier(history: Sequence[tuple[str, str]]) -> list[str]:
    """The person's own turns, oldest first, as far back as a conversation is read."""
    return [content for role, content in history if role == "user" and content.strip()][-REACH:]


class Following:
    """Folds a conversation's messages into a `State`."""

    def __init__(self, reader: QuestionReader, language: Language, triage: Triage) -> None:
        self._reader = reader
        self._language = language
        self._triage = triage
        self._words = Words(reader, language)
        self._dates = Dates(reader, language, self._words)
        self._swaps = Swaps(reader, language, self._words, self._dates)

    def state(
        self, text: str, turns: Sequence[str], as_of: date, today: date, memory: Memory | None = None
    ) -> State:
        """The state after ``text``, which follows the person's own ``turns``, oldest first.

        With the conversation's ``memory`` no turn is read twice.
        """
        known = {} if memory is None else memory.get(self, {})
        cut, folds = tuple(clean(turn)[: LIMIT + 1] for turn in turns), {}
        fold: _Fold = (None, None)
        for place, turn in enumerate(cut):
            key = (cut[: place + 1], as_of, today)
            fold = folds[key] = known.get(key) or self._next(*fold, turn, as_of, today)
        if memory is not None:
            memory[self] = folds
        return self._last(*fold, text, as_of, today)

    def _next(
        self, state: State | None, refused: Question | None, turn: str, as_of: date, today: date
    ) -> _Fold:
        """The state after an earlier message, or as it was, with the message that was refused."""
        text = self._triage.readable(turn, follows=state is not None)
        if text is None:
            return state, refused
        if self._triage.topic(text):
            return state, self._reader.read(text, as_of, today)
        found = self._last(state, refused, text, as_of, today)
        if self._triage.topic(found.question.text):
            return state, found.question
        return found, None

    def _last(
        self, state: State | None, refused: Question | None, text: str, as_of: date, today: date
    ) -> State:
        """The state after a message; one that says what was meant follows the one that was refused."""
        if refused is not None and "meant" in opened(text)[1]:
            state = State(refused, topic=self._words.named(refused.text))
        return self.after(state, text, as_of, today) if state else self.alone(text, as_of, today)

    def alone(self, text: str, as_of: date, today: date, before: State | None = None) -> State:
        """A message read by itself."""
        question = self._reader.read(text, as_of, today)
        read = read_facts(text, question, self._language, today)
        told = tuple(one.told for one in read if one.told)
        shelf = (*before.told, *before.shelf) if before else ()
        fresh = frozenset(event for one in told for event in one.pairs)
        topic = self._words.named(text)
        penalty = read_penalty(text, question)
        matters = opened(text)[1] & MATTERS
        state = State(
            question,
            told,
            read,
            penalty,
            shelf,
            fresh,
            cues=discards(text),
            topic=topic,
            kept=told,
            spoken=question.abouts | matters,
            lapse=Lapse().told(text, today),
        )
        reread = self._reliquidated(state, text) if matters and "drawback" not in question.abouts else None
        return reread or state

    def sums(self, state: State, as_of: date, today: date) -> Sums | None:
        """The dates and maxima for which the facts are told; ``None`` where none is asked for."""
        if not state.read and state.penalty is None:
            return None
        dates = sums(state.read, today, as_of)
        return joined(dates, maxima(state.penalty)) if state.penalty else dates

    def after(self, state: State, text: str, as_of: date, today: date) -> State:
        """The state after a message that has others before it."""
        turn = self._turn(state, text, as_of, today)
        asked = frozenset(missing.fact for missing in self._missing(state, turn))
        alone = self.alone(turn.text, as_of, today, state)
        resumed = state.resumed
        found = (
            self._lapsed(state, turn)
            or self._dates.answered(resumed, turn, asked)
            or self._dates.affirmed(state, turn)
            or self._dates.denied(resumed if turn.cues & {"correct", "suppose"} else state, turn)
            or self._dates.dated(state, turn, asked, alone)
            or self._dates.recalled(state, turn)
            or self._on_the_reply(state, turn)
            or self._penalty(state, turn)
            or self._swaps.swapped(resumed if _of_dates(state) else state, turn)
            or self._stands(state, turn, alone)
            or self._words.worded(state, turn)
        )
        alone_again = found is alone or not found.follows
        return replace(
            found,
            spoken=found.question.abouts
            | (turn.cues & MATTERS)
            | (frozenset() if alone_again else state.spoken),
            lapse=found.lapse if alone_again else state.lapse.told(turn.text, today),
            topic=self._words.topic(state, found),
            failure=found.penalty or state.penalty or state.failure,
            kept=found.after(state),
            otherwise=self._words.otherwise(state, turn, found),
        )

    def _turn(self, state: State, text: str, as_of: date, today: date) -> Turn:
        resumed = state.resumed
        text = in_its_year(text)
        if state.question.agreements:
            text = other_side(text)
        text, notes = written_out(
            self._dates.completed(state, text),
            lambda words: self._dates.counted_from(resumed, words) or state.lapse.base(words),
            self._dates.only_day(state if self._reader.read(text, as_of, today).agreements else resumed),
        )
        rest, cues = opened(text)
        rest = self._words.without_denied_roles(rest)
        question = self._reader.read(rest, as_of, today)
        subjects = question.abouts or state.question.abouts | frozenset(
            {"penalties"} if state.failure else ()
        )
        subjects |= {told.record for told in resumed.told if told.record}
        means = (
            ""
            if "relief" in question.facets and "benefit" not in cues
            else meant(cues, subjects, state.spoken)
        )
        if means:
            rest = f"{rest} ({means})"
            question = self._reader.read(rest, as_of, today)
        told = self._words.as_told(state, rest, question)
        if told != rest:
            rest, question = told, self._reader.read(told, as_of, today)
        return Turn(text, rest, cues, question, as_of, today, notes)

    def _missing(self, state: State, turn: Turn) -> tuple[Missing, ...]:
        """The facts that the reply to this state asked for."""
        found = self.sums(state, turn.as_of, turn.today)
        if found:
            return found.missing
        asked = self._triage.missing(state.question)
        return (asked,) if asked else ()

    # ------------------------------------------------------------ the last reply

    def _on_the_reply(self, state: State, turn: Turn) -> State | None:
        """A question about the last reply, or about a record spoken of before it, says nothing new."""
        question = turn.question
        about = turn.cues & {"source", "sum", "days_left", "why", "again", "shorter"}
        about -= {"again"} if "suppose" in turn.cues else set()
        asks = read_words().ask.names(turn.words)
        words = plain(turn.words)
        wants = bool(asks & {"exact", "until"}) and not (_GETS.search(words) and not _WHEN.search(words))
        record = message_of(turn.words, question, self._language).about(turn.words)
        of_then = about & {"days_left", "sum", "again", "shorter"} or wants or turn.cues & {"back", "discard"}
        if record and of_then:
            same = {record, "broker_entry"} if record == "entry" else {record}
            known = next((told for told in (*state.told, *state.shelf) if told.record in same), None)
            if known and not set(question.facets) - OF_DATES:
                return self._dates.with_told(state, turn, known)
        asked = about & {"days_left"} or wants or ("discard" in turn.cues and "refers" in turn.cues)
        if not record and not (state.read or state.penalty) and asked:
            known = next((told for told in state.shelf if told.record in state.question.abouts), None)
            if known and not self._says_more(turn, about):
                return self._dates.with_told(state, turn, known)
        if wants and turn.count <= _FEW and not (question.abouts or question.agreements or question.roles):
            return self._repeated(state, turn) if state.read else None
        if self._says_more(turn, about) or turn.count > _SHORT + (_SHORT if "source" in about else 0):
            return None
        if state.read or state.penalty:
            of_it = ("keep" in asks or "discard" in turn.cues) and "refers" in turn.cues
            of_it = of_it and not (_AT_A_PLACE.search(words) or _tells_a_fault(state, turn))
            how_long = _HOW_LONG.fullmatch(plain(turn.words)) is not None
            asked = (about or wants or of_it or how_long) and "penalty" not in question.facets
            return self._repeated(state, turn) if asked else None
        if about & {"source", "again", "shorter", "sum"} or (about == {"why"} and turn.count <= 2):
            return self._repeated(state, turn)
        return None

    @staticmethod
    def _says_more(turn: Turn, about: frozenset[str]) -> bool:
        """Whether a message has a subject or a question of its own beside the last reply."""
        question = turn.question
        if question.agreements or question.unheld or question.countries or question.citations:
            return True
        if question.abouts and about != {"why"} and not about & {"source", "sum"}:
            return True
        if question.roles and "refers" not in turn.cues:
            return True
        if "change" in question.facets and "now" not in turn.cues:
            return True
        more = set(question.facets) - OF_DATES - {"audit"}
        return bool(more) and not about & {"source", "sum", "days_left"}

    def _repeated(self, state: State, turn: Turn) -> State:
        question = self._words.of_now(state.question, turn)
        if state.only:
            return self._dates.with_told(state, turn, state.only, question=question)
        return replace(state, question=question, cues=turn.cues, follows=True, notes=())

    # ------------------------------------------------------------ penalties

    def _penalty(self, state: State, turn: Turn) -> State | None:
        """Another value, or another degree of fault, of the same failure."""
        question = turn.question
        if set(question.facets) - WEAK - {"penalty", "how_long"} or question.agreements:
            return None
        carried = self._words.carry(state, question, turn)
        known = state.penalty or state.failure
        if known is not None:
            found = more_penalty(turn.words, known)
        elif "penalty" in state.question.facets and more_penalty(turn.words, PenaltyFacts("entry")):
            found = read_penalty(f"{state.question.text}\n{turn.words}", carried)
        elif "penalty" in question.facets:
            found = read_penalty(turn.words, carried)
        else:
            return None
        if found is None:
            return None
        return State(carried, penalty=found, shelf=state.shelf, cues=turn.cues, follows=True, failure=found)

    # ------------------------------------------------------------ a special rate of duty

    def _lapsed(self, state: State, turn: Turn) -> State | None:
        """The days of liquidation and of the demand, where what is spoken of turns on them."""
        spoken = state.spoken | turn.cues
        lapse = state.lapse.told(turn.text, turn.today)
        if "special_rate" not in spoken or lapse == state.lapse or turn.question.agreements:
            return None
        if "drawback" in state.question.abouts | turn.question.abouts:
            return None
        carried = replace(self._words.carry(state, turn.question, turn), text=turn.words)
        shelf = (*state.told, *state.shelf)
        follows = State(
            carried, shelf=shelf, notes=tuple(turn.notes), cues=turn.cues, follows=True, lapse=lapse
        )
        return self._reliquidated(follows, turn.text)

    @staticmethod
    def _reliquidated(state: State, text: str) -> State | None:
        """The state with what its days ask of the rule in the question's words; none asks by when."""
        asks = read_words().ask.names(text) & {"exact", "until", "length"}
        words = state.lapse.words
        if asks or not words or state.lapse.liquidated is None:
            return None
        question = replace(
            state.question, text=f"{state.question.text} ({words})" if not state.follows else words
        )
        notes = tuple(filter(None, (*state.notes, state.lapse.note)))
        return replace(state, question=question, told=(), read=(), penalty=None, notes=notes)

    # ------------------------------------------------------------ a question of its own

    def _stands(self, state: State, turn: Turn, alone: State) -> State | None:
        """A whole question with a subject of its own, that leans on nothing."""
        question = turn.question
        leans = turn.cues & {"refers", "swap"} - ({"refers"} if _opens_with_so(turn.words) else set())
        if leans or "suppose" in turn.cues or not question.facets:
            return None
        if question.agreements and question.abouts:
            return alone
        if not state.told and only_tells(turn):
            return None
        subject = question.abouts or question.citations or "general" in turn.cues
        if not subject or turn.count < 5:
            return None
        if state.question.agreements and _of_an_agreement(question):
            return None
        if re.match(r"\W*(?:and|or|but|also|then)\b", plain(turn.words)) and not question.abouts - ASKED:
            return None
        return self.alone(turn.words, turn.as_of, turn.today, state)


def _of_dates(state: State) -> bool:
    """Whether how long something is kept was asked last."""
    return (
        not state.told and "how_long" in state.question.facets and not set(state.question.facets) - OF_DATES
    )


def _tells_a_fault(state: State, turn: Turn) -> bool:
    """Whether a message tells more of a failure whose maximum is known: "if he shredded it on purpose"."""
    return state.penalty is not None and more_penalty(turn.words, state.penalty) is not None


def _of_an_agreement(question: Question) -> bool:
    return question.abouts <= UNDER_AGREEMENTS


def _opens_with_so(words: str) -> bool:
    """Whether the only word that seems to refer back is the "so" before a question."""
    return bool(re.match(r"\W*so\b", plain(words)))
