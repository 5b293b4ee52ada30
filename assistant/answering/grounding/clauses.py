"""Clauses of a support: where one ends, and what of it may be left out.

What may be left out is a closed list. Everything else of a clause has to be said: its conditions, its
exceptions, what restricts its nouns. A list is cut only where what stays is narrower than the whole: an
"or" in what a duty depends on, an "and" in what is owed.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.grounding.inflection import ARTICLES, FINITE, HEADS, LIMITS, PRONOUNS, RELATIVE
from assistant.answering.grounding.tokens import Row, Token

Span = tuple[int, int]
#: What opens a piece behind a comma that only adds to what is said before it.
_ADDING = frozenset("includ such-as for-example although even-if whether-or-not besides which".split())
_COMPARED = frozenset(
    """lesser greater whichever-less whichever-more whichever-later whichever-earlier between only two both
    together total less more later earlier sum""".split()
)
DETERMINERS = ARTICLES | {"the"}
_LOOSE = frozenset("for in on at since".split())
_REACHES = frozenset("includ cover".split())


def clauses(row: Row) -> list[Row]:
    """A sentence cut at its stops."""
    parts: list[list[Token]] = [[]]
    for token in row:
        if token.kind == "stop":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tuple(part) for part in parts if part]


def head(row: Row, place: int) -> bool:
    """Whether a phrase that says when, how or under what opens here; a bare "for" or "in" is none."""
    value = row[place].value
    if value not in HEADS:
        return False
    if value not in _LOOSE:
        return True
    return place + 1 < len(row) and (
        row[place + 1].kind == "value" or row[place + 1].value in ("at-least", "at-most", "calendar")
    )


def finite(token: Token) -> bool:
    """Whether a word can be nothing but the verb of a clause."""
    return token.kind in ("modal", "be") or token.value == "do-not" or token.text in FINITE


def main_modal(row: Row) -> int | None:
    """The place of the modal verb that governs the clause: no "that must" of a relative."""
    for place, token in enumerate(row):
        if token.kind == "modal" and not (place and row[place - 1].value in RELATIVE):
            return place
    return None


def relative(row: Row, place: int) -> bool:
    """Whether a "who" or a "that" opens a relative clause here; behind a preposition it points."""
    if row[place].value not in RELATIVE:
        return False
    return row[place].value != "that" or not (
        place and (row[place - 1].value in HEADS or row[place - 1].value in ("of", "to", "with"))
    )


def limits(row: Row) -> bool:
    return any(token.value in LIMITS for token in row)


def binding(row: Row) -> bool:
    """Whether a clause limits or takes back what stands beside it, so that it may not be left out."""
    words = [token.value for token in row if token.kind not in ("free", "comma")]
    if not words:
        return False
    alone = not any(token.kind == "comma" for token in row) and row[0].text != '"'
    return (
        words[0] in ("but", "however", "otherwise", "only")
        or (alone and words[0] in HEADS & LIMITS)
        or any(word in words for word in ("inference", "infer", "verified", "however"))
    )


def additions(row: Row) -> Iterator[Span]:
    """What of one clause a sentence may leave out: its address, what only adds, members of a list."""
    yield from _source(row)
    yield from _additions(row)
    yield from ((start, end) for start, end in _items(row) if not _conditions(row[start:end]))


def _conditions(row: Row) -> bool:
    return any(token.value in HEADS & LIMITS for token in row)


def _source(row: Row) -> Iterator[Span]:
    """ "Under 19 CFR 163.4(a), …": the citation stands beside the claim."""
    if row and row[0].value in ("under", "by", "in"):
        for place, token in enumerate(row[1:], 1):
            if token.kind == "comma":
                if any(t.kind == "value" and " " in t.value for t in row[1:place]):
                    yield 0, place + 1
                return
            if token.kind not in ("value", "free", "bracket"):
                return


def _additions(row: Row) -> Iterator[Span]:
    """What a comma or a bracket sets beside the sentence and that takes nothing from it."""
    for place, token in enumerate(row):
        if token.value == "(":
            end = next((n for n in range(place, len(row)) if row[n].value == ")"), None)
            if end is not None and not limits(row[place:end]):
                yield place, end + 1
        if token.kind != "comma" or place + 1 >= len(row):
            continue
        first = row[place + 1].value
        if first == "as" and place + 2 < len(row) and row[place + 2].value in ("under", "in"):
            first = "such-as"
        if first == "but" and [t.text for t in row[place + 2 : place + 5]] == ["is", "not", "limited"]:
            yield place, next((n for n in range(place + 5, len(row)) if row[n].kind == "comma"), place)
        if first in _ADDING or (first == "not" and place + 2 < len(row)):
            end = _end(row, place + 1)
            if first == "which" and not _resumes(row, place, end):
                end = len(row)
            inside = row[place + 2 : end]
            if _adds(inside) if first in _ADDING else _contrasts(row[:place], inside):
                yield place, end


def _resumes(row: Row, comma: int, end: int) -> bool:
    """Whether the clause goes on behind a ", which …," and not the "which" itself."""
    if end + 1 >= len(row) or row[end + 1].kind == "join" or finite(row[end + 1]):
        return True
    return not any(finite(token) for token in row[:comma])


def _adds(row: Row) -> bool:
    """Whether nothing in it limits more than itself; a bare "if" limits what it stands in."""
    return not any(
        token.value in LIMITS and (token.value != "if" or not place or row[place - 1].kind == "comma")
        for place, token in enumerate(row)
    )


def _contrasts(before: Row, row: Row) -> bool:
    """ ", not from entry", and ", not when it is admitted" behind a "when" of its own."""
    if row[0].value in HEADS and any(token.value == row[0].value for token in before):
        return not limits(row[1:])
    return not limits(row) and not any(token.kind in ("be", "modal") for token in row)


def _end(row: Row, start: int) -> int:
    """Where what begins here ends: at the comma behind its whole list, else with the clause."""
    for place in range(start, len(row)):
        if row[place].kind == "comma":
            joined = any(token.kind == "join" for token in row[start:place])
            if not _goes_on(row, place, joined, row[start + 1].value):
                return place
    return len(row)


def _goes_on(row: Row, comma: int, joined: bool, opened: str) -> bool:
    """Whether the list goes on behind this comma: to an "and" or "or" with no verb before it."""
    after = row[comma + 1 :]
    if after and (after[0].voice or after[0].text == "used"):
        return False
    join = next((n for n, token in enumerate(after) if token.kind == "join"), None)
    if join is None or any(finite(token) for token in after[: join + 2]):
        return False
    if join == 0:
        return len(after) > 1 and after[1].value not in PRONOUNS
    opens = [after[0], *(after[n + 1] for n in range(join) if after[n].kind == "comma")]
    return not joined and not any(token.value in HEADS and token.value != opened for token in opens)


def _items(row: Row) -> Iterator[Span]:
    """Members of a list without which the sentence says less and nothing else."""
    for place, token in enumerate(row):
        if token.kind == "join":
            yield from _addresses(row, place)
        if token.kind == "join" and _narrows(row, place):
            if token.value == "and" and place + 1 < len(row) and row[place + 1].value in HEADS:
                if row[place + 1].value in ("from", "by"):
                    yield place, place + 2
                continue
            separators = list_commas(row, place)
            yield from zip(separators, [*separators[1:], place], strict=False)
            yield from _last(row, place)
            yield from _aside(row, place)
            if place + 1 < len(row) and row[place + 1].value in ("into", "from", "by"):
                yield place, place + 2
            yield from _first(row, separators[0] if separators else place)


def _narrows(row: Row, place: int) -> bool:
    """Whether the clause stays true when a member of the list with this "and" or "or" is left out."""
    modal, join = main_modal(row), row[place].value
    if modal is None:
        modal = next((n for n, t in enumerate(row) if t.kind == "be" and n > place), None)
    before = [token.value for token in row[:place]]
    denied = any(
        word in ("not", "do-not", "no", "may-not", "need-not", "did-not", "except", "without")
        for word in before
    )
    if modal is None:
        reach = next((n for n, t in enumerate(row) if t.value in _REACHES and not t.voice), None)
        return (
            join == "and"
            and reach is not None
            and reach < place
            and not denied
            and not _restricted(row[reach + 1 : place])
        )
    if any(token.value in _COMPARED for token in row[: place if place < modal else None]):
        return False
    if place < modal:
        if denied or "if" in before:
            return False
        return join == "or" or not any(relative(row, n) or token.voice for n, token in enumerate(row[:place]))
    if join == "or" or denied or _restricted(row[modal + 2 : place]):
        return False
    return not any(head(row, n) for n in range(modal, place))


def _restricted(row: Row) -> bool:
    return any(relative(row, n) or (token.voice and token.kind == "word") for n, token in enumerate(row))


def list_commas(row: Row, join: int) -> list[int]:
    """The commas that part the members before this "and" or "or", without the one next to it."""
    found: list[int] = []
    for place in range(join - 1, -1, -1):
        token = row[place]
        if token.kind == "comma":
            if row[0].value in HEADS and not any(other.kind == "comma" for other in row[:place]):
                break
            if place != join - 1:
                found.insert(0, place)
        elif token.kind in ("modal", "be", "join", "stop", "bracket") or token.value in HEADS - _LOOSE:
            break
    return found


def _last(row: Row, join: int) -> Iterator[Span]:
    content, first = 0, join + 1
    if first < len(row) and row[first].kind == "comma":
        first = next((n + 1 for n in range(first + 1, len(row)) if row[n].kind == "comma"), first)
    for place in range(first, len(row) + 1):
        token = row[place] if place < len(row) else None
        if (
            token is None
            or token.kind in ("comma", "modal", "bracket", "all")
            or token.value in HEADS - _LOOSE
        ):
            if content == 1 or token is None or token.kind in ("comma", "all"):
                yield (join - 1 if row[join - 1].kind == "comma" else join), place
            return
        if token.kind == "join" and not any(t.kind == "all" for t in row[place:]):
            return
        if content and token.value in DETERMINERS:
            return
        if token.kind == "be" or relative(row, place) or (content and token.voice and token.kind == "word"):
            return
        content += token.kind != "free"
        if token.kind == "free" and token.value not in ARTICLES and token.value != "the" and content == 1:
            content = 2


def _aside(row: Row, join: int) -> Iterator[Span]:
    """ ", or the storage or transport," between two commas."""
    if not join or row[join - 1].kind != "comma":
        return
    for place in range(join + 1, len(row)):
        token = row[place]
        if token.kind in ("modal", "be") or relative(row, place):
            return
        if token.kind == "comma":
            yield join - 1, place + 1
            return


def _addresses(row: Row, join: int) -> Iterator[Span]:
    """ "§ 1508(b)(4) and (b)(5)" at the head of a clause."""
    if 0 < join <= 3 and [token.kind for token in row[join - 1 : join + 2 : 2]] == ["value", "value"]:
        yield join, join + 2


def _first(row: Row, end: int) -> Iterator[Span]:
    start = end - 1
    while start > 0 and (row[start - 1].kind == "free" and row[start - 1].value in ARTICLES):
        start -= 1
    if end and row[end - 1].kind == "word" and (start == 0 or row[start - 1].kind in ("modal", "comma")):
        yield start, end + 1
