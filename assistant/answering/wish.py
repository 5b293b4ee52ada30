"""Wishes: whether a message asks for help with what is unlawful, known by its meaning.

Phrases refuse what somebody once wrote (`triage`); a wish in other words is near the wishes that are
known (`corpus/language/asked/unlawful.toml`), but so is an honest question about the same act. So its
nearness to both is weighed together with words that are rare in the one kind and common in the other.

The weights are those of a logistic regression over known wishes, lawful questions like them, and the
questions that stand beside the statements; few enough to be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields

from assistant.reading.language import Phrases, plain
from assistant.search.searcher import Near

#: Without one of these in a message nothing is compared.
_NEEDED = frozenset({"wrong", "seem", "act"})
#: Said before a first word without changing what it asks for.
_LEAD = re.compile(r"^(?:(?:please|so|ok|okay|hi|hello|then|and|just|now|or|but|well)\b[\s,]*)+")


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a wish from a question."""

    #: In tenths of a cosine: the five nearest known wishes over the five nearest other questions.
    near: float
    #: Whether a word is there of each group of ``[wish]`` in `out_of_scope.toml`.
    wrong: float
    seem: float
    act: float
    ask: float
    order: float
    frame: float
    mend: float
    past: float
    before: float


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts for a wish."""

    near: float = 3.25
    wrong: float = 2.35
    seem: float = 1.85
    act: float = 0.9
    ask: float = 1.5
    order: float = 3.6
    frame: float = -1.05
    mend: float = -0.8
    past: float = -0.3
    before: float = 1.8
    #: What all together must exceed. At 1.9 the regression finds 57 wishes in 100 in words unlike the known
    #: ones, and 7 of 60 fresh honest questions about the same acts: to call an honest person's question
    #: unlawful is the worse mistake, so more must speak for it.
    least: float = 3.9


def said(text: str, words: Phrases) -> set[str]:
    """The groups of words in a text; an order only where it comes first."""
    names = words.names(text) - {"order"}
    first = _LEAD.sub("", plain(text).lstrip())
    at = re.match(r"[\w-]+", first)
    return names | ({"order"} & words.names(at[0]) if at else set())


def signs(names: set[str], near: Near) -> Signs:
    """The signs of one text, from its words and the wishes and questions nearest to it."""
    groups = (float(field.name in names) for field in fields(Signs)[1:])
    return Signs(10 * (near.wishes - near.others), *groups)


def strength(read: Signs, weights: Weights | None = None) -> float:
    """How much speaks for a wish, over what is needed: above 0 the message is refused."""
    weights = weights or Weights()
    return float(sum(getattr(weights, f.name) * getattr(read, f.name) for f in fields(Signs)) - weights.least)


def wish(text: str, words: Phrases, nearest: Callable[[str], Near]) -> str | None:
    """The refusal of the known wish that a text is nearest to, where it is such a wish."""
    names = said(text, words)
    if not names & _NEEDED:
        return None
    near = nearest(text)
    return near.refusal if strength(signs(names, near)) > 0 else None
