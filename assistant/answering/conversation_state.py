"""What a conversation has come to, and one message of it: values only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering.conversation_rates import Lapse
from assistant.answering.facts import PenaltyFacts, ReadFacts, Told, facts_of
from assistant.answering.facts.words import read_words
from assistant.answering.question import USMCA, Question
from assistant.reading.language import plain

_ASKS = re.compile(
    r"\W*(?:and |but |so |then |or )*(?!(?:what|how) (?:about|if)\b)"
    r"(?:who|what|whats|which|when|where|how|why|do|does|did|is|are|was|were"
    r"|can|could|may|must|should|will|would|am|has|have)\b"
)

#: "How many copies" asks for a number of something that it names.
_COUNTS = re.compile(r"\W*(?:and |but |so |then )*how (?:many|much|often)\b")


@dataclass(frozen=True, slots=True)
class State:
    """What the last message asks, with everything it takes from the ones before.

    ``told`` and ``penalty`` are what is computed; neither, where the question is answered from the
    texts. ``shelf`` holds what was told of other records, ``fresh`` the events told last. ``notes`` are
    sentences that show what was taken over; ``cues`` are those of `followups`, and ``topic`` the words by
    which the subject was named; ``failure`` is the last one of which a maximum was asked. ``wordings`` are
    the same question in other words, searched beside it, and ``otherwise`` what may be meant where all
    of them find nothing.
    """

    question: Question
    told: tuple[Told, ...] = ()
    read: tuple[ReadFacts, ...] = ()
    penalty: PenaltyFacts | None = None
    shelf: tuple[Told, ...] = ()
    fresh: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    cues: frozenset[str] = frozenset()
    follows: bool = False
    topic: str = ""
    failure: PenaltyFacts | None = None
    kept: tuple[Told, ...] = ()
    wordings: tuple[str, ...] = ()
    otherwise: tuple[Question, ...] = ()
    spoken: frozenset[str] = frozenset()
    lapse: Lapse = field(default_factory=Lapse)

    @property
    def asked(self) -> Question:
        """The question for its day: what USMCA is today was NAFTA before."""
        question = self.question
        if question.day_read and question.day < USMCA and question.agreements == {"usmca"}:
            text = re.sub(r"\busmca\b", "NAFTA", question.text, flags=re.IGNORECASE)
            return replace(question, agreements=frozenset({"nafta"}), text=text)
        return question

    @property
    def only(self) -> Told | None:
        """What was told of the one record whose dates the last reply computed or asked for."""
        return self.told[0] if len(self.told) == 1 and self.read else None

    @property
    def resumed(self) -> State:
        """This state with the dates that were computed last, where the same subject is still spoken of."""
        last = next(iter(self.shelf), None)
        if self.told or self.penalty or last is None or last.record not in self.question.abouts:
            return self
        read = facts_of(last, read_words(), frozenset(last.pairs))
        return replace(self, told=(last,), read=(read,), shelf=self.shelf[1:], notes=())

    def after(self, before: State) -> tuple[Told, ...]:
        """Everything told of so far: what was changed in the place of what it was, what is new behind it."""
        kept = list(before.kept)
        for told in self.told:
            place = next((i for i, one in enumerate(kept) if _same(one, told)), None)
            if place is None and before.only in kept and told.record == before.told[0].record:
                place = None if "another" in self.cues else kept.index(before.told[0])
            if place is None:
                kept += [told] if told.pairs else []
            else:
                kept[place] = told
        return tuple(kept)


def _same(one: Told, other: Told) -> bool:
    """Whether two are of the same thing: a day of theirs is."""
    days = {(event, pair.date.date) for event, pair in one.pairs.items() if pair.date.date}
    return any((event, pair.date.date) in days for event, pair in other.pairs.items())


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, read by itself; ``words`` is it without what precedes it."""

    text: str
    words: str
    cues: frozenset[str]
    question: Question
    as_of: date
    today: date
    notes: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(re.findall(r"\w+", self.words))

    @property
    def whole(self) -> bool:
        """Whether it is a question in itself, though it may lean on another for its subject."""
        words = plain(self.words)
        counts = _COUNTS.match(words) and self.question.abouts
        return bool(_ASKS.match(words)) and (self.count >= 4 or bool(counts))
