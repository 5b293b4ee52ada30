"""Answering in the background: Slack has had its acknowledgement by then, and waits for nothing.

Questions have threads of their own, so that a modal, which must open within three seconds of a click, never
stands in line behind them. Nothing here logs what a person wrote.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

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
_TROUBLE = "Something went wrong on our side, and this was not answered. Please try again."
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
        self._turns = [threading.Lock() for _ in range(256)]

    def today(self) -> date:
        return clock(None)

    def ask(self, asked: Asked, event: str) -> None:
        """Answer later, once over all processes for one ``event`` (an id that a repeat repeats)."""
        if not self._room.acquire(blocking=False):
            self.soon(lambda: asked.send([one_line(_BUSY)]), asked.send)
            return
        self._questions.submit(self._answer, asked, event)

    def soon(self, work: Callable[[], None], tell: Send | None = None) -> None:
        """Do something short in the background; ``tell`` is who hears in one line that it failed."""
        self._clicks.submit(self._tried, work, tell)

    def kept(self, work: Callable[[], None]) -> bool:
        """Whether it is done, or still being done after what a person's click may wait for."""
        try:
            self._clicks.submit(work).result(timeout=_CLICK)
        except TimeoutError:
            return True
        except AssistantError as error:
            log.error("not kept: %s", type(error).__name__)
            return False
        return True

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

    def _answer(self, asked: Asked, event: str) -> None:
        try:
            self._tried(lambda: self._say(asked, event), asked.send)
        finally:
            self._room.release()

    def _say(self, asked: Asked, event: str) -> None:
        started = time.perf_counter()
        if not self.first(event):
            log.info("a repeat was dropped")
            return
        with self._in_turn(asked.key), self.newest.assistant() as assistant:
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

    @contextmanager
    def _in_turn(self, key: str) -> Iterator[None]:
        """One question of a conversation after the other."""
        if not key:
            yield
            return
        with self._turns[hash(key) % len(self._turns)]:
            yield

    def _tried(self, work: Callable[[], None], tell: Send | None) -> None:
        """Whatever goes wrong: one line to the person, one to the log, neither with the other's words."""
        try:
            work()
        except UsageError as error:
            self._tell(tell, str(error))
        except AssistantError as error:
            log.error("not done: %s: %s", type(error).__name__, line_of(error))
            self._tell(tell, _TROUBLE)
        except Exception as error:  # noqa: BLE001  # the last resort of a background thread
            log.error("a fault of this program: %s", fault(error))
            self._tell(tell, _TROUBLE)

    def _tell(self, tell: Send | None, line: str) -> None:
        if tell is not None:
            try:
                tell([one_line(line)])
            except Exception as error:  # noqa: BLE001  # the same, where not even that could be said
                log.error("a fault of this program: %s", fault(error))


def owner_of(team: str) -> str:
    return f"slack:{team}"
