"""A document as a tree: its provisions, or the headings of a digest, each of which opens and closes.

Nothing but HTML's own ``<details>``, so that it works by keyboard, in print and without a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from assistant.faces.rendering.words import clean, span_words
from assistant.law import Document, Provision, Span


@dataclass(slots=True)
class Node:
    """A branch or a leaf; ``words`` are its own, without those below it. ``place``: offsets of all of it."""

    label: str
    heading: str
    words: str
    place: tuple[int, int]
    in_force: Span
    below: list[Node] = field(default_factory=list)


def tree(document: Document) -> tuple[Node, ...]:
    """The document's own nodes, the top level first."""
    if any(node.statement for node in document.provisions):
        return tuple(_by_heading(document))
    return tuple(_by_level(document))


def tree_html(document: Document, wanted: str = "") -> tuple[str, int]:
    """The tree, and in how many places the words were found: with ``wanted``, only these are drawn."""
    pattern = _pattern(wanted)
    counted = 0
    drawn = []
    for number, node in enumerate(tree(document)):
        html, hits = _drawn(document, node, pattern, opened=not number)
        counted += hits
        if html:
            drawn.append(html)
    return f'<div class="law tree">{"".join(drawn)}</div>', counted


def _drawn(
    document: Document, node: Node, pattern: re.Pattern[str] | None, *, opened: bool = False
) -> tuple[str, int]:
    below = [_drawn(document, child, pattern) for child in node.below]
    own = len(pattern.findall(f"{node.heading}\n{node.words}")) if pattern else 0
    hits = own + sum(count for _, count in below)
    if pattern and not hits:
        return "", 0
    inner = "".join(html for html, _ in below)
    title = f"<b>{escape(node.label)}</b>" if node.label else ""
    heading = f" <span>{_marked(node.heading, pattern)}</span>" if node.heading else ""
    start, end = node.place
    copy = (
        f'<button type="button" class="tool" data-copy-link="library?document={escape(document.id)}'
        f'&amp;words={start}-{end}" aria-label="Copy link to {escape(node.label or node.heading)}">'
        "Copy link</button>"
    )
    words = f"<p>{_marked(node.words, pattern)}</p>" if node.words else ""
    span = ""
    if node.in_force != document.in_force and node.in_force.end:
        words_of = span_words(node.in_force)
        span = f'<p class="span former">{escape(words_of[:1].upper() + words_of[1:])}</p>'
    if not node.below:
        if not node.label and not node.heading:
            return words, hits
        return f'<div class="leaf"><p>{title}{heading} {copy}</p>{span}{words}</div>', hits
    state = " open" if pattern or opened else ""
    found = f' <em class="hits">{hits} found</em>' if pattern else ""
    return (
        f"<details{state}><summary>{title}{heading}{found}</summary>"
        f'<div class="branch">{span}{words}{inner}</div></details>',
        hits,
    )


def _by_level(document: Document) -> Iterator[Node]:
    """A text by its own numbering."""
    nodes = sorted(document.provisions, key=lambda p: (p.start, -p.end, p.depth))
    top: list[tuple[Provision, Node]] = []
    stack: list[tuple[Provision, Node]] = []
    for provision in nodes:
        while stack and not (stack[-1][0].start <= provision.start and provision.end <= stack[-1][0].end):
            stack.pop()
        path = provision.citation.path
        label = f"({path[-1]})" if path else str(provision.citation)
        made = Node(label, provision.heading, "", (provision.start, provision.end), provision.in_force)
        (stack[-1][1].below if stack else [n for _, n in top]).append(made)
        if not stack:
            top.append((provision, made))
        stack.append((provision, made))
    for _, node in top:
        _fill(document, node)
    yield from (node for _, node in top)


def _fill(document: Document, node: Node) -> None:
    """A node's own words; what goes on after a subdivision stands where it stands in the text."""
    start, end = node.place
    parts: list[Node] = []
    cursor = start
    for child in node.below:
        parts += _loose(document, cursor, child.place[0], node)
        cursor = child.place[1]
        _fill(document, child)
        parts.append(child)
    parts += _loose(document, cursor, end, node)
    if parts and not parts[0].label and parts[0].place[0] == start:
        words = parts.pop(0).words
        for known in (node.label, f"§ {node.label.rpartition(' ')[2]}.", f"{node.heading}.", node.heading):
            words = words.removeprefix(known).lstrip()
        node.words = words
    node.below = parts


def _loose(document: Document, start: int, end: int, node: Node) -> list[Node]:
    words = " ".join(document.text[start:end].split())
    return [Node("", "", words, (start, end), node.in_force)] if words else []


def _by_heading(document: Document) -> Iterator[Node]:
    """A digest by its headings; each statement with the address that it restates."""
    groups: dict[tuple[str, ...], Node] = {}
    for provision in document.provisions:
        if provision.statement is None:
            continue
        path = provision.heading_path or (document.title,)
        group = groups.get(path)
        if group is None:
            heading = path[-1]
            group = groups[path] = Node("", heading, "", (provision.start, provision.end), document.in_force)
        group.place = (group.place[0], provision.end)
        words = " ".join(document.text[provision.start : provision.end].split())
        place = (provision.start, provision.end)
        group.below.append(Node(str(provision.citation), "", words, place, provision.in_force))
    yield from groups.values()


def _pattern(wanted: str) -> re.Pattern[str] | None:
    words: Sequence[str] = wanted.split()[:20]
    return re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE) if words else None


def _marked(text: str, pattern: re.Pattern[str] | None) -> str:
    if pattern is None:
        return escape(clean(text))
    parts, cursor = [], 0
    for match in pattern.finditer(text):
        parts += [escape(clean(text[cursor : match.start()])), f"<mark>{escape(clean(match[0]))}</mark>"]
        cursor = match.end()
    return "".join([*parts, escape(clean(text[cursor:]))])
