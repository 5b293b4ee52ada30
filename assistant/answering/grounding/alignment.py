"""Whether a sentence is a clause of its support, word for word in its order, but for what may differ.

A dynamic programme over two rows of tokens: a token of the sentence meets its equal in the support, or is
one that may come and go; a token of the support is met, is one that may come and go, or lies in a span that
may be left out. There is no score and no threshold.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from assistant.answering.grounding.clauses import list_commas, main_modal, relative
from assistant.answering.grounding.coordination import droppable, halves
from assistant.answering.grounding.frames import Frame, frames
from assistant.answering.grounding.inflection import DEFINITE
from assistant.answering.grounding.rewrites import EITHER, genitives, indicative, turns
from assistant.answering.grounding.tokens import Row, Token

#: Words that a clause in another order may have and the clause has not.
_TURNED = frozenset(("by", "lesser", "greater", "whichever-less", "whichever-more"))
_SKIPPED = ("free", "comma", "bracket", "stop")


@dataclass(frozen=True, slots=True)
class Loose:
    """What of a clause may be left out, by the places of its own order; no other order adds to it."""

    spans: frozenset[tuple[int, int]]
    joins: dict[int, str]
    words: frozenset[int]

    @classmethod
    def of(cls, row: Row) -> Loose:
        again = {(place, place + 1) for place in range(1, len(row)) if _repeated(row, place)}
        joins = {
            comma: token.value
            for place, token in enumerate(row)
            if token.kind == "join"
            for comma in list_commas(row, place)
        }
        words = frozenset(place for place, token in enumerate(row) if token.kind not in _SKIPPED)
        return cls(frozenset(droppable(row)) | again, joins, words)

    def spans_in(self, row: Row) -> dict[int, list[int]]:
        """Those of the spans that still stand whole and together in another order, by where they begin."""
        where = {token.at: place for place, token in enumerate(row) if token.at >= 0}
        found: dict[int, list[int]] = {}
        for start, end in self.spans:
            if not all(at in where for at in range(start, end) if at in self.words):
                continue
            places = [where[at] for at in range(start, end) if at in where]
            if places and len(places) == places[-1] - places[0] + 1 and places == sorted(places):
                found.setdefault(places[0], []).append(places[-1] + 1)
        return found


def derives(said: Row, held: Row) -> bool:
    """Whether the clause may be said so."""
    if missing(said, held):
        return False
    held = tuple(replace(token, at=place) for place, token in enumerate(held))
    loose = Loose.of(held)
    if any(token.kind == "stop" for token in held):
        return _aligned(said, held, loose)
    spoken = list(genitives(said))
    return (
        any(_aligned(words, one, loose) for one in turns(held) for words in spoken)
        or any(_aligned(said, one, loose) for one in genitives(held))
        or _framed(said, held, loose)
    )


def _framed(said: Row, held: Row, loose: Loose) -> bool:
    """Whether the two have the same core and the same phrases about it, wherever those stand."""
    spoken = list(frames(said, spoken=True))
    shorter = [(*held[:start], *held[end:]) for start, end in halves(held)]
    return any(
        len(theirs.phrases) <= len(ours.phrases)
        and not missing(theirs.core, ours.core)
        and _same_phrases(theirs, ours, loose)
        and _same_core(theirs.core, ours.core, loose)
        for row in (held, *shorter)
        if not missing(said, row)
        for ours in frames(row)
        for theirs in spoken
    )


def _same_phrases(said: Frame, held: Frame, loose: Loose) -> bool:
    left = list(said.phrases)
    for phrase in held.phrases:
        met = next((one for one in left if not missing(one, phrase) and _aligned(one, phrase, loose)), None)
        if met is not None:
            left.remove(met)
        elif not _aligned((), phrase, loose):
            return False
    return not left


def _same_core(said: Row, held: Row, loose: Loose) -> bool:
    return any(_aligned(one, other, loose) for one in (said, *indicative(said)) for other in turns(held))


def missing(said: Row, held: Row) -> list[Token]:
    """Words of the sentence that the clause has not, or not as often."""
    wanted = Counter(_key(token) for token in said if token.kind not in (*_SKIPPED, "all", "join", "be"))
    wanted.subtract(Counter(_key(token) for token in held))
    lacking = {key for key, count in wanted.items() if count > 0} - _TURNED
    return [token for token in said if token.kind not in _SKIPPED and _key(token) in lacking]


def _key(token: Token) -> str:
    return "not" if token.value in ("fail-not", "do-not") else token.value


def _meet(said: Token, held: Token) -> bool:
    if said.kind == held.kind == "all":
        return True
    return (
        _key(said) == _key(held)
        and said.kind == held.kind
        and (said.voice == held.voice or held.voice == EITHER)
    )


def _aligned(said: Row, held: Row, loose: Loose) -> bool:
    spans = loose.spans_in(held)
    joins = loose.joins
    modal = main_modal(said)
    seen: set[tuple[int, int]] = set()
    open_ = [(0, 0)]
    while open_:
        state = open_.pop()
        if state in seen:
            continue
        seen.add(state)
        i, j = state
        if i == len(said) and j == len(held):
            return True
        if j < len(held):
            open_ += [(i, end) for end in spans.get(j, ())]
            if held[j].kind in _SKIPPED or (held[j].kind == "all" and _all_may_go(held, j)):
                open_.append((i, j + 1))
        if i < len(said):
            if (
                said[i].kind in _SKIPPED
                or _repeated(said, i)
                or (said[i].kind == "all" and _all_may_come(said, i, modal, held, j))
            ):
                open_.append((i + 1, j))
            if said[i].kind == "comma" and _listed(held, j):
                open_.append((i + 1, j + 1))
            if _points(said[i], held, j):
                open_.append((i + 1, j + 1))
            if j < len(held) and (
                _meet(said[i], held[j]) or (said[i].kind == "join" and joins.get(held[j].at) == said[i].value)
            ):
                open_.append((i + 1, j + 1))
    return False


def _listed(row: Row, place: int) -> bool:
    """The first "or" of "one or two or three", for which a comma may stand."""
    if place >= len(row) or row[place].kind != "join":
        return False
    for later in range(place + 1, len(row)):
        if row[later].kind == "join" and row[later].value == row[place].value:
            return True
        if row[later].kind == "stop":
            return False
        if row[later].kind == "modal" and not relative(row, later - 1):
            return False
    return False


def _points(said: Token, held: Row, at: int) -> bool:
    """An "it" for a noun that the clause has named before."""
    return (
        said.value in ("it", "they", "them")
        and at < len(held)
        and held[at].kind == "word"
        and any(token.value == held[at].value for token in held[:at])
    )


def _all_may_go(held: Row, place: int) -> bool:
    before = held[place - 1].value if place else ""
    return not (before == "not" or (held[place].value in ("each", "every") and before in ("for", "per")))


def _repeated(row: Row, place: int) -> bool:
    """The second "under" of "under the statute or under a regulation"."""
    value = row[place].value
    return (
        place > 0
        and row[place - 1].kind == "join"
        and (value in ("under", "from", "by", "after") or row[place].kind == "modal")
        and any(token.value == value for token in row[:place])
    )


def _all_may_come(said: Row, place: int, modal: int | None, held: Row, at: int) -> bool:
    """A general "a person" may be "any person"; "the period" may not be "any period"."""
    if said[place].value == "any" and any(_key(t) in ("not", "no", "may-not") for t in said[:place]):
        return True
    if modal is None or place >= modal or at >= len(held):
        return False
    return held[at].value not in DEFINITE and (at == 0 or held[at - 1].value not in DEFINITE)
