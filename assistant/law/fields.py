"""A JSON object read field by field: the right type or a `ValueError` that names the field.

What is stored or sent as JSON is read back through this, so that a value is never built from a
number where a text belongs. A field that is not there is ``None`` only where that is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from assistant.law.citation import Citation


class Fields:
    """One JSON object; ``what`` says in an error what it was read as."""

    def __init__(self, what: str, value: object) -> None:
        if not isinstance(value, Mapping):
            raise ValueError(f"{what} is not an object")
        self._what, self._value = what, value

    def __contains__(self, name: str) -> bool:
        return name in self._value

    def get(self, name: str) -> Any:
        """The value as it is; `ValueError` when it is not there."""
        if name not in self._value:
            raise ValueError(f"{self._what} has no {name}")
        return self._value[name]

    def text(self, name: str) -> str:
        value = self.get(name)
        if not isinstance(value, str):
            raise self._not(name, "text")
        return value

    def number(self, name: str) -> float:
        value = self.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self._not(name, "a number")
        return value

    def whole(self, name: str) -> int:
        value = self.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._not(name, "a whole number")
        return value

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise self._not(name, "a date in the form YYYY-MM-DD") from None

    def one_of(self, name: str, allowed: tuple[str, ...]) -> Any:
        """One of a closed set; typed ``Any`` because the set is a ``Literal`` of the caller's."""
        value = self.text(name)
        if value not in allowed:
            raise self._not(name, f"one of {', '.join(allowed)}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        items = self.items(name)
        if not all(isinstance(item, str) for item in items):
            raise self._not(name, "a list of texts")
        return items

    def citations(self, name: str = "citations") -> tuple[Citation, ...]:
        return tuple(map(Citation.from_json, self.texts(name)))

    def items(self, name: str) -> tuple[Any, ...]:
        value = self.get(name)
        if not isinstance(value, list | tuple):
            raise self._not(name, "a list")
        return tuple(value)

    def _not(self, name: str, form: str) -> ValueError:
        return ValueError(f"{name} of {self._what} is not {form}")


def lost(given: object, made: object, path: str = "") -> Iterator[str]:
    """The paths at which ``made`` does not say what was ``given``; a field of ``made`` may be new.

    Reading JSON into a value and writing it again must lose nothing: an unknown field, a derived
    field that disagrees with what it derives from, a number that would be rounded.
    """
    if isinstance(given, Mapping) and isinstance(made, Mapping):
        for name, value in given.items():
            below = f"{path}.{name}" if path else str(name)
            if name in made:
                yield from lost(value, made[name], below)
            else:
                yield below
    elif isinstance(given, list | tuple) and isinstance(made, list | tuple) and len(given) == len(made):
        for number, (one, other) in enumerate(zip(given, made, strict=True)):
            yield from lost(one, other, f"{path}[{number}]")
    elif isinstance(given, bool) != isinstance(made, bool) or given != made:
        yield path
