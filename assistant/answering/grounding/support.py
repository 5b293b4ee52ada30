"""What a claim rests on, read once: the sentences of its quotes and sums, and the addresses they have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.grounding.marks import MEASURES, Mark, citations, read
from assistant.law import Citation

Marks = tuple[Mark, ...]
_SPLIT = re.compile(r"(?<=[a-z0-9)\"”])\.\s+(?=[A-Z“\"])|;\s+|\n+|(?<=[a-z)])—")
MISTAKE = re.compile(
    r"\s*It is (?:a mistake|not correct|not true|wrong|not so)\b(?:[^:;.]|\.(?!\s+[A-Z“\"]|\s*$))*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Support:
    """What a claim rests on: the sentences of its quotes and sums, and the addresses they have.

    ``former``: some of it was not law on the day asked about. ``aside``: what a sentence of the
    support calls a mistake; its words are known, and all that it says is denied.
    """

    units: tuple[Marks, ...]
    cited: frozenset[Citation]
    former: bool = False
    aside: tuple[Marks, ...] = ()

    @classmethod
    def of(cls, texts: Sequence[str], cited: frozenset[Citation], former: bool = False) -> Support:
        pieces = [piece for text in texts for piece in _SPLIT.split(text) if piece and piece.strip()]
        mistakes = [match for match in map(MISTAKE.match, pieces) if match]
        units = tuple(
            read(rest) for rest in (MISTAKE.sub("", piece, count=1) for piece in pieces) if rest.strip()
        )
        aside = tuple(read(match[0]) for match in mistakes)
        inside = {citation for unit in (*units, *aside) for citation in citations(unit)}
        return cls(units, cited | inside, former, aside)

    @property
    def marks(self) -> Marks:
        return tuple(mark for unit in self.units for mark in unit)

    @property
    def known_units(self) -> tuple[Marks, ...]:
        return (*self.units, *self.aside)

    @property
    def known(self) -> Marks:
        return tuple(mark for unit in self.known_units for mark in unit)


def words_of(marks: Sequence[Mark]) -> list[str]:
    return [mark.value for mark in marks if mark.kind == "word"]


def values_of(marks: Marks) -> frozenset[str]:
    return frozenset(m.value for m in marks if m.kind == "word" or m.kind in MEASURES or m.kind == "date")
