"""What a claim rests on, read once: the tokens of its passages and sums, and the addresses they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

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
    def of(
        cls,
        texts: Sequence[str],
        cited: frozenset[Citation],
        former: bool = False,
        sums: Sequence[str] = (),
    ) -> Support:
        """``texts`` are of documents held, and their tokens are remembered; ``sums`` are a person's."""
        rows = [_held(text) for text in texts if text.strip()] + [read(step) for step in sums if step.strip()]
        return cls(tuple(rows), frozenset(map(str, cited)), former)


_held = lru_cache(maxsize=4_096)(read)
