"""Asking the model, within a limit that holds whatever its server does.

Calls run on one event loop in a thread of its own, so that the end of the time limit closes the
connection: a server that sends a byte a second holds up nobody, and no thread stays behind.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from assistant.answering.drafting.faults import (
    DECLINED,
    LATE,
    SILENT,
    TOO_LONG,
    Unused,
    reason,
    retry_after,
    status,
)
from assistant.answering.drafting.model import Model, open_model
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

#: Characters of a draft; ten long sentences with their quotes take some eight thousand.
MOST_CHARACTERS = 60_000
#: How much longer than the limit a call may take to be told that it is over, in seconds.
GRACE = 0.25


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a model; ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    words: str


@dataclass(slots=True)
class Said:
    """What came back so far: the words, and the tokens where the server counts them."""

    words: str = ""
    tokens_in: int | None = None
    tokens_out: int | None = None
    ended: bool = False
    parts: list[str] = field(default_factory=list)
    length: int = 0


class Asker:
    """One model, opened when it is first asked. Safe for several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._model: Model | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def ask(self, messages: Sequence[Message], until: float) -> Said:
        """The model's answer; `Unused` when there is none by ``until``, in `time.monotonic` seconds."""
        late = Unused(LATE.format(seconds=self._settings.chat_timeout))
        left = until - time.monotonic()
        if left <= 0:
            raise late
        answer = asyncio.run_coroutine_threadsafe(self._ask(messages, until), self._running())
        try:
            return answer.result(left + GRACE)
        except (FutureTimeoutError, TimeoutError) as error:
            answer.cancel()
            raise late from error
        except Exception as error:  # the edge of another's code; `reason` names what it was
            raise Unused(reason(error)) from error

    def close(self) -> None:
        """Close the connections and end the thread."""
        with self._lock:
            loop, thread, self._loop, self._thread = self._loop, self._thread, None, None
        if loop and thread:
            with contextlib.suppress(FutureTimeoutError, TimeoutError):
                asyncio.run_coroutine_threadsafe(self._close(), loop).result(2)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(2)
            if not thread.is_alive():
                loop.close()

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="model", daemon=True)
                self._thread.start()
            return self._loop

    async def _close(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        client = getattr(self._model.chat, "http_async_client", None) if self._model else None
        self._model = None
        if client is not None:
            await client.aclose()

    async def _ask(self, messages: Sequence[Message], until: float) -> Said:
        """One call, and one more where a busy server or a rejected request leaves room for it."""
        if self._model is None:
            self._model = open_model(self._settings)
        async with asyncio.timeout(until - time.monotonic()):
            try:
                return await self._call(self._model, messages)
            except Exception as error:
                wait = retry_after(error)
                if status(error) == 429 and wait is not None and time.monotonic() + wait < until:
                    await asyncio.sleep(wait)
                elif status(error) == 400 and self._model.shaped:
                    self._model = replace(self._model, shaped=False)
                else:
                    raise
            return await self._call(self._model, messages)

    async def _call(self, model: Model, messages: Sequence[Message]) -> Said:
        from langsmith.run_helpers import tracing_context

        quiet = contextlib.nullcontext() if self._settings.tracing else tracing_context(enabled=False)
        options: dict[str, Any] = model.shape if model.shaped else {}
        said = Said()
        with quiet:
            stream = model.chat.astream([(m.role, m.words) for m in messages], **options)
            async with contextlib.aclosing(stream) as chunks:  # type: ignore[type-var]
                async for chunk in chunks:
                    _take(said, chunk)
        said.words = "".join(said.parts)
        if not said.words.strip():
            raise Unused(SILENT)
        return said


def _take(said: Said, chunk: AIMessageChunk) -> None:
    """Add one piece of the answer; `Unused` as soon as it is too long or a refusal."""
    said.parts.append(chunk.text)
    said.length += len(chunk.text)
    if said.length > MOST_CHARACTERS:
        raise Unused(TOO_LONG)
    ending = chunk.response_metadata.get("finish_reason") or chunk.response_metadata.get("stop_reason")
    ending = ending or chunk.response_metadata.get("done_reason")
    if ending in ("content_filter", "refusal"):
        raise Unused(DECLINED)
    if ending in ("length", "max_tokens"):
        raise Unused(TOO_LONG)
    said.ended = said.ended or bool(ending)
    if usage := getattr(chunk, "usage_metadata", None):  # a server that names the role anew gets none
        said.tokens_in = (said.tokens_in or 0) + usage["input_tokens"]
        said.tokens_out = (said.tokens_out or 0) + usage["output_tokens"]
