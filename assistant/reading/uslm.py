"""Read one section of the U.S. Code from USLM XML, the format in which the Code is published.

Reads a file that is one section as well as a whole title, in which the section is looked up. One
rule of ours on top of the format: ``startPeriod`` and ``endPeriod`` are the first and the last day
on which an element's words were law at that address. An element that states neither has its
parent's span; one that states a start and no end is law still; an end alone is refused, since it
could be read both ways.

Whitespace is layout: every run of it becomes one space, and soft hyphens, which mark where a line
may break and split words for a search, are dropped. Every other character is kept, in order; a
file of which a word would be lost is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from lxml import etree

from assistant.errors import CorpusError
from assistant.law.citation import Citation
from assistant.law.document import Document, Provision, Tier
from assistant.law.time import Span

NAMESPACE = "http://xml.house.gov/schemas/uslm/1.0"

_ROOTS = frozenset({"section", "uscDoc"})
_LEVELS = frozenset(
    {"subsection", "paragraph", "subparagraph", "clause", "subclause", "item", "subitem", "subsubitem"}
)
#: Elements that begin and end a line wherever they stand; all others run on in their line.
_BLOCKS = _LEVELS | {"p", "quotedContent", "note", "table", "tr", "td", "th"}
_IDENTIFIER = re.compile(r"/us/usc/t(\d+)/s([^/]+)((?:/[^/]+)*)")
#: Each year of an amendments note opens with it: "2011—Subsec. (i). …".
_YEAR = re.compile(r"(\d{4})—")


def read_uslm(
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
) -> Document:
    """The section at ``citation``, with a provision for every level and every note.

    ``in_force`` is the span of whatever states none; notes and the source credit are about the
    law, not law, and have an open one. The section's own provision ends where its notes begin.
    Raises `CorpusError` for a file that is not USLM, declares a document type (entities could
    hide words, or grow without bound), lacks the section, or has a level without an address.
    """
    try:
        section = _find_section(data, citation)
        reader = _Reader(section.get("identifier", ""))
        provisions = reader.level(section, _Around(in_force))
        provisions += reader.back_matter(section, provisions[0].heading)
        if _bare("".join(section.itertext())) != _bare(reader.text):
            raise CorpusError("words stand outside the elements that hold text; put them inside one")
    except CorpusError as error:
        raise CorpusError(f"{id}: {error}") from error.__cause__
    return Document(
        id, title, citation, tier, edition, in_force, reader.text, sha256, address, tuple(provisions)
    )


def _find_section(data: bytes, citation: Citation) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CorpusError(f"not well-formed XML: {' '.join(str(error).split())}") from error
    if root.getroottree().docinfo.doctype:
        raise CorpusError("declares a DOCTYPE, which no USLM file needs; remove it and its entities")
    name = etree.QName(root)
    if name.namespace != NAMESPACE or name.localname not in _ROOTS:
        raise CorpusError(f"its root is {name.text}, not a section or uscDoc in {NAMESPACE}")
    wanted = f"/us/usc/t{citation.title}/s{citation.section}"
    for section in root.iter(f"{{{NAMESPACE}}}section"):
        if section.get("identifier") == wanted:
            return section
    raise CorpusError(f"has no section with identifier {wanted} ({citation})")


@dataclass(frozen=True, slots=True)
class _Around:
    """What a level takes from those above it."""

    span: Span
    depth: int = 0
    lead_in: str = ""
    headings: tuple[str, ...] = ()


class _Reader:
    """Writes one section's elements into ``text`` and notes where each begins and ends.

    What is written is never moved, so the offsets hold.
    """

    def __init__(self, section: str) -> None:
        self.text = ""
        self._section = section

    def level(self, element: etree._Element, around: _Around) -> list[Provision]:
        """The element's provision first, then those of its children, in the order of the text."""
        identifier, citation = self._address(element)
        span = _span(element, around.span, identifier)
        start = len(self.text) + (1 if self.text else 0)
        heading, chapeau, lead_in, joint = "", "", around.lead_in, "\n"
        below: list[Provision] = []
        for child in element:
            name = etree.QName(child).localname
            if name in {"sourceCredit", "notes"}:
                continue
            if name in _LEVELS:
                headings = (*around.headings, heading) if heading else around.headings
                below += self.level(child, _Around(span, around.depth + 1, lead_in, headings))
                joint = "\n"
            elif words := "\n".join(_lines(child)):
                self._write(words, joint)
                joint = " " if name == "num" else "\n"
                if name == "heading":
                    heading = words
                elif name in {"chapeau", "continuation"}:
                    # What follows flush words completes these, not the paragraphs before them.
                    chapeau = words if name == "chapeau" else f"{chapeau} … {words}".strip()
                    lead_in = f"{around.lead_in} {chapeau}".strip()
        end, depth = len(self.text), around.depth
        if end <= start:
            raise CorpusError(f"{identifier} is empty")
        own = Provision(
            citation, heading, start, end, span, depth, around.lead_in, around.headings, identifier
        )
        return [own, *below]

    def back_matter(self, section: etree._Element, heading: str) -> Iterator[Provision]:
        """The source credit and the notes; each carries the section's citation with ``note``."""
        citation = replace(self._address(section)[1], note=True)
        for element in section:
            name = etree.QName(element).localname
            if name == "sourceCredit":
                words = "\n".join(_lines(element))
                start = self._write(words, "\n")
                end = start + len(words)
                yield Provision(citation, "Source credit", start, end, Span(), 0, "", (heading,))
            elif name == "notes":
                for note in element:
                    yield from self._note(note, citation, heading)

    def _note(self, note: etree._Element, citation: Citation, section_heading: str) -> Iterator[Provision]:
        lines = [(self._write(line, "\n"), line) for part in note for line in _lines(part)]
        if note.get("role") == "crossHeading" or not lines:
            return  # "Editorial Notes": a signpost between notes
        named = note.find(f"{{{NAMESPACE}}}heading")
        heading = "" if named is None else " ".join(_lines(named))
        end, path = len(self.text), (section_heading,)
        yield Provision(citation, heading, lines[0][0], end, Span(), 0, "", path)
        if note.get("topic") != "amendments":
            return
        years = [(start, match[1]) for start, line in lines if (match := _YEAR.match(line))]
        ends = [start - 1 for start, _ in years[1:]] + [end]
        for (start, year), stop in zip(years, ends, strict=True):
            yield Provision(citation, f"{heading}, {year}", start, stop, Span(), 1, "", (*path, heading))

    def _write(self, words: str, joint: str) -> int:
        """Add words after the joint (none at the very beginning); the offset where they begin."""
        self.text += (joint if self.text else "") + words
        return len(self.text) - len(words)

    def _address(self, element: etree._Element) -> tuple[str, Citation]:
        identifier = element.get("identifier", "")
        match = _IDENTIFIER.fullmatch(identifier)
        if not match or not f"{identifier}/".startswith(f"{self._section}/"):
            where = f"{etree.QName(element).localname} at line {element.sourceline}"
            raise CorpusError(f"the {where} has the identifier {identifier!r}, not one under {self._section}")
        return identifier, Citation("usc", int(match[1]), match[2], tuple(match[3].split("/")[1:]))


def _span(element: etree._Element, inherited: Span, identifier: str) -> Span:
    start, end = element.get("startPeriod"), element.get("endPeriod")
    if start is None and end is None:
        return inherited
    if start is None:
        raise CorpusError(f"{identifier} states an endPeriod alone; state both, or neither to inherit")
    try:
        return Span(date.fromisoformat(start), None if end is None else date.fromisoformat(end))
    except ValueError as error:
        raise CorpusError(f"{identifier} has the period {start!r} to {end!r}: {error}") from error


def _lines(element: etree._Element) -> list[str]:
    """The element's words, a line for each block in it, whitespace reduced to single spaces."""
    lines = (" ".join(line.split()) for line in _flow(element).split("\n"))
    return [line for line in lines if line]


def _flow(element: etree._Element) -> str:
    parts = [_plain(element.text)]
    for child in element:
        edge = "\n" if etree.QName(child).localname in _BLOCKS else ""
        parts += [edge, _flow(child), edge, _plain(child.tail)]
    return "".join(parts)


def _plain(words: str | None) -> str:
    return re.sub(r"\s+", " ", words or "").replace("\u00ad", "")


def _bare(words: str) -> str:
    return "".join(words.replace("\u00ad", "").split())
