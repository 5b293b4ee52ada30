"""A short run of the load tool: sessions over the real websocket, none lost, every question answered."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import weakref

import pytest

from assistant.faces.page import gate
from assistant.faces.page.gate import AT_ONCE, Gate, entered, outside
from assistant.settings import Settings
from tests.faces.load import eval_questions, measure, page


@pytest.mark.slow
def test_a_dozen_sessions_are_answered_and_none_is_lost(settings: Settings) -> None:
    """Each asks two questions, however long the machine takes for them."""
    with page(RECORDKEEPING_INDEX=str(settings.index)) as (address, process):
        figures = asyncio.run(
            measure(address, process, sessions=12, every=1, most=2, patience=600, questions=eval_questions())
        )
    assert figures.lost == []
    assert len(figures.opened) == 12 and len(figures.waits) == 24
    assert figures.to_json()["messages_per_answer"]


def test_who_waited_longest_goes_first() -> None:
    gate, went, threads = Gate(1), list[int](), list[threading.Thread]()

    def go(number: int) -> None:
        gate.acquire()
        went.append(number)
        gate.release()

    gate.acquire()
    for number in range(20):
        threads.append(threading.Thread(target=go, args=(number,)))
        threads[-1].start()
        while gate.waiting <= number:
            time.sleep(0.001)
    gate.release()
    for thread in threads:
        thread.join(20)
    assert went == list(range(20))


def test_so_many_at_once_and_whoever_waits_lets_others_by() -> None:
    inside, most, waiting = 0, 0, threading.Barrier(8)
    counted, full = threading.Lock(), threading.Event()

    def script(waits: bool) -> None:
        nonlocal inside, most
        waiting.wait(60)
        with entered():
            if waits:
                with outside():
                    time.sleep(0.05)
            with counted:
                inside += 1
                most = max(most, inside)
                if inside == AT_ONCE:
                    full.set()
            assert full.wait(60), "there is room for another"
            with counted:
                inside -= 1

    threads = [threading.Thread(target=script, args=(n % 2 == 0,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert most == AT_ONCE and inside == 0


def test_what_became_garbage_is_given_back_though_it_was_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    class Session:
        """In a ring of references, as Streamlit's are: only the collector frees it."""

        def __init__(self) -> None:
            self.me = self

    session = Session()
    gone = weakref.ref(session)
    for kept in (True, False):
        monkeypatch.setattr(gate, "_next", 0.0)
        if not kept:
            del session
        with entered():
            assert (gone() is not None) == kept
    gc.unfreeze()
