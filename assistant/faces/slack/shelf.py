"""The assistant as it stands: opened once, and again when a new index has been swapped in."""

from __future__ import annotations

import logging
import threading

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.wiring import Assistant, open_assistant

log = logging.getLogger("assistant.slack")


class Shelf:
    """Safe for several threads; questions under way keep the index they began with."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._current = self._now()
        self._assistant = open_assistant(settings)

    def assistant(self) -> Assistant:
        if self._now() != self._current:
            with self._lock:
                current = self._now()
                if current != self._current:
                    self._current = current
                    self._open()
        return self._assistant

    def _open(self) -> None:
        """A new index that cannot be opened leaves the old one answering: its texts are still held."""
        try:
            self._assistant = open_assistant(self._settings)
        except AssistantError as error:
            log.error("a new index is there and cannot be used: %s", " ".join(str(error).split()))

    def _now(self) -> str:
        """What tells one index from the next; what it was where it cannot be read just now."""
        try:
            return (self._settings.index / "CURRENT").read_text(encoding="utf-8").strip()
        except OSError:
            return getattr(self, "_current", "")
