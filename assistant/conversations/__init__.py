"""Conversations, kept: every Reply whole, with the editions it rested on, and what people said of it.

`Store` is loaded when it is first asked for, so that a command that keeps nothing does not pay for
the database's library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.conversations.values import Judged, Summary, Turn

if TYPE_CHECKING:
    from assistant.conversations.store import Store

__all__ = ["Judged", "Store", "Summary", "Turn"]


def __getattr__(name: str) -> Any:
    if name == "Store":
        from assistant.conversations.store import Store

        return Store
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
