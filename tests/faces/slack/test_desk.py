"""The desk behind the listeners: what comes after what, and what a person hears of what failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from slack_bolt import BoltContext

from assistant.conversations import Store
from assistant.errors import StoreError
from assistant.faces.rendering.slack_blocks import Message
from assistant.faces.slack import app, asking
from assistant.faces.slack.asking import Asked, Desk
from assistant.faces.slack.hearing import Said
from assistant.faces.slack.posting import Post
from assistant.wiring import Newest


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(str(tmp_path / "c.sqlite"))) as opened:
        yield opened


class Noting(Desk):
    """Notes what it is asked, and answers when it may."""

    def __init__(self, store: Store) -> None:
        super().__init__(cast(Newest, None), store, cast(Post, None))
        self.said: list[str] = []
        self.may = threading.Event()

    def _say(self, asked: Asked, event: str) -> None:
        if asked.key == "slow":
            self.may.wait(20)
        self.said.append(asked.question)


def unheard(messages: Sequence[Message]) -> None:
    raise AssertionError(messages)


def test_a_conversation_is_answered_in_its_order_and_holds_up_no_other(store: Store) -> None:
    with closing(Noting(store)) as desk:
        for number in range(3 * asking.ANSWERING):
            desk.ask(Asked(f"slow {number}", "T", "slow", unheard), "")
        desk.ask(Asked("other", "T", "other", unheard), "")
        desk.ask(Asked("alone", "T", "", unheard), "")
        until = time.monotonic() + 20
        while len(desk.said) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        assert sorted(desk.said) == ["alone", "other"], "not behind the questions of one thread"
        desk.may.set()
    assert desk.said[2:] == [f"slow {number}" for number in range(3 * asking.ANSWERING)]


def test_a_message_without_a_number_is_no_repeat_of_another(store: Store) -> None:
    asked: list[str] = []

    class Counting(Noting):
        def ask(self, one: Asked, event: str) -> None:
            asked.append(event)

    with closing(Counting(store)) as desk:
        desk.post = cast(Post, type("Post", (), {"in_thread": staticmethod(unheard)}))
        for body in ({}, {"event_id": None}, {"event_id": "Ev1"}):
            app._take(desk, Said("D1", "1.1", "U1", "How long?"), body, BoltContext())
        assert asked == ["", "", "event:Ev1"]
        assert [desk.first(event) for event in (*asked, "event:Ev1")] == [True, True, True, False]


def fails(error: Exception) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_what_a_modal_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(Noting(store)) as desk:
        gone = desk.awaited(lambda: desk.judge("T", "f" * 24, good=False))
        assert gone == "that answer is no longer kept, so nothing could be noted beside it"
        assert caplog.records == []
        assert desk.awaited(fails(StoreError("the store is away"))) == asking._TROUBLE
        assert desk.awaited(fails(ValueError("the Meridian shipment"))) == asking._TROUBLE
        assert desk.awaited(lambda: None) == ""
        monkeypatch.setattr(asking, "_CLICK", 0.05)

        def late() -> None:
            desk.may.wait(20)
            raise StoreError("too late to say")

        assert desk.awaited(late) == ""
        desk.may.set()
    said = [record.getMessage() for record in caplog.records]
    assert said[0] == "not done: StoreError: the store is away" and "ValueError (test_desk.py" in said[1]
    assert said[2:] == ["not done: StoreError: too late to say"] and "Meridian" not in caplog.text
