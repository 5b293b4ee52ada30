"""Settings, read once from the environment and passed down; nothing below reads the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from assistant.errors import UsageError

_ROOT = Path(__file__).resolve().parent.parent

#: The package whose weights are used unless another model is named.
DEFAULT_MODEL = "all-MiniLM-L6-v2"
#: The longest that a person can be made to wait for a language model, in seconds.
LONGEST = 600.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and which models are used.

    ``model`` embeds: ``all-MiniLM-L6-v2`` (from the installed package, no network), a folder, or any
    other name that sentence-transformers can load. ``conversations`` is a SQLite file, or the URL
    of a PostgreSQL database.

    ``chat_model`` is the language model that may phrase an answer, ``provider:model``; empty is
    none. ``chat_timeout`` is in seconds, for all that one answer asks of it. ``chat_price`` is
    what a million tokens cost in U.S. dollars, sent and received. ``private`` keeps what people
    write on this machine; ``tracing`` lets LangSmith's own variables decide whether runs are sent.
    """

    corpus: Path = _ROOT / "corpus"
    index: Path = _ROOT / ".index"
    model: str = DEFAULT_MODEL
    conversations: str = field(default=str(_ROOT / ".data" / "conversations.sqlite"), repr=False)
    chat_model: str = ""
    chat_url: str = ""
    chat_key: str = field(default="", repr=False)
    chat_timeout: float = 20.0
    chat_price: tuple[Decimal, Decimal] | None = None
    private: bool = False
    tracing: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """``RECORDKEEPING_`` and the field's name in capitals, where ``EMBEDDINGS`` is ``model``.

        `UsageError` for a value that cannot be one.
        """
        defaults = cls()
        return cls(
            corpus=corpus(environment),
            index=Path(environment.get("RECORDKEEPING_INDEX") or defaults.index),
            model=environment.get("RECORDKEEPING_EMBEDDINGS") or defaults.model,
            conversations=environment.get("RECORDKEEPING_CONVERSATIONS") or defaults.conversations,
            chat_model=chat_model(environment.get("RECORDKEEPING_CHAT_MODEL") or ""),
            chat_url=_url(environment, "RECORDKEEPING_CHAT_URL"),
            chat_key=environment.get("RECORDKEEPING_CHAT_KEY") or "",
            chat_timeout=_seconds(environment, "RECORDKEEPING_CHAT_TIMEOUT", defaults.chat_timeout),
            chat_price=_price(environment, "RECORDKEEPING_CHAT_PRICE"),
            private=_switch(environment, "RECORDKEEPING_PRIVATE"),
            tracing=_switch(environment, "RECORDKEEPING_TRACING"),
        )


def corpus(environment: Mapping[str, str]) -> Path:
    """The folder of the law alone, for what needs no other setting."""
    return Path(environment.get("RECORDKEEPING_CORPUS") or Settings().corpus)


def chat_model(name: str) -> str:
    """A model's name as ``provider:model``, or empty for none; `UsageError` for anything else."""
    name = name.strip()
    provider, colon, model = name.partition(":")
    if name and not (provider.strip() and colon and model.strip()):
        raise UsageError(
            f"{name[:60]!r} does not name a language model; RECORDKEEPING_CHAT_MODEL and --model take"
            " 'provider:model', such as openai:NAME, anthropic:NAME or ollama:NAME (docs/models.md)"
        )
    return name


def _url(environment: Mapping[str, str], name: str) -> str:
    value = (environment.get(name) or "").strip()
    if value and not value.startswith(("http://", "https://")):
        raise UsageError(
            f"{name} is {value[:60]!r}; it takes an address that begins with http:// or https://"
        )
    return value


def _seconds(environment: Mapping[str, str], name: str, default: float) -> float:
    value = environment.get(name) or str(default)
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST:  # also false of "nan"
        raise UsageError(f"{name} is {value[:40]!r}; it takes seconds, more than 0 and at most {LONGEST:.0f}")
    return seconds


def _price(environment: Mapping[str, str], name: str) -> tuple[Decimal, Decimal] | None:
    value = environment.get(name) or ""
    if not value:
        return None
    try:
        sent, received = (Decimal(part) for part in value.split("/"))
        if not (0 <= sent < 1_000_000 and 0 <= received < 1_000_000):
            raise ValueError
    except (ValueError, InvalidOperation):
        raise UsageError(
            f"{name} is {value[:40]!r}; it takes U.S. dollars for a million tokens sent and received,"
            " such as 0.40/1.60"
        ) from None
    return sent, received


def _switch(environment: Mapping[str, str], name: str) -> bool:
    value = (environment.get(name) or "0").strip().lower()
    if value not in ("0", "1", "no", "yes", "false", "true", "off", "on"):
        raise UsageError(f"{name} is {value[:40]!r}; it takes 1 or 0")
    return value in ("1", "yes", "true", "on")
