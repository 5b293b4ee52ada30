"""Whether a sentence says no more than its support, as far as its words and their order show.

Every check is one-sided: it names what the sentence has and the support has not. `faults` runs
them all. See the package's docstring for what they cannot see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.answering.grounding.marks import MEASURES, Mark, citations, read
from assistant.answering.grounding.words import ACTORS, AGREEMENTS, ALSO, CULPABILITY, DENIABLE, EVENTS
from assistant.law import Citation

Marks = tuple[Mark, ...]
#: Words of the law's own voice: in a support without any modal verb they state a duty.
_DUTIES = frozenset(
    "keep provide produce render file sign send notice disclose oblige prescribe complete approve"
    " explain".split()
)
_UNIVERSAL = frozenset("all any every each anyone whoever everyone everybody".split())
_SPLIT = re.compile(r"(?<=[a-z0-9)\"”])\.\s+(?=[A-Z“\"])|;\s+|\n+|(?<=[a-z)])—")
_MISTAKE = re.compile(
    r"\s*It is (?:a mistake|not correct|not true|wrong|not so)\b[^:;.]*(?:\.\d+[^:;.]*)*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Support:
    """What a claim rests on: the sentences of its quotes and sums, and the addresses they have.

    ``former``: some of it was not law on the day asked about. ``aside``: what a sentence of the
    support calls a mistake; its words are known, and all that it says is denied.
    """

    units: tuple[Marks, ...]
    cited: frozenset[Citation]
    former: bool = False
    aside: tuple[Marks, ...] = ()

    @classmethod
    def of(cls, texts: Sequence[str], cited: frozenset[Citation], former: bool = False) -> Support:
        pieces = [piece for text in texts for piece in _SPLIT.split(text) if piece and piece.strip()]
        mistakes = [match for match in map(_MISTAKE.match, pieces) if match]
        units = tuple(
            read(rest) for rest in (_MISTAKE.sub("", piece, count=1) for piece in pieces) if rest.strip()
        )
        aside = tuple(read(match[0]) for match in mistakes)
        inside = {citation for unit in (*units, *aside) for citation in citations(unit)}
        return cls(units, cited | inside, former, aside)

    @property
    def marks(self) -> Marks:
        return tuple(mark for unit in self.units for mark in unit)

    @property
    def known(self) -> Marks:
        return tuple(mark for unit in (*self.units, *self.aside) for mark in unit)


def faults(text: str, support: Support) -> list[str]:
    """Everything that the sentence says and its support does not, each once."""
    mistaken = _MISTAKE.match(text)
    said = read(text)
    if mistaken:
        wrong = Support(support.aside, support.cited)
        if not support.aside or any(fault for check in _CHECKS for fault in check(read(mistaken[0]), wrong)):
            return [f"that it is a mistake has no support: {mistaken[0].strip()}"]
        said = read(text[mistaken.end() :])
    found = (fault for check in _CHECKS for fault in check(said, support))
    return list(dict.fromkeys(found))


def _words(marks: Sequence[Mark]) -> list[str]:
    return [mark.value for mark in marks if mark.kind == "word"]


# ---------------------------------------------------------------- nothing new


def _coverage(said: Marks, support: Support) -> Iterator[str]:
    """Every word of substance stands in the support, itself or by a word that says the same."""
    marks = support.known
    held = frozenset(_words(marks)) | _derived(support)
    for mark in said:
        if mark.kind == "word" and mark.value not in held and not _near(mark.value, held):
            yield f"'{mark.text}' has no support"
        elif mark.kind == "level":
            addresses = [other.value for other in marks if other.kind in ("cite", "level")]
            if not any(mark.value in address for address in (*addresses, *map(str, support.cited))):
                yield f"{mark.value} has no support"


def _derived(support: Support) -> frozenset[str]:
    """Words that the support bears out without saying them."""
    marks, words = support.known, frozenset(_words(support.known))
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
    derived |= {"oblige"} if "duty" in modals or words & _DUTIES else set()
    derived |= {"allow"} if "permit" in modals else set()
    if any(mark.text == "otherwise" for mark in marks):
        derived.add("differ")
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


def _measures(said: Marks, support: Support) -> Iterator[str]:
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


def _cited(said: Marks, support: Support) -> Iterator[str]:
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
            yield mark, any(m.kind == "negator" for m in near) and not any(m.kind == "word" for m in near)


def _dates(said: Marks, support: Support) -> Iterator[str]:
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


# ---------------------------------------------------------------- the same relations


def _triggers(said: Marks, support: Support) -> Iterator[str]:
    """What a period is counted from, and in which direction."""
    held = {(way, event, no) for unit in support.units for way, event, _, no, _ in _counted(unit, every=True)}
    held |= {(way, event, True) for unit in support.aside for way, event, *_ in _counted(unit, every=True)}
    ways = {(way, event) for way, event, _ in held}
    for way, event, word, negated, strict in _counted(said):
        other = {"from": "before", "before": "from"}.get(way, "")
        if not strict and ((way, event) in ways or (other, event) not in ways):
            continue
        if (way, event, negated) not in held:
            yield f"'{'not ' if negated else ''}{way} {word}' is not what the support counts by"


_COMPARE = frozenset("higher lesser later earlier longer shorter".split())
_ORDERED = frozenset(("after", "following", "before", "prior to", "preceding"))


def _counted(marks: Marks, every: bool = False) -> Iterator[tuple[str, str, str, bool, bool]]:
    for place, mark in enumerate(marks):
        before = marks[place - 1] if place else None
        way = mark.kind[2:] if mark.kind in ("p_from", "p_before", "p_until") else ""
        if mark.text == "of" and before is not None and before.kind == "period":
            way = "from"
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
        for event in events if every else events[:1]:
            strict = event.value in EVENTS or mark.text not in _ORDERED
            yield way, event.value, "" if every else event.text, event.negated, strict


def _modality(said: Marks, support: Support) -> Iterator[str]:
    """Must, may, may not, need not, should: each of the same verb in the support."""
    held: dict[str, set[str]] = {}
    for unit in support.units:
        modals = list(_modals(unit, 4))
        for _, value, verbs in modals:
            for verb in verbs:
                held.setdefault(verb, set()).add(value)
        if not modals and not any(mark.kind == "modal" for mark in support.marks):
            for word in _DUTIES & set(_words(unit)):
                held.setdefault(word, set()).add("duty")
    classes = set[str]().union(*held.values()) if held else set()
    nearest = max(support.units, key=lambda u: len(set(_words(u)) & set(_words(said))), default=())
    classes = {value for _, value, _ in _modals(nearest, 1)} or classes
    denied = {mark.value for mark in support.marks if mark.negated or mark.either}
    if "exempt" in _words(support.marks):
        classes = classes | {"noduty"}
    for place, mark in enumerate(support.marks):
        if mark.text in ("authority", "power") and support.marks[place + 1].text == "to":
            for verb in _words(support.marks[place + 2 : place + 7])[:2]:
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
    unit = max(support.units, key=lambda u: len(set(_words(u)) & set(_words(said))), default=())
    allowed_only = {verb for _, value, verbs in _modals(unit, 1) if value == "permit" for verb in verbs}
    bare = not any(m.kind == "modal" for m in said)
    if (
        bare
        and {m.value for m in unit if m.kind == "modal"} == {"permit"}
        and allowed_only & set(_words(said))
    ):
        yield "what the support permits is stated without a 'may'"


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
        for ahead in marks[place + 1 : place + 8 + 4 * (count > 1)]:
            if ahead.kind in ("stop", "modal") or (
                verbs and ahead.kind in ("p_from", "p_before", "relative")
            ):
                break
            if ahead.kind == "word" and ahead.value not in _ADVERBIAL | ACTORS:
                verbs.append(ahead.value)
        if "mandatory" in mark.text or not verbs or mark.text.endswith(("allowed", "permitted")):
            verbs = [m.value for m in reversed(marks[:place]) if m.kind == "word"][:1] + verbs
        yield place, mark.value, verbs[:count]


def _polarity(said: Marks, support: Support) -> Iterator[str]:
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


def _connectives(said: Marks, support: Support) -> Iterator[str]:
    """And for or between the same two things."""
    held: dict[frozenset[str], set[str]] = {}
    for unit in support.units:
        for join, before, after in _joined(unit, 3):
            for one in before:
                for other in after:
                    held.setdefault(frozenset((one, other)), set()).add(join)
    chosen = any(a.value in _COMPARE and b.text == "of" for a, b in pairwise(said))
    for join, before, after in _joined(said, 1):
        if before and after:
            known = held.get(frozenset((before[0], after[0])))
            if before[0] in _COMPARE or chosen:
                continue
            if known and join not in known:
                pair = f"{before[0].strip('~')} and {after[0].strip('~')}"
                yield f"'{join}' between {pair} is '{next(iter(known))}' in the support"


def _joined(marks: Marks, reach: int) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each "and" and "or" with the words on its sides, as far as the next one."""
    for place, mark in enumerate(marks):
        if mark.kind == "join":
            before = _until_join(reversed(marks[max(0, place - 2 - 3 * reach) : place]))
            after = _until_join(iter(marks[place + 1 : place + 3 + 2 * reach]))
            yield ("or" if mark.value == "nor" else mark.value), before[:reach], after[:reach]


