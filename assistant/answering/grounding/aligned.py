"""Laid beside its source: where everything round it is the source's, one word is not another of its sort.

A draft that stays near the source differs from it in places. A trigger, an actor, an agreement, a modal
verb or a denial that stands between the same neighbours as another in the source was put there by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.answering.grounding.exchanged import sort_of
from assistant.answering.grounding.marks import MEASURES
from assistant.answering.grounding.support import Marks, Support
from assistant.answering.grounding.words import COMPARE, EVENTS

_NOT = "not"
_PLAIN = frozenset("not no neither nor nobody none".split())


def aligned(said: Marks, support: Support) -> Iterator[str]:
    """One word for another of its sort, or a denial more or less, in the source's own surroundings."""
    own = _tokens(said)
    nor = any(m.text in ("neither", "nor") for m in said)
    for unit in support.known_units:
        held = _tokens(unit)
        for one, other in pairwise(own):
            if (
                _swapped(one, other)
                and _sort(one) == "event"
                and _for(said, one, other)
                and _for(unit, other, one)
            ):
                yield f"'{one}' and '{other}' have changed places"
        matcher = SequenceMatcher(None, own, held, autojunk=False)
        if 2 * sum(block.size for block in matcher.get_matching_blocks()) < len(own):
            continue
        codes = matcher.get_opcodes()
        for place, (kind, a, b, c, d) in enumerate(codes):
            left = place and codes[place - 1][2] - codes[place - 1][1]
            right = place + 1 < len(codes) and codes[place + 1][2] - codes[place + 1][1]
            if kind == "replace" and b - a == d - c and (left or not a) and (right or b == len(own)):
                for one, other in zip(own[a:b], held[c:d], strict=True):
                    if _swapped(one, other):
                        yield f"'{one.strip('~')}' stands where the support has '{other.strip('~')}'"
            elif (
                left
                and right
                and left + right > 3
                and not nor
                and not "".join(held[d : d + 1])[:1].isdigit()
                and (own[a:b], held[c:d]) in (([_NOT], []), ([], [_NOT]))
            ):
                yield "it denies what the support does not" if b > a else "it leaves out a 'not'"


def _for(marks: Marks, one: str, other: str) -> bool:
    """Whether the text has "one for other"."""
    return any(
        a.value == one and b.text == "for" and c.value == other
        for a, b, c in zip(marks, marks[1:], marks[2:], strict=False)
    )


def _tokens(marks: Marks) -> list[str]:
    found = []
    for mark in marks:
        if mark.kind == "word" or mark.kind in MEASURES or mark.kind in ("date", "cite", "level"):
            found.append(mark.value)
        elif mark.kind == "modal":
            found.append(f"modal {mark.value}")
        elif mark.kind == "negator" and mark.value in _PLAIN:
            found.append(_NOT)
    return found


def _swapped(one: str, other: str) -> bool:
    return one != other and (
        (_sort(one) == _sort(other) != "") or {one.split()[0], other.split()[0]} == {"modal"}
    )


def _sort(value: str) -> str:
    if value in EVENTS or value in COMPARE:
        return "event" if value in EVENTS else "compare"
    sort = sort_of(value)
    return "" if sort in ("word", "culpability") else sort
