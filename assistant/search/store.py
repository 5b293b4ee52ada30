"""The vectors in an embedded Chroma: written once, then only read.

Chroma writes a row into its database whenever it is opened, so that file's bytes prove nothing.
`digest` reads what matters of it; the files of the vector graph never change once written.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import weakref
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

_COLLECTION = "passages"
#: Chroma's own database, in its folder.
DATABASE = "chroma.sqlite3"
#: Search through 600 candidates finds what an exhaustive one does among the nearest fifty, so that
#: two builds answer alike; Chroma's own settings miss some, and are hardly quicker.
_THOROUGH = {"max_neighbors": 16, "ef_construction": 200, "ef_search": 600}
#: Tables that opening writes to, and the full-text tables, which hold nothing of ours.
_UNSTABLE = ("acquire_write", "maintenance_log", "embedding_fulltext_search", "sqlite_")


#: Chroma shares one system among the clients of a folder, and counts them without a lock of its own.
_ONE_AT_A_TIME = threading.RLock()


class Vectors(Protocol):
    """Numbered vectors, to look for the nearest of."""

    def nearest(self, vector: Sequence[float], count: int) -> list[tuple[int, float]]: ...

    def close(self) -> None: ...


class Store:
    """A Chroma collection opened for reading, closed with the last reference to it.

    ``held`` is a descriptor that is closed with the store.
    """

    def __init__(self, folder: Path, held: int | None = None) -> None:
        with _ONE_AT_A_TIME:
            self._client = _client(folder)
        self._close = weakref.finalize(self, _close, self._client, held)
        self._close.atexit = False
        try:
            self._collection = self._client.get_collection(_COLLECTION, embedding_function=None)
            self.size = int(self._collection.count())
            if self.size:  # reads the graph now, rather than at the first question
                stored = self._collection.get(ids=["0"], include=["embeddings"])["embeddings"]
                self.nearest(stored[0].tolist(), 1)
        except BaseException:
            self._close.detach()  # the descriptor stays the caller's
            _close(self._client, None)
            raise

    def nearest(self, vector: Sequence[float], count: int) -> list[tuple[int, float]]:
        """(number, cosine), nearest first."""
        if not self.size:
            return []
        found = self._collection.query(
            query_embeddings=[vector], n_results=min(count, self.size), include=["distances"]
        )
        return [
            (int(id), 1.0 - distance)
            for id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def close(self) -> None:
        """Let go of the files; safe to repeat."""
        self._close()


def _close(client: Any, held: int | None) -> None:
    with _ONE_AT_A_TIME:
        client.close()
    if held is not None:
        os.close(held)


def write(folder: Path, vectors: NDArray[np.float32]) -> None:
    """A new store of these vectors, numbered in their order, all of it on disk when this returns."""
    count = max(2, len(vectors))
    # At these thresholds Chroma writes its graph; short of them, it would do so at every opening.
    graph = {"space": "cosine", "batch_size": count, "sync_threshold": count, **_THOROUGH}
    client = _client(folder)
    try:
        collection = client.create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": graph}
        )
        most = client.get_max_batch_size()
        for start in range(0, len(vectors), most):
            part = vectors[start : start + most]
            collection.add(ids=[str(start + number) for number in range(len(part))], embeddings=part)
        if len(vectors) == 1:  # written once more, to reach the lowest threshold there is
            collection.upsert(ids=["0"], embeddings=vectors)
    finally:
        client.close()


def digest(folder: Path) -> str:
    """What the database holds, but for what an opening changes; `sqlite3.Error` when it cannot be read."""
    found = hashlib.sha256()
    uri = f"{(folder / DATABASE).absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        for (name,) in names.fetchall():
            if not name.startswith(_UNSTABLE):
                found.update(repr((name, database.execute(f'SELECT * FROM "{name}"').fetchall())).encode())
    return found.hexdigest()


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