def _until_join(marks: Iterator[Mark]) -> list[str]:
    found = []
    for mark in marks:
        if mark.kind in ("join", "stop", "exception"):
            break
        if mark.kind == "word":
            found.append(mark.value)
    return found


def _actors(said: Marks, support: Support) -> Iterator[str]:
    """Who must or may is who must or may in the support."""
    held: dict[str, set[str]] = {}
    for unit in support.units:
        for verb, actors in _agents(unit, every=True):
            held.setdefault(verb, set()).update(actors)
    for verb, actors in _agents(said):
        known = held.get(verb)
        if known and actors and "*" not in known and "*" not in actors and not set(actors) & known:
            yield f"'{actors[0]}' is not who the support says it of"


_PERSONS = ("person", "party", "parties", "persons", "anyone", "whoever", "everyone")


def _subject(marks: Marks) -> list[str]:
    """Those of whom the verb after ``marks`` is said: before a "who" if there is one, else the nearest."""
    who = next(
        (n for n, m in enumerate(marks) if m.kind == "relative" and m.text in ("who", "that") and n), 0
    )
    if who and marks[who - 1].value in ACTORS:
        return [m.value for m in marks[:who] if m.value in ACTORS]
    if who and any(m.text in _PERSONS for m in marks[:who]):
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


