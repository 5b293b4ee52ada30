"""The JSON that requests bring, as values: unknown keys, wrong types and half a document fail."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from assistant.errors import UsageError
from assistant.faces.logs import line_of

#: No conversation that a model or a person could read is longer.
_Turns = Annotated[list["Said"], msgspec.Meta(max_length=1000)]
T = TypeVar("T")


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    pass


class Said(_Strict, frozen=True):
    """A turn before, as the contract's history has it."""

    role: Literal["user", "assistant"]
    content: str


class Ask(_Strict, frozen=True):
    """``conversation`` is the id of one that is kept: its turns are the history, and this is added."""

    question: str
    as_of: date | None = None
    today: date | None = None
    id: str | None = None
    history: _Turns | None = None
    conversation: str | None = None


class Compute(_Strict, frozen=True):
    """What ``deadline`` takes on the command line."""

    record: str
    agreement: str | None = None
    events: dict[str, str] = {}
    facts: dict[str, str] = {}
    as_of: date | None = None
    today: date | None = None


class Judge(_Strict, frozen=True):
    """A thumb on a turn that is kept, or on a reply that was not and is sent back whole."""

    good: bool
    turn: str | None = None
    reply: dict[str, Any] | None = None
    reason: str = ""


class Title(_Strict, frozen=True):
    title: str = ""


def read(body: bytes, form: type[T]) -> T:
    """The body as one of the above; `UsageError` names what is wrong and where."""
    try:
        return msgspec.json.decode(body, type=form)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        said = line_of(error).replace("Invalid RFC3339 encoded date", "Not a calendar date as YYYY-MM-DD")
        raise UsageError(
            f"the body cannot be used: {said[:300]}; README.md shows what each path takes"
        ) from None
