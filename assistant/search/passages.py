"""Cutting: passages follow the law's own structure, never a character count.

A verbatim text is cut at its smallest provisions, and at each provision whole when it is short
enough to be read at once; a digest at its statements. Every passage has a pin cite and is a slice
of its document.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.law import Document, Passage, Provision

#: A provision with parts of its own becomes a passage as a whole up to this many characters;
#: beyond it only its parts do (the model reads about 256 word pieces).
WHOLE = 1_200


def cut(documents: Iterable[Document]) -> tuple[Passage, ...]:
    """Every passage of every document, in the order of the documents; ids are stable."""
    return tuple(passage for document in documents for passage in _cut(document))


def _cut(document: Document) -> Iterable[Passage]:
    nodes = [p for p in document.provisions[1:] if p.end > p.start]
    for number, provision in enumerate(nodes):
        following = nodes[number + 1] if number + 1 < len(nodes) else None
        is_parent = following is not None and following.start < provision.end
        if is_parent and provision.end - provision.start > WHOLE:
            continue
        yield _passage(document, provision)


def _passage(document: Document, provision: Provision) -> Passage:
    statement = provision.statement
    key = statement.id if statement else (provision.identifier or f"{provision.start}")
    context = " · ".join(part for part in (*provision.heading_path, provision.lead_in) if part)
    return Passage(
        id=f"{document.id}#{key}",
        document=document.id,
        citation=provision.citation,
        tier=document.tier,
        start=provision.start,
        end=provision.end,
        text=document.text[provision.start : provision.end],
        context=context,
        in_force=provision.in_force,
        statement=statement,
    )


def embedded(passage: Passage) -> tuple[str, ...]:
    """The texts whose vectors stand for a passage: its own words, then the questions it answers.

    A question is nearer to a question than to its answer; with them the right statement comes
    first about one time in ten more often.
    """
    asked = passage.statement.asked if passage.statement else ()
    return (searchable(passage), *asked)


def findable(passage: Passage) -> bool:
    """Whether a search may find it: not what a message is only compared with, to refuse it."""
    return not (passage.statement and passage.statement.reason)


def searchable(passage: Passage) -> str:
    """What is embedded and indexed: a statement with people's words for it, or a provision's own
    words after its headings and lead-in. (Measured: headings before a statement only blur it.)
    """
    if passage.statement:
        return f"{passage.text} {passage.statement.terms}".strip()
    return "\n".join(part for part in (passage.context, passage.text) if part)
