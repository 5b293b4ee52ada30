"""Two texts compared word by word, provision by provision: what one has and the other has not.

What went is struck out and what came is underlined (``<del>``, ``<ins>``), and both are named in
words for a screen reader, so that nothing is told by colour alone. Where two texts share too few
words to be read as one (a text and our restatement of it), they stand side by side instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from typing import Literal

from assistant.faces.rendering.words import clean
from assistant.law import Citation, Document, Provision

Difference = Literal["same", "changed", "reworded", "only_first", "only_second"]
#: The share of words in common from which two texts are shown as one with its changes.
ONE_TEXT = 0.6
#: The share below which marks would say nothing.
ALIKE = 0.25
#: Words of a provision that are compared; beyond it the time would grow with their square.
MOST = 4000


@dataclass(frozen=True, slots=True)
class Row:
    """One address in both texts, or in one."""

    citation: Citation
    difference: Difference
    first: str
    second: str


def compare(first: Document, second: Document, within: Citation | None = None) -> tuple[Row, ...]:
    """Every address of the two texts, in the first's order; then those that only the second has."""
    one, other = _by_address(first, within), _by_address(second, within)
    rows = [
        Row(citation, _difference(words, other.get(citation)), words, other.get(citation, ""))
        for citation, words in one.items()
    ]
    rows += [
        Row(citation, "only_second", "", words) for citation, words in other.items() if citation not in one
    ]
    return tuple(rows)


def words_html(first: str, second: str) -> str:
    """The second text with what the first had and it has not, word by word."""
    return "".join(_marked(kind, words) for kind, words in _runs(first.split()[:MOST], second.split()[:MOST]))


def side_html(words: str, other: str, tag: Literal["del", "ins"]) -> str:
    """One text, with the words marked that the other has not; none where nearly all would be."""
    if likeness(words, other) < ALIKE:
        return escape(clean(words))
    pair = (words, other) if tag == "del" else (other, words)
    runs = _runs(pair[0].split()[:MOST], pair[1].split()[:MOST])
    return "".join(_marked(kind, run) for kind, run in runs if kind in ("same", tag))


def likeness(first: str, second: str) -> float:
    """The share of words in common, 0 to 1, in their order."""
    matcher = SequenceMatcher(None, first.split()[:MOST], second.split()[:MOST], autojunk=False)
    return matcher.ratio()


def _difference(first: str, second: str | None) -> Difference:
    if second is None:
        return "only_first"
    if first.split() == second.split():
        return "same"
    return "changed" if likeness(first, second) >= ONE_TEXT else "reworded"


def _by_address(document: Document, within: Citation | None) -> dict[Citation, str]:
    """The words at each address: a statute's own, without those of its subdivisions; a digest's all."""
    found: dict[Citation, list[str]] = {}
    for node in document.provisions:
        if node.depth == 0 and len(document.provisions) > 1 and document.tier in ("digest", "commentary"):
            continue
        if within is not None and not within.contains(node.citation):
            continue
        words = own_words(document, node)
        if words:
            found.setdefault(node.citation, []).append(words)
    return {citation: "\n".join(texts) for citation, texts in found.items()}


def own_words(document: Document, node: Provision) -> str:
    """A provision's words without those of the provisions below it."""
    below = sorted((p.start, p.end) for p in document.provisions if _is_below(p, node))
    kept, cursor = [], node.start
    for start, end in below:
        if start > cursor:
            kept.append(document.text[cursor:start])
        cursor = max(cursor, end)
    kept.append(document.text[cursor : node.end])
    return " ".join(" ".join(kept).split())


def _is_below(one: Provision, node: Provision) -> bool:
    return one.depth > node.depth and node.start <= one.start and one.end <= node.end


def _runs(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            yield "same", list(first[a:b])
            continue
        if b > a:
            yield "del", list(first[a:b])
        if d > c:
            yield "ins", list(second[c:d])


def _marked(kind: str, words: Sequence[str]) -> str:
    text = escape(clean(" ".join(words)))
    if kind == "same":
        return f"{text} "
    said = "removed: " if kind == "del" else "added: "
    return f'<{kind}><span class="unseen">{said}</span>{text}</{kind}> '
