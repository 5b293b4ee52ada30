"""A Reply as a PDF: to file beside the record, or to hand to somebody.

Everything the reply says is in it, with every quote, every citation and its official address. The
letters are embedded (Bitstream Vera, which ReportLab brings along); words in a script it does not
have show a replacement, and the file says so. Whatever a person or a document wrote is escaped:
ReportLab's paragraphs would read its tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import LETTER  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import inch  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

from assistant.answering.reply import Quote, Reply
from assistant.faces.rendering.chips import citation_chip
from assistant.faces.rendering.pieces import pieces
from assistant.faces.rendering.words import (
    REASONS,
    TIER_NAMES,
    amount_words,
    clean,
    deadline_words,
    span_words,
)
from assistant.law import Citation, Document
from assistant.law.english import long_date

TITLE = "Customs recordkeeping: question and answer"
FOOT = "General information about the law, not legal advice. Read the authority behind each sentence."
_LACKING = "Letters that this file's typeface lacks are shown as ◊."
_LINK, _QUIET, _RULE = "#1f4e79", "#5d584e", "#c9c2b2"
#: Written as others that every typeface has.
_NEAR = str.maketrans({"\u2009": " ", "\u202f": " ", "\u2011": "-", "\u2212": "-", "\u2192": "to"})


def reply_pdf(reply: Reply, documents: Mapping[str, Document]) -> bytes:
    """The file's bytes; the same reply gives the same bytes."""

    looks = _looks()
    drawn = [Paragraph(text, looks[look]) for look, text in _paragraphs(reply, documents)]
    if any("◊" in paragraph.text for paragraph in drawn):
        drawn.append(Paragraph(_LACKING, looks["quiet"]))
    out = BytesIO()
    template = SimpleDocTemplate(
        out,
        pagesize=LETTER,
        leftMargin=1.1 * inch,
        rightMargin=1.1 * inch,
        topMargin=0.9 * inch,
        bottomMargin=0.9 * inch,
        title=TITLE,
        author="Recordkeeping assistant",
        subject=_letters(reply.question)[:200],
        lang="en-US",
        invariant=1,
    )
    template.build(drawn, onFirstPage=_foot, onLaterPages=_foot)
    return out.getvalue()


