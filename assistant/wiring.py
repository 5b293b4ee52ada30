"""The real parts, joined once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.answering.chain import Answering, Request
from assistant.answering.conversation import Memory
from assistant.answering.question import QuestionReader
from assistant.answering.reply import Reply
from assistant.answering.stream import Sentence, Step
from assistant.answering.triage import Triage
from assistant.errors import AssistantError
from assistant.law import Document
from assistant.reading.language import read_language
from assistant.reading.spelling import Spelling
from assistant.search.generations import current
from assistant.search.index import Index, Manifest, Progress, build, open_index, read_documents
from assistant.search.searcher import Legs, Searcher, passage_agreements
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering.drafting import Drafter
    from assistant.answering.runnable import Chain
    from assistant.conversations import Store

_log = logging.getLogger(__name__)
#: Seconds until an index that could not be used is tried again.
_PAUSE = 10.0


@dataclass(frozen=True, slots=True)
class Assistant:
    """Everything a face needs: the chain, the documents, the search."""

    answering: Answering
    documents: dict[str, Document]
    searcher: Searcher
    drafter: Drafter | None = None
    tracing: bool = False

    @property
    def chain(self) -> Chain:
        """The steps as a LangChain Runnable."""
        from assistant.answering.runnable import Chain

        return Chain(self.answering, tracing=self.tracing)

    @property
    def corpus(self) -> str:
        """The editions held, as `Store.append` keeps them beside a reply."""
        from assistant.conversations.changes import corpus_of

        return corpus_of(self.documents)

    def ask(
        self,
        question: str,
        *,
        as_of: date,
        today: date,
        id: str | None = None,
        history: tuple[tuple[str, str], ...] = (),
    ) -> Reply:
        """One message, one Reply. ``history`` holds (role, content) turns, oldest first."""
        return self.answering.answer(Request(question, as_of, today, id, history))

    def stream(
        self,
        question: str,
        *,
        as_of: date,
        today: date,
        id: str | None = None,
        history: tuple[tuple[str, str], ...] = (),
        memory: Memory | None = None,
    ) -> Iterator[Step | Sentence | Reply]:
        """`ask`, told as it happens: steps as they begin, checked sentences, and the Reply last.

        With a conversation's ``memory``, held as long as the conversation is, no turn is read twice.
        """
        return self.answering.stream(Request(question, as_of, today, id, history, memory))

    def close(self) -> None:
        """Close the connections to a language model; without one there is nothing to close."""
        if self.drafter is not None:
            self.drafter.close()


def open_assistant(settings: Settings, legs: Legs | None = None) -> Assistant:
    """Open the index that is there; never builds one (`IndexMissing` names what to do)."""
    index = open_index(settings.index, settings.model)
    return join(settings, index, legs)


class Newest:
    """The assistant over the newest index, for a process that runs for months; safe for its threads.

    Another index is taken up as soon as it is there; the one before answers the questions that it began
    and is closed after the last of them, so that a build can remove it. One that cannot be used changes
    nothing: it is logged, and tried again.
    """

    def __init__(self, settings: Settings) -> None:
        """Opens it at once: without an index (`IndexMissing`) no server starts."""
        self._settings = settings
        self._lock = threading.Lock()
        self._again = 0.0
        self._held = _Held.open(settings)

    def __enter__(self) -> Newest:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.let_go()

    @contextmanager
    def assistant(self) -> Iterator[Assistant]:
        """The assistant for one question; what it rests on stays open until the block ends."""
        with self._lock:
            former = self._renew()
            held = self._held.taken()
        try:
            if former:
                former.let_go()
            yield held.assistant
        finally:
            held.let_go()

    def _renew(self) -> _Held | None:
        """Take up another index where there is one; gives the one before."""
        if time.monotonic() < self._again:
            return None
        try:
            if current(self._settings.index).name == self._held.name:
                return None
            former, self._held = self._held, _Held.open(self._settings)
        except AssistantError as error:
            self._again = time.monotonic() + _PAUSE
            line = " ".join(str(error).split())
            _log.error("the newest index cannot be used, and the one before goes on answering: %s", line)
            return None
        return former


class _Held:
    """An index that is open, with how many hold it: each question it answers, and whoever opened it."""

    def __init__(self, name: str, index: Index, assistant: Assistant) -> None:
        self.name, self.assistant = name, assistant
        self._index, self._holders, self._lock = index, 1, threading.Lock()

    @classmethod
    def open(cls, settings: Settings) -> _Held:
        name = current(settings.index).name
        index = open_index(settings.index, settings.model)
        return cls(name, index, join(settings, index))

    def taken(self) -> _Held:
        with self._lock:
            self._holders += 1
        return self

    def let_go(self) -> None:
        """Closed by the last."""
        with self._lock:
            self._holders -= 1
            last = not self._holders
        if last:
            self.assistant.close()
            self._index.close()


def join(
    settings: Settings,
    index: Index,
    legs: Legs | None = None,
    make: Callable[..., Answering] = Answering,
) -> Assistant:
    """The chain over an opened index; ``make`` joins the parts, and may put others in their place."""
    language = read_language(settings.corpus)
    named = passage_agreements(
        index.passages, lambda text: {found.name for found in language.agreements.find(text)}
    )
    searcher = Searcher(index, named, legs)
    spelling = Spelling(
        language.words | index.lexical.words, known=index.embedder.words, fixed=language.spellings
    )
    triage = Triage(language, spelling)
    drafter = _drafter(settings, index.documents)
    answering = make(QuestionReader(language), triage, language, searcher, index.documents, drafter)
    return Assistant(answering, index.documents, searcher, drafter, settings.tracing)


def _drafter(settings: Settings, documents: dict[str, Document]) -> Drafter | None:
    """What may phrase answers; nothing of it is loaded where no model is named."""
    if not settings.chat_model:
        return None
    from assistant.answering.computing import authorities
    from assistant.answering.drafting import Drafter
    from assistant.answering.grounding import Ground

    return Drafter(settings, Ground(documents, authorities()))


def open_store(settings: Settings) -> Store:
    """The conversations that are kept; made on first use. `StoreError` says what is wrong, in one line."""
    from assistant.conversations import Store

    return Store.open(settings.conversations)


def build_index(settings: Settings, *, rebuild: bool, progress: Progress) -> tuple[Manifest, int]:
    """Read the corpus and bring the index up to date."""
    return build(_corpus(settings), settings.index, settings.model, rebuild=rebuild, progress=progress)


def held_documents(settings: Settings) -> tuple[Document, ...]:
    """The documents that answers rest on: those of the index, or of the corpus when there is none."""
    return read_documents(settings.index) or _corpus(settings)


def _corpus(settings: Settings) -> tuple[Document, ...]:
    """Read from the files; the readers are loaded only where an index does not hold their work."""
    from assistant.reading.corpus import read_corpus

    return read_corpus(settings.corpus)
