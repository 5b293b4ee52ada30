"""How many scripts run at once in this process.

A script lays out its page in some tens of milliseconds of pure Python. Many at once take no less
time together, and far more: each of Streamlit's calls takes a lock that all sessions share, and
threads that wait for it hand the interpreter round between them (measured: 120 sessions that ask at
once came to a stand for minutes; through this gate each waits its turn and is done). Who came first
goes first: nobody waits longer because others ask more.

To find what became garbage, all objects of the process are looked through: the index, the texts, all
sessions. What has lived for a while is therefore set aside, and looked through once in a while.
(Streamlit would look after every run; `.streamlit/config.toml` tells it not to.)
"""

from __future__ import annotations

import gc
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

#: One runs, and one more is there when that one waits for the disk.
AT_ONCE = 2
#: Seconds from one look through everything to the next.
TIDIED = 60.0


class Gate:
    """So many at once; a place that is given back goes to whoever has waited longest.

    The library's semaphore lets whoever comes at the right moment past those who wait.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._waiting: deque[Lock] = deque()
        self._lock = Lock()

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._waiting)

    def acquire(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def release(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


_gate = Gate(AT_ONCE)
_tidying = Lock()
_next = 0.0


@contextmanager
def entered() -> Iterator[None]:
    """Lay out a page: wait for a turn, and give it back."""
    _gate.acquire()
    try:
        _tidy()
        yield
    finally:
        _gate.release()


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
