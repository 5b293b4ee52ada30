"""Whether a message asks for a date, and the facts of every computation that it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.answering.dates import FoundDate
from assistant.answering.facts.duties import duties
from assistant.answering.facts.message import Message, may, own_dates, settled_message
from assistant.answering.facts.told import DAYS, ReadFacts
from assistant.answering.question import Question
from assistant.reading.language import Language


def read_facts(text: str, question: Question, language: Language, today: date) -> tuple[ReadFacts, ...]:
    """The facts of every computation a message asks for, in order; empty where it asks for none.

    ``question`` is the same message as read by `QuestionReader`: its agreements, countries and roles
    are used. ``today`` resolves relative dates and two-digit years.
    """
    message = settled_message(text, question, language, today)
    dates = own_dates(message, today)
    if not _wanted(message, dates):
        return ()
    return duties(message, dates, today)


def _wanted(message: Message, dates: Sequence[FoundDate]) -> bool:
    """Whether the message asks for a date, or only tells events and so implies that it does."""
    asks, exact, until = message.asks, "exact" in message.asks, "until" in message.asks
    days = any(one.kind in DAYS and not one.relative for one in dates)
    if not days and "trigger" in asks:
        return False
    if not dates:
        return exact
    if not days:
        relative = any(one.relative for one in dates)
        until = until and not (relative and message.question.premise)
        until = until and "penalty" not in message.question.facets
        return exact or (until and (relative or "length" not in asks)) or may(message)
    if "penalty" in message.question.facets:
        return exact or until or "length" in asks
    if asks & {"exact", "until", "length"}:
        return True
    return "other" not in asks and ("keep" in asks or not _opens(message))


def _opens(message: Message) -> bool:
    """Whether a sentence or clause opens like a question: "is it …", "does the …"."""
    before = (message.text[: found.start].rstrip(" ") for found in message.words.opening.find(message.text))
    return any(not text or text[-1] in ".?!;:,\n" or text.endswith(" and") for text in before)
