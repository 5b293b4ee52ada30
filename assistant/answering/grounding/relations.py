"""The same relations: triggers, denials, joints and order are those of the support."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.grounding.denied import refused
from assistant.answering.grounding.marks import Mark
from assistant.answering.grounding.support import Marks, Support, words_of
from assistant.answering.grounding.words import (
    ACTORS,
    AGREEMENTS,
    COMPARE,
    EVENTS,
)


def triggers(said: Marks, support: Support) -> Iterator[str]:
    """What a period is counted from, and in which direction."""
    held = {(way, event, no) for unit in support.units for way, event, _, no, _ in _counted(unit, every=True)}
    held |= {(way, event, True) for unit in support.aside for way, event, *_ in _counted(unit, every=True)}
    ways = {(way, event) for way, event, _ in held}
    for way, event, word, negated, strict in _counted(said):
        other = {"from": "before", "before": "from"}.get(way, "")
        if not strict and ((way, event) in ways or (other, event) not in ways):
            continue
        if negated and (way, event) not in ways and refused(event, support):
            continue
        if (way, event, negated) not in held:
            yield f"'{'not ' if negated else ''}{way} {word}' is not what the support counts by"


def attached(said: Marks, support: Support) -> Iterator[str]:
    """A period's event stands in a sentence of the support that has the period, if that has any event."""
    for place, mark in enumerate(said):
        if mark.kind != "period":
            continue
        event = _event_of(said, place)
        units = [u for u in support.units if any(m.kind == "period" and m.value == mark.value for m in u)]
        held = {m.value for unit in units for m in unit if m.value in EVENTS}
        counted = any(_event_of(u, n) for u in units for n, m in enumerate(u) if m.kind == "period")
        if event and counted and event not in held:
            yield f"{mark.value} from '{event}' has no support"


def _event_of(marks: Marks, place: int) -> str:
    """The event that the period at ``place`` is counted from, when it stands right behind it."""
    for spot, mark in enumerate(marks[place + 1 : place + 3], place + 1):
        if mark.kind == "p_from":
            near = marks[spot + 1 : spot + 6]
            return next((m.value for m in near if m.kind == "word" and m.value in EVENTS), "")
    return ""


def directions(said: Marks, support: Support) -> Iterator[str]:
    """Before for after: a "before" needs one in the support, an "after" does not stand in its place."""
    units = support.units
    earlier = any(m.kind in ("p_before", "p_until", "limit") for u in units for m in u)
    earlier = earlier or any(m.value in ("advance", "earlier") for u in units for m in u)
    within = any(m.bound == "within" for u in units for m in u)
    behind = [_follow(u, n) for u in units for n, m in enumerate(u) if m.kind == "p_before"]
    for place, mark in enumerate(said):
        near = said[place : place + 6]
        dated = any(m.kind == "date" for m in near[:3])
        spent = within and any(m.kind == "period" or m.value == "expire" for m in near)
        if mark.kind == "p_before" and not (earlier or dated or spent):
            yield f"'{mark.text}' has no support"
        if mark.text in ("after", "following"):
            own = _follow(said, place)
            held = [_follow(u, n) for u in units for n, m in enumerate(u) if m.kind == "p_from"]
            if any(own[:2] == b[:2] for b in behind) and not any(own[:1] == h[:1] for h in held):
                yield f"'{mark.text}' stands where the support has 'before'"


def sides(said: Marks, support: Support) -> Iterator[str]:
    """Exported "on or after" a day is not exported "before" it."""
    held = {pair for unit in support.units for pair in _sides(unit)}
    for event, way in _sides(said):
        other = {"from": "before", "before": "from"}[way]
        if (event, other) in held and (event, way) not in held:
            yield f"'{event}' stands on the other side of the day in the support"


def _sides(marks: Marks) -> Iterator[tuple[str, str]]:
    for place, mark in enumerate(marks):
        if mark.kind in ("p_from", "p_before"):
            near = marks[place + 1 : place + 4]
            day = any(m.kind == "date" for m in near[:1]) or [m.text for m in near[:2]] == ["that", "day"]
            before = [m for m in marks[max(0, place - 4) : place] if m.kind in ("word", "comma", "stop")]
            if day and before and before[-1].value in EVENTS:
                yield before[-1].value, mark.kind[2:]


def _follow(marks: Marks, place: int) -> list[str]:
    return [
        m.text for m in marks[place + 1 : place + 5] if m.text not in ("the", "a", "an", "its", "applicable")
    ][:2]


_HOLDING = frozenset("prohibit preclude exempt ~relief ~protect".split())
_ORDERED = frozenset(("after", "following", "before", "prior to", "preceding"))


