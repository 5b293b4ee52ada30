"""Nothing left out that matters: exceptions, conditions and former law are kept."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.grounding.marks import MEASURES
from assistant.answering.grounding.support import Marks, Support, values_of, words_of
from assistant.answering.grounding.words import (
    ACTORS,
    PERSONS,
)


def dropped(said: Marks, support: Support) -> Iterator[str]:
    """Exceptions, conditions and "former" of the sentence's own support are kept."""
    marked = any(mark.kind == "exception" for mark in said)
    if marked and not any(mark.kind == "exception" for mark in support.marks):
        yield "its exception has no support"
    limits = {mark.value for mark in support.marks if mark.kind == "limit"}
    for mark in said:
        if mark.kind == "limit" and mark.value not in limits:
            yield f"'{mark.text}' has no support"
    words = frozenset(words_of(said)) | {m.value for m in said if m.kind in MEASURES or m.kind == "date"}
    if not words:
        return
    bare = [unit for unit in support.units if not any(m.kind in ("exception", "condition") for m in unit)]
    unit = max(support.units, key=lambda u: (len(words & values_of(u)), -len(values_of(u))))
    dated = any(mark.kind == "date" for mark in said)
    if "former" in values_of(unit) and "former" not in words and not (support.former or dated):
        yield "the support speaks of former law, and the sentence does not say so"
    if words <= {value for one in bare for value in values_of(one)}:
        return
    unit = max(support.units, key=lambda u: (len(words & values_of(u)), -len(values_of(u))))
    asserts = any(
        mark.kind == "modal" or mark.kind in MEASURES or mark.negated or mark.text in _RULES for mark in said
    )
    heads = {m.value for n, m in enumerate(unit[:-1]) if unit[n + 1].kind == "exception"}
    if any(mark.kind == "exception" for mark in unit) and not marked and (asserts or heads & words):
        yield "it leaves out the support's exception"
    personal = any(m.text in ("who", "whoever", *PERSONS) or m.value in ACTORS for m in said)
    own = frozenset[str]().union(*(condition for _, condition in _conditions(said)))
    for lead, condition in _conditions(unit):
        kept = condition & (own if own & condition else words)
        if lead == "who" and not personal:
            continue
        if len(condition) >= 2 and len(kept) * 2 < len(condition):
            words_left = ", ".join(sorted(condition)).replace("~", "")
            yield f"it leaves out the support's condition: {lead} {words_left}"


_RULES = frozenset("apply applies controls governs".split())
_ALWAYS = frozenset("whoever whatever wherever however".split())
_STILL = frozenset("still remains".split())


def limits(said: Marks, support: Support) -> Iterator[str]:
    """ "Not later than the day before", and "30 days or any shorter period": the limit is kept."""
    words = set(words_of(said))
    for unit in support.units:
        for place, mark in enumerate(unit):
            if mark.kind == "limit":
                near = {m.value for m in unit[place + 1 : place + 14] if m.kind == "word"}
                kept = any(m.kind in ("limit", "p_before", "p_by", "p_until") or m.bound for m in said)
                if len(near & words) * 2 > len(near) > 1 and not kept:
                    yield f"it leaves out '{mark.text}'"
            if mark.kind == "join" and mark.value == "or":
                other = [m.value for m in unit[place + 1 : place + 4] if m.value in ("shorter", "longer")]
                sums = {m.value for m in unit[:place] if m.kind == "period"}
                dated = any(m.kind == "date" for m in said)
                if (
                    other
                    and not dated
                    and not set(other) & words
                    and sums & {m.value for m in said if m.kind == "period"}
                ):
                    yield f"it leaves out that the period may be {other[0]}"


def ruled(said: Marks, support: Support) -> Iterator[str]:
    """ "19 CFR 163.4(a) applies": its "unless" is kept."""
    if any(mark.kind == "exception" for mark in said):
        return
    for cite in said:
        if cite.kind == "cite" and any(m.text in _RULES and m.part == cite.part for m in said):
            held = [u for u in support.units if any(m.value == cite.value for m in u)]
            if held and all(any(m.kind == "exception" for m in unit) for unit in held):
                yield f"it leaves out the exception to {cite.value}"


def widened(said: Marks, support: Support) -> Iterator[str]:
    """ "..., whoever completed it": what holds always needs a support that says so."""
    held = {mark.text for mark in support.known}
    for before, mark in pairwise(said):
        if mark.text in _ALWAYS and before.kind == "comma" and mark.text not in held:
            yield f"'{mark.text}' has no support"
    if held & _STILL and any(m.value == "former" for m in said) and not _STILL & {m.text for m in said}:
        yield "the support says 'still'"


def persons(said: Marks, support: Support) -> Iterator[str]:
    """The "person summoned" is not the "person serving"."""
    held = [
        words_of(unit[n + 1 : n + 10])[:1]
        for unit in support.known_units
        for n, person in enumerate(unit)
        if person.text in PERSONS
    ]
    for mark, after in pairwise(said):
        described = mark.text in PERSONS and after.kind == "word" and after.text.endswith(("ed", "ing"))
        if described and held and not any(after.value in words for words in held):
            yield f"'{mark.text} {after.text}' has no support"


def alternatives(said: Marks, support: Support) -> Iterator[str]:
    """ "whether paper or electronic": both of two alternatives or neither."""
    words = set(words_of(said))
    for unit in support.units:
        for place, mark in enumerate(unit):
            if mark.text == "whether" and place + 3 < len(unit) and unit[place + 2].kind == "join":
                pair = {unit[place + 1].value, unit[place + 3].value}
                if len(pair & words) == 1:
                    yield f"of {' and '.join(sorted(p.strip('~') for p in pair))} it has only one"


def _conditions(marks: Marks) -> Iterator[tuple[str, frozenset[str]]]:
    for place, mark in enumerate(marks):
        if mark.kind == "condition" or (mark.kind == "relative" and mark.text == "who"):
            clause = []
            for ahead in marks[place + 1 :]:
                if ahead.kind in ("stop", "comma", "condition", "relative", "exception", "modal"):
                    break
                clause.append(ahead)
            yield mark.text, frozenset(words_of(clause))


def edition(said: Marks, support: Support) -> Iterator[str]:
    still = any(m.text in _STILL for m in support.known) and any(m.text in _STILL for m in said)
    closed = any(m.kind == "p_through" and n.kind == "date" for m, n in pairwise(said))
    if (
        support.former
        and not (still or closed)
        and not any(
            m.value in ("former", "~superseded", "~supersed", "~replac") or (m.kind == "p_before")
            for m in said
        )
    ):
        yield "it states as current what was no longer law on the day asked about"
