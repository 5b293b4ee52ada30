"""How many scripts run at once in this process.

A script lays out its page in some tens of milliseconds of pure Python. Many at once take no less
time together, and far more: each of Streamlit's calls takes a lock that all sessions share, and
threads that wait for it hand the interpreter round between them (measured: 120 sessions that ask at
once came to a stand for minutes; through this gate each waits its turn and is done).

Streamlit also collects all garbage after each run, and looks through every object of the process to
find it: the index, the texts, all sessions. What has lived for a while is therefore set aside, and
looked through once in a while instead of at every click.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Semaphore

#: One runs, and one more is there when that one waits for the disk.
AT_ONCE = 2
#: Seconds from one look through everything to the next.
TIDIED = 8.0
_gate = Semaphore(AT_ONCE)
_tidying = Lock()
_next = 0.0


@contextmanager
def entered() -> Iterator[None]:
    """Lay out a page: wait for a turn, and give it back."""
    with _gate:
        _tidy()
        yield


@contextmanager
def outside() -> Iterator[None]:
    """Wait for something that takes long, and let others by; then wait for a turn again."""
    _gate.release()
    try:
        yield
    finally:
        _gate.acquire()


def _tidy() -> None:
    """Collect what became garbage, among what was set aside as well, and set the rest aside."""
    global _next
    if time.monotonic() < _next or not _tidying.acquire(blocking=False):
        return
    try:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _next = time.monotonic() + TIDIED
    finally:
        _tidying.release()
