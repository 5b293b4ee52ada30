"""A Reply as a Markdown file: to copy into a memo, or to keep beside the record."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answering.reply import Quote, Reply
from assistant.faces.rendering.words import TIER_NAMES, clean, edition_words, escape_markdown, span_words
from assistant.law import Citation, Document
from assistant.law.english import long_date


def reply_markdown(reply: Reply, documents: Mapping[str, Document] | None = None) -> str:
    """The question, the day asked about, the reply's own text, and its numbered sources.

    With ``documents`` each source also says its tier, edition and span in force.
    """
    asked = "\n".join(f"> {escape_markdown(line)}" for line in clean(reply.question).strip().splitlines())
    days = f"*The law of {long_date(reply.as_of)}; answered on {long_date(reply.today)}.*"
    blocks = ["# Customs recordkeeping: question and answer", asked or "> (no question)", days, reply.text]
    if reply.citations:
        blocks += ["## Sources", sources(reply, documents or {})]
    return "\n\n".join(blocks) + "\n"


def sources(reply: Reply, documents: Mapping[str, Document]) -> str:
    """The reply's citations, numbered, each with the words it rests on."""
    quotes: dict[Citation, list[Quote]] = {citation: [] for citation in reply.citations}
    for claim in reply.claims:
        for quote in claim.quotes:
            place = quotes.setdefault(quote.citation, [])
            if quote not in place:
                place.append(quote)
    rows = []
    for number, (citation, rests_on) in enumerate(quotes.items(), 1):
        rows.append(f"{number}. {_linked(citation)}")
        rows += [f"   - {_quoted(quote, documents)}" for quote in rests_on]
    return "\n".join(rows)


def _linked(citation: Citation) -> str:
    label = escape_markdown(str(citation))
    return f"[{label}](<{citation.url}>)" if citation.url else label


def _quoted(quote: Quote, documents: Mapping[str, Document]) -> str:
    words = escape_markdown(" ".join(quote.text.split()))
    where = escape_markdown(quote.document)
    document = documents.get(quote.document)
    if document is not None:
        span = span_words(document.span_at(quote.start, quote.end))
        edition = edition_words(document.edition)
        where = f"{TIER_NAMES[document.tier]}, {escape_markdown(document.title)}, {edition}, {span}"
    return f"“{words}” ({where}, characters {quote.start} to {quote.end})"
