"""A sentence as a row of tokens: phrases put into one form, words stemmed, values read.

The same reader is used on the drafted sentence and on its support, so that a peculiarity of the
reading falls on both sides alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.grounding.equivalences import EVENTS, PHRASES, compiled
from assistant.answering.grounding.inflection import (
    ARTICLES,
    ASKED,
    DEFINITE,
    FREE,
    HEADS,
    JOINS,
    LIMITS,
    MODALS,
    RELATIVE,
    UNIVERSAL,
    read_word,
)
from assistant.answering.grounding.values import masked

_RULES = compiled()
#: Canonical forms that a rule writes: they are read as they stand.
_WRITTEN = frozenset(word for canonical, _ in PHRASES for word in canonical.split() if "-" in word)
_KNOWN = _WRITTEN | frozenset(("to-party",)) | HEADS | LIMITS | MODALS
#: Behind these, "that" tells and "which" or "whether" asks, so that one may not stand for the other.
_ASKING = frozenset("say stat tell decid determin establish show ask know explain".split())
_BE = {"is": "be", "are": "be", "be": "be", "was": "was", "were": "was", "been": "be", "am": "be"}
_ED = "|".join(sorted({"completed", "issued", "signed", "liquidated", "paid", "filed", "received",
                       "revoked", "submitted", "imported", "exported", "redelivered", "withdrawn",
                       "removed"}))  # fmt: skip
_HAPPENED = re.compile(
    rf"(?:the )?(?:date|day) (?:(?:up)?on which|when|that|at which)? ?((?:(?!that\b"
    rf"|which\b)[\w'@-]+ ){{1,7}}?)"
    rf"(?:is|was|are|were|has been|have been) ({_ED})(?![\w-])"
)
_ONCE = re.compile(
    rf"\b(after|from|until|before|since) ((?:the|a|an|its|that) (?:(?!that\b|which\b"
    rf"|who\b)[\w'@-]+ ){{1,5}}?)"
    rf"(?:is|was|are|were|has been|have been) ({_ED})(?![\w-])"
)
_NOUN = {past: noun for noun, stem in EVENTS.items() for past in _ED.split("|") if past.startswith(stem[:-1])}
_FROM = re.compile(
    r"(@\d+ (?:calendar |business )?(?:years?|months?|days?)) (?:from|after|following|since)(?= )"
)
_RECEIPT = re.compile(r"(@\d+ (?:calendar |business )?(?:years?|months?|days?)) of (?=receipt\b|receiving\b)")
_DAY = re.compile(
    r"\b(from|after|following|until|before|run from|ran from) (?:the )?(?:date|day) of (?=(?:the |its "
    r"|any )?[a-z])"
)
#: "Issue" is the noun of an event, but not before its object.
_ISSUE = re.compile(r"\bissue(?= (?:an?|the|any|all|it|each)\b)")
_HYPHEN = re.compile(r"(?<=[a-z])-(?=[a-z])")
_PARTY = (
    r"(?:importers?|exporters?|producers?|brokers?|persons?|party|parties|recordkeepers?|cbp|secretary"
    r"|owners?"
    r"|consignees?|auditors?|participants?|applicants?|officers?|agents?|witness|principal|client|claimants?)"
)
_TOWARDS = re.compile(rf"\bto (?=(?:the |a |an |any |that |each |its )?(?:customs-|[a-z]+ )?{_PARTY}\b)")
_PIECE = re.compile(r"@\d+|[a-z][a-z0-9'.-]*[a-z0-9]|[a-z]|[,;:()\".—]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word in its normal form; ``kind`` says what may be done with it.

    ``value`` a citation, number, date or sum; ``word`` a word that must be borne out; ``modal``;
    ``join`` an and or an or; ``free`` a word that may come and go; ``all`` a word like "any"; ``be``;
    ``comma`` and ``stop``. ``voice`` is ``ed`` for a past or passive form; ``at`` its place in the
    support's clause, which it keeps when the clause is put in another order.
    """

    value: str
    kind: str
    voice: str = ""
    text: str = ""
    at: int = -1


Row = tuple[Token, ...]


def read(text: str) -> Row:
    """The tokens of a sentence, or of a text of several."""
    words, values = masked(text)
    for pattern, canonical in _RULES:
        words = pattern.sub(canonical, words)
    words = _HAPPENED.sub(lambda m: f"the date of {_NOUN[m[2]]} of {m[1].strip()} ", words)
    words = _ONCE.sub(lambda m: f"{m[1]} {_NOUN[m[3]]} of {m[2].strip()} ", words)
    words = _RECEIPT.sub(r"\1 after ", _FROM.sub(r"\1 after", words))
    words = _TOWARDS.sub("to-party ", words)
    words = _DAY.sub(r"\1 ", words)
    words = _ISSUE.sub("issuing", words)
    row: list[Token] = []
    for match in _PIECE.finditer(words):
        if match[0] == "." and not _ends(words, match.end()):
            continue
        for piece in [match[0]] if match[0] in _KNOWN else _HYPHEN.split(match[0]):
            token = _token(piece, values)
            if row and piece in ASKED and _asked(row):
                row.append(Token(f"{piece}-asked", "word", text=piece))
            elif token.kind == "be" and row and row[-1].value in RELATIVE:
                row.pop()
            else:
                row.append(token)
    return tuple(row)


def _asked(row: list[Token]) -> bool:
    """Behind "say", and behind the "or" of a second thing that is said or asked."""
    again = row[-1].kind == "join" and any(token.value.endswith("-asked") for token in row)
    return again or row[-1].value in _ASKING


def _ends(words: str, end: int) -> bool:
    return end >= len(words.rstrip()) or words[end : end + 1] == " "


def _token(piece: str, values: tuple[str, ...]) -> Token:
    if piece[0] == "@":
        return Token(values[int(piece[1:])], "value", text=values[int(piece[1:])])
    if piece == ",":
        return Token(",", "comma", text=piece)
    if piece in ";:.()—":
        return Token(piece, "stop" if piece in ";:.—" else "bracket", text=piece)
    if piece == '"':
        return Token(piece, "free", text=piece)
    if piece in _BE:
        return Token(_BE[piece], "be", text=piece)
    if piece in MODALS:
        return Token(piece, "modal", text=piece)
    if piece in JOINS:
        return Token(piece, "join", text=piece)
    if piece in UNIVERSAL:
        return Token(piece, "all", text=piece)
    if piece in FREE or piece in ARTICLES or piece in DEFINITE:
        return Token(piece, "free", text=piece)
    if piece in _KNOWN or piece in HEADS or piece in LIMITS:
        return Token(piece, "word", text=piece)
    root, voice = read_word(piece)
    return Token(root, "word", voice, piece)


def shown(row: Row) -> str:
    """The tokens as a person can read them."""
    return " ".join(token.text for token in row)
