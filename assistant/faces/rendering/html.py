"""The blocks of a reply as HTML, every word escaped.

Prose is not passed through a Markdown renderer: "$10,000 or $100,000" would become a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from assistant.answering.reply import Quote
from assistant.faces.rendering.pieces import Piece
from assistant.faces.rendering.words import amount_words, clean, deadline_words, left
from assistant.retention.values import Amount, Deadline

#: What stands over the lists of a reply.
HEADINGS = {"steps": "The sum, step by step", "caveats": "Keep in mind"}


def piece_html(piece: Piece) -> str:
    """A piece without its chips, which are the face's own controls."""
    if piece.part in HEADINGS:
        return list_html(piece.part, piece.lines)
    text = "".join(f"<p>{_inline(line)}</p>" for line in piece.lines)
    return f'<div class="{piece.part}">{text}{"".join(_quote(quote) for quote in piece.quotes)}</div>'


def list_html(part: str, lines: Sequence[str]) -> str:
    """Steps, numbered since a person redoes them in order, or caveats."""
    tag = "ol" if part == "steps" else "ul"
    return f'<div class="{part}"><h4>{HEADINGS[part]}</h4>{_list(tag, lines)}</div>'


def missing_html(question: str) -> str:
    """A fact that decides, asked for."""
    return f'<div class="question"><p>{_inline(question)}</p></div>'


def question_html(question: str) -> str:
    """What a person asked, as they typed it."""
    return f'<div class="asked">{_inline(question, marks=False)}</div>'


def deadline_html(deadline: Deadline) -> str:
    """A date as the figure it is, with the time left."""
    return _figure(deadline_words(deadline), left(deadline))


def amount_html(amount: Amount) -> str:
    """A maximum as a figure, with the kind of limit."""
    return _figure(*amount_words(amount))


def table_html(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A small table whose cells wrap; for rows that have to be read to the end."""
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    body = "".join(
        f"<tr>{''.join(f'<td>{_inline(str(cell), marks=False)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f'<table class="rows"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def note_html(kind: str, heading: str) -> str:
    """The small heading over a refusal or a question back."""
    return f'<div class="note {escape(kind)}">{escape(heading)}</div>'


def _figure(words: str, aside: str) -> str:
    return f'<div class="figure"><strong>{escape(words)}</strong><span>{escape(aside)}</span></div>'


def _quote(quote: Quote) -> str:
    words = " ".join(clean(quote.text).split())
    return f"<blockquote>“{escape(words)}”<cite>{escape(str(quote.citation))}</cite></blockquote>"


def _list(tag: str, lines: Sequence[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{_inline(line)}</li>' for line in lines)}</{tag}>"


def _inline(text: str, *, marks: bool = True) -> str:
    """Escaped text; of Markdown only bold and italics are understood, and only in our own words."""
    safe = escape(clean(text).strip())
    if marks:
        safe = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", safe)
        safe = re.sub(r"(?<!\*)\*([^*\n]+)\*(?!\*)", r"<em>\1</em>", safe)
    return safe.replace("\n", "<br>")
