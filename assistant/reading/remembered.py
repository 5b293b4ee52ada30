"""What is read more than once of a message while it is answered, and forgotten with the answer.

A cache of the process would keep people's words long after they have deleted them. Nothing is remembered
where no message is being answered.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
#: The function with its arguments, to what it gave.
Memo = dict[tuple[Any, ...], Any]

_memo: ContextVar[Memo | None] = ContextVar("memo", default=None)


@contextmanager
def remembering(memo: Memo) -> Iterator[None]:
    """Inside, and in no other thread, what is `remembered` is looked up in this memo and put there."""
    token = _memo.set(memo)
    try:
        yield
    finally:
        _memo.reset(token)


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Makes a function of hashable positional arguments be called once for each while one message is read."""

    @functools.wraps(function)
    def once(*args: P.args, **named: P.kwargs) -> T:
        memo = _memo.get()
        if memo is None or named:
            return function(*args, **named)
        key = (function, *args)
        if key not in memo:
            memo[key] = function(*args, **named)
        found: T = memo[key]
        return found

    return once
