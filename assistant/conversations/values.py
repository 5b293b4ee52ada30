"""What the store gives back. Frozen; instants are in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.answering.reply import Reply


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation in a list: its title, its first and last turn's instants, how many turns."""

    id: str
    title: str
    began: datetime
    last: datetime
    turns: int

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "began": self.began.isoformat(),
            "last": self.last.isoformat(),
            "turns": self.turns,
        }


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its whole Reply, and the documents held when it was given.

    ``corpus`` is what `assistant.conversations.changes.corpus_of` wrote. ``good`` is the thumb the
    owner gave, if any, with its ``reason``.
    """

    id: str
    reply: Reply
    corpus: str
    asked: datetime
    good: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A turn that a person said was good or bad, and why; ``face`` is where it was said."""

    turn: str
    conversation: str
    reply: Reply
    good: bool
    reason: str
    face: str
    given: datetime
