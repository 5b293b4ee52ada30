"""Two statements in one clause, "…, and …": which of them may be said alone.

A half is let go only where nothing in the other half hangs on it: no condition, exception or doubt stands in
what is left out, and none reaches over the "and" from what is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from assistant.answering.grounding.clauses import additions, clauses, finite, main_modal
from assistant.answering.grounding.inflection import FINITE, HEADS, LIMITS, PRONOUNS, RELATIVE
from assistant.answering.grounding.tokens import Row, Token

Span = tuple[int, int]
#: What a half that is left out may have although it limits: it denies that half alone.
_OWN = frozenset("not do-not no nothing never did-not may-not until public excerpt".split())
#: Words that take something out of a rule without being an exception in form.
_TAKES_OUT = frozenset("exempt exclud waiv releas".split())
#: What one half may hang on in the other.
_HOLDS = frozenset("whether mistake think inference infer say deny neither nor".split())
_REASONS = frozenset("so because".split())


def droppable(row: Row) -> list[Span]:
    """Spans that a sentence may leave out of a clause, or of a run of clauses with the stops between."""
    found: list[Span] = []
    start = 0
    for piece in clauses(row):
        while row[start].kind == "stop":
            start += 1
        found += [(start + left, start + right) for left, right in (*additions(piece), *halves(piece))]
        start += len(piece)
    return found


def halves(row: Row) -> Iterator[Span]:
    """Spans of a clause that say another thing than the rest of it."""
    verb = next(
        (n for n, t in enumerate(row) if finite(t) and not (n and row[n - 1].value in RELATIVE)), None
    )
    if verb is None:
        return
    for comma in [n for n in range(verb + 1, len(row) - 2) if row[n].kind == "comma"]:
        joined = row[comma + 1].value == "and"
        reason = row[comma + 1].value in _REASONS
        if not (joined or reason):
            continue
        left, right = row[:comma], row[comma + 2 :]
        if _limited(right, reason) or (joined and _reaches_over(left, verb)):
            continue
        if reason or _states(right):
            yield comma, len(row)
        if joined and _alone(left, right):
            yield 0, comma + 2
    yield from _predicates(row, verb)


def _states(row: Row) -> bool:
    """Whether it has a verb of its own, before any relative clause."""
    for place, token in enumerate(row):
        if token.value in RELATIVE or token.value in HEADS or token.kind == "comma":
            return False
        if finite(token):
            return place + 1 < len(row)
    return False


def _limited(row: Row, reason: bool = False) -> bool:
    """Whether something in it may limit the other half too; a bare "if" limits its own."""
    limiting = HEADS & LIMITS if reason else (LIMITS - _OWN) | _TAKES_OUT
    return any(
        token.value in limiting and (token.value != "if" or not place or row[place - 1].kind == "comma")
        for place, token in enumerate(row)
    )


def _reaches_over(left: Row, verb: int) -> bool:
    """Whether a condition of the kept half may have its second member in the other."""
    if any(token.value in _HOLDS for token in left):
        return True
    start = 0
    if left[0].value in HEADS:
        start = next((n for n in range(verb) if left[n].kind == "comma"), 0)
    return any(token.value in HEADS & LIMITS or token.value in ("while", "only") for token in left[start:])


def _alone(left: Row, right: Row) -> bool:
    """Whether the second half has its own subject and rests on nothing in the first."""
    if left[0].value in HEADS or left[0].value in ("as", "as-seen", "unlike", "to", "general"):
        return False
    if any(token.value in (*RELATIVE, *_HOLDS, "if", "not", "do-not", "no") for token in left):
        return False
    subject = [token for token in right if token.kind != "free"][:1]
    if not subject or finite(subject[0]) or not _states(right):
        return False
    return not any(token.value in PRONOUNS | {"that", "so", "also"} for token in right)


def _predicates(row: Row, verb: int) -> Iterator[Span]:
    """ "processes an application, reviews it, and may visit the applicant"."""
    if row[0].value in HEADS - LIMITS:
        verb = main_modal(row) or len(row)
    starts = [verb]
    for place in range(verb + 1, len(row) - 1):
        if row[place].value in HEADS & LIMITS or row[place].value in RELATIVE or row[place].value in _HOLDS:
            break
        after = place + 1 + (row[place + 1].value == "and")
        if row[place].kind == "comma" and after < len(row) and _verb(row[after]):
            starts.append(after)
    if (
        len(starts) < 2
        or row[0].value in HEADS & LIMITS
        or any(token.value in _HOLDS for token in row[:verb])
    ):
        return
    for first, second in pairwise(starts):
        if not _limited(row[first:second]):
            yield first, second
    last = starts[-1]
    if not _limited(row[last:]):
        yield last - 1 - (row[last - 1].value == "and"), len(row)


def _verb(token: Token) -> bool:
    return token.kind in ("modal", "be") or token.text in FINITE
