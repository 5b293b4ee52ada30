"""What every face reads and writes alike: a day, a whole number, a date to compute, a document in a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.errors import UsageError
from assistant.law import Document, Provision
from assistant.retention.deadlines import compute
from assistant.retention.values import Computed
from assistant.retention.vocabulary import check


def day(text: str) -> date:
    """An ISO date; the error names what is wrong with it."""
    try:
        if not re.fullmatch(
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text
        ):  # also of weeks, which ISO writes 2024-W01-1
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text[:40]!r} is not a date of the calendar in the form YYYY-MM-DD") from None


def clock(today: date | None) -> date:
    """The day treated as today. The only reader of the clock, with the faces that have no flag."""
    return today or date.today()


def whole(what: str, text: str, least: int, most: int) -> int:
    """A whole number between bounds, written in at most nine digits."""
    if not (re.fullmatch(r"[0-9]{1,9}", text) and least <= int(text) <= most):
        raise UsageError(f"{what} is a whole number from {least} to {most}, not {text[:20]!r}")
    return int(text)


def port(text: str) -> int:
    return whole("--port", text, 0, 65535)


def computed(
    record: str,
    agreement: str | None,
    events: Mapping[str, str],
    facts: Mapping[str, str],
    *,
    today: date,
    as_of: date | None,
) -> Computed:
    """The dates that named events and facts give. An unknown name is worth more to whoever asks than a
    fault in its date: names are checked first."""
    check(record, agreement, dict.fromkeys(events, date.min), facts)
    dates = {name: day_of(name, value) for name, value in events.items()}
    return compute(check(record, agreement, dates, facts), today=today, as_of=as_of)


def day_of(name: str, value: str) -> date:
    """A day that has a name, which the error repeats."""
    try:
        return day(value)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from None


def row(document: Document) -> dict[str, Any]:
    """A document in the contract's list of what is held."""
    return {
        "id": document.id,
        "title": document.title,
        "citation": str(document.citation),
        "tier": document.tier,
        "edition": document.edition,
        "in_force": document.in_force.to_json(),
        "sha256": document.sha256,
    }


def shown(document: Document, provision: Provision | None) -> dict[str, Any]:
    """The contract's object: the whole text, and where in it the provision stands."""
    found: dict[str, Any] = {
        "document": document.id,
        "title": document.title,
        "tier": document.tier,
        "edition": document.edition,
        "in_force": (provision or document).in_force.to_json(),
        "citation": str(provision.citation if provision else document.citation),
        "text": document.text,
    }
    return found | {"start": provision.start, "end": provision.end} if provision else found
