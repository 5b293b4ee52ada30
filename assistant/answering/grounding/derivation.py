"""Whether every part of a sentence is a clause of its support, and none that limits it is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.grounding.alignment import derives, missing
from assistant.answering.grounding.clauses import binding, clauses
from assistant.answering.grounding.inflection import HEADS, PRONOUNS
from assistant.answering.grounding.tokens import Row, Token

_STOP = Token(";", "stop", text=";")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, or several that follow one another, of the passage ``passage``."""

    passage: int
    first: int
    last: int
    row: Row


def parts(passages: Sequence[Row]) -> list[Clause]:
    """Every clause of every passage, and the runs of clauses of one sentence."""
    found = []
    for number, row in enumerate(passages):
        pieces = clauses(row)
        opening = _opening(pieces[0]) if pieces else ()
        for first in range(len(pieces)):
            if first and opening:
                found.append(Clause(number, first, first, (*opening, *pieces[first])))
            for last in range(first, min(first + 3, len(pieces))):
                found.append(Clause(number, first, last, _joined(pieces[first : last + 1])))
    return found


def _opening(row: Row) -> Row:
    """ "For exports to Chile, " at the head of a sentence: it holds for each of its clauses."""
    if row and row[0].value in HEADS:
        for place, token in enumerate(row):
            if token.kind == "comma":
                return row[: place + 1]
    return ()


def faults_of(said: Row, passages: Sequence[Row]) -> list[str]:
    """What is wrong with a sentence that should follow the words of its passages."""
    held = parts(passages)
    nearest: list[str] = []
    for pieces in _divided(said):
        used = [_found(piece, held) for piece in pieces]
        if not all(used):
            continue
        chosen = [one for one in used if one is not None]
        left = list(_left_out(chosen, passages))
        if not left:
            return []
        nearest = nearest or left
    return nearest or [_unlike(said, held)]


def _joined(pieces: Sequence[Row]) -> Row:
    row: list[Token] = []
    for piece in pieces:
        row += [*piece, _STOP]
    return tuple(row[:-1])


def _divided(said: Row) -> Iterator[list[Row]]:
    """The sentence whole; cut at its stops; cut at each ", and" too, what opens it before both."""
    pieces = clauses(said)
    yield [_joined(pieces)]
    if len(pieces) > 1:
        yield pieces
    for number, piece in enumerate(pieces):
        for place in range(1, len(piece) - 1):
            if piece[place].kind == "comma" and piece[place + 1].value in ("and", "but", "while"):
                second = (*_opening(piece[:place]), *piece[place + 2 :])
                yield [*pieces[:number], piece[:place], second, *pieces[number + 1 :]]


def _found(piece: Row, held: Sequence[Clause]) -> Clause | None:
    return next((clause for clause in held if derives(piece, clause.row)), None)


def _left_out(used: Sequence[Clause], passages: Sequence[Row]) -> Iterator[str]:
    """Clauses that bind what was said and were not said."""
    for number, row in enumerate(passages):
        mine = [clause for clause in used if clause.passage == number]
        if not mine:
            continue
        said = {n for clause in mine for n in range(clause.first, clause.last + 1)}
        for place, piece in enumerate(clauses(row)):
            if place not in said and binding(piece):
                yield f"it leaves out what limits it: {_words(piece)}"
            if place in said and place - 1 not in said and place and piece[0].value in PRONOUNS:
                yield f"it does not say what {piece[0].text!r} stands for"


def _unlike(said: Row, held: Sequence[Clause]) -> str:
    """The words that no source has; else the source's clause that it comes nearest to."""
    if not held:
        return "its sources say nothing"
    near = min(held, key=lambda clause: (len(missing(said, clause.row)), len(clause.row)))
    lacking = missing(said, near.row)
    if lacking:
        words = ", ".join(dict.fromkeys(repr(token.text) for token in lacking))
        return f"its sources do not say {words} in this way"
    return f"it changes the order or the limits of its source: {_words(near.row)}"


def _words(row: Row) -> str:
    text = " ".join(token.text for token in row)
    return text if len(text) <= 160 else f"{text[:160]} …"