def _counted(marks: Marks, every: bool = False) -> Iterator[tuple[str, str, str, bool, bool]]:
    for place, mark in enumerate(marks):
        before = marks[place - 1] if place else None
        way = mark.kind[2:] if mark.kind in ("p_from", "p_before", "p_until") else ""
        if mark.text == "of" and before is not None and before.kind == "period":
            way = "from"
        held_back = any(m.kind == "word" and m.value in _HOLDING for m in marks[max(0, place - 4) : place])
        if mark.text == "from" and (
            held_back or any(m.value == "place" or m.text == "that" for m in marks[place : place + 3])
        ):
            continue
        if not way or (place + 1 < len(marks) and mark.text == "from" and marks[place + 1].text == "being"):
            continue
        found: list[Mark] = []
        for ahead in marks[place + 1 : place + 14]:
            if ahead.kind in ("stop", "condition", "exception", "modal", "period", "date") or (
                ahead.kind == "comma" and not every
            ):
                break
            if ahead.kind.startswith("p_") and ahead.kind != "p_by" and found and not every:
                break
            if ahead.kind == "relative" and any(m.value in EVENTS for m in found):
                break
            if ahead.kind == "word":
                found.append(ahead)
        events = [m for m in found if m.value in EVENTS]
        if (every or not events) and any(
            m.kind == "period" for m in marks[max(0, place - 4 + 2 * (not every)) : place]
        ):
            events += [m for m in found if m.value not in ACTORS | AGREEMENTS | {"regulation", "statute"}][:1]
        if not events and not every and mark.text in _ORDERED:
            events = [m for m in found if m.value not in ACTORS | AGREEMENTS][:1]
        elif every and mark.text in _ORDERED:
            events += found
        denied = False
        for event in events if every else events[:1]:
            denied = denied or event.negated
            strict = event.value in EVENTS or mark.text not in _ORDERED
            yield way, event.value, "" if every else event.text, event.negated, strict


def connectives(said: Marks, support: Support) -> Iterator[str]:
    """And for or between the same two things."""
    held: dict[frozenset[str], set[str]] = {}
    for unit in support.units:
        for join, before, after, _ in _joined(unit, 3):
            for one in before:
                for other in after:
                    held.setdefault(frozenset((one, other)), set()).add(join)
    chosen = any(a.value in COMPARE and b.text == "of" for a, b in pairwise(said))
    for join, before, after, clause in _joined(said, 1):
        if before and after:
            known = held.get(frozenset((before[0], after[0])))
            if before[0] in COMPARE or chosen:
                continue
            denied = {m.value for m in support.marks if m.negated or m.shadowed}
            if before[0] in denied and any(m.kind == "negator" and m.clause == clause for m in said):
                continue
            if known and join not in known:
                pair = f"{before[0].strip('~')} and {after[0].strip('~')}"
                yield f"'{join}' between {pair} is '{next(iter(known))}' in the support"


def _joined(marks: Marks, reach: int) -> Iterator[tuple[str, list[str], list[str], int]]:
    """Each "and" and "or" with the words on its sides, as far as the next one."""
    for place, mark in enumerate(marks):
        if mark.kind == "join":
            before = _until_join(reversed(marks[max(0, place - 2 - 3 * reach) : place]))
            after = _until_join(iter(marks[place + 1 : place + 3 + 2 * reach]))
            yield ("or" if mark.value == "nor" else mark.value), before[:reach], after[:reach], mark.clause


def _until_join(marks: Iterator[Mark]) -> list[str]:
    found = []
    for mark in marks:
        if mark.kind in ("join", "stop", "exception"):
            break
        if mark.kind == "word":
            found.append(mark.value)
    return found


def order(said: Marks, support: Support) -> Iterator[str]:
    """Of "A must be followed by B" and "B must follow A" the same one comes first."""
    for verb in ("follow", "govern", "control"):
        held = [pair for unit in support.units for pair in _around(unit, verb)]
        for before, after in _around(said, verb):
            if any(before & b and after & a for b, a in held):
                continue
            if any(before & a and after & b for b, a in held):
                yield f"what stands before and after '{verb}' is the other way round in the support"


def _around(marks: Marks, verb: str) -> Iterator[tuple[set[str], set[str]]]:
    for place, mark in enumerate(marks):
        if mark.kind == "word" and mark.value == verb:
            before = set(words_of(marks[max(0, place - 8) : place]))
            after = set(words_of(marks[place + 1 : place + 9]))
            passive = place + 1 < len(marks) and marks[place + 1].kind == "p_by"
            common = before & after
            yield (before - common, after - common) if passive else (after - common, before - common)
