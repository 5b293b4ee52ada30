"""Settings, read once from the environment and passed down; nothing below reads the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent

#: The package whose weights are used unless another model is named.
DEFAULT_MODEL = "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which embedding model is used.

    ``model`` is ``all-MiniLM-L6-v2`` (from the installed package, no network), a folder, or any
    other name that sentence-transformers can load. ``conversations`` is a SQLite file, or the URL
    of a PostgreSQL database.
    """

    corpus: Path = _ROOT / "corpus"
    index: Path = _ROOT / ".index"
    model: str = DEFAULT_MODEL
    conversations: str = str(_ROOT / ".data" / "conversations.sqlite")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """``RECORDKEEPING_`` and ``CORPUS``, ``INDEX``, ``EMBEDDINGS`` or ``CONVERSATIONS``."""
        defaults = cls()
        return cls(
            corpus=Path(environment.get("RECORDKEEPING_CORPUS") or defaults.corpus),
            index=Path(environment.get("RECORDKEEPING_INDEX") or defaults.index),
            model=environment.get("RECORDKEEPING_EMBEDDINGS") or defaults.model,
            conversations=environment.get("RECORDKEEPING_CONVERSATIONS") or defaults.conversations,
        )
