"""A document as HTML, open at a passage with its words highlighted.

Lines keep the law's own indentation (the depth of the provision they belong to). What lies far
from the passage is folded away rather than cut off, so nothing has to scroll by script.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from assistant.faces.rendering.words import clean
from assistant.law import Document

#: Characters of context left open before and after the highlighted words, in whole lines: few before,
#: so that the words stand on the first screen of a phone.
BEFORE, AFTER = 320, 900


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    depth: int
    heading: bool


def passage_html(document: Document, start: int, end: int) -> str:
    """The whole text with ``[start:end]`` in ``<mark>``; an empty range shows it unmarked from the top.

    Every character of the document goes through `html.escape`; the only markup is ours.
    """
    lines = [line for line in _lines(document) if line.text.strip()]
    hit = [n for n, line in enumerate(lines) if line.start < end and start < line.start + len(line.text)]
    if not hit:
        return f'<div class="law">{_rows(lines, start, end)}</div>'
    first, last = _window(lines, hit[0], hit[-1] + 1)
    above = [line for line in lines[: hit[0]] if line.heading][-1:]
    above = [line for line in above if line not in lines[first:last]]
    return (
        f'<div class="law">{_folded("Text before", lines[:first], start, end)}{_rows(above, start, end)}'
        f"{_rows(lines[first:last], start, end)}"
        f"{_folded('Text after', lines[last:], start, end)}</div>"
    )


def _window(lines: Sequence[_Line], first: int, last: int) -> tuple[int, int]:
    """The lines ``[first:last]`` widened by what the context may hold."""
    room = BEFORE
    while first and (room := room - len(lines[first - 1].text)) >= 0:
        first -= 1
    room = AFTER
    while last < len(lines) and (room := room - len(lines[last].text)) >= 0:
        last += 1
    return first, last


def _folded(label: str, lines: Sequence[_Line], start: int, end: int) -> str:
    if not lines:
        return ""
    return f"<details><summary>{label}</summary>{_rows(lines, start, end)}</details>"


def _rows(lines: Sequence[_Line], start: int, end: int) -> str:
    return "".join(
        f'<p class="d{line.depth}{" heading" if line.heading else ""}">{_marked(line, start, end)}</p>'
        for line in lines
    )


def _marked(line: _Line, start: int, end: int) -> str:
    low, high = max(0, start - line.start), min(len(line.text), end - line.start)
    if low >= high:
        return _safe(line.text)
    before, words, after = line.text[:low], line.text[low:high], line.text[high:]
    return f"{_safe(before)}<mark>{_safe(words)}</mark>{_safe(after)}"


def _safe(text: str) -> str:
    return escape(clean(text))


def _lines(document: Document) -> Iterator[_Line]:
    """Lines with the depth of the innermost provision that covers their first character."""
    nodes = sorted(document.provisions, key=lambda p: (p.start, -p.end))
    starts = [node.start for node in nodes]
    headings = {h for node in nodes for h in (*node.heading_path, node.heading) if h}
    shallow = min((node.depth for node in nodes), default=0)
    offset = 0
    for text in document.text.split("\n"):
        depth = 0
        for node in reversed(nodes[: bisect_right(starts, offset)]):
            if offset < node.end:
                depth = node.depth - shallow
                break
        # A statute's heading follows its number, "(c) Period of time"; a digest's stands alone.
        words = text.strip()
        title = words.partition(") ")[2] if words.startswith("(") else words
        yield _Line(offset, text, min(depth, 7), bool(words) and (words in headings or title in headings))
        offset += len(text) + 1
