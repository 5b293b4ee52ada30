"""How many scripts run at once in this process.

A script lays out its page in some tens of milliseconds of pure Python. Many at once take no less
time together, and far more: each of Streamlit's calls takes a lock that all sessions share, and
threads that wait for it hand the interpreter round between them (measured: 120 sessions that ask at
once came to a stand for minutes; through this gate each waits its turn and is done).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore

#: One runs, and one more is there when that one waits for the disk.
AT_ONCE = 2
_gate = Semaphore(AT_ONCE)


@contextmanager
def entered() -> Iterator[None]:
    """Lay out a page: wait for a turn, and give it back."""
    with _gate:
        yield


@contextmanager
def outside() -> Iterator[None]:
    """Wait for something that takes long, and let others by; then wait for a turn again."""
    _gate.release()
    try:
        yield
    finally:
        _gate.acquire()
