"""Finding quoted words in the verbatim texts that are held."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.law.citation import Citation
from assistant.law.document import Document


def find_quote(
    documents: Iterable[Document], words: str, citation: Citation | None
) -> tuple[Document, int, int] | None:
    """Where the words stand verbatim in the verbatim text at ``citation`` (white space aside)."""
    if citation is None:
        return None
    wanted = words.split()
    for document in documents:
        if document.tier not in ("statute", "regulation"):
            continue
        for provision in document.provisions:
            if provision.citation == citation:
                found = _find_words(document.text, wanted, provision.start, provision.end)
                if found:
                    return document, *found
    return None


def _find_words(text: str, wanted: list[str], start: int, end: int) -> tuple[int, int] | None:
    position = text.find(wanted[0], start, end)
    while position != -1:
        cursor = position
        for word in wanted:
            while cursor < end and text[cursor].isspace():
                cursor += 1
            if not text.startswith(word, cursor):
                break
            cursor += len(word)
        else:
            if cursor <= end:
                return position, cursor
        position = text.find(wanted[0], position + 1, end)
    return None
