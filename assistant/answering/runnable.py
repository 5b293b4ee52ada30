"""The chain as a LangChain Runnable: it composes with ``|``, and invokes, streams and batches.

Kept apart from the steps because loading LangChain's callbacks takes longer than answering.
"""

from __future__ import annotations

from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answering.chain import Answering, Request
from assistant.answering.reply import Reply


class Chain(Runnable[Request, Reply]):
    """A message in, a grounded Reply out; callbacks and tracing only where a configuration asks."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def invoke(self, input: Request, config: RunnableConfig | None = None, **kwargs: Any) -> Reply:
        """Answer one message; never raises for what a person wrote."""
        if config:
            return self._call_with_config(self._answering.answer, input, config)
        return self._answering.answer(input)
