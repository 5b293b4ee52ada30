"""Citation chips: what a citation points at, so that a click can open the words themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.answering.reply import Claim
from assistant.faces.rendering.words import TIER_NAMES
from assistant.law import Citation, Document, Span
from assistant.law.document import TIERS, Tier
from assistant.law.held import find


@dataclass(frozen=True, slots=True)
class Chip:
    """A citation with the words it stands on: ``documents[document].text[start:end]``.

    ``document`` is ``None`` where no text is held at that address; the chip then leads to the
    official page. ``former``: the words had gone out of force before the day treated as today.
    """

    citation: Citation
    tier: Tier | None = None
    document: str | None = None
    start: int = 0
    end: int = 0
    in_force: Span = field(default_factory=Span)
    former: bool = False

    @property
    def label(self) -> str:
        """The tier in words, with the mark of text that is no longer law."""
        if self.tier is None:
            return "Official text"
        return f"{TIER_NAMES[self.tier]}, superseded" if self.former else TIER_NAMES[self.tier]


def is_former(span: Span, today: date) -> bool:
    """Whether a text had left force before ``today``."""
    return span.end is not None and span.end < today


def chips(claim: Claim, documents: Mapping[str, Document], *, as_of: date, today: date) -> tuple[Chip, ...]:
    """A chip for each quote of a claim, then one for each citation that no quote covers."""
    found: dict[Chip, None] = {}
    for quote in claim.quotes:
        document = documents.get(quote.document)
        if document is None:
            found[Chip(quote.citation)] = None
            continue
        span = document.span_at(quote.start, quote.end)
        found[
            Chip(
                quote.citation,
                document.tier,
                document.id,
                quote.start,
                quote.end,
                span,
                is_former(span, today),
            )
        ] = None
    quoted = {quote.citation for quote in claim.quotes}
    for citation in claim.citations:
        if citation not in quoted:
            found[citation_chip(citation, documents, as_of=as_of, today=today)] = None
    return tuple(sorted(found, key=lambda chip: TIERS.index(chip.tier) if chip.tier else len(TIERS)))


def citation_chip(citation: Citation, documents: Mapping[str, Document], *, as_of: date, today: date) -> Chip:
    """The text held at an address on ``as_of``, as `show` opens it."""
    place = find(documents.values(), citation, as_of)
    if place is None:
        return Chip(citation)
    document, found = place
    former = is_former(found.in_force, today)
    return Chip(citation, document.tier, document.id, found.start, found.end, found.in_force, former)


def citation_chips(
    citations: Iterable[Citation], documents: Mapping[str, Document], *, as_of: date, today: date
) -> tuple[Chip, ...]:
    """Chips for the authority of a sum, in the order given."""
    return tuple(citation_chip(c, documents, as_of=as_of, today=today) for c in dict.fromkeys(citations))


def document_chip(document: Document, today: date) -> Chip:
    """A whole document, with no words singled out."""
    former = is_former(document.in_force, today)
    return Chip(document.citation, document.tier, document.id, 0, 0, document.in_force, former)
