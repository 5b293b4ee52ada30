"""What a server logs: what happened, where and how long it took; never who, nor what a person wrote."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


def set_up_logs() -> None:
    """One line an event on standard error, with its time."""
    lines = logging.StreamHandler()
    lines.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    ours = logging.getLogger("assistant")
    ours.addHandler(lines)
    ours.setLevel(logging.INFO)
    ours.propagate = False


def fault(error: BaseException) -> str:
    """An error that nobody foresaw by its kind and place; its words could be a person's."""
    where = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(where[-1].filename).name}, line {where[-1].lineno})" if where else ""
    return f"{type(error).__name__}{place}"


def line_of(error: Exception) -> str:
    """The message of an error raised on purpose, on one line: fit to show, and to log."""
    return " ".join(str(error).split())
