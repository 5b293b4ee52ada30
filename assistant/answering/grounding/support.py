"""What a claim rests on, read once: the tokens of its passages and sums, and the addresses they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.grounding.tokens import Row, read
from assistant.law import Citation


@dataclass(frozen=True, slots=True)
class Support:
    """What a claim rests on.

    ``passages``: one row of tokens for each passage and each step of a sum; a sentence follows the words of
    one clause of one of them. ``cited``: the addresses that stand beside the claim. ``former``: some of it
    was not law on the day asked about.
    """

    passages: tuple[Row, ...]
    cited: frozenset[str]
    former: bool = False

    @classmethod
    def of(cls, texts: Sequence[str], cited: frozenset[Citation], former: bool = False) -> Support:
        return cls(tuple(read(text) for text in texts if text.strip()), frozenset(map(str, cited)), former)
