"""The evidence pack: what a model is given, with every date, amount and citation taken out.

A source is one claim of the composed answer: the words it rests on, under an id. Where those words
have a date, an amount or a citation the model gets a slot (``{{s1-date-1}}``), so that it can put
one where it belongs and can write none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.answering.drafting.marking import Marker, inserted
from assistant.answering.reply import Claim
from assistant.answering.wording import joined
from assistant.law import find_citations
from assistant.law.english import long_date

Kind = Literal["citation", "date", "amount"]

SLOT = re.compile(r"\{\{\s*([^{}\s]*)\s*\}\}")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "citation",
        re.compile(
            r"\bT\.D\. \d+-\d+|\bCBP Dec\. \d+-\d+|\b\d+ (?:Fed\. Reg\.|FR|Stat\.) \d+|\bExecutive Order \d+"
            r"|\bCSMS \d+|§§?\s?\d+(?:\.\d+)?(?:\(\w+\))*"
            r"|\b(?:paragraphs?|subsections?|subparagraphs?|clauses?) \(\w+\)(?:\(\w+\))*"
            r"|\b(?:part|chapter|subpart) \d+\b",
            re.I,
        ),
    ),
    (
        "date",
        re.compile(
            rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?\b|\b(?:\d{{1,2}} )?{_MONTH} \d{{4}}\b"
            r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b(?:1[6-9]|20)\d\d\b"
        ),
    ),
    (
        "amount",
        re.compile(
            r"\$\s?\d+(?:,\d{3})*(?:\.\d+)?(?: (?:thousand|million|billion))?"
            r"|\b\d+(?:,\d{3})*(?:\.\d+)? dollars\b",
            re.I,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Source:
    """One composed claim as the model sees it; ``slots`` are the words behind each slot's name.

    The last of ``words`` is the restatement, with the marks of `marking` in it.
    """

    id: str
    claim: Claim
    words: tuple[str, ...]
    slots: dict[str, str]

    def to_json(self) -> dict[str, object]:
        return {"id": self.id, "citation": joined(self.claim.citations), "words": list(self.words)}


@dataclass(frozen=True, slots=True)
class Pack:
    """The sources in the order of the composed answer, and the engine's own lines above them."""

    question: str
    day: date
    lines: tuple[Claim, ...]
    sources: tuple[Source, ...]

    @property
    def leads(self) -> bool:
        """Whether the first source is the answer's conclusion: no line of the engine stands above it."""
        return not self.lines

    def to_json(self) -> str:
        """Everything that is sent beside the prompts. JSON, so that no question can end its quotation."""
        return json.dumps(
            {
                "question": self.question,
                "law_of": long_date(self.day),
                "stands_above": [_blank(line.text) for line in self.lines],
                "conclusion": self.sources[0].id if self.leads else None,
                "sources": [source.to_json() for source in self.sources],
            },
            ensure_ascii=False,
            indent=1,
        )


def pack(question: str, day: date, claims: Sequence[Claim], marker: Marker) -> Pack:
    """The claims of a composed answer as evidence. Computed lines are shown, never handed over."""
    lines = tuple(claim for claim in claims if claim.basis == "rule")
    restated = [claim for claim in claims if claim.basis != "rule"]
    sources = tuple(_source(f"s{number}", claim, day, marker) for number, claim in enumerate(restated, 1))
    return Pack(question, day, lines, sources)


def marks(text: str) -> list[tuple[int, int, Kind]]:
    """Where a text has a citation, a date or an amount, in order and never overlapping."""
    found: list[tuple[int, int, Kind]] = [(start, end, "citation") for _, start, end in find_citations(text)]
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return sorted(found)


def _source(id: str, claim: Claim, day: date, marker: Marker) -> Source:
    slots: dict[str, str] = {}
    names: dict[tuple[Kind, str], str] = {}
    plain = [list(_masked(quote.text, id, slots, names)) for quote in claim.quotes]
    whole = tuple((start, end) for start, end, _ in marks(claim.quotes[-1].text))
    shown = inserted(marker.leeway(claim, day, slots, whole))
    words = ["".join(piece for _, piece in pieces) for pieces in plain[:-1]]
    return Source(id, claim, (*words, _marked(plain[-1], shown)), slots)


def _masked(
    text: str, id: str, slots: dict[str, str], names: dict[tuple[Kind, str], str]
) -> Iterator[tuple[int, str]]:
    """The text in pieces, with the place of each, and a slot for each mark.

    The same words have the same slot throughout a source.
    """
    after = 0
    for start, end, kind in marks(text):
        words = text[start:end]
        if (kind, words) not in names:
            number = sum(known == kind for known, _ in names) + 1
            names[kind, words] = f"{id}-{kind}-{number}"
            slots[names[kind, words]] = words
        yield after, text[after:start]
        yield start, f"{{{{{names[kind, words]}}}}}"
        after = end
    yield after, text[after:]


def _marked(pieces: Sequence[tuple[int, str]], shown: Sequence[tuple[int, str]]) -> str:
    """The pieces with the marks between their characters; none stands within a slot."""
    parts, left = [], list(shown)
    for number, (at, piece) in enumerate(pieces):
        slot = number % 2 == 1
        place = 0
        while left and (left[0][0] <= at if slot else left[0][0] <= at + len(piece)):
            where, mark = left.pop(0)
            parts += [piece[place : max(place, where - at)], mark]
            place = max(place, where - at)
        parts.append(piece[place:])
    return "".join([*parts, *(mark for _, mark in left)])


def _blank(text: str) -> str:
    """A computed line without what was computed: the model has no use for the value."""
    parts, after = [], 0
    for start, end, kind in marks(text):
        parts += [text[after:start], f"[{kind}]"]
        after = end
    return "".join([*parts, text[after:]])