def _paragraphs(reply: Reply, documents: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    """The look and the text, already escaped, of each paragraph."""
    yield "title", TITLE
    yield "asked", _safe(reply.question.strip() or "(no question)")
    answered = f"The law of {long_date(reply.as_of)}; answered on {long_date(reply.today)}."
    yield "quiet", _safe(answered + (f" Phrased by {reply.model}." if reply.model else ""))
    if reply.reason:
        yield "note", _safe(REASONS[reply.reason])
    headings = {"steps": "The sum, step by step", "caveats": "Keep in mind"}
    figures = False
    for piece in pieces(reply, documents):
        if piece.part in ("steps", "question", "caveats") and not figures:
            yield from _figures(reply)
            figures = True
        if piece.part in headings:
            yield "heading", headings[piece.part]
            for number, line in enumerate(piece.lines, 1):
                yield piece.part, f"{number}.  {_marked(line)}" if piece.part == "steps" else _marked(line)
            continue
        look = {"conclusion": "conclusion", "question": "conclusion"}.get(piece.part, "support")
        for line in piece.lines:
            yield look, _marked(line)
        for quote in piece.quotes:
            yield "quote", f"“{_words(quote)}”"
        if piece.chips:
            yield "cited", "; ".join(_linked(chip.citation) for chip in piece.chips)
    if not figures:
        yield from _figures(reply)
    if reply.citations:
        yield "heading", "Sources"
        yield from _sources(reply, documents)


def _figures(reply: Reply) -> Iterator[tuple[str, str]]:
    for deadline in reply.deadlines:
        yield "figure", f"<b>{_safe(deadline_words(deadline))}</b>  ({_safe(deadline.left)})"
    for amount in reply.amounts:
        most, kind = amount_words(amount)
        yield "figure", f"<b>{_safe(most)}</b>  ({_safe(kind)})"


def _sources(reply: Reply, documents: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    """Every citation once, with its address, what is held there, and the words that were quoted."""
    quotes: dict[Citation, list[Quote]] = {citation: [] for citation in reply.citations}
    for claim in reply.claims:
        for quote in claim.quotes:
            place = quotes.setdefault(quote.citation, [])
            if quote not in place:
                place.append(quote)
    for number, (citation, quoted) in enumerate(quotes.items(), 1):
        chip = citation_chip(citation, documents, as_of=reply.as_of, today=reply.today)
        held = f" ({_safe(f'{chip.label}, {span_words(chip.in_force)}')})" if chip.document else ""
        yield "source", f"{number}.  {_linked(citation)}{held}"
        for quote in quoted:
            document = documents.get(quote.document)
            where = f"{quote.document}, characters {quote.start} to {quote.end}"
            if document:
                span = span_words(document.span_at(quote.start, quote.end))
                where = f"{TIER_NAMES[document.tier]}, {where}, {span}"
            yield "words", f"“{_words(quote)}” ({_safe(where)})"


def _linked(citation: Citation) -> str:
    label = _safe(str(citation))
    if citation.url:
        return f'<link href="{escape(citation.url)}" color="{_LINK}">{label}</link>'
    return label


def _words(quote: Quote) -> str:
    return _safe(" ".join(quote.text.split()))


def _marked(text: str) -> str:
    """Escaped, with Markdown's bold and italics, which are ours."""
    safe = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", _safe(text.strip()))
    return re.sub(r"(?<!\*)\*([^*\n]+)\*(?!\*)", r"<i>\1</i>", safe)


def _safe(text: str) -> str:
    return escape(_letters(clean(text))).replace("\n", "<br/>")


def _letters(text: str) -> str:
    known = _known()
    near = text.translate(_NEAR)
    return "".join(
        c if c in "\n\t" or ord(c) in known else "◊" for c in near if not 0xD800 <= ord(c) <= 0xDFFF
    )


@cache
def _known() -> frozenset[int]:
    """The characters that all four faces have, and the replacement."""

    _looks()
    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in ("Vera", "VeraBd", "VeraIt", "VeraBI")]
    return frozenset(set(faces[0]).intersection(*faces[1:])) | {ord("◊")}


@cache
def _looks() -> dict[str, Any]:
    """The paragraph styles, once the typeface is known to ReportLab."""

    for name in ("Vera", "VeraBd", "VeraIt", "VeraBI"):
        pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="VeraIt", boldItalic="VeraBI")
    base = ParagraphStyle("support", fontName="Vera", fontSize=9.5, leading=14.5, spaceBefore=7)
    quiet = HexColor(_QUIET)

    def made(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=base, **changes)

    styles = (
        base,
        made("title", fontSize=8.5, textColor=quiet, spaceBefore=0, spaceAfter=6),
        made("asked", fontSize=11.5, leading=16.5),
        made("quiet", fontSize=8, leading=12, textColor=quiet, spaceBefore=4, spaceAfter=8),
        made("note", fontName="VeraBd", fontSize=8.5, textColor=quiet),
        made("heading", fontName="VeraBd", fontSize=9, spaceBefore=14, textColor=quiet, keepWithNext=1),
        made("conclusion", fontName="VeraBd", fontSize=11, leading=16.5, spaceBefore=9),
        made("quote", fontName="VeraIt", fontSize=9, leading=14, leftIndent=14, spaceBefore=4),
        made("cited", fontSize=8, leading=12, spaceBefore=2, textColor=quiet),
        made("figure", fontSize=10.5, leading=16, borderColor=HexColor(_RULE), borderWidth=0.7,
             borderPadding=(5, 8, 6, 8), spaceBefore=13, spaceAfter=6, leftIndent=8, rightIndent=8),
        made("steps", leftIndent=18, firstLineIndent=-18, spaceBefore=3),
        made("caveats", fontSize=8.5, leading=13, textColor=quiet, spaceBefore=3),
        made("source", fontSize=8.5, leading=13, leftIndent=18, firstLineIndent=-18, spaceBefore=4),
        made("words", fontSize=8, leading=12, leftIndent=18, spaceBefore=1, textColor=quiet),
    )  # fmt: skip
    return {style.name: style for style in styles}


def _foot(canvas: Any, template: Any) -> None:
    canvas.saveState()
    canvas.setFont("Vera", 7)
    canvas.setFillColor(_QUIET)
    canvas.drawString(template.leftMargin, 36, FOOT)
    canvas.drawRightString(template.pagesize[0] - template.rightMargin, 36, str(canvas.getPageNumber()))
    canvas.restoreState()
