"""A clause taken apart: its core, and the phrases that say of all of it when, how or on what condition.

Such a phrase says the same at the front, between the subject and the verb, behind the verb or at the end. So
two clauses say the same when their cores do and each phrase of the one is a phrase of the other. A phrase is
taken out only where it cannot belong to anything else than the whole clause: never from a relative clause,
from behind a participle, or from one of two members that an "and" or an "or" joins.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.answering.grounding.clauses import finite, head, main_modal
from assistant.answering.grounding.inflection import HEADS, LIMITS, RELATIVE
from assistant.answering.grounding.tokens import Row

#: What opens a phrase at the front or between two commas, besides what opens one anywhere.
_OPENERS = HEADS | {"as", "as-seen", "unlik", "lik", "with", "to", "onc"}
_DETERMINERS = frozenset("the a an".split())
#: What reaches over the rest of its clause, so that nothing is moved out from behind it.
_SCOPES = LIMITS - {"not", "no", "do-not"}
#: What opens a clause in the clause, to which anything behind it belongs.
_CLAUSES = (HEADS & LIMITS) | {"because", "although", "even-if", "while", "since", "so", "but", "whether"}
_MOST = 400


@dataclass(frozen=True, slots=True)
class Frame:
    core: Row
    phrases: tuple[Row, ...] = ()


def frames(row: Row, spoken: bool = False) -> Iterator[Frame]:
    """The clause whole, and with each choice of its phrases taken out.

    ``spoken``: of a drafted sentence, where an "if" behind a last comma is read as said of all before it.
    """
    count = 0
    for front, rest in _fronts(row):
        for inner, left in _inner(rest):
            for tail, core in _tails(left, spoken):
                if len(core) > 1:
                    yield Frame(core, (*front, *inner, *tail))
                    count += 1
                    if count >= _MOST:
                        return


def main_verb(row: Row) -> int | None:
    """Where the verb of the clause stands: its modal, else the first verb that no "who" opens."""
    modal = main_modal(row)
    if modal is not None:
        return modal
    for place, token in enumerate(row):
        if finite(token) and not (place and row[place - 1].value in RELATIVE):
            return place
    return None


def _fronts(row: Row) -> Iterator[tuple[tuple[Row, ...], Row]]:
    yield (), row
    if not _opens(row, 0):
        return
    for place in [n for n, token in enumerate(row) if token.kind == "comma"][:12]:
        yield (row[:place],), row[place + 1 :]
    for place in range(2, min(len(row), 9)):
        if row[place].kind in ("comma", "join", "be", "modal") or row[place].value in RELATIVE:
            return
        if row[place].value in _DETERMINERS and row[place - 1].kind in ("word", "value"):
            yield (row[:place],), row[place:]


def _inner(row: Row) -> Iterator[tuple[tuple[Row, ...], Row]]:
    """What stands between two commas before the verb, beside it, or before its object."""
    yield (), row
    verb = main_verb(row)
    commas = [n for n, token in enumerate(row) if token.kind == "comma"]
    for number, left in enumerate(commas):
        if not _whole(row, left, verb):
            continue
        for right in commas[number + 1 : number + 5]:
            block = row[left + 1 : right]
            if _opens(block, 0) and not (left > (verb or 0) + 1 and _coordinated(row, right)):
                yield (block,), (*row[:left], *row[right + 1 :])
    if verb is None:
        return
    for place in range(verb + 1, min(verb + 5, len(row))):
        if row[place - 1].kind == "comma" or row[place].value not in HEADS or _coordinated(row, place):
            continue
        for end in range(place + 2, min(len(row), place + 14)):
            if row[end].kind in ("comma", "join", "modal") or row[end].value in RELATIVE:
                break
            if row[end].value in _DETERMINERS | {"all", "any", "as"} and row[end - 1].kind in (
                "word",
                "value",
            ):
                yield (row[place:end],), (*row[:place], *row[end:])


def _tails(row: Row, spoken: bool) -> Iterator[tuple[tuple[Row, ...], Row]]:
    """What stands at the end, as one phrase and as several."""
    yield (), row
    verb = main_verb(row)
    if any(token.value == "say" for token in row[: verb or 0]):
        return
    for start in range(2, len(row)):
        known = verb if verb is not None and verb < start - (row[verb].kind != "word") else None
        sure = known is not None or row[start - 1].kind == "comma" or (verb is None and head(row, start))
        if sure and _at_end(row, known or 0, start, spoken):
            core = row[: start - 1] if row[start - 1].kind == "comma" else row[:start]
            yield (row[start:],), core
            cuts = [
                n
                for n in range(start + 2, len(row))
                if _starts(row, n)
                and row[n].value != "by"
                and _free_of(row, start, n)
                and not any(token.value == "and" for token in row[start:n])
            ]
            for cut in cuts:
                yield (_bare(row[start:cut]), row[cut:]), core
            for first, second in pairwise(cuts):
                yield (_bare(row[start:first]), _bare(row[first:second]), row[second:]), core


def _at_end(row: Row, verb: int, start: int, spoken: bool) -> bool:
    if spoken and row[start].value in ("if", "unless", "onc") and row[start - 1].kind == "comma":
        pairs = pairwise(row[verb + 1 : start - 1])
        return not any(a.kind == "comma" and b.kind == "join" for a, b in pairs)
    if row[start - 1].kind == "comma" and _address(row[start:]):
        return True
    if _starts(row, start):
        return _free_of(row, verb, start)
    between = row[verb + 1 : start]
    return (
        row[start].value in HEADS
        and not any(
            t.kind in ("join", "comma") or t.value in (LIMITS - {"not", "no", "do-not"}) for t in between
        )
        and _free_of(row, verb, start)
    )


def _address(row: Row) -> bool:
    """ "under 19 CFR 163.4(a)": said of the whole sentence wherever it stands."""
    return row[0].value == "under" and all(token.kind in ("value", "free") for token in row[1:])


def _starts(row: Row, place: int) -> bool:
    if head(row, place):
        return row[place - 1].kind != "join"
    return row[place - 1].kind == "comma" and _opens(row, place)


def _opens(row: Row, place: int) -> bool:
    return place + 1 < len(row) and row[place].value in _OPENERS


def _whole(row: Row, place: int, verb: int | None) -> bool:
    """Whether a phrase that is set in here is said of the whole clause."""
    before = row[:place]
    if not before or before[-1].kind == "join":
        return False
    if any(token.kind == "join" for token in before[verb if verb is not None else 0 :]):
        return False
    if any(token.value in RELATIVE for token in before) and (verb is None or place not in (verb, verb + 1)):
        return False
    if verb is None:
        return not any(token.kind == "comma" or token.value in HEADS for token in before)
    return not any(token.value in _CLAUSES for token in before)


def _free_of(row: Row, verb: int, start: int) -> bool:
    """Whether what begins here belongs to the verb of the clause and to nothing between."""
    comma = row[start - 1].kind == "comma"
    between = row[verb + 1 : start - comma]
    if _coordinated(row, start) and not _together(row, start):
        return False
    if any(a.kind == "comma" and b.value in ("so", "because", "but", "while") for a, b in pairwise(between)):
        return False
    if not comma:
        if any(token.value in RELATIVE or token.value in _CLAUSES for token in between):
            return False
        if _participle(row, verb, start):
            return False
    if any(token.kind == "join" for token in between):
        pairs = pairwise(between)
        if any(a.kind == "comma" and b.kind == "join" for a, b in pairs) and not _list(between):
            return False
        return not any(head(row, n) for n in range(verb + 1, start - comma))
    return True


def _participle(row: Row, verb: int, start: int) -> bool:
    """Whether a "signed" that stands behind its noun may be what the phrase belongs to."""
    place = verb + 1
    while place < start and (
        row[place].kind in ("be", "modal")
        or row[place].voice
        or row[place].value in ("not", "do-not")
        or (row[place].kind == "join" and row[place + 1].voice)
    ):
        place += 1
    return any(
        row[n].voice and not (row[n - 1].kind in ("free", "all") and row[n + 1].kind == "word")
        for n in range(place, start)
    )


def _list(between: Row) -> bool:
    return sum(token.kind == "comma" for token in between) > 1


def _coordinated(row: Row, start: int) -> bool:
    """Whether a second half, ", and …", stands behind this place."""
    return any(row[n].kind == "comma" and row[n + 1].kind == "join" for n in range(start, len(row) - 1))


def _together(row: Row, start: int) -> bool:
    """ "within 30 days, or within …": one phrase; and an "if" with a list of verbs."""
    joined = [
        n + 1 for n in range(start, len(row) - 2) if row[n].kind == "comma" and row[n + 1].kind == "join"
    ]
    if all(row[n + 1 + (row[n + 1].kind == "comma")].value in HEADS for n in joined if n + 2 < len(row)):
        return True
    if row[start].value in ("except", "unless") and not any(finite(token) for token in row[joined[0] :]):
        return True
    comma = next(n for n in range(start, len(row)) if row[n].kind == "comma")
    return row[start].value == "if" and len(joined) == 1 and comma + 1 < joined[0] and finite(row[comma + 1])


def _bare(row: Row) -> Row:
    return row[:-1] if row and row[-1].kind == "comma" else row
