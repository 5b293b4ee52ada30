"""Addresses of the page: a question, a passage, a computed date, a conversation.

?q=QUESTION&as_of=DATE                  the question, asked once: from the page itself, the address bar or
                                        a bookmark; from anywhere else it is only filled in, as by `fill`
?fill=QUESTION&as_of=DATE               the question in the field, for the person to send
?show=DOCUMENT_OR_CITATION&as_of=DATE   a passage, opened over whatever view it is on
library?document=ID&words=START-END     the same, by offsets
dates?record=R&agreement=A&EVENT=DATE   a computed date; also FACT=yes
?c=ID                                   a kept conversation, for the browser that has it
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from assistant.answering.reply import Reply
from assistant.faces.rendering.chips import Chip

#: Browsers and proxies take addresses of at least this many characters; a longer question has no link.
LONGEST = 8000


def question_link(reply: Reply, today: date) -> str:
    """The question asked again, for the same day; empty where an address cannot be so long."""
    link = address("", {"q": reply.question, "as_of": _day(reply.as_of, today)})
    return link if len(link) <= LONGEST else ""


def passage_link(chip: Chip) -> str:
    """The document open at the words."""
    words = f"{chip.start}-{chip.end}" if chip.end > chip.start else ""
    return address("library", {"document": chip.document or "", "words": words})


def dates_link(known: Mapping[str, str], as_of: date, today: date) -> str:
    """The Dates view with its fields filled in."""
    return address("dates", {**known, "as_of": _day(as_of, today)})


def address(path: str, query: Mapping[str, str]) -> str:
    """Relative to where the page is served from."""
    return f"{path}?{urlencode({k: v for k, v in query.items() if v}, errors='replace')}"


def _day(as_of: date, today: date) -> str:
    return "" if as_of == today else as_of.isoformat()
