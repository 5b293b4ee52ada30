"""What a face is told while a question is answered: each step as it begins, then the sentences.

A `Sentence` has been checked and will stand in the Reply as it is: what has been shown is never
taken back, and what has not been checked is never shown.
"""

from __future__ import annotations

from dataclasses import dataclass

#: The steps in the words that a person is shown while they run.
STEPS = {
    "reading": "Reading the question",
    "computing": "Computing dates and amounts",
    "search": "Searching the texts held",
    "composing": "Composing the answer",
    "drafting": "Asking the language model to phrase it",
    "checking": "Checking every sentence of the draft",
    "redrafting": "Asking the language model once more",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step begins; ``name`` is the one under which the Reply's timings count it."""

    name: str
    words: str

    @classmethod
    def named(cls, name: str) -> Step:
        return cls(name, STEPS[name])


@dataclass(frozen=True, slots=True)
class Sentence:
    """One block of the Reply's Markdown; the blocks joined by an empty line are the whole text."""

    text: str


def blocks(text: str) -> list[Sentence]:
    """A Reply's text as the blocks that are shown one after the other."""
    return [Sentence(block) for block in text.split("\n\n")] if text else []
