"""What is taught: which questions belong to which statement, and which statements are alike."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import CorpusError
from assistant.law import Document, Passage
from assistant.reading.files import read_toml
from assistant.search.passages import cut, searchable

FOLDER = Path(__file__).with_name("questions")
#: How often a question is paired with the statement's own words, and not with another question.
_OWN_WORDS = 0.35
#: How many of the nearest statements may join a batch beside each that was drawn, and how often one does.
_NEAR, _JOINS = 8, 0.4


@dataclass(frozen=True, slots=True)
class Lesson:
    """A statement's words as they are embedded, and the questions that it answers."""

    id: str
    words: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """All lessons; ``alike[i, j]`` is true where statement j would answer a question of i as well."""

    lessons: tuple[Lesson, ...]
    alike: NDArray[np.bool_]

    def batches(
        self, near: NDArray[np.int_], size: int, count: int, seed: int
    ) -> Iterator[tuple[list[int], list[str], list[str]]]:
        """``count`` batches of ``size`` pairs: statements by number, a question of each, its counterpart.

        Every statement is drawn once before any is drawn again; some of those ``near`` it (numbers, nearest
        first) join, because what is to be learned is to tell neighbours apart.
        """
        draw = random.Random(seed)
        waiting: list[int] = []
        for _ in range(count):
            chosen: dict[int, None] = {}
            while len(chosen) < size:
                waiting = waiting or draw.sample(range(len(self.lessons)), len(self.lessons))
                first = waiting.pop()
                chosen[first] = None
                chosen |= dict.fromkeys(int(other) for other in near[first, :_NEAR] if draw.random() < _JOINS)
            numbers = list(chosen)[:size]
            pairs = [_pair(self.lessons[number], draw) for number in numbers]
            yield numbers, [left for left, _ in pairs], [right for _, right in pairs]


def _pair(lesson: Lesson, draw: random.Random) -> tuple[str, str]:
    asked = draw.choice(lesson.questions)
    others = [question for question in lesson.questions if question != asked]
    if not others or draw.random() < _OWN_WORDS:
        return asked, lesson.words
    return asked, draw.choice(others)


def read_lessons(documents: Sequence[Document], folder: Path = FOLDER) -> Lessons:
    """The lessons of every statement held: the questions beside it in the corpus, and those of ``folder``."""
    more = {id: asked for path in sorted(folder.glob("*.toml")) for id, asked in _read(path).items()}
    passages = [p for p in cut(documents) if p.statement and (p.statement.asked or p.statement.id in more)]
    if unknown := more.keys() - {p.statement.id for p in passages if p.statement}:
        raise CorpusError(
            f"{folder}: questions of {min(unknown)!r}, which no text held states; take them out"
        )
    lessons = tuple(_lesson(passage, more) for passage in passages)
    return Lessons(lessons, _alike(passages))


def _read(path: Path) -> dict[str, tuple[str, ...]]:
    return read_toml(path, dict[str, tuple[str, ...]])


def _lesson(passage: Passage, more: dict[str, tuple[str, ...]]) -> Lesson:
    assert passage.statement
    own = passage.statement
    return Lesson(own.id, searchable(passage), (*own.asked, *more.get(own.id, ())))


def _alike(passages: Sequence[Passage]) -> NDArray[np.bool_]:
    """Statements that lead to one another, or restate one provision for the same agreements."""
    alike = np.eye(len(passages), dtype=bool)
    statements = [p.statement for p in passages if p.statement]
    number = {statement.id: n for n, statement in enumerate(statements)}
    for n, (passage, statement) in enumerate(zip(passages, statements, strict=True)):
        for other in statement.companions:
            if other in number:
                alike[n, number[other]] = alike[number[other], n] = True
        if not statement.silent:
            for m, (beside, twin) in enumerate(zip(passages, statements, strict=True)):
                same = beside.citation == passage.citation and twin.agreements == statement.agreements
                alike[n, m] |= same and not twin.silent
    return alike
