"""What is denied is denied in the support, as often and no more; what is affirmed is affirmed there."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.grounding.marks import Mark
from assistant.answering.grounding.support import Marks, Support, words_of
from assistant.answering.grounding.words import DENIABLE


def polarity(said: Marks, support: Support) -> Iterator[str]:
    """What is denied is denied in the support, and what is affirmed affirmed."""
    held: dict[str, set[bool]] = {}
    for mark in support.marks:
        if mark.kind == "word":
            both = mark.either or (mark.shadowed and not mark.negated)
            held.setdefault(mark.value, set()).update({True, False} if both else {mark.negated})
    for mark in (mark for unit in support.aside for mark in unit if mark.kind == "word"):
        held.setdefault(mark.value, {True, False}).add(True)
    verbs: dict[str, set[bool]] = {}
    for mark in support.known:
        if mark.text in DENIABLE:
            verbs.setdefault(DENIABLE[mark.text], set()).add(mark.negated)
    for mark in said:
        if mark.text in DENIABLE and mark.negated not in verbs.get(DENIABLE[mark.text], {mark.negated}):
            yield _denied(mark)
    for mark in said:
        if mark.kind != "word" or mark.either or mark.value in ("statute", "regulation"):
            continue
        if (
            mark.value in held
            and mark.negated not in held[mark.value]
            and not (mark.shadowed and not mark.negated)
        ):
            yield _denied(mark)


def _denied(mark: Mark) -> str:
    way = "denied" if mark.negated else "affirmed"
    return f"'{mark.text}' is {way}, and the support has it the other way"


def double(said: Marks, support: Support) -> Iterator[str]:
    """Two denials in one clause, where the support has one."""
    most = max((max(_denials(unit, fails=True).values(), default=0) for unit in support.units), default=0)
    if max(_denials(said).values(), default=0) > max(1, most):
        yield "it denies twice what the support denies once"


def affirmed(said: Marks, support: Support) -> Iterator[str]:
    """What the nearest sentence of the support forbids altogether is not simply affirmed."""
    words = set(words_of(said))
    unit = max(support.units, key=lambda u: (len(words & set(words_of(u))), -len(u)), default=())
    nouns = {mark.value for mark in unit if mark.either}
    denied = any(m.kind == "negator" or m.value in ("prohibit", "noduty") for m in said)
    exempts = any(mark.value == "exempt" and not mark.negated for mark in unit)
    if exempts and "exempt" not in words and not denied and any(m.value == "duty" for m in said):
        yield "the support says 'exempt'"
    if nouns & words and not denied and not any(m.bound for m in said):
        yield f"the support says 'no {next(iter(nouns & words)).strip('~')}'"


def _denials(marks: Marks, fails: bool = False) -> dict[int, int]:
    counts: dict[int, int] = {}
    for mark in marks:
        if (mark.kind == "negator" and (fails or not mark.value.startswith("fail"))) or (
            mark.kind == "modal" and mark.value == "prohibit"
        ):
            counts[mark.clause] = counts.get(mark.clause, 0) + 1
    return counts
