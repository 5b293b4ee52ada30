"""Grounding: every claim is checked against what it rests on before anybody sees it.

Pure: documents and computed parts in, `Finding`s out. It knows no model, no search and no
framework, and it is the same for a claim we composed and for one a language model drafted.

What is checked: every quote stands verbatim at its offsets; every citation is held, in force on
the day asked about or named as superseded; every period, amount, share, date, agreement and
"higher of" / "lesser of" in the sentence stands in its quotes or in the computed steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from assistant.answering.grounding.entailment import faults
from assistant.answering.grounding.form import form
from assistant.answering.grounding.support import Support
from assistant.answering.measures import measure
from assistant.answering.question import without_citations
from assistant.answering.reply import Claim, Finding, Quote
from assistant.law import Citation, Document, Provision

_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r" \d{1,2}, \d{4}\b|\b\d{4}-\d{2}-\d{2}\b"
)
#: The words by which an agreement is recognised in a sentence and in what it rests on.
_AGREEMENTS = {
    "usmca": r"\bUSMCA\b",
    "nafta": r"\bNAFTA\b|North American Free Trade",
    "chile": r"\bChile",
    "cafta-dr": r"\bCAFTA",
    "peru": r"\bPeru|\bPTPA\b",
    "korea": r"\bKorea|\bKFTA\b|\bKORUS\b|\bUKFTA\b",
    "colombia": r"\bColombia|\bCTPA\b",
    "panama": r"\bPanama",
}
_SUPERSEDED = re.compile(
    r"\bformer|\breplaced\b|\bsuperseded\b|\bno longer\b|\bold\b|\buntil\b|\bbefore\b|\bthrough\b|\bthen\b",
    re.I,
)


class Ground:
    """What claims are checked against: the documents held, and what was computed."""

    def __init__(
        self, documents: Mapping[str, Document], authorities: frozenset[Citation] = frozenset()
    ) -> None:
        """``authorities`` are those of the rules, which are held as data rather than as text."""
        self._documents = documents
        self._held = authorities | {
            provision.citation for document in documents.values() for provision in document.provisions
        }

    def check(self, claim: Claim, day: date, computed: Iterable[str] = ()) -> list[Finding]:
        """Everything wrong with one claim; an empty list when it may be shown.

        ``computed`` are the steps of deadlines and amounts, which a claim with the basis ``rule``
        may repeat.
        """
        wrong = [fault for quote in claim.quotes for fault in self._quote(quote)]
        wrong += [f"{citation} is not held" for citation in claim.citations if not self.holds(citation)]
        if claim.basis == "quote":
            wrong += self._superseded(claim, day)
        support = " ".join([*(quote.text for quote in claim.quotes), *computed])
        if claim.basis == "rule" and not support:
            wrong.append("it rests on a sum, and none was made")
        wrong += _unsupported(claim.text, support)
        return [Finding(claim.text, fault) for fault in wrong]

    def check_draft(self, claim: Claim, day: date, computed: Iterable[str] = ()) -> list[Finding]:
        """Everything wrong with a claim whose sentence a language model wrote.

        Stricter than `check`: the sentence must also be plain, and say nothing beyond its quotes
        and ``computed``. A claim of a draft has a quote or rests on what was computed.
        """
        computed = tuple(computed)
        found = self.check(claim, day, computed)
        found += [Finding(claim.text, fault) for fault in form(claim.text)]
        found += [
            Finding(claim.text, fault) for fault in faults(claim.text, self._support(claim, day, computed))
        ]
        return found

    def _support(self, claim: Claim, day: date, computed: tuple[str, ...]) -> Support:
        """What the claim rests on: the passage round each quote, and what was computed.

        A quote may be a few words; what it means, and on what condition, is in the whole passage.
        """
        texts, former = [], False
        for quote in claim.quotes:
            document = self._documents.get(quote.document)
            around = _passage(document, quote) if document else None
            if document is None or around is None:
                texts.append(quote.text)
                continue
            former = former or day not in around.in_force
            lead = f"{around.lead_in} " if around.lead_in else ""
            texts.append(lead + document.text[around.start : around.end])
        cited = frozenset([*claim.citations, *(quote.citation for quote in claim.quotes)])
        return Support.of(texts, cited, former, computed)

    def holds(self, citation: Citation) -> bool:
        """Whether a text or a restatement of this address, of a part of it or of its whole, is held."""
        return any(citation.contains(held) or held.contains(citation) for held in self._held)

    def _quote(self, quote: Quote) -> list[str]:
        document = self._documents.get(quote.document)
        if document is None:
            return [f"the document {quote.document} is not held"]
        if not quote.text or document.text[quote.start : quote.end] != quote.text:
            return [f"{quote.text[:60]!r} does not stand in {quote.document} at {quote.start}"]
        return []

    def _superseded(self, claim: Claim, day: date) -> list[str]:
        for quote in claim.quotes:
            document = self._documents.get(quote.document)
            provision = document.provision(quote.citation) if document else None
            if provision and day not in provision.in_force and not _SUPERSEDED.search(claim.text):
                return [f"it quotes {quote.citation} as law on a day on which it was not"]
        return []


def _passage(document: Document, quote: Quote) -> Provision | None:
    """The smallest provision that has all the quoted words."""
    around = [p for p in document.provisions if p.start <= quote.start and quote.end <= p.end]
    return min(around, key=lambda p: p.end - p.start, default=None)


def _unsupported(text: str, support: str) -> list[str]:
    """Numbers, dates, agreements and comparisons of a sentence that its support does not have."""
    said, held = measure(without_citations(text)), measure(without_citations(support))
    faults = [f"the period {n} {unit} has no support" for n, unit in said.periods - held.periods]
    faults += [f"the amount ${value} has no support" for value in said.amounts - held.amounts]
    faults += [f"the share {value} percent has no support" for value in said.percents - held.percents]
    faults += [f"'{which}' of two has no support" for which in said.compare - held.compare]
    faults += [f"the date {day} has no support" for day in _DATE.findall(text) if day not in support]
    faults += [
        f"the agreement {name} has no support"
        for name, pattern in _AGREEMENTS.items()
        if re.search(pattern, text) and not re.search(pattern, support)
    ]
    return faults
