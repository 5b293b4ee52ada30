"""What is read once from the corpus in use, and the one place that says which corpus that is.

A face says it when it starts (`using`); every rulebook, every penalty and every cue follows, in all threads.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

_in_use = Path(__file__).resolve().parents[2] / "corpus"


def use(corpus: Path) -> None:
    """From here on what is held comes from this corpus, for the whole process."""
    global _in_use
    _in_use = corpus


@contextmanager
def using(corpus: Path) -> Iterator[None]:
    """`use`, and at the end what was used before."""
    before = _in_use
    use(corpus)
    try:
        yield
    finally:
        use(before)


class Held(Generic[T]):
    """A part of the corpus, read at its first use; called with a path it reads that one instead."""

    def __init__(self, place: str, read: Callable[[Path], T]) -> None:
        self._place, self._read = place, functools.cache(read)
        self._other: ContextVar[T | None] = ContextVar(place, default=None)

    def __call__(self, path: Path | None = None) -> T:
        return self._read(path) if path else self._other.get() or self._read(_in_use / self._place)

    @contextmanager
    def instead(self, other: T) -> Iterator[None]:
        """Inside, and in no other thread, this stands in its place: if the law were another."""
        token = self._other.set(other)
        try:
            yield
        finally:
            self._other.reset(token)


def held(place: str) -> Callable[[Callable[[Path], T]], Held[T]]:
    """Makes a reader of a file or folder of the corpus, at this place in it, a `Held`."""
    return lambda read: Held(place, read)
