"""A clause in the other orders that say the same: an adjunct moved, active for passive.

Nothing is moved into or out of another clause, and no member of a list past its "and" or "or", so that
a condition stays with what it conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.grounding.clauses import head, main_modal
from assistant.answering.grounding.inflection import HEADS
from assistant.answering.grounding.tokens import Row, Token

_COMMA = Token(",", "comma", text=",")
_BY = Token("by", "word", text="by")
_BE = Token("be", "be", text="be")
#: A voice that meets both: a verb that was turned from active to passive or back.
EITHER = "*"


def turns(row: Row) -> Iterator[Row]:
    """The core of a clause, and its active for its passive or the other way round."""
    yield row
    yield from _compared(row)
    yield from _turned(row)
    yield from indicative(row)


def indicative(row: Row) -> Iterator[Row]:
    """ "The person is notified by CBP of it" as "CBP notifies the person of it"; the tense stays."""
    for place in range(1, len(row) - 3):
        verb = row[place + 1]
        if row[place].kind != "be" or row[place].value == "not" or verb.voice != "ed":
            continue
        by = next((n for n in range(place + 2, len(row)) if row[n].value == "by"), None)
        if by is None or any(token.kind in ("be", "modal", "comma", "join") for token in row[:place]):
            return
        tense = "" if row[place].value == "be" else "ed"
        active = replace(verb, voice=tense)
        for end in range(by + 2, len(row) + 1):
            yield (*row[by + 1 : end], active, *row[:place], *row[place + 2 : by], *row[end:])
        return


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
