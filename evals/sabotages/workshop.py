"""The real parts with one of them spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.answering.reply import Reply
from assistant.reading.checksums import write_checksums
from assistant.reading.corpus import read_corpus
from assistant.retention.amounts import Penalties, penalties
from assistant.retention.rules import rulebook
from assistant.retention.schema import Rulebook
from assistant.settings import Settings
from assistant.wiring import Assistant, join
from evals.sabotages.memory import index_of, opened
from evals.sabotages.spoil import Sabotage

HONEST = Sabotage(name="honest", says="nothing is spoilt")


@dataclass(frozen=True, slots=True)
class ByOtherRules(Assistant):
    """An assistant that makes its sums by a rulebook and penalties of its own."""

    book: Rulebook | None = None
    amounts: Penalties | None = None

    def ask(
        self,
        question: str,
        *,
        as_of: date,
        today: date,
        id: str | None = None,
        history: tuple[tuple[str, str], ...] = (),
    ) -> Reply:
        assert self.book and self.amounts
        with rulebook.instead(self.book), penalties.instead(self.amounts):
            return Assistant.ask(self, question, as_of=as_of, today=today, id=id, history=history)


class Workshop:
    """Opens the index and reads the corpus once; then makes one assistant a sabotage."""

    def __init__(self, settings: Settings) -> None:
        self._settings = replace(settings, chat_model="")
        stored, self.embedder = opened(self._settings)
        self._index = index_of(read_corpus(settings.corpus), stored, self.embedder)

    @contextmanager
    def assistant(self, sabotage: Sabotage = HONEST) -> Iterator[Assistant]:
        """The spoilt assistant; the copy of the corpus that it reads is gone at the end.

        Raises the `AssistantError` with which the program refuses files that it cannot trust.
        """
        with TemporaryDirectory(prefix="sabotage-") as folder:
            settings, index = self._settings, self._index
            if sabotage.corpus:
                corpus = Path(folder) / "corpus"
                shutil.copytree(settings.corpus, corpus)
                sabotage.corpus(corpus)
                write_checksums(corpus)
                settings = replace(settings, corpus=corpus)
                documents = read_corpus(corpus)
                if {d.id: d for d in documents} != index.documents:
                    index = index_of(documents, index, self.embedder)
            book, amounts = rulebook(settings.corpus / "rules"), penalties(settings.corpus / "rules")
            book = sabotage.book(book) if sabotage.book else book
            amounts = sabotage.amounts(amounts) if sabotage.amounts else amounts
            with rulebook.instead(book), penalties.instead(amounts):
                made = join(settings, index, sabotage.legs, sabotage.make)
            held = {field.name: getattr(made, field.name) for field in fields(made)}
            yield ByOtherRules(**held, book=book, amounts=amounts)
