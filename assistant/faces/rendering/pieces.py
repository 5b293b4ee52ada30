"""A Reply taken apart in the order in which it is read, for faces that lay it out themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.answering.reply import Claim, Quote, Reply
from assistant.faces.rendering.chips import Chip, chips
from assistant.law import Document

Part = Literal["conclusion", "support", "words", "steps", "question", "caveats"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a reply. ``lines`` is one text, or the steps or caveats in their order."""

    part: Part
    lines: tuple[str, ...]
    chips: tuple[Chip, ...] = ()
    quotes: tuple[Quote, ...] = ()


def pieces(reply: Reply, documents: Mapping[str, Document]) -> tuple[Piece, ...]:
    """Everything the reply's text says, once: the claims, then steps, questions and caveats.

    A paragraph of the text that none of these accounts for (a refusal's words) becomes ``words``,
    so that no face can leave out what another shows.
    """
    found = []
    for number, claim in enumerate(reply.claims):
        part: Part = "support" if number else "conclusion"
        behind = chips(claim, documents, as_of=reply.as_of, today=reply.today)
        found.append(Piece(part, (claim.text,), behind, quotes_to_show(claim)))
    found += [Piece("words", (paragraph,)) for paragraph in unaccounted(reply)]
    if steps := steps_of(reply):
        found.append(Piece("steps", steps))
    found += [Piece("question", (item.question,)) for item in reply.missing]
    if reply.caveats:
        found.append(Piece("caveats", reply.caveats))
    return tuple(found)


def steps_of(reply: Reply) -> tuple[str, ...]:
    """The steps of every sum, each once."""
    sums = [deadline.steps for deadline in reply.deadlines] + [amount.steps for amount in reply.amounts]
    return tuple(dict.fromkeys(step for steps in sums for step in steps))


def quotes_to_show(claim: Claim) -> tuple[Quote, ...]:
    """The words a claim rests on, without those that the claim itself repeats."""
    said = _squeeze(claim.text)
    return tuple(quote for quote in claim.quotes if _squeeze(quote.text) not in said)


def unaccounted(reply: Reply) -> tuple[str, ...]:
    """The paragraphs of the text with words that no claim, step, question or caveat has."""
    claims = reply.claims
    known = [
        *(claim.text for claim in claims),
        *(quote.text for claim in claims for quote in claim.quotes),
        *(str(quote.citation) for claim in claims for quote in claim.quotes),
        *(str(citation) for citation in reply.citations),
        *steps_of(reply),
        *(item.question for item in reply.missing),
        *reply.caveats,
    ]
    spoken = sorted({_squeeze(text) for text in known}, key=len, reverse=True)
    return tuple(p for p in re.split(r"\n{2,}", reply.text) if p.strip() and _rest(p, spoken))


def _rest(paragraph: str, spoken: list[str]) -> bool:
    rest = _squeeze(paragraph)
    for text in spoken:
        rest = rest.replace(text, " ")
    return re.search(r"[^\W\d_]", rest) is not None


def _squeeze(text: str) -> str:
    """Without Markdown's own marks and with single spaces, for comparing words only."""
    return " ".join(re.sub(r"[*_`>\\]", "", text).split())