def _places(said: Marks, support: Support) -> Iterator[str]:
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


def _double(said: Marks, support: Support) -> Iterator[str]:
    """Two denials in one clause, where the support has one."""
    most = max((max(_denials(unit, fails=True).values(), default=0) for unit in support.units), default=0)
    if max(_denials(said).values(), default=0) > max(1, most):
        yield "it denies twice what the support denies once"


def _affirmed(said: Marks, support: Support) -> Iterator[str]:
    """What the nearest sentence of the support forbids altogether is not simply affirmed."""
    words = set(_words(said))
    unit = max(support.units, key=lambda u: (len(words & set(_words(u))), -len(u)), default=())
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


def _order(said: Marks, support: Support) -> Iterator[str]:
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
            before = set(_words(marks[max(0, place - 8) : place]))
            after = set(_words(marks[place + 1 : place + 9]))
            passive = place + 1 < len(marks) and marks[place + 1].kind == "p_by"
            common = before & after
            yield (before - common, after - common) if passive else (after - common, before - common)


# ---------------------------------------------------------------- nothing left out that matters


def _dropped(said: Marks, support: Support) -> Iterator[str]:
    """Exceptions, conditions and "former" of the sentence's own support are kept."""
    marked = any(mark.kind == "exception" for mark in said)
    if marked and not any(mark.kind == "exception" for mark in support.marks):
        yield "its exception has no support"
    limits = {mark.value for mark in support.marks if mark.kind == "limit"}
    for mark in said:
        if mark.kind == "limit" and mark.value not in limits:
            yield f"'{mark.text}' has no support"
    words = frozenset(_words(said)) | {m.value for m in said if m.kind in MEASURES or m.kind == "date"}
    if not words:
        return
    bare = [unit for unit in support.units if not any(m.kind in ("exception", "condition") for m in unit)]
    unit = max(support.units, key=lambda u: (len(words & _values(u)), -len(_values(u))))
    dated = any(mark.kind == "date" for mark in said)
    if "former" in _values(unit) and "former" not in words and not (support.former or dated):
        yield "the support speaks of former law, and the sentence does not say so"
    if words <= {value for one in bare for value in _values(one)}:
        return
    unit = max(support.units, key=lambda u: (len(words & _values(u)), -len(_values(u))))
    asserts = any(mark.kind == "modal" or mark.kind in MEASURES or mark.negated for mark in said)
    heads = {m.value for n, m in enumerate(unit[:-1]) if unit[n + 1].kind == "exception"}
    if any(mark.kind == "exception" for mark in unit) and not marked and (asserts or heads & words):
        yield "it leaves out the support's exception"
    personal = any(m.text in ("who", "whoever", *_PERSONS) or m.value in ACTORS for m in said)
    own = frozenset[str]().union(*(condition for _, condition in _conditions(said)))
    for lead, condition in _conditions(unit):
        kept = condition & (own if own & condition else words)
        if lead == "who" and not personal:
            continue
        if len(condition) >= 2 and len(kept) * 2 < len(condition):
            words_left = ", ".join(sorted(condition)).replace("~", "")
            yield f"it leaves out the support's condition: {lead} {words_left}"


