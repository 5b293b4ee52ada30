"""The chain as a LangChain Runnable: it composes with ``|``, and invokes, streams and batches.

Kept apart from the steps because loading LangChain's callbacks takes longer than answering.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig
from langsmith.run_helpers import tracing_context

from assistant.answering.chain import Answering, Request
from assistant.answering.reply import Reply


class Chain(Runnable[Request, Reply]):
    """A message in, a grounded Reply out; callbacks only where a configuration asks.

    Tracing to outside stays off, whatever LangSmith's variables say, unless ``tracing`` lets them.
    """

    def __init__(self, answering: Answering, tracing: bool = False) -> None:
        self._answering = answering
        self._tracing = tracing

    def invoke(self, input: Request, config: RunnableConfig | None = None, **kwargs: Any) -> Reply:
        """Answer one message; never raises for what a person wrote."""
        if config:
            with nullcontext() if self._tracing else tracing_context(enabled=False):
                return self._call_with_config(self._answering.answer, input, config)
        return self._answering.answer(input)
