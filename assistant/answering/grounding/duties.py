"""The same duties: who must, may or need not do what is as the support says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.grounding.support import Marks, Support, words_of
from assistant.answering.grounding.words import (
    ACTORS,
    AGREEMENTS,
    CULPABILITY,
    DUTIES,
    PERSONS,
)


def modality(said: Marks, support: Support) -> Iterator[str]:
    """Must, may, may not, need not, should: each of the same verb in the support."""
    held: dict[str, set[str]] = {}
    for unit in support.units:
        modals = [*_modals(unit, 16), *_modals(unit, 1)]
        for _, value, verbs in modals:
            for verb in verbs:
                held.setdefault(verb, set()).add(value)
        if not modals and not any(mark.kind == "modal" for mark in support.marks):
            for word in DUTIES & set(words_of(unit)):
                held.setdefault(word, set()).add("duty")
        if any(m.text == "any" for m in unit) and any(
            m.value in ACTORS and n.value == "prescribe" for m, n in pairwise(unit)
        ):
            held.setdefault("prescribe", set()).add("permit")
        if _minimum(unit):
            held.setdefault("keep", set()).add("duty")
    classes = set[str]().union(*held.values()) if held else set()
    nearest = max(support.units, key=lambda u: len(set(words_of(u)) & set(words_of(said))), default=())
    classes = {value for _, value, _ in _modals(nearest, 1)} or classes
    denied = {mark.value for mark in support.marks if mark.negated or mark.either}
    if "exempt" in words_of(support.marks):
        classes = classes | {"noduty"}
    for place, mark in enumerate(support.marks):
        if mark.text in ("authority", "power") and support.marks[place + 1].text == "to":
            for verb in words_of(support.marks[place + 2 : place + 7])[:2]:
                held.setdefault(verb, set()).add("permit")
    for place, value, verbs in _modals(said, 1):
        allowed = held.get(verbs[0], classes) if verbs else classes
        if value == "permit" and any(
            m.kind == "spent" and m.value == "at_most" for m in said[place + 1 : place + 4]
        ):
            continue
        if value == "permit" and said[place - 1].kind == "relative" and "prohibit" in classes:
            continue
        if "mandatory" in said[place].text:
            allowed = set().union(*(held.get(m.value, set()) for m in said[max(0, place - 8) : place]))
        if value == "prohibit" and value not in held.get(verbs[0] if verbs else "", ()):
            ahead = [m for m in said[place + 1 : place + 24] if m.part == said[place].part]
            limited = any(m.kind == "spent" and m.value == "over" for m in ahead)
            limited = limited and said[place - 1].kind != "relative"
            refused = bool(denied & set(verbs)) and "duty" not in held.get(verbs[0] if verbs else "", ())
            allowed = {value} if limited or refused else allowed - {value}
        if value not in allowed:
            yield (
                f"'{_MODAL_NAMES[value]} {verbs[0].strip('~') if verbs else ''}'".replace(" '", "'")
                + " has no support"
            )
    unit = max(support.units, key=lambda u: len(set(words_of(u)) & set(words_of(said))), default=())
    allowed_only = {verb for _, value, verbs in _modals(unit, 1) if value == "permit" for verb in verbs}
    for one in support.units:
        own = set(words_of(one))
        if {m.value for m in one if m.kind == "modal"} != {"permit"} or any(m.kind == "modal" for m in said):
            continue
        permitted = {verb for _, _, found in _modals(one, 1) for verb in found}
        given = set(words_of(said))
        near = len(own & given) * 10 >= 6 * len(own)
        if permitted & given and near and "~discret" not in given:
            yield "what the support permits is stated without a 'may'"
    bare = not any(m.kind == "modal" or m.value == "~discret" for m in said)
    if (
        bare
        and {m.value for m in unit if m.kind == "modal"} == {"permit"}
        and allowed_only & set(words_of(said))
    ):
        yield "what the support permits is stated without a 'may'"


def _minimum(unit: Marks) -> bool:
    """ "The period for ... records is at least 5 years" obliges to keep them."""
    named = any(m.text in ("period", "periods") for m in unit)
    return named and any(m.kind == "period" and m.bound == "at_least" for m in unit)


_MODAL_NAMES = {
    "duty": "must",
    "permit": "may",
    "prohibit": "may not",
    "noduty": "need not",
    "advise": "should",
}
_ADVERBIAL = CULPABILITY | {"~immediately", "immediate", "yearly"}


def _modals(marks: Marks, count: int) -> Iterator[tuple[int, str, list[str]]]:
    for place, mark in enumerate(marks):
        if mark.kind != "modal":
            continue
        verbs: list[str] = []
        for ahead in marks[place + 1 : place + 8 + 4 * (count > 1) + 24 * (count > 4)]:
            if ahead.kind in ("stop", "modal") or (
                verbs and count < 16 and ahead.kind in ("p_from", "p_before", "relative")
            ):
                break
            if ahead.text in ("set", "fix") and not verbs:
                verbs.append("prescribe")
            if ahead.kind == "word" and ahead.value not in _ADVERBIAL | ACTORS:
                verbs.append(ahead.value)
        if "mandatory" in mark.text or not verbs or mark.text.endswith(("allowed", "permitted")):
            verbs = [m.value for m in reversed(marks[:place]) if m.kind == "word"][:1] + verbs
        yield place, mark.value, verbs[:count]


def actors(said: Marks, support: Support) -> Iterator[str]:
    """Who must or may is who must or may in the support."""
    held: dict[str, set[str]] = {}
    for unit in support.units:
        for verb, actors in _agents(unit, every=True):
            held.setdefault(verb, set()).update(actors)
    for verb, actors in _agents(said):
        known = held.get(verb)
        if known and actors and "*" not in known and "*" not in actors and not set(actors) & known:
            yield f"'{actors[0]}' is not who the support says it of"


_AUTHORITIES = frozenset("cbp court officer director secretary commissioner auditor".split())


def authority(said: Marks, support: Support) -> Iterator[str]:
    """An authority must do only what the support says it must: not every "must" of the support is its own."""
    bound = {actor for unit in support.units for actor in _bound_to(unit)}
    for actor in _bound_to(said):
        if actor in _AUTHORITIES and actor not in bound:
            yield f"that '{actor}' must has no support"


def _bound_to(marks: Marks) -> Iterator[str]:
    """The word right before each "must", when it is one who acts."""
    for before, mark in pairwise(marks):
        if mark.kind == "modal" and mark.value == "duty" and before.value in ACTORS:
            yield before.value


def _subject(marks: Marks) -> list[str]:
    """Those of whom the verb after ``marks`` is said: before a "who" if there is one, else the nearest."""
    who = next(
        (n for n, m in enumerate(marks) if m.kind == "relative" and m.text in ("who", "that") and n), 0
    )
    if who and marks[who - 1].value in ACTORS:
        return [m.value for m in marks[:who] if m.value in ACTORS]
    if who and any(m.text in PERSONS for m in marks[:who]):
        return [*(m.value for m in marks[:who] if m.value in ACTORS), "*"]
    return [m.value for m in reversed(marks) if m.value in ACTORS]


def _agents(marks: Marks, every: bool = False) -> Iterator[tuple[str, list[str]]]:
    for place, mark in enumerate(marks):
        if mark.kind != "modal":
            continue
        verb = next(
            (m.value for m in marks[place + 1 : place + 7] if m.kind == "word" and m.value not in ACTORS), ""
        )
        after = []
        for spot, ahead in enumerate(marks[place + 1 : place + 30], place + 1):
            if ahead.kind in ("stop", "modal"):
                break
            if ahead.kind == "p_by":
                after = [m.value for m in marks[spot + 1 : spot + 4] if m.value in ACTORS]
                if after:
                    break
        before = _subject(marks[:place])
        if every:
            yield verb, before + after
        else:
            yield verb, after[:1] or before[:1]


def places(said: Marks, support: Support) -> Iterator[str]:
    """An actor stands beside what it stands beside in the support, or behind a "by" before it."""
    for place, mark in enumerate(said):
        if mark.kind != "word" or mark.value not in ACTORS:
            continue
        spots = [(unit, n) for unit in support.units for n, m in enumerate(unit) if m.value == mark.value]
        if not spots:
            continue
        left, right = _beside(said, place, 1)
        lefts, rights = zip(*(_beside(unit, n, 10) for unit, n in spots), strict=True)
        near, far = set().union(*lefts), set().union(*rights)
        by = any(m.kind == "p_by" for m in said[max(0, place - 3) : place])
        led = [m.text for m in said[max(0, place - 2) : place] if m.text != "the"][-1:]
        if led and led[0] in ("to", "of", "by") and (left | right) & (near | far):
            continue
        same = (left & near) or (right & far) or (by and left & far) or not (left or right)
        turned = any(m.kind == "p_by" for unit, n in spots for m in unit[max(0, n - 3) : n]) and right & near
        if not same and not turned:
            yield f"'{mark.text}' stands in another place than in the support"


def _beside(marks: Marks, place: int, reach: int) -> tuple[set[str], set[str]]:
    words = [
        (n, m.value)
        for n, m in enumerate(marks)
        if m.kind == "word" and (reach > 1 or m.value not in AGREEMENTS)
    ]
    return (
        {value for n, value in [w for w in words if w[0] < place][-reach:]},
        {value for n, value in [w for w in words if w[0] > place][:reach]},
    )
