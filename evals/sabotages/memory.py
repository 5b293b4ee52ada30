"""An index in memory, so that nothing is embedded twice in one process.

Its look-up is exhaustive where the real one's is a graph. The honest run goes through it too, so
that a difference between two runs is never the graph's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.law import Document
from assistant.search.embeddings import Embedder, Vector
from assistant.search.generations import current
from assistant.search.index import Index, open_index, stored_vectors, text_key
from assistant.search.lexical import Lexical
from assistant.search.passages import cut, embedded, findable
from assistant.settings import Settings


class Remembering:
    """The real embedder, asked once for each text; the vectors of the stored index are known to it."""

    def __init__(self, inner: Embedder, known: dict[str, list[float]]) -> None:
        self._inner = inner
        self._known = {key: np.array(vector, dtype=np.float32) for key, vector in known.items()}
        #: How many texts had to be embedded.
        self.made = 0

    @property
    def words(self) -> frozenset[str]:
        return self._inner.words

    def embed(self, text: str) -> Vector:
        key = text_key(text)
        if key not in self._known:
            self._known[key] = self._inner.embed(text)
            self.made += 1
        return self._known[key]

    def embed_many(self, texts: Sequence[str]) -> Iterator[tuple[int, Vector]]:
        return ((number, self.embed(text)) for number, text in enumerate(texts))


class Exhaustive:
    """Vectors of length one, each compared; what was looked for before is remembered."""

    def __init__(self, matrix: NDArray[np.float32]) -> None:
        self._matrix = matrix
        self._found: dict[tuple[bytes, int], tuple[NDArray[np.intp], NDArray[np.float32]]] = {}

    def nearest(self, vector: Sequence[float], count: int) -> list[tuple[int, float]]:
        asked = np.asarray(vector, dtype=np.float32)
        key = (asked.tobytes(), count)
        if key not in self._found:
            cosines = self._matrix @ asked
            order = np.argsort(-cosines, kind="stable")[:count]
            self._found[key] = (order, cosines[order])
        order, found = self._found[key]
        return list(zip(order.tolist(), found.tolist(), strict=True))

    def close(self) -> None:
        """Nothing is open."""


def opened(settings: Settings) -> tuple[Index, Remembering]:
    """The stored index and its embedder, which knows all its vectors."""
    index = open_index(settings.index, settings.model)
    return index, Remembering(index.embedder, stored_vectors(current(settings.index)))


def index_of(documents: Sequence[Document], like: Index, embedder: Remembering) -> Index:
    """An index of these documents; only what the embedder does not know is embedded."""
    passages = cut(documents)
    rows = [(n, bool(k), text) for n, p in enumerate(passages) for k, text in enumerate(embedded(p))]
    return replace(
        like,
        documents={document.id: document for document in documents},
        passages=passages,
        lexical=Lexical([p for p in passages if findable(p)]),
        embedder=embedder,
        _store=Exhaustive(np.array([embedder.embed(text) for _, _, text in rows], dtype=np.float32)),
        _rows=tuple((n, asked) for n, asked, _ in rows),
    )
