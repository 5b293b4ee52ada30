"""The blocks of a reply as HTML, every word escaped.

Prose is not passed through a Markdown renderer: "$10,000 or $100,000" would become a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.answering.reply import Quote, Reply
from assistant.faces.rendering.chips import Chip
from assistant.faces.rendering.pieces import Piece, pieces
from assistant.faces.rendering.words import REASONS, amount_words, clean, deadline_words
from assistant.law import Citation, Document
from assistant.law.english import long_date
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
    return f'<div class="{part}"><h2>{HEADINGS[part]}</h2>{_list(tag, lines)}</div>'


def missing_html(question: str) -> str:
    """A fact that decides, asked for."""
    return f'<div class="question"><p>{_inline(question)}</p></div>'


def question_html(question: str) -> str:
    """What a person asked, as they typed it."""
    return f'<div class="asked">{_inline(question, marks=False)}</div>'


def deadline_html(deadline: Deadline) -> str:
    """A date as the figure it is, with the time left."""
    return _figure(deadline_words(deadline), deadline.left)


def amount_html(amount: Amount) -> str:
    """A maximum as a figure, with the kind of limit."""
    return _figure(*amount_words(amount))


def sentence_html(block: str) -> str:
    """A block of a reply's Markdown, as it is shown while the rest is on its way."""
    block = re.sub(r"\\([^\w\s])", r"\1", block)  # what Markdown must not read, nothing here reads
    lines = clean(block).strip().splitlines()
    if lines and all(line.startswith(">") for line in lines):
        return f"<blockquote>{_inline(' '.join(line.lstrip('> ') for line in lines))}</blockquote>"
    if lines and all(re.match(r"(-|\d+\.) ", line) for line in lines):
        tag = "ul" if lines[0].startswith("-") else "ol"
        return f'<div class="support">{_list(tag, [line.partition(" ")[2] for line in lines])}</div>'
    return f'<div class="support"><p>{_inline(block)}</p></div>'


def working_html(step: str) -> str:
    """What is being done, for eyes and for a screen reader."""
    return f'<div class="working" role="status">{escape(step or "Waiting for its turn")}…</div>'


def changes_html(lines: Sequence[str]) -> str:
    """What has changed since an answer was given, above it."""
    listed = _list("ul", lines)
    return f'<div class="changes" role="note"><h2>Changed since this answer was given</h2>{listed}</div>'


def cited_html(chips: Sequence[Chip]) -> str:
    """Citations as words, where they cannot be clicked."""
    cited = "; ".join(f"{escape(str(chip.citation))} ({escape(chip.label)})" for chip in chips)
    return f'<p class="cited">{cited}</p>' if cited else ""


def copy_html(link: str, label: str = "Copy link") -> str:
    """A control that copies an address of the page; the page's script makes it work."""
    return f'<button type="button" class="tool" data-copy-link="{escape(link)}">{escape(label)}</button>'


def tools_html(stamp: str, link: str, text: str) -> str:
    """Below an answer: the law of which day, and what needs no server: copying and printing."""
    copy = copy_html(link) if link else ""
    return (
        f'<div class="tools"><span class="stamp">{escape(stamp)}</span>{copy}'
        f'<button type="button" class="tool" data-copy-text="{escape(text)}">Copy text</button>'
        f"{print_html()}</div>"
    )


def print_html() -> str:
    """A control that prints what is on the page."""
    return '<button type="button" class="tool" data-print="">Print</button>'


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


def reply_page(reply: Reply, documents: Mapping[str, Document]) -> str:
    """A whole document, on its own: to print, or to keep beside the record. Nothing in it runs."""
    title = "Customs recordkeeping: question and answer"
    answered = f"The law of {long_date(reply.as_of)}; answered on {long_date(reply.today)}."
    body = [f"<h1>{title}</h1>", question_html(reply.question), f'<p class="note">{escape(answered)}</p>']
    if reply.reason:
        body.append(note_html("refusal", REASONS[reply.reason]))
    figures = False
    for piece in pieces(reply, documents):
        if piece.part in ("steps", "question", "caveats") and not figures:
            body += _figures(reply)
            figures = True
        body.append(piece_html(piece))
        if piece.chips:
            body.append(f'<p class="cited">{"; ".join(_linked(chip.citation) for chip in piece.chips)}</p>')
    if not figures:
        body += _figures(reply)
    if reply.citations:
        listed = "".join(f"<li>{_linked(citation)}</li>" for citation in reply.citations)
        body.append(f"<h2>Sources</h2><ol>{listed}</ol>")
    foot = "General information about the law, not legal advice. Read the authority behind each sentence."
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<style>{_PAGE_STYLE}</style></head>"
        f"<body><main>{''.join(body)}</main><footer>{foot}</footer></body></html>\n"
    )


def _figures(reply: Reply) -> list[str]:
    return [*map(deadline_html, reply.deadlines), *map(amount_html, reply.amounts)]


def _linked(citation: Citation) -> str:
    label = escape(str(citation))
    return f'<a href="{escape(citation.url)}">{label}</a>' if citation.url else label


_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_PAGE_STYLE = (
    "body{font:16px/1.55 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#22211d}"
    "h1{font-size:1rem;color:#5d584e}h2{font-size:.95rem;margin:1.4rem 0 .3rem}p{margin:.5rem 0}"
    ".asked{font-size:1.2rem}.conclusion{font-weight:600;font-size:1.15rem}.note,.cited,.caveats,footer"
    "{font-size:.88rem;color:#5d584e}blockquote{font-style:italic;font-weight:400;margin:.5rem 0 .5rem 1rem}"
    "cite{display:block;font-style:normal;font-size:.85rem}.figure{border:1px solid #c9c2b2;"
    "padding:.5rem .8rem;margin:.9rem 0}.figure span{color:#5d584e;margin-left:.8rem}a{color:#1f4e79}"
    "footer{margin-top:2rem;border-top:1px solid #c9c2b2}"
    "@media print{body{margin:0;max-width:none;font-size:11pt}}"
)
