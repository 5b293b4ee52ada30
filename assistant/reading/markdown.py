"""The reader for digests and guidance: Markdown whose paragraphs are statements with attributes.

The document's text is the prose alone (title, headings, statements), so that what a person is
shown has no machinery in it; the attribute lines become each provision's `Statement`.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from datetime import date
from typing import get_args

from assistant.errors import CitationError, CorpusError
from assistant.law import Citation, Document, Provision, Span, Statement
from assistant.law.document import Sureness, Tier

FACETS = frozenset(
    "who what how_long penalty relief produce define storage audit summons program change scope"
    " procedure where silent".split()
)
AGREEMENTS = frozenset(
    "usmca nafta canada chile cafta-dr peru korea colombia panama"
    " singapore australia morocco bahrain oman jordan israel".split()
)
_KEYS = frozenset(
    "id cite from to verified sure facet about agreement role quote of with terms reason".split()
)
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*$")


@dataclass(slots=True)
class _Builder:
    text: str = ""
    provisions: list[Provision] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    def write(self, block: str) -> tuple[int, int]:
        if self.text:
            self.text += "\n\n"
        start = len(self.text)
        self.text += block
        return start, len(self.text)


def read_markdown(
    data: bytes,
    *,
    id: str,
    title: str,
    tier: Tier,
    edition: str,
    in_force: Span,
    sha256: str,
    address: str,
    citation: Citation,
    verified_on: date,
) -> Document:
    """Read one digest or guidance file.

    A paragraph without attributes, an unknown attribute, or a value outside its list is a
    `CorpusError` that names the file's id and the paragraph.
    """
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{id}: not UTF-8 text ({error.reason} at byte {error.start})") from None
    builder = _Builder()
    for block in re.split(r"\n\s*\n", source.replace("\r\n", "\n").strip()):
        heading = _HEADING.fullmatch(block.strip())
        if heading:
            level = len(heading[1])
            builder.write(heading[2])
            builder.headings[level - 1 :] = [heading[2]]
            continue
        words, attributes = _split(block, id)
        start, end = builder.write(words)
        cite, span, statement = _statement(attributes, id, words, in_force, verified_on)
        builder.provisions.append(
            Provision(
                citation=cite or citation,
                heading="",
                start=start,
                end=end,
                in_force=span,
                depth=1,
                heading_path=tuple(builder.headings),
                statement=statement,
            )
        )
    whole = Provision(citation, title, 0, len(builder.text), in_force)
    return Document(
        id=id,
        title=title,
        citation=citation,
        tier=tier,
        edition=edition,
        in_force=in_force,
        text=builder.text,
        sha256=sha256,
        address=address,
        provisions=(whole, *builder.provisions),
    )


def _split(block: str, id: str) -> tuple[str, dict[str, str]]:
    lines = [line.strip() for line in block.strip().splitlines()]
    if len(lines) < 2 or not (lines[-1].startswith("{") and lines[-1].endswith("}")):
        raise CorpusError(f"{id}: no attribute line under the paragraph {block.strip()[:60]!r}")
    attributes: dict[str, str] = {}
    try:
        words = shlex.split(lines[-1][1:-1])
    except ValueError as error:
        raise CorpusError(f"{id}: attributes of {block.strip()[:60]!r}: {error}") from None
    for word in words:
        key, _, value = ("id", "", word[1:]) if word.startswith("#") else word.partition("=")
        if key not in _KEYS or not value or key in attributes:
            raise CorpusError(f"{id}: attribute {word!r} of {block.strip()[:60]!r} is not one of ours")
        attributes[key] = value
    return " ".join(lines[:-1]), attributes


def _statement(
    attributes: dict[str, str], id: str, words: str, in_force: Span, verified_on: date
) -> tuple[Citation | None, Span, Statement]:
    def listed(key: str) -> tuple[str, ...]:
        return tuple(part for part in attributes.get(key, "").replace(",", " ").split() if part)

    def dated(key: str, default: date | None) -> date | None:
        return date.fromisoformat(attributes[key]) if key in attributes else default

    try:
        if "id" not in attributes or attributes.get("sure") not in get_args(Sureness):
            raise CorpusError("needs an #id and a sure=… from the list")
        for key, known in (("facet", FACETS), ("agreement", AGREEMENTS)):
            unknown = set(listed(key)) - known
            if unknown:
                raise CorpusError(f"{key} {', '.join(sorted(unknown))} is not in the list")
        if attributes.get("reason", "unlawful") not in ("unlawful", "lawful"):
            raise CorpusError("reason is neither unlawful nor lawful")
        cite = Citation.parse(attributes["cite"]) if "cite" in attributes else None
        quote_of = Citation.parse(attributes["of"]) if "of" in attributes else cite
        if "quote" in attributes and quote_of is None:
            raise CorpusError("a quote needs the citation it stands at: cite=… or of=…")
        span = Span(dated("from", in_force.start), dated("to", in_force.end))
        statement = Statement(
            id=attributes["id"],
            verified_on=dated("verified", verified_on) or verified_on,
            sure=attributes["sure"],  # type: ignore[arg-type]  # checked against the list above
            facets=listed("facet"),
            about=listed("about"),
            agreements=listed("agreement"),
            roles=listed("role"),
            terms=attributes.get("terms", ""),
            quote=attributes.get("quote", ""),
            quote_of=quote_of if "quote" in attributes else None,
            companions=listed("with"),
            reason=attributes.get("reason", ""),  # type: ignore[arg-type]  # checked above
        )
    except (CitationError, CorpusError, ValueError) as error:
        raise CorpusError(f"{id}: {attributes.get('id') or words[:60]}: {error}") from None
    return cite, span, statement
