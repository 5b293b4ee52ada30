"""A clause in the other orders that say the same: an adjunct moved, active for passive.

Nothing is moved into or out of another clause, and no member of a list past its "and" or "or", so that
a condition stays with what it conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from assistant.answering.grounding.clauses import head, main_modal
from assistant.answering.grounding.inflection import HEADS, RELATIVE
from assistant.answering.grounding.tokens import Row, Token

_COMMA = Token(",", "comma", text=",")
_BY = Token("by", "word", text="by")
_BE = Token("be", "be", text="be")
#: A voice that meets both: a verb that was turned from active to passive or back.
EITHER = "*"


def rewrites(row: Row) -> Iterator[Row]:
    """The clause itself first, then everything it may become."""
    yield row
    yield from _compared(row)
    moved = list(dict.fromkeys(_moves(row)))
    yield from moved
    for one in (row, *moved):
        for turned in _turned(one):
            yield turned
    for turned in list(dict.fromkeys(_turned(row))):
        yield from _moves(turned)


def _compared(row: Row) -> Iterator[Row]:
    """ "The greater of one or the other" as "one or the other, whichever is greater", and back."""
    for value, ending in (("lesser", "whichever-less"), ("greater", "whichever-more")):
        for place, token in enumerate(row):
            if token.value == value:
                yield (*row[:place], *row[place + 1 :], _COMMA, Token(ending, "word", text=ending))
        if row[-1].value == ending:
            for place, token in enumerate(row):
                if token.value == "at-most" or token.value[:1] == "$" or token.value[-1:] == "%":
                    yield (*row[:place], Token(value, "word", text=value), *row[place:-1])


def _moves(row: Row) -> Iterator[Row]:
    modal = main_modal(row)
    if row and row[0].value in HEADS:
        for place in [n for n, token in enumerate(row) if token.kind == "comma"][:3]:
            block, rest = row[:place], row[place + 1 :]
            yield (*rest, _COMMA, *block)
            inner = main_modal(rest)
            if inner is not None:
                yield (*rest[:inner], _COMMA, *block, _COMMA, *rest[inner:])
                yield (*rest[: inner + 2], *block, *rest[inner + 2 :])
    verb = modal if modal is not None else next((n for n, t in enumerate(row) if t.kind == "be"), 0)
    starts = [n for n in range(verb + 1, len(row)) if head(row, n) or _set_off(row, n)]
    for start in starts:
        if _movable(row, verb, start):
            end = start - 1 if row[start - 1].kind == "comma" else start
            yield (*row[start:], _COMMA, *row[:end])
            if modal is not None:
                yield (*row[:modal], _COMMA, *row[start:], _COMMA, *row[modal:end])
                yield (*row[: modal + 2], *row[start:], *row[modal + 2 : end])
                yield (*row[: modal + 3], *row[start:], *row[modal + 3 : end])
    for left, right in pairwise(starts):
        for end in [n for n in starts if n > right] + [len(row)]:
            if _plain(row[left:right]) and _plain(row[right:end]):
                yield (*row[:left], *row[right:end], *row[left:right], *row[end:])
    yield from _parentheses(row, verb)


def _parentheses(row: Row, verb: int) -> Iterator[Row]:
    """What stands between two commas, to the front, the end, before the verb or between adjuncts."""
    commas = [n for n, token in enumerate(row) if token.kind == "comma"]
    for left, right in pairwise(commas):
        if any(token.kind == "join" for token in row[verb:left]):
            return
        block = row[left + 1 : right]
        if block[:1] and (block[0].value in HEADS) and not any(token.kind == "join" for token in block):
            rest = (*row[:left], *row[right + 1 :])
            yield (*block, _COMMA, *rest)
            yield (*rest, _COMMA, *block)
            if verb and verb < left:
                yield (*rest[:verb], _COMMA, *block, _COMMA, *rest[verb:])
                for place in range(verb + 1, len(rest)):
                    if head(rest, place) or (rest[place - 1].kind == "word" and rest[place].kind == "free"):
                        yield (*rest[:place], _COMMA, *block, _COMMA, *rest[place:])


def _set_off(row: Row, place: int) -> bool:
    return row[place].value in HEADS and row[place - 1].kind == "comma"


def _movable(row: Row, verb: int, start: int) -> bool:
    """Whether what begins here belongs to the verb of the clause and to nothing between."""
    between = row[verb + 1 : start]
    after_comma = row[start - 1].kind == "comma"
    if any(token.value in RELATIVE for token in between) and not after_comma:
        return False
    if any(token.kind == "join" for token in between):
        return not any(head(row, n) for n in range(verb + 1, start - after_comma))
    return True


def _plain(row: Row) -> bool:
    return bool(row) and not any(
        token.kind in ("comma", "join", "modal", "be") or token.value in RELATIVE for token in row
    )


def _turned(row: Row) -> Iterator[Row]:
    """Active for passive, and passive with its "by" for active, of the clause's modal verb."""
    modal = main_modal(row)
    if modal is None:
        yield from _governed(row)
    if modal is None or modal + 1 >= len(row):
        return
    start = 0
    if row[0].value in HEADS:
        start = next((n + 1 for n in range(modal) if row[n].kind == "comma"), 0)
    front, subject, verb = row[:start], row[start:modal], row[modal]
    if row[modal + 1].kind == "be":
        yield from _active(row, front, subject, modal)
        return
    for first in _objects(row, modal):
        verbs = tuple(replace(token, voice=EITHER) for token in row[modal + 1 : first])
        for end in [n for n in range(first + 1, len(row)) if head(row, n) or row[n].kind == "comma"] + [
            len(row)
        ]:
            passive = (*front, *row[first:end], verb, _BE, *verbs)
            yield (*passive, _BY, *subject, *row[end:])
            yield (*passive, *row[end:], _BY, *subject)
            if row[first].value in ("its", "their"):
                named = (*front, row[first + 1], *subject, *row[first + 2 : end])
                yield (*named, verb, _BE, *verbs, *row[end:])


