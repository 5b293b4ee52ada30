"""Citation chips: what a citation points at, so that a click can open the words themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.answering.reply import Claim
from assistant.faces.rendering.words import TIER_NAMES
from assistant.law import Citation, Document, Provision, Span
from assistant.law.document import TIERS, Tier


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
    """The text held at an address: in force on ``as_of`` before former, then by tier, then the text
    that is about the address before one that only mentions it."""
    held = [
        (
            as_of not in provision.in_force,
            TIERS.index(document.tier),
            not document.citation.contains(citation),
            document.id,
            provision,
        )
        for document in documents.values()
        if (provision := _leading(document, citation, as_of)) is not None
    ]
    if not held:
        return Chip(citation)
    _, tier, _, document_id, provision = min(held, key=lambda row: row[:4])
    former = is_former(provision.in_force, today)
    return Chip(
        citation, TIERS[tier], document_id, provision.start, provision.end, provision.in_force, former
    )


def _leading(document: Document, citation: Citation, as_of: date) -> Provision | None:
    """The provision at an address; of a digest's statements there, the first that holds on the day."""
    found = [p for p in document.provisions if p.citation == citation and p.statement]
    if not found:
        return document.provision(citation)
    return next((p for p in found if as_of in p.in_force), found[0])


def citation_chips(
    citations: Iterable[Citation], documents: Mapping[str, Document], *, as_of: date, today: date
) -> tuple[Chip, ...]:
    """Chips for the authority of a sum, in the order given."""
    return tuple(citation_chip(c, documents, as_of=as_of, today=today) for c in dict.fromkeys(citations))


def document_chip(document: Document, today: date) -> Chip:
    """A whole document, with no words singled out."""
    former = is_former(document.in_force, today)
    return Chip(document.citation, document.tier, document.id, 0, 0, document.in_force, former)
