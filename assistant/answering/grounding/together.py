"""What belongs together: values that stand together do so in the support."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.grounding.marks import Mark
from assistant.answering.grounding.support import Marks, Support, words_of
from assistant.answering.grounding.words import (
    ACTORS,
    AGREEMENTS,
    COMPARE,
    COUNTRIES,
    CULPABILITY,
    EVENTS,
)


def _kind(mark: Mark) -> str:
    if mark.kind in ("amount", "percent", "period"):
        return mark.kind
    if mark.kind != "word":
        return "authority" if mark.kind == "cite" else ""
    for name, values in _TYPES:
        if mark.value in values:
            return name
    return ""


_TYPES: tuple[tuple[str, frozenset[str]], ...] = (
    ("agreement", AGREEMENTS),
    ("culpability", CULPABILITY - {"knowing"}),
    ("authority", frozenset(("statute", "regulation"))),
    ("event", EVENTS - {"release", "create", "activity", "file", "demand"}),
    ("compare", COMPARE),
)
_BOUND_TOGETHER = (
    ("culpability", "amount"),
    ("culpability", "percent"),
    ("authority", "event"),
    ("authority", "period"),
    ("agreement", "event"),
    ("agreement", "period"),
    ("compare", "amount"),
    ("event", "period"),
)


def bindings(said: Marks, support: Support) -> Iterator[str]:
    """Values that stand together stand together in the support: the sum with its degree of fault."""
    both = any(m.text == "both" for m in said) and any(m.text == "both" for m in support.marks)
    for one, other in _BOUND_TOGETHER:
        if one == "authority" and both:
            continue
        held = {pair for unit in support.units for pair in _pairs(unit, one, other, lenient=True)}
        for x, y in _pairs(said, one, other):
            xs, ys = {a for a, b in held if b == y}, {b for a, b in held if a == x}
            if xs and ys and (x, y) not in held:
                yield f"'{x}' does not go with '{y}' in the support"


def crossed(said: Marks, support: Support) -> Iterator[str]:
    """Of two sentences built alike, the subject of one is not joined to the object of the other."""
    words = frozenset(words_of(said))
    for place, mark in enumerate(said):
        if mark.value != "relate":
            continue
        target = next((m.value for m in said[place + 1 : place + 6] if m.kind == "word"), "")
        alike = [frozenset(words_of(unit)) for unit in support.units if mark.value in words_of(unit)]
        if any(words <= unit for unit in alike):
            continue
        if any(words - unit == {target} for unit in alike) and any(target in unit for unit in alike):
            yield f"'{target.strip('~')}' belongs to another sentence of the support"


_SEGMENT_PAIRS = (("country", "level"), ("actor", "event"), ("country", "date"), ("country", "event"))
_NEXT = frozenset("while whereas but".split())


def paired(said: Marks, support: Support) -> Iterator[str]:
    """In a list of pairs each stands with its own: the importer with importation, Morocco with its day."""
    for one, other in _SEGMENT_PAIRS:
        held = {
            (x, y) for unit in support.units for xs, ys in _segments(unit, one, other) for x in xs for y in ys
        }
        for xs, ys in _segments(said, one, other):
            for x, y in ((x, y) for x in xs for y in ys if len(xs) == 1 or len(ys) == 1):
                others, owners = {b for a, b in held if a == x}, {a for a, b in held if b == y}
                if others and owners and (x, y) not in held:
                    yield f"'{x.strip('~')}' does not go with '{y.strip('~')}' in the support"


def _segments(marks: Marks, one: str, other: str) -> Iterator[tuple[list[str], list[str]]]:
    """What stands between two commas, "and"s or "while"s: the values of either kind."""
    xs: list[str] = []
    ys: list[str] = []
    for mark in marks:
        if mark.kind in ("comma", "stop") or mark.value == "and" or mark.text in _NEXT:
            yield xs, ys
            xs, ys = [], []
        elif (sort := _segment_sort(mark)) == one:
            xs.append(mark.value)
        elif sort == other:
            ys.append(mark.value)
    yield xs, ys


def _segment_sort(mark: Mark) -> str:
    if mark.kind in ("date", "level"):
        return mark.kind
    if mark.kind != "word":
        return ""
    if mark.value in COUNTRIES:
        return "country"
    if mark.value in ACTORS:
        return "actor"
    return "event" if mark.value in _COUNTED else ""


_COUNTED = EVENTS - {"release", "create", "activity", "demand", "conference", "own-date"}


def listed_twice(said: Marks, support: Support) -> Iterator[str]:
    """ "Peru, Korea and Peru": one of a list named twice."""
    run: list[str] = []
    for place, mark in enumerate(said):
        if mark.kind == "word" and mark.value in COUNTRIES | ACTORS | EVENTS | CULPABILITY:
            near = said[place + 1 : place + 5]
            as_ = next((n for n, m in enumerate(near) if m.text in ("as", "is")), -1)
            if mark.value in ACTORS and as_ >= 0 and any(m.value == mark.value for m in near[as_:]):
                yield f"'{mark.text}' is said of itself"
            after = said[place + 1 : place + 2]
            led = any(m.text in ("of", "country", "countries") for m in after)
            led = led or (mark.value not in COUNTRIES and any(m.kind == "word" for m in after))
            if mark.value in run and not led:
                yield f"'{mark.text}' is named twice in one list"
            run.append(mark.value)
        elif mark.kind not in ("comma", "join") and mark.text not in ("the", "a", "country"):
            run = []


def _pairs(marks: Marks, one: str, other: str, lenient: bool = False) -> list[tuple[str, str]]:
    xs = list(dict.fromkeys(_value(m) for m in marks if _kind(m) == one))
    ys = list(dict.fromkeys(_value(m) for m in marks if _kind(m) == other))
    if len(xs) == 1 or len(ys) == 1:
        return [(x, y) for x in xs for y in ys]
    if one == "authority":
        return list(_preceding(marks, one, other))
    if len(xs) == len(ys):
        return list(zip(xs, ys, strict=True))
    return [(x, y) for x in xs for y in ys] if lenient else []


def _preceding(marks: Marks, one: str, other: str) -> Iterator[tuple[str, str]]:
    """Each of one kind with the nearest of the other kind before it: "the statute counts from issue"."""
    last = ""
    for mark in marks:
        if mark.kind == "stop":
            last = ""
        elif _kind(mark) == one:
            last = _value(mark)
        elif _kind(mark) == other and last:
            yield last, _value(mark)


def _value(mark: Mark) -> str:
    if mark.kind == "cite":
        return "statute" if "U.S.C." in mark.value else "regulation"
    return mark.value
