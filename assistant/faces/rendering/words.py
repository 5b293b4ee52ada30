"""The fixed words of the faces, and the escaping that untrusted text goes through."""

from __future__ import annotations

import re
from datetime import date

from assistant.answering.reply import Reason
from assistant.law import Span
from assistant.law.document import Tier
from assistant.law.english import long_date
from assistant.retention.values import Amount, Deadline

#: How a tier is named to a person; a chip says it in words, never in colour alone.
TIER_NAMES: dict[Tier, str] = {
    "statute": "Statute",
    "regulation": "Regulation",
    "agency": "Agency",
    "digest": "Our digest",
    "commentary": "Commentary",
    "user": "Your document",
}

#: What stands over a refusal. The refusal's own text says the rest.
REASONS: dict[Reason, str] = {
    "out_of_scope": "Outside what is covered",
    "not_in_corpus": "Not among the texts held",
    "ungrounded": "No authority found",
    "advice": "A decision for a person",
    "unlawful": "Not something to help with",
}

_BOUNDS = {"lesser_of": "the lesser of two limits", "higher_of": "the higher of two limits", "cap": "a cap"}
#: Control characters, but for tab and newline, and the marks that reorder text on a screen.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#!|~])")
_LABEL = re.compile(r"([$:])")


def span_words(span: Span) -> str:
    """``in force from July 1, 2020``: a span as people read it."""
    if span.start and span.end:
        return f"in force from {long_date(span.start)} through {long_date(span.end)}"
    if span.start:
        return f"in force since {long_date(span.start)}"
    if span.end:
        return f"in force through {long_date(span.end)}"
    return "not bound to a span of days"


def edition_words(edition: str) -> str:
    """``edition of October 21, 2011``: editions are named by a day, or by words of their publisher."""
    try:
        return f"edition of {long_date(date.fromisoformat(edition))}"
    except ValueError:
        return f"edition {edition}"


def amount_words(amount: Amount) -> tuple[str, str]:
    """The sum, and what kind of limit it is."""
    return f"At most ${amount.value:,.2f}", _BOUNDS[amount.bound]


def deadline_words(deadline: Deadline) -> str:
    """``Keep through March 1, 2027``, by the kind of date."""
    return f"{deadline.verb} {long_date(deadline.date)}"


def clean(text: str) -> str:
    """Without the characters that would steer a terminal or reorder what is read."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape_markdown(text: str) -> str:
    """Text that stays text in Markdown: no link, picture, heading or tag comes of it."""
    return _MARKDOWN.sub(r"\\\1", clean(text))


def escape_label(text: str) -> str:
    """The same for Streamlit's labels, where ``$`` and ``:`` start formulas, icons and colours."""
    return _LABEL.sub(r"\\\1", escape_markdown(text))
