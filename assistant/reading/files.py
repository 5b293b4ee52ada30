"""Reads the TOML files of a corpus: one schema's base, one reader, one set of errors."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from assistant.errors import CorpusError
from assistant.law import Span

T = TypeVar("T")


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Every table of the corpus's files: frozen, and no key that is not in its schema."""


class InForce(Strict, frozen=True, kw_only=True, rename={"from_": "from"}):
    """``from`` and ``to`` as they stand in a file; a span that ends before it starts does not load."""

    from_: date | None = None
    to: date | None = None

    def __post_init__(self) -> None:
        self.span  # noqa: B018  # a `ValueError` here is told with its place in the file

    @property
    def span(self) -> Span:
        """The days from the first to the last, both inside."""
        return Span(self.from_, self.to)


def read_toml(path: Path, schema: type[T], error: type[CorpusError] = CorpusError) -> T:
    """One file in its schema; every fault becomes an ``error`` that names the file and the place."""
    raw: dict[str, Any] = {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return msgspec.convert(raw, schema)
    except OSError as fault:
        raise error(f"{path} cannot be read ({fault.strerror})") from None
    except UnicodeDecodeError as fault:
        raise error(f"{path} is not UTF-8 text (byte {fault.start}); save it as UTF-8") from None
    except tomllib.TOMLDecodeError as fault:
        raise error(f"{path} is not TOML: {fault}") from None
    except msgspec.ValidationError as fault:
        raise error(f"{path}: {_placed(fault, raw)}") from None


def _placed(fault: msgspec.ValidationError, raw: dict[str, Any]) -> str:
    """The fault with the id of the table it is in, where that can be told."""
    message = str(fault)
    _, _, place = message.partition("`$.")
    table, _, rest = place.partition("[")
    try:
        return f"{table} {raw[table][int(rest.split(']')[0])]['id']!r}: {message}"
    except (KeyError, ValueError, IndexError, TypeError):
        return message