def _alternatives(said: Marks, support: Support) -> Iterator[str]:
    """ "whether paper or electronic": both of two alternatives or neither."""
    words = set(_words(said))
    for unit in support.units:
        for place, mark in enumerate(unit):
            if mark.text == "whether" and place + 3 < len(unit) and unit[place + 2].kind == "join":
                pair = {unit[place + 1].value, unit[place + 3].value}
                if len(pair & words) == 1:
                    yield f"of {' and '.join(sorted(p.strip('~') for p in pair))} it has only one"


def _values(marks: Marks) -> frozenset[str]:
    return frozenset(m.value for m in marks if m.kind == "word" or m.kind in MEASURES or m.kind == "date")


def _conditions(marks: Marks) -> Iterator[tuple[str, frozenset[str]]]:
    for place, mark in enumerate(marks):
        if mark.kind == "condition" or (mark.kind == "relative" and mark.text == "who"):
            clause = []
            for ahead in marks[place + 1 :]:
                if ahead.kind in ("stop", "comma", "condition", "relative", "exception", "modal"):
                    break
                clause.append(ahead)
            yield mark.text, frozenset(_words(clause))


def _edition(said: Marks, support: Support) -> Iterator[str]:
    if support.former and not any(
        m.value in ("former", "~superseded", "~supersed", "~replac") or (m.kind == "p_before") for m in said
    ):
        yield "it states as current what was no longer law on the day asked about"


# ---------------------------------------------------------------- what belongs together


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
    ("compare", _COMPARE),
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


def _bindings(said: Marks, support: Support) -> Iterator[str]:
    """Values that stand together stand together in the support: the sum with its degree of fault."""
    for one, other in _BOUND_TOGETHER:
        held = {pair for unit in support.units for pair in _pairs(unit, one, other, lenient=True)}
        for x, y in _pairs(said, one, other):
            xs, ys = {a for a, b in held if b == y}, {b for a, b in held if a == x}
            if xs and ys and (x, y) not in held:
                yield f"'{x}' does not go with '{y}' in the support"


def _crossed(said: Marks, support: Support) -> Iterator[str]:
    """Of two sentences built alike, the subject of one is not joined to the object of the other."""
    words = frozenset(_words(said))
    for place, mark in enumerate(said):
        if mark.value != "relate":
            continue
        target = next((m.value for m in said[place + 1 : place + 6] if m.kind == "word"), "")
        alike = [frozenset(_words(unit)) for unit in support.units if mark.value in _words(unit)]
        if any(words <= unit for unit in alike):
            continue
        if any(words - unit == {target} for unit in alike) and any(target in unit for unit in alike):
            yield f"'{target.strip('~')}' belongs to another sentence of the support"


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


_CHECKS: tuple[Callable[[Marks, Support], Iterator[str]], ...] = (
    _coverage,
    _measures,
    _cited,
    _dates,
    _triggers,
    _modality,
    _polarity,
    _connectives,
    _actors,
    _places,
    _double,
    _affirmed,
    _order,
    _dropped,
    _alternatives,
    _edition,
    _bindings,
    _crossed,
)
