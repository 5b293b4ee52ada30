"""What is denied is denied in the support, as often and no more; what is affirmed is affirmed there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.grounding.marks import Mark
from assistant.answering.grounding.support import Marks, Support, words_of
from assistant.answering.grounding.words import ACTORS, DENIABLE, EVENTS


def polarity(said: Marks, support: Support) -> Iterator[str]:
    """What is denied is denied in the support, and what is affirmed affirmed."""
    held: dict[str, set[bool]] = {}
    for mark in support.marks:
        if mark.kind == "word":
            held.setdefault(mark.value, set()).update(_held(mark))
    for mark in (mark for unit in support.aside for mark in unit if mark.kind == "word"):
        held.setdefault(mark.value, {True, False}).add(True)
    verbs: dict[str, set[bool]] = {}
    for mark in support.known:
        if mark.text in DENIABLE:
            verbs.setdefault(DENIABLE[mark.text], set()).add(mark.negated)
    for mark in said:
        if mark.text in DENIABLE and mark.negated not in verbs.get(DENIABLE[mark.text], {mark.negated}):
            yield _denied(mark)
    yield from _nearest(said, support)
    for mark in said:
        if mark.kind != "word" or mark.either or mark.value in ("statute", "regulation"):
            continue
        if mark.negated and mark.value in EVENTS and refused(mark.value, support):
            continue
        if (
            mark.value in held
            and mark.negated not in held[mark.value]
            and not (mark.shadowed and not mark.negated)
        ):
            yield _denied(mark)


def _held(mark: Mark) -> set[bool]:
    """How a word of the support may be used: behind a denial that is not quite its own, both ways."""
    both = mark.either or (mark.shadowed and not mark.negated)
    return {True, False} if both else {mark.negated}


def _nearest(said: Marks, support: Support) -> Iterator[str]:
    """Of several sentences of the support that differ, the one that says the most of this decides."""
    for part in {mark.part for mark in said}:
        marks = [m for m in said if m.part == part and m.kind == "word"]
        words = {m.value for m in marks}
        by_words = sorted(support.units, key=lambda u: -len(words & set(words_of(u))))
        if len(by_words) < 2 or len(words & set(words_of(by_words[0]))) * 10 < 8 * len(words):
            continue
        if len(words & set(words_of(by_words[1]))) * 10 >= 8 * len(words):
            continue
        held: dict[str, set[bool]] = {}
        for m in by_words[0]:
            if m.kind == "word":
                held.setdefault(m.value, set()).update(_held(m))
        for m in marks:
            if m.negated and m.value in EVENTS and refused(m.value, support):
                continue
            loose = m.either or m.value in ("statute", "regulation") or (m.shadowed and not m.negated)
            if not loose and m.value in held and m.negated not in held[m.value]:
                yield _denied(m)


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


def refused(event: str, support: Support) -> bool:
    """ "Payment of the claim is not the trigger"."""
    for unit in support.units:
        for place, mark in enumerate(unit):
            ahead = unit[place + 1 : place + 7]
            if mark.value == event and any(m.kind == "negator" and m.clause == mark.clause for m in ahead):
                return True
    return False


def forms(said: Marks, support: Support) -> Iterator[str]:
    """Denials that an honest sentence does not have: "has to not", "no record may not", "do have to"."""
    for place, mark in enumerate(said):
        before = said[place - 1] if place else None
        if mark.kind == "negator" and before and before.kind == "modal" and before.value == "duty":
            yield f"'{before.text} {mark.text}' has no support"
        if mark.text == "no" and _be_not(said[place + 1 : place + 12]):
            yield "it denies twice what the support denies once"
        if mark.kind == "spent" and mark.text in ("no", "neither", "nobody"):
            ahead = next((m for m in said[place + 1 :] if m.kind == "modal"), None)
            if ahead and ahead.text.endswith("not") and mark.kind == "spent":
                yield f"'{mark.text}' and '{ahead.text}' deny twice"
        if mark.text in ("do", "does", "did") and (
            not before or before.text not in ("so", "as", "than", "that")
        ):
            follows = said[place + 1] if place + 1 < len(said) else None
            if follows and (
                follows.kind == "modal"
                or (follows.kind == "word" and _verb(follows.text))
                or follows.text in _PLAIN
            ):
                yield f"'{mark.text} {follows.text}' has no support"
    if any(m.kind == "modal" and m.value == "prohibit" for m in said):
        own = [m for m in said if m.bound == "at_most" and not m.turned]
        if own and not any(m.bound == "at_most" and not m.turned for m in support.marks):
            yield "it forbids what the support limits"


_PLAIN = frozenset("contain involve say mean apply require run start use exist extend cover count".split())


def _be_not(ahead: Marks) -> bool:
    """ "No penalty is not imposed", within one clause."""
    for one, other in pairwise(ahead):
        if one.kind in ("stop", "comma", "condition", "relative"):
            return False
        if one.text in ("is", "are", "was", "were"):
            return other.text == "not"
    return False


def _verb(text: str) -> bool:
    return text in ("comply", "apply", "rely") or not text.endswith(("ly", "s"))


def shadows(said: Marks, support: Support) -> Iterator[str]:
    """An actor named only as what another is not: "brokers not serving as importer of record"."""
    for mark in said:
        if mark.kind == "word" and mark.value in ACTORS and not (mark.shadowed or mark.negated):
            held = [(m, n) for m, n in pairwise(support.known) if m.value == mark.value]
            titled = held and all(m.shadowed and n.text == "of" for m, n in held)
            if titled and not any(m is mark and n.text == "of" for m, n in pairwise(said)):
                yield f"'{mark.text}' is denied in the support"


def contradicted(said: Marks, support: Support) -> Iterator[str]:
    """What the condition says has not happened is not what is counted from."""
    condition: set[str] = set()
    for place, mark in enumerate(said):
        if mark.negated and mark.value in EVENTS and _conditional(said, mark):
            condition.add(mark.value)
        if mark.kind == "p_from":
            found = next((m for m in said[place + 1 : place + 8] if m.kind in ("word", "stop")), None)
            if found and found.value in condition and not found.negated and not found.shadowed:
                yield f"it counts from '{found.text}', which its condition denies"


def _conditional(marks: Marks, mark: Mark) -> bool:
    return any(m.kind == "condition" and m.part == mark.part and m.clause == mark.clause for m in marks)
