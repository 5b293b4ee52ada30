"""What every request is given: the assistant over the newest index, the store, the settings."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, date, datetime

from assistant.conversations import Store
from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.wiring import Assistant, open_assistant, open_store


class Office:
    """One for a server; safe for its threads."""

    def __init__(self, settings: Settings) -> None:
        """Opens both at once, so that a server without an index or a store never starts."""
        self.settings = settings
        self._lock = threading.Lock()
        self._current = self._named()
        self._assistant = open_assistant(settings)
        self.store: Store = open_store(settings)

    @property
    def assistant(self) -> Assistant:
        """The assistant; opened again when another index was swapped in behind a running server.

        An index that cannot be opened changes nothing: the one before goes on answering.
        """
        current = self._named()
        if current != self._current:
            with self._lock, suppress(AssistantError):
                if current != self._current:
                    self._current = current
                    self._assistant = open_assistant(self.settings)
        return self._assistant

    def ready(self) -> None:
        """Raises what keeps the server from answering."""
        self.store.ready()

    def close(self) -> None:
        self.store.close()

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    @staticmethod
    def today() -> date:
        return date.today()

    def _named(self) -> str:
        """What tells one index from the next; empty where there is none."""
        with suppress(OSError):
            return (self.settings.index / "CURRENT").read_text(encoding="utf-8").strip()
        return ""
