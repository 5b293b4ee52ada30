"""Yes or no, as people answer a question that was put back."""

from __future__ import annotations

import re

from assistant.answering.facts.words import read_words
from assistant.reading.language import plain

_YES = re.compile(r"\W*(?:yes|yep|yeah|y|correct|right|it was|they were|admitted free|free)\b")
_NO = re.compile(r"\W*(?:no|nope|n|not|it wasn'?t|it was not|they weren'?t|they were not|dutiable)\b")


def said(reply: str) -> str | None:
    """``yes`` or ``no`` to whether goods were admitted free; ``None`` where the reply says neither."""
    words, told = plain(reply).strip(), admitted(reply)
    if _NO.match(words) or told == "no":
        return "no"
    return "yes" if _YES.match(words) or told else None


def admitted(text: str) -> str | None:
    """Whether a message says in so many words that goods were admitted free, or were not."""
    found = {one.name for one in read_words().admitted.find(text)}
    return found.pop() if len(found) == 1 else None
