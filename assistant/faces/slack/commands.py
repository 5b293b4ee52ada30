"""``/recordkeeping``: a question, a date to compute, or a word of help."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from assistant.errors import UsageError
from assistant.faces.asked import computed, day_of
from assistant.faces.rendering.slack_blocks import (
    Block,
    Message,
    bullets,
    message,
    notes,
    paragraphs,
    rich,
    run,
)
from assistant.retention.rules import rulebook
from assistant.retention.values import Computed
from assistant.retention.vocabulary import FACTS, near

COMMAND = "/recordkeeping"
Verb = Literal["ask", "deadline", "help"]
VERBS: tuple[Verb, ...] = ("ask", "deadline", "help")
HELP = (
    f"{COMMAND} ask How long must we keep records for a drawback claim?",
    f"{COMMAND} deadline drawback claim_filed=2021-01-10 claim_liquidated=2024-02-29",
    f"{COMMAND} deadline fta_export agreement=cafta-dr:honduras certificate_issued=2012-05-01",
    f"{COMMAND} deadline duty_free_low_value entry=2025-09-10 admitted_free=yes",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a date is computed from, with the names of the command line."""

    record: str
    agreement: str | None = None
    events: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None

    def computed(self, today: date) -> Computed:
        return computed(self.record, self.agreement, self.events, self.facts, today=today, as_of=self.as_of)


def understood(text: str) -> tuple[Verb, str]:
    """The verb and the rest. Words without a verb are a question; NAME=VALUE without one is `UsageError`."""
    first, _, rest = text.strip().partition(" ")
    word = first.lower()
    for verb in VERBS:
        if word == verb:
            return verb, rest.strip()
    if not first:
        return "help", ""
    if "=" in rest:
        hint = near(word, VERBS)
        raise UsageError(f"there is no command {first[:40]!r}{hint}; '{COMMAND} help' shows those there are")
    return "ask", text.strip()


def help_message() -> Message:
    """How to ask, in examples."""
    head = paragraphs("Ask about U.S. customs recordkeeping law, or have a date computed:")
    more = "You can also mention me in a channel, write to me directly, and go on asking in the thread."
    law = "General information about the law, and not legal advice."
    records = f"Records: {', '.join(sorted(rulebook().records))}."
    return message(
        [*head, rich(bullets([run(line, code=True)] for line in HELP)), *_small(more, records), *notes([law])]
    )


def _small(*lines: str) -> list[Block]:
    return [block for line in lines for block in paragraphs(line)]


def read_terms(text: str) -> Terms:
    """``RECORD event=DATE …``, or the command line's own flags; `UsageError` in one line.

    Slack turns ``--`` into a dash and straight quotes into curly ones while people type; both are undone.
    """
    text = re.sub(r"(?<!\S)[—–](?=\w)", "--", text).translate({0x201C: '"', 0x201D: '"', 0x2019: "'"})
    try:
        found = shlex.split(text)
    except ValueError:
        raise UsageError("a quotation mark is left open; close it") from None
    if not found or "=" in found[0] or found[0].startswith("--"):
        raise UsageError(
            f"name the record first: {COMMAND} deadline RECORD event=DATE …; '{COMMAND} help' has examples"
        )
    record, pairs = found[0], _pairs(found[1:])
    named: dict[str, str] = {}
    events: dict[str, str] = {}
    facts: dict[str, str] = {}
    for flag, name, value in pairs:
        if name in named or name in events or name in facts:
            raise UsageError(f"{name!r} is given twice; give it once")
        if flag != "event" and flag != "fact" and name in ("agreement", "as_of"):
            named[name] = value
        elif flag == "fact" or (flag is None and name in FACTS):
            facts[name] = value
        else:
            events[name] = value
    as_of = day_of("as_of", named["as_of"]) if "as_of" in named else None
    return Terms(record, named.get("agreement"), events, facts, as_of)


_FLAGS = {"event": "event", "fact": "fact", "agreement": "agreement", "as-of": "as_of", "as_of": "as_of"}


def _pairs(found: list[str]) -> list[tuple[str | None, str, str]]:
    """(the flag, if any, the name, the value) of each argument."""
    pairs: list[tuple[str | None, str, str]] = []
    rest = iter(found)
    for word in rest:
        flag: str | None = None
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            if name not in _FLAGS:
                raise UsageError(
                    f"there is no {word[:40]!r} here; there are agreement, event, fact and as_of"
                )
            flag = _FLAGS[name]
            word = value if equals else next(rest, "")
            if flag in ("agreement", "as_of"):
                word = f"{flag}={word}"
        name, equals, value = word.partition("=")
        if not equals or not name or not value:
            raise UsageError(f"{word[:60]!r} is not in the form NAME=VALUE, for example entry=2021-03-15")
        pairs.append((flag, name.replace("as-of", "as_of"), value))
    return pairs
