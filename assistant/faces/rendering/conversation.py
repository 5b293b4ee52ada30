"""A kept conversation for a reader or a program: every question and answer with its sources, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from assistant.conversations import Turn
from assistant.conversations.changes import changed
from assistant.faces.rendering.markdown import sources
from assistant.faces.rendering.words import clean, escape_markdown
from assistant.law import Document
from assistant.law.english import long_date

CHANGED = "Since this answer was given"


def export_markdown(
    turns: Iterable[Turn], documents: Mapping[str, Document], *, title: str, today: date
) -> str:
    """The replies as they were given, each under what changed since, if anything did.

    ``documents`` are those held on ``today``, which is said to be the day of the export.
    """
    blocks = [f"# {escape_markdown(title) or 'Conversation'}", f"*Exported on {long_date(today)}.*"]
    for number, turn in enumerate(turns, 1):
        reply = turn.reply
        asked = "\n".join(f"> {escape_markdown(line)}" for line in clean(reply.question).strip().splitlines())
        days = f"*The law of {long_date(reply.as_of)}; answered on {long_date(reply.today)}.*"
        blocks += [f"## {number}.", asked or "> (no question)", days]
        if lines := changed(turn, documents, today=today):
            blocks.append(
                "\n".join([f"> **{CHANGED}:**", *(f"> - {escape_markdown(line)}" for line in lines)])
            )
        blocks.append(reply.text)
        if reply.citations:
            blocks += ["### Sources", sources(reply, documents)]
    return "\n\n".join(blocks) + "\n"


def conversation_json(
    turns: Iterable[Turn], documents: Mapping[str, Document], *, id: str, title: str, today: date
) -> dict[str, Any]:
    """The same as JSON, each Reply whole."""
    rows = [
        {
            "id": turn.id,
            "asked": turn.asked.isoformat(),
            "good": turn.good,
            "reason": turn.reason,
            "changed": list(changed(turn, documents, today=today)),
            "reply": turn.reply.to_json(),
        }
        for turn in turns
    ]
    return {"id": id, "title": title, "turns": rows}
