"""Answering in the background: Slack has had its acknowledgement by then, and waits for nothing.

Questions have threads of their own, so that a modal, which must open within three seconds of a click, never
stands in line behind them. Nothing here logs what a person wrote.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from assistant.answering.conversation import REACH
from assistant.answering.reply import Reply
from assistant.conversations import Store
from assistant.errors import AssistantError, NotKept, UsageError
from assistant.faces.asked import clock
from assistant.faces.logs import fault, line_of
from assistant.faces.rendering.slack import one_line, reply_messages
from assistant.faces.rendering.slack_blocks import Message
from assistant.faces.slack.links import question_link
from assistant.faces.slack.posting import Post
from assistant.law import Document
from assistant.wiring import Assistant, Newest

log = logging.getLogger("assistant.slack")

FACE = "slack"
#: Threads that answer, and threads that open modals, publish the home tab and keep feedback.
ANSWERING, CLICKS = 4, 8
#: Questions that may wait; at some fifty a second a full line is twenty seconds long.
WAITING = 1000
#: Seconds that a modal may wait before Slack calls it failed, less what the way takes.
_CLICK = 2.0
_TROUBLE = "Something went wrong on our side, and this was not done. Please try again in a minute."
_BUSY = "Too many questions at once just now. Please ask again in a minute."

Send = Callable[[Sequence[Message]], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with where it was asked. ``key`` names the conversation, and is empty for one that ends
    with its answer; ``echo`` repeats the question above the answer."""

    question: str
    team: str
    key: str
    send: Send
    echo: bool = False

    @property
    def owner(self) -> str:
        return owner_of(self.team)


class Desk:
    """What the listeners work with."""

    def __init__(self, newest: Newest, store: Store, post: Post, page: str = "") -> None:
        self.newest, self.store, self.post, self.page = newest, store, post, page
        self._questions = ThreadPoolExecutor(ANSWERING, thread_name_prefix="answer")
        self._clicks = ThreadPoolExecutor(CLICKS, thread_name_prefix="click")
        self._room = threading.BoundedSemaphore(WAITING)
        self._lines: dict[object, deque[tuple[Asked, str]]] = {}
        self._lock = threading.Lock()

    def today(self) -> date:
        return clock(None)

    def ask(self, asked: Asked, event: str) -> None:
        """Answer later, once over all processes for one ``event`` (an id that a repeat repeats)."""
        if not self._room.acquire(blocking=False):
            self.soon(lambda: asked.send([one_line(_BUSY)]), asked.send)
            return
        key = asked.key or object()
        with self._lock:
            line = self._lines.setdefault(key, deque())
            line.append((asked, event))
            if len(line) == 1:
                self._questions.submit(self._answer, key)

    def soon(self, work: Callable[[], None], tell: Send | None = None) -> None:
        """Do something short in the background; ``tell`` is who hears in one line that it failed."""
        self._clicks.submit(self._told, work, tell)

    def awaited(self, work: Callable[[], None]) -> str:
        """What kept it from being done, in a line for the person; empty once it is done, and where it takes
        longer than a click may wait: what fails after that is in the log."""
        try:
            return self._clicks.submit(self._tried, work).result(timeout=_CLICK)
        except TimeoutError:
            return ""

    def first(self, event: str) -> bool:
        """Whether nobody has taken on this event yet, in this process or another."""
        return not event or self.store.seen(f"slack:{event}", now=datetime.now(UTC))

    def known(self, team: str, key: str) -> bool:
        """Whether a thread is a conversation of ours."""
        found = self.store.find(owner=owner_of(team), key=key)
        return found is not None

    def judge(self, team: str, turn: str, *, good: bool, reason: str = "") -> None:
        """Keep what somebody said of a turn; the last word of a team on it holds."""
        now = datetime.now(UTC)
        try:
            self.store.feedback(turn, owner=owner_of(team), good=good, reason=reason, now=now, face=FACE)
        except NotKept:
            raise UsageError("that answer is no longer kept, so nothing could be noted beside it") from None

    def close(self) -> None:
        """Finish what was acknowledged."""
        self._questions.shutdown(wait=True)
        self._clicks.shutdown(wait=True)

    def _answer(self, key: object) -> None:
        """One question of a conversation after the other, in the order in which they came."""
        line = self._lines[key]
        while line:
            self._told(partial(self._say, *line[0]), line[0][0].send)
            self._room.release()
            with self._lock:
                line.popleft()
                if not line:
                    del self._lines[key]

    def _say(self, asked: Asked, event: str) -> None:
        started = time.perf_counter()
        if not self.first(event):
            log.info("a repeat was dropped")
            return
        with self.newest.assistant() as assistant:
            turn, reply = self._reply(asked, assistant)
            page = question_link(self.page, reply) if self.page else ""
            asked.send(reply_messages(reply, assistant.documents, turn=turn, asked=asked.echo, page=page))
        log.info("answered: %s, %d ms", reply.outcome, (time.perf_counter() - started) * 1000)

    def documents(self) -> dict[str, Document]:
        """The texts as they are held now."""
        with self.newest.assistant() as assistant:
            return assistant.documents

    def _reply(self, asked: Asked, assistant: Assistant) -> tuple[str, Reply]:
        """The reply, kept before it is shown, with the conversation's turns before it."""
        turn, today = secrets.token_hex(12), self.today()
        conversation = self.store.begin(owner=asked.owner, key=asked.key or None)
        history = self.store.history(conversation, owner=asked.owner, last=REACH)
        reply = assistant.ask(asked.question, as_of=today, today=today, id=turn, history=history)
        now, corpus = datetime.now(UTC), assistant.corpus
        self.store.append(conversation, reply, owner=asked.owner, corpus=corpus, now=now, turn=turn)
        return turn, reply

    def _tried(self, work: Callable[[], None]) -> str:
        """Whatever goes wrong: a line for the person, and one for the log with no words of theirs."""
        try:
            work()
        except UsageError as error:
            return line_of(error)
        except AssistantError as error:
            log.error("not done: %s: %s", type(error).__name__, line_of(error))
            return _TROUBLE
        except Exception as error:  # noqa: BLE001  # the last resort of a background thread
            log.error("a fault of this program: %s", fault(error))
            return _TROUBLE
        return ""

    def _told(self, work: Callable[[], None], tell: Send | None) -> None:
        """The same, and the person is told."""
        line = self._tried(work)
        if line and tell is not None:
            self._tried(lambda: tell([one_line(line)]))


def owner_of(team: str) -> str:
    return f"slack:{team}"