def _objects(row: Row, modal: int) -> Iterator[int]:
    """Where the object of the verb may begin: behind the verb, or at an article further on."""
    if modal + 2 < len(row):
        yield modal + 2
    for place in range(modal + 3, min(len(row), modal + 14)):
        if row[place].kind == "all" or row[place].value in ("the", "a", "an"):
            yield place
            return


def _active(row: Row, front: Row, subject: Row, modal: int) -> Iterator[Row]:
    for place in range(modal + 3, len(row)):
        if row[place].value == "by":
            verbs = tuple(replace(token, voice=EITHER) for token in row[modal + 2 : place])
            for end in [n for n in range(place + 2, len(row)) if head(row, n) or row[n].kind == "comma"] + [
                len(row)
            ]:
                yield (
                    *front,
                    *row[place + 1 : end],
                    row[modal],
                    *verbs[:1],
                    *subject,
                    *verbs[1:],
                    *row[end:],
                )
            return


def genitives(row: Row) -> Iterator[Row]:
    """The row, and "the audit's scope" as "the scope of the audit"."""
    yield row
    for place, token in enumerate(row):
        if token.text.endswith(("'s", "s'")):
            for end in range(place + 2, min(len(row), place + 6) + 1):
                yield (*row[:place], *row[place + 1 : end], token, *row[end:])
        if token.value == "of" and token.kind == "free":
            yield from _before_noun(row, place)


def _before_noun(row: Row, of: int) -> Iterator[Row]:
    """ "The power of examination" as "the examination power"; nothing but words in a row is moved."""
    end = of + 1
    while end < len(row) and end <= of + 5 and (_word(row[end]) or row[end].kind in ("join", "free")):
        if row[end].kind == "free" and row[end].value not in ("the", "a", "an"):
            break
        end += 1
    moved = [token for token in row[of + 1 : end] if token.kind != "free"]
    start = of
    while moved and start and of - start < 3 and _word(row[start - 1]):
        start -= 1
        yield (*row[:start], *moved, *row[start:of], *row[end:])


def _word(token: Token) -> bool:
    return token.kind == "word" and token.value not in HEADS and not token.voice


def _governed(row: Row) -> Iterator[Row]:
    """ "Claims are governed by the part" as "The part governs claims"."""
    be = next((n for n, token in enumerate(row) if token.kind == "be"), None)
    if be is None or be + 2 >= len(row) or row[be + 1].voice != "ed" or row[be].value != "be":
        return
    if row[be + 2].value == "by":
        yield (*row[be + 3 :], replace(row[be + 1], voice=""), *row[:be])
