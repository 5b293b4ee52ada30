"""Which of the texts held stands at an address on a day: what a click opens, and what ``show`` prints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.errors import UsageError
from assistant.law.citation import Citation
from assistant.law.document import TIERS, Document, Provision

Place = tuple[Document, Provision]


def find(documents: Iterable[Document], citation: Citation, day: date) -> Place | None:
    """The text at exactly this address; of several, one in force on the day before any other, then by tier.

    Then comes the text that is about the address before one that only mentions it, the latest before an
    earlier one, and the largest; of a digest's statements, the first.
    """

    def rank(place: Place) -> tuple[bool, int, bool, bool, int, int, str]:
        document, provision = place
        start, statement = provision.in_force.start, provision.statement
        return (
            day not in provision.in_force,
            TIERS.index(document.tier),
            not document.citation.contains(citation),
            statement is None,
            0 if statement or not start else -start.toordinal(),
            0 if statement else provision.start - provision.end,
            document.id,
        )

    places = ((document, one) for document in documents for one in document.provisions)
    return min((place for place in places if place[1].citation == citation), key=rank, default=None)


def show(documents: Iterable[Document], target: str, day: date) -> tuple[Document, Provision | None]:
    """The document with this id or title, or the text at this citation on ``day``.

    Where nothing stands at the citation itself, the first that stands below it.
    """
    documents = tuple(documents)
    for document in documents:
        of_its_own = document.citation.kind == "other" and str(document.citation)
        if target == document.id or (of_its_own and target in (document.title, of_its_own)):
            return document, None
    citation = Citation.parse(target)
    if found := find(documents, citation, day):
        return found
    for document in documents:
        for provision in document.provisions:
            if citation.contains(provision.citation) and provision.depth > 0:
                return document, provision
    raise UsageError(f"nothing is held at {citation}; the list of documents says what is")
