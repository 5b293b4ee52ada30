"""The form in which a draft is asked for and read: JSON, to the letter, or nothing."""

from __future__ import annotations

from typing import Any

import msgspec


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One drafted sentence: its words, the sources it names, the words of theirs it rests on."""

    text: str
    passages: tuple[str, ...]
    quotes: tuple[str, ...]


class Draft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model returns."""

    claims: tuple[Sentence, ...]


_TEXTS = {"type": "array", "items": {"type": "string"}}
#: For the providers that hold a model to a schema while it writes.
RESPONSE_FORMAT: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "draft",
        "strict": True,
        "schema": {
            "title": "draft",
            "type": "object",
            "properties": {
                "claims": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {"text": {"type": "string"}, "passages": _TEXTS, "quotes": _TEXTS},
                        "required": ["text", "passages", "quotes"],
                        "additionalProperties": False,
                    },
                }
            },
            "required": ["claims"],
            "additionalProperties": False,
        },
    },
}


def read_draft(text: str) -> Draft | str:
    """The draft, or what is wrong with its form. A fence around the JSON is let pass."""
    body = text.strip()
    if body.startswith("```") and body.endswith("```") and "\n" in body:
        body = body[body.index("\n") : -3]
    try:
        return msgspec.json.decode(body.encode("utf-8", "surrogatepass"), type=Draft)
    except msgspec.ValidationError as error:
        return f"the JSON has another form than the one asked for: {error}"
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return "the reply is not one JSON object and nothing else"
