"""Addresses on the chat page, for buttons."""

from __future__ import annotations

from assistant.answering.reply import Reply
from assistant.faces.rendering.addresses import address
from assistant.faces.slack.views import Place

#: Longer addresses a button does not take.
_LONGEST = 3000


def question_link(page: str, reply: Reply) -> str:
    """The question put again on the page, for the same day; empty where Slack takes no link so long."""
    return _link(page, "", {"q": reply.question, "as_of": reply.as_of.isoformat()})


def passage_link(page: str, place: Place) -> str:
    """The document open at the words."""
    words = f"{place.start}-{place.end}"
    return _link(page, "library", {"document": place.document.id, "words": words})


def _link(page: str, path: str, query: dict[str, str]) -> str:
    link = f"{page.rstrip('/')}/{address(path, query)}"
    return link if len(link) <= _LONGEST else ""
