"""Nothing new: each word, measure, citation and date of the sentence stands in its support."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.grounding.marks import MEASURES, Mark, citations
from assistant.answering.grounding.support import Marks, Support, words_of
from assistant.answering.grounding.words import (
    ALSO,
    DUTIES,
)

_UNIVERSAL = frozenset("all any every each anyone whoever everyone everybody".split())


def coverage(said: Marks, support: Support) -> Iterator[str]:
    """Every word of substance stands in the support, itself or by a word that says the same."""
    marks = support.known
    held = frozenset(words_of(marks)) | _derived(support)
    for mark in said:
        if mark.kind == "word" and mark.value not in held and not _near(mark.value, held):
            yield f"'{mark.text}' has no support"
        elif mark.kind == "level":
            addresses = [other.value for other in marks if other.kind in ("cite", "level")]
            if not any(mark.value in address for address in (*addresses, *map(str, support.cited))):
                yield f"{mark.value} has no support"


def _derived(support: Support) -> frozenset[str]:
    """Words that the support bears out without saying them."""
    marks, words = support.known, frozenset(words_of(support.known))
    derived = {"current" if not support.former else "former", "follow", "relate", "comply", "make", "support"}
    for actor, deed in (("importer", "import"), ("exporter", "export")):
        if actor in words:
            derived.add(deed)
        for place, mark in enumerate(marks):
            if (
                mark.kind == "relative"
                and mark.text == "who"
                and any(m.value == deed for m in marks[place : place + 3])
            ):
                derived.add(actor)
    if any(mark.text in _UNIVERSAL for mark in marks):
        derived.add("all")
    bounds = {mark.bound for mark in marks}
    modals = {mark.value for mark in marks if mark.kind == "modal"}
    if "at_most" in bounds or "prohibit" in modals:
        derived |= {"limit", "~maximum"}
    derived |= {"~minimum"} if "at_least" in bounds else set()
    derived |= {"oblige"} if "duty" in modals or words & DUTIES else set()
    derived |= {"allow"} if "permit" in modals else set()
    if any(mark.text in ("period", "periods") for mark in marks):
        derived |= {"keep", "record"}
    if any(mark.kind == "condition" and mark.text.startswith("provid") for mark in marks):
        derived.add("only")
    if any(mark.text in ("apply", "applies") for mark in marks):
        derived.add("available")
    if any(mark.text == "otherwise" for mark in marks):
        derived |= {"differ", "provide"}
    if any(mark.text in ("effect", "effective") for mark in marks):
        derived.add("force")
    if any(mark.text.startswith("result") for mark in marks):
        derived.add("cause")
    kinds = {citation.kind for citation in support.cited}
    derived |= ({"statute"} if "usc" in kinds else set()) | ({"regulation"} if "cfr" in kinds else set())
    if any(mark.value == "depend" or mark.text in ("even", "although", "though") for mark in marks):
        derived.add("evenif")
    return frozenset(derived)


def _near(word: str, held: frozenset[str]) -> bool:
    """Two stems of one word: the shorter begins the longer, and little is left over."""
    if any(other in held for other in ALSO.get(word, ())):
        return True
    if not word.startswith("~"):
        return False
    return any(
        other.startswith("~")
        and min(len(word), len(other)) >= 6
        and (word.startswith(other) or other.startswith(word))
        and abs(len(word) - len(other)) <= 4
        for other in held
    )


def measures(said: Marks, support: Support) -> Iterator[str]:
    """Each number with its bound: "at least 5 years" is borne out by neither 5 years nor at most 5."""
    for mark in said:
        if mark.kind not in MEASURES:
            continue
        held = {m.bound for m in support.marks if m.kind == mark.kind and m.value == mark.value}
        words = {"period": mark.value, "amount": f"${mark.value}", "percent": f"{mark.value} percent"}
        name = words.get(mark.kind, mark.value)
        if not held and mark.text == "one":
            continue
        if not held:
            yield f"{name} has no support"
        elif mark.kind != "percent" and not _bound(mark, held, said):
            bounds = " or ".join(sorted(bound.replace("_", " ") or "no bound" for bound in held))
            own = mark.bound.replace("_", " ") or "no bound"
            yield f"{name} stands with '{own}', in the support with '{bounds}'"


def _bound(mark: Mark, held: set[str], said: Marks) -> bool:
    """ "within 30 days", "no later than 30 days after" and "has 30 days to" set one limit."""
    if mark.bound in held or (mark.bound in ("within", "at_most") and held & {"within", "at_most"}):
        return True
    place = next(n for n, m in enumerate(said) if m is mark)
    if any(m.text == "than" for m in said[max(0, place - 2) : place]):
        return True
    given = any(m.text in ("has", "have", "gives", "given", "get", "gets") for m in said)
    return mark.value.endswith("days") and given and {mark.bound} | held >= {"", "within"}


def cited(said: Marks, support: Support) -> Iterator[str]:
    """A section that is named is one that the claim rests on, or the whole of one."""
    for citation in citations(said):
        if not any(citation.contains(held) for held in support.cited):
            yield f"{citation} is not what the claim rests on"
    held = {mark.value for mark, no in _addresses(support.known) if no}
    for mark, no in _addresses(said):
        if no and mark.value not in held:
            yield f"that it is not {mark.value} has no support"
    for before, mark in pairwise(said):
        if mark.value in ("control", "govern") and before.kind == "cite":
            rules = {a.value for u in support.units for a, b in pairwise(u) if b.value == mark.value}
            if rules and before.value not in rules:
                yield f"{before.value} is not what the support lets control"


def _addresses(marks: Marks) -> Iterator[tuple[Mark, bool]]:
    """Each citation, and whether a "not" stands before it."""
    for place, mark in enumerate(marks):
        if mark.kind == "cite":
            near = marks[max(0, place - 3) : place]
            yield (
                mark,
                any(m.kind == "negator" and m.value != "no" for m in near)
                and not any(m.kind == "word" for m in near),
            )


def dates(said: Marks, support: Support) -> Iterator[str]:
    """Each date with its direction: through, by, before, after."""
    held = set(_dated(support.marks))
    for way, day in _dated(said):
        ways = {w for w, d in held if d == day}
        if not ways:
            yield f"the date {day} has no support"
        elif way and way not in ways and not (way == "until" and "through" in ways):
            yield f"'{way} {day}' has no support"
    marks = said
    for place, mark in enumerate(marks):
        if mark.kind == "date" and any(m.value == "destroy" for m in marks[:place]):
            yield "no day for destroying is computed"


def _dated(marks: Marks) -> Iterator[tuple[str, str]]:
    for place, mark in enumerate(marks):
        if mark.kind == "date":
            near = [m.kind[2:] for m in marks[max(0, place - 2) : place] if m.kind.startswith("p_")]
            yield (near[-1] if near else ""), mark.value
