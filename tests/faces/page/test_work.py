"""An answer that takes its time: shown as it comes, never lost to a click, and stopped when asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import pytest

from assistant.answering.reply import Reply
from assistant.answering.stream import Sentence, Step
from assistant.errors import UsageError
from assistant.faces.page.door import FAILED
from assistant.faces.page.work import Work
from assistant.faces.rendering.html import sentence_html
from assistant.wiring import Assistant
from tests.conftest import PATIENCE, TODAY


@dataclass
class Slow:
    """Tells a reply as the assistant does, and waits before the last of it; or fails there."""

    reply: Reply
    fault: Exception | None = None
    drafter: None = None
    go_on: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)

    def stream(self, question: str, **_: Any) -> Iterator[Step | Sentence | Reply]:
        yield Step.named("search")
        yield Sentence(self.reply.claims[0].text)
        self.begun.set()
        assert self.go_on.wait(PATIENCE)
        if self.fault:
            raise self.fault
        yield self.reply


def started(slow: Slow) -> tuple[Work, list[Reply]]:
    kept: list[Reply] = []

    def keep(reply: Reply, now: datetime) -> str:
        kept.append(reply)
        return ""

    work = Work("t1", "a question", TODAY)
    work.start(cast(Assistant, slow), TODAY, (), keep)
    assert slow.begun.wait(PATIENCE)
    return work, kept


def test_steps_and_sentences_are_told_before_the_reply(korea: Reply) -> None:
    slow = Slow(korea)
    work, kept = started(slow)
    assert not work.wait(0.05) and work.reply is None and not kept
    assert work.step == "Searching the texts held"
    assert work.sentences == (korea.claims[0].text,)
    slow.go_on.set()
    assert work.wait(PATIENCE) and work.reply == korea and kept == [korea]


def test_what_is_stopped_is_neither_kept_nor_shown(korea: Reply) -> None:
    slow = Slow(korea)
    work, kept = started(slow)
    assert work.stop()
    slow.go_on.set()
    assert work.wait(PATIENCE) and work.reply is None and not kept and not work.problem


def test_what_is_done_is_not_stopped(korea: Reply) -> None:
    slow = Slow(korea)
    slow.go_on.set()
    work, kept = started(slow)
    assert work.wait(PATIENCE) and not work.stop() and work.reply == korea and kept == [korea]


def test_what_is_being_kept_is_not_stopped(korea: Reply) -> None:
    keeping, go_on = threading.Event(), threading.Event()

    def keep(reply: Reply, now: datetime) -> str:
        keeping.set()
        go_on.wait(PATIENCE)
        return ""

    slow = Slow(korea)
    slow.go_on.set()
    work = Work("t-1", "?", TODAY)
    work.start(cast(Assistant, slow), TODAY, (), keep)
    assert keeping.wait(PATIENCE) and not work.stop()
    go_on.set()
    assert work.wait(PATIENCE) and work.reply == korea and not work.stopped


@pytest.mark.parametrize(
    ("fault", "line"),
    [(UsageError("one line\nof it"), "one line of it"), (ValueError("a path /etc"), FAILED)],
)
def test_a_fault_is_one_line(
    korea: Reply, fault: Exception, line: str, caplog: pytest.LogCaptureFixture
) -> None:
    slow = Slow(korea, fault)
    slow.go_on.set()
    work, kept = started(slow)
    assert work.wait(PATIENCE) and work.problem == line and not kept
    assert ("ValueError (test_work.py" in caplog.text) == (line == FAILED) and "/etc" not in caplog.text


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ("**Keep** it <b>", '<div class="support"><p><strong>Keep</strong> it &lt;b&gt;</p></div>'),
        ("> “words”\n> (19 CFR 163.4)", "<blockquote>“words” (19 CFR 163.4)</blockquote>"),
        ("1. one\n2. two", '<div class="support"><ol><li>one</li><li>two</li></ol></div>'),
        ("- one", '<div class="support"><ul><li>one</li></ul></div>'),
    ],
)
def test_a_sentence_is_shown_as_it_will_stand(block: str, shown: str) -> None:
    assert sentence_html(block) == shown
