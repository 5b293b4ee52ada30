"""Nothing exchanged: of two things of one sort, each stands where it stands in the support.

"The Secretary, with the approval of the Commissioner" has every word of "the Commissioner, with the
approval of the Secretary". What betrays it are the neighbours: each of the two stands among those of the
other. Prepositions count as neighbours, since they say who does and who suffers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.grounding.marks import MEASURES, Mark
from assistant.answering.grounding.support import Marks, Support
from assistant.answering.grounding.words import ACTORS, COUNTRIES, CULPABILITY

_REACH = 3
_PREPOSITIONS = frozenset("to by from of for with against in on under before after".split())
Near = dict[tuple[str, str], float]


def exchanged(said: Marks, support: Support) -> Iterator[str]:
    """Two of one sort, each of which stands among the other's neighbours; or one in another's place."""
    near, held = _neighbours([_tokens(said)]), _neighbours([_tokens(unit) for unit in support.units])
    lists = _listed([said, *support.units])
    names = [name for name in near if name in held and sort_of(name)]
    for n, one in enumerate(names):
        for other in names[n + 1 :]:
            if frozenset((one, other)) in lists or not _alike(one, other):
                continue
            straight = _fit(near[one], held[one]) + _fit(near[other], held[other])
            across = (
                _fit(near[one], _renamed(held[other], one, other)),
                _fit(near[other], _renamed(held[one], one, other)),
            )
            if min(across) > 0 and sum(across) > max(straight + _MORE, _LEAST):
                yield f"'{one.strip('~')}' and '{other.strip('~')}' have changed places"
    for one in names:
        for other in held:
            if other == one or not (one in _DOERS and other in _DOERS):
                continue
            own, taken = _fit(near[one], held[one]), _fit(near[one], _renamed(held[other], one, other))
            if taken > max(own + _MORE / 2, _LEAST):
                yield f"'{one}' stands where the support has '{other}'"


#: By how much the other's neighbours must fit better, and the least that they must fit at all.
_MORE, _LEAST = 0.4, 1.4
_DOERS = ACTORS | frozenset("recordkeeper person-audited applicant".split())


def sort_of(name: str) -> str:
    if name in _DOERS:
        return "doer"
    if name in COUNTRIES:
        return "country"
    if name in CULPABILITY:
        return "culpability"
    if "U.S.C." in name or " CFR " in name:
        return "cite"
    if name.startswith("("):
        return "level"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", name):
        return "date"
    if re.fullmatch(r"\d+ [a-z ]+", name):
        return "period"
    return "word" if name not in _PREPOSITIONS and name != ";" else ""


def _alike(one: str, other: str) -> bool:
    if sort_of(one) != sort_of(other):
        return False
    if sort_of(one) != "word":
        return True
    return one != other and (one[-5:] == other[-5:] or one[:8] == other[:8]) and min(len(one), len(other)) > 5


def _tokens(marks: Marks) -> list[str]:
    found = []
    for mark in marks:
        if mark.kind == "word" or mark.kind in MEASURES or mark.kind in ("date", "cite", "level"):
            found.append(mark.value)
        elif mark.text in _PREPOSITIONS:
            found.append(mark.text)
        elif mark.kind == "stop":
            found.append(";")
    return found


def _neighbours(sequences: list[list[str]]) -> dict[str, Near]:
    found: dict[str, Near] = {}
    for tokens in sequences:
        for place, token in enumerate(tokens):
            own = found.setdefault(token, {})
            for side, step in (("left", -1), ("right", 1)):
                weight = 1.0
                for spot in range(place + step, place + step * (_REACH + 1), step):
                    if not 0 <= spot < len(tokens) or tokens[spot] == ";":
                        break
                    key = (side, tokens[spot])
                    own[key] = max(own.get(key, 0.0), weight)
                    weight /= 2
    return found


def _fit(said: Near, held: Near) -> float:
    return sum(min(weight, held.get(key, 0.0)) for key, weight in said.items())


def _renamed(near: Near, one: str, other: str) -> Near:
    names = {one: other, other: one}
    return {(side, names.get(token, token)): weight for (side, token), weight in near.items()}


def _listed(texts: list[Marks]) -> set[frozenset[str]]:
    """Pairs that stand in one list, where the order says nothing."""
    found = set()
    for marks in texts:
        run: list[Mark] = []
        joined = False
        for mark in marks:
            if mark.kind == "word":
                if run and not joined:
                    run = []
                run.append(mark)
                joined = False
                found |= {frozenset((a.value, mark.value)) for a in run}
            elif mark.kind in ("join", "comma"):
                joined = True
            elif mark.kind not in ("neutral",):
                run = []
    return found
