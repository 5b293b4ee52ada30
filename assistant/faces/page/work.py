"""One question while it is answered, in a thread of its own: no click on the page can end it.

Streamlit ends a running script at any click. So the script only looks on: what is answered is
computed and kept here first, and every run of the script shows what there is by then.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Condition

from assistant.answering.conversation import Memory
from assistant.answering.reply import Reply
from assistant.answering.stream import Sentence, Step
from assistant.errors import AssistantError
from assistant.faces.logs import fault
from assistant.faces.page.desk import one_line
from assistant.faces.page.door import FAILED
from assistant.wiring import Assistant

#: Questions answered at once, the others wait their turn: with a language model, which is waited for,
#: and without, when only the processor works.
ASKING, COMPUTING = 16, 2
_asking = ThreadPoolExecutor(ASKING, thread_name_prefix="asking")
_computing = ThreadPoolExecutor(COMPUTING, thread_name_prefix="computing")
_log = logging.getLogger(__name__)
#: Keeps a reply, and says in a line what kept it from being kept.
History = tuple[tuple[str, str], ...]
Keep = Callable[[Reply, datetime], str]


class Work:
    """What is known of an answer so far. ``reply`` or ``problem`` is there once it is ``done``."""

    def __init__(self, id: str, question: str, as_of: date) -> None:
        self.id, self.question, self.as_of = id, question, as_of
        self.step = ""
        self.sentences: tuple[str, ...] = ()
        self.reply: Reply | None = None
        self.problem = ""
        self.note = ""
        self.done = False
        self.stopped = False
        self._settled = False
        self._changed = Condition()

    def start(
        self, assistant: Assistant, today: date, history: History, keep: Keep, memory: Memory | None = None
    ) -> None:
        """Begin, or wait for a free worker."""
        workers = _asking if assistant.drafter else _computing
        workers.submit(self._run, assistant, today, history, keep, memory)

    def stop(self) -> bool:
        """End it before its next step, unless its reply is being kept; else it is neither kept nor shown."""
        with self._changed:
            self.stopped = self.stopped or not (self._settled or self.done)
            return self.stopped

    def wait(self, seconds: float) -> bool:
        """Wait until it is done, at most so long; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self.done, seconds)

    def _run(
        self, assistant: Assistant, today: date, history: History, keep: Keep, memory: Memory | None
    ) -> None:
        try:
            reply = self._listen(assistant, today, history, memory)
            if reply is not None:
                self.note = keep(reply, datetime.now(UTC))
                self.reply = reply
        except AssistantError as error:
            self.problem = one_line(error)
        finally:
            # What nobody foresaw has its story in the log, and its line on the page.
            if self.reply is None and not self.problem and not self.stopped:
                self.problem = FAILED
                _log.error("a question could not be answered: %s", fault(sys.exception() or RuntimeError()))
            with self._changed:
                self.done = True
                self._changed.notify_all()

    def _listen(
        self, assistant: Assistant, today: date, history: History, memory: Memory | None
    ) -> Reply | None:
        told = assistant.stream(
            self.question, as_of=self.as_of, today=today, id=self.id, history=history, memory=memory
        )
        for item in told:
            if self.stopped:
                return None
            if isinstance(item, Step):
                self.step = item.words
            elif isinstance(item, Sentence):
                self.sentences = (*self.sentences, item.text)
            else:
                return self._settle(item)
        return None

    def _settle(self, reply: Reply) -> Reply | None:
        """From here on it can no longer be stopped."""
        with self._changed:
            self._settled = not self.stopped
            return reply if self._settled else None
