"""Documents, their provisions, and the passages that search works on. Values only.

Offsets are Unicode code points in ``Document.text`` and are never moved: a passage, a quote and a
highlight are all slices of that one string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.law.citation import Citation
from assistant.law.time import Span

Tier = Literal["statute", "regulation", "agency", "commentary", "digest", "user"]
#: How sure we are of a statement: checked against the official text; seen in an excerpt; on a
#: public page; general knowledge that nobody verified; our inference from the texts.
Sureness = Literal["text", "excerpt", "web", "unverified", "inference"]

TIERS: tuple[Tier, ...] = ("statute", "regulation", "agency", "digest", "commentary", "user")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a restatement of ours says about itself; the words are the provision's.

    ``quote`` are words of a text we hold, found verbatim in the provision ``quote_of``; a
    statement with a quote rests on those words, one without on its authority and ``verified_on``.
    ``asked`` are questions people put that it answers; they help the search and are never shown.
    ``companions`` are the ids of statements that complete this one in an answer.
    ``reason`` says what a message near its questions is: a wish for what is unlawful, which its words
    refuse, or a lawful question that is like one; neither is ever found by a search.
    """

    id: str
    verified_on: date
    sure: Sureness
    facets: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    terms: str = ""
    quote: str = ""
    quote_of: Citation | None = None
    companions: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    reason: Literal["", "unlawful", "lawful"] = ""

    @property
    def silent(self) -> bool:
        """Whether it only says on what the texts held are silent; it is then part of no answer."""
        return "silent" in self.facets


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of a document: ``text[start:end]`` with all that is below it.

    ``lead_in`` are the words of the parents that the provision completes ("The records required
    by … except that—"); they help a reader and the search, and are never part of a quote.
    ``depth`` is 0 for the document's top level.
    """

    citation: Citation
    heading: str
    start: int
    end: int
    in_force: Span
    depth: int = 0
    lead_in: str = ""
    heading_path: tuple[str, ...] = ()
    identifier: str = ""
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One edition of one text. ``id`` names the edition: ``usc-19-1508@2011-10-21``.

    ``caveat`` is the sentence about its age or source that goes with every answer that rests on it.
    """

    id: str
    title: str
    citation: Citation
    tier: Tier
    edition: str
    in_force: Span
    text: str
    sha256: str
    address: str
    provisions: tuple[Provision, ...] = field(repr=False)
    caveat: str = ""

    def provision(self, citation: Citation) -> Provision | None:
        """The provision at exactly this address; the largest where several carry it."""
        found = [p for p in self.provisions if p.citation == citation]
        return max(found, key=lambda p: p.end - p.start, default=None)

    def around(self, start: int, end: int) -> Provision | None:
        """The innermost provision round the words between two offsets; of two alike the deeper."""
        found = [p for p in self.provisions if p.start <= start and end <= p.end]
        return min(found, key=lambda p: (p.end - p.start, -p.depth), default=None)

    def span_at(self, start: int, end: int) -> Span:
        """When the words between two offsets were law: the innermost provision's span."""
        inner = self.around(start, end)
        return inner.in_force if inner else self.in_force


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched: a contiguous slice of one document, ``document.text[start:end] == text``.

    ``context`` (heading path and lead-in) is added for embedding and display only.
    """

    id: str
    document: str
    citation: Citation
    tier: Tier
    start: int
    end: int
    text: str
    context: str
    in_force: Span
    statement: Statement | None = None
