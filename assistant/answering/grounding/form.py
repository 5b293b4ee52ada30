"""The form of a drafted sentence: one plain sentence, and nothing that a page or a reader would act on.

A model may have read an instruction in a document or a question and passed it on. What it may not
write is cheap to name: links, markup, mentions, control characters, words to the reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: The longest sentence a draft may have; the longest statement of the corpus is shorter.
LONGEST = 480
_FORBIDDEN = (
    (
        "a link",
        re.compile(r"\b(?:https?|ftp|mailto|javascript|data):|\bwww\.|\b[\w-]+\.(?:com|org|net|io)\b", re.I),
    ),
    ("a Markdown link or image", re.compile(r"!?\[[^\]]*\]\s?[(\[]")),
    ("markup", re.compile(r"<[^<>]*>|&(?:#\w+|[a-z]{2,8});|[`*~|\\]|__|^\s*(?:#|>|[-+] )")),
    ("a mention", re.compile(r"(?<!\w)@\w|<[@#!]|\w@\w")),
)
_READER = re.compile(
    r"\b(?:you|your|yours|please|as an ai|language model|chatbot|system prompt|previous instructions?)\b"
    r"|\b(?:ignore|disregard|forget) (?:all|any|the|every|previous|prior|above|what|this|these|those)\b"
    r"|^(?:ignore|disregard|forget|click|visit|download|call|e-?mail|contact|pay|send|remember|note|trust|go|see)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"\b(?:U\.S\.C|U\.S|C\.F\.R|Pub|Pub\. L|Fed\. Reg|No|Sec|secs?|e\.g|i\.e|Stat|T\.D|Dec|Inc|v|[A-Z])\.$",
    re.I,
)


_BROKEN = re.compile(
    r"(?:\b(?:is|are|was|be|(?<!have )(?<!has )(?<!had )been|the|an?|of|may|must|shall|under|to|and|or)"
    r"|[;:,])\.\s*$",
    re.IGNORECASE,
)


def form(text: str) -> Iterator[str]:
    """Everything wrong with how a drafted sentence is written."""
    if len(text) > LONGEST:
        yield f"it is {len(text)} characters long; at most {LONGEST}"
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
            yield f"it has the character U+{ord(character):04X}, which nobody sees"
            break
    for name, pattern in _FORBIDDEN:
        if pattern.search(text):
            yield f"it has {name}"
    if found := _READER.search(text):
        yield f"'{found[0]}' speaks to the reader; a claim says only what the law says"
    if _BROKEN.search(text):
        yield "it breaks off"
    if text.count("?") or sentences(text) != 1:
        yield "it is not one sentence that ends in a full stop"


def sentences(text: str) -> int:
    """How many sentences there are; the point of an abbreviation ends none."""
    ends = 0
    for match in re.finditer(r"[.!?](?=\s|$)", text.strip()):
        last = match.end() == len(text.strip())
        if last or not _ABBREVIATION.search(text.strip()[: match.end()]):
            ends += 1
    return ends
