"""The index on disk: built beside, swapped in whole, opened for reading.

How it lies on disk and why a build may be killed at any moment is told in `generations`.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from assistant.errors import IndexDamaged, IndexMissing, UsageError
from assistant.law import Document, Passage
from assistant.search import store
from assistant.search.embeddings import Embedder, load_embedder, prepare, revision, weight_files
from assistant.search.generations import (
    FORMAT,
    Manifest,
    Progress,
    altered,
    clear,
    clear_unfinished,
    current,
    damaged,
    hold,
    link,
    locked,
    outdated,
    publish,
    read_manifest,
    stamps,
    within,
)
from assistant.search.lexical import Lexical
from assistant.search.passages import cut, embedded, findable
from assistant.search.store import Store, Vectors

__all__ = ["Index", "Manifest", "Progress", "build", "open_index", "read_documents"]

_DOCUMENTS = "documents.msgpack"


@dataclass(frozen=True, slots=True)
class Index:
    """A generation opened for reading; ``lexical`` has only the passages that a search may find."""

    manifest: Manifest
    documents: dict[str, Document]
    passages: tuple[Passage, ...]
    lexical: Lexical
    embedder: Embedder
    _store: Vectors
    _rows: tuple[tuple[int, bool], ...]

    def nearest(self, vector: Sequence[float], count: int) -> list[tuple[int, bool, float]]:
        """The nearest vectors, nearest first: position in ``passages``, whether it is that of a
        question the passage answers, cosine.

        Who asks for the law of one day filters what comes back: the store's own filter takes
        three times as long as a few hundred answers more.
        """
        return [(*self._rows[row], cosine) for row, cosine in self._store.nearest(vector, count)]

    def close(self) -> None:
        """Let go of the files, which otherwise happens with the last reference."""
        self._store.close()


def build(
    documents: Sequence[Document],
    folder: Path,
    model: str,
    *,
    rebuild: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> tuple[Manifest, int]:
    """Bring the index up to date with ``documents``; the manifest, and how many were embedded.

    Only passages whose text, context or model changed are embedded; ``rebuild`` trusts nothing
    that is there. Whatever was there before answers until the last step, an atomic rename.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder, progress):
            clear_unfinished(folder)
            before = None if rebuild else _whole(folder)
            made = _build(documents, folder, model, before, progress)
            clear(folder)
            return made
    except OSError as error:
        raise UsageError(
            f"the index cannot be written in {folder} ({error.strerror or error}); free some space, or set"
            " RECORDKEEPING_INDEX to a folder that can be written"
        ) from None


def _build(
    documents: Sequence[Document],
    folder: Path,
    model: str,
    before: tuple[Path, Manifest] | None,
    progress: Progress,
) -> tuple[Manifest, int]:
    weights = revision(model)
    texts = {document.id: _fingerprint(document) for document in documents}
    passages = cut(documents)
    same_model = before is not None and before[1].revision == weights
    if before and same_model:
        held = before[1]
        if (held.model, held.documents, held.cut) == (model, texts, _cut_key(passages)):
            return held, 0
    beside = folder / "tmp-generation"
    beside.mkdir()
    (beside / _DOCUMENTS).write_bytes(msgspec.msgpack.encode(list(documents)))
    if before and same_model:
        exported, known = before[1].exported, stored_vectors(before[0])
        if exported:
            link(before[0] / "model", beside / "model")
    else:
        progress("preparing the embedding model", 0, 1)
        exported, known = prepare(model, beside / "model"), {}
        progress("preparing the embedding model", 1, 1)
    rows = [text for passage in passages for text in embedded(passage)]
    keys = [text_key(text) for text in rows]
    new = {key: text for key, text in zip(keys, rows, strict=True) if key not in known}
    if new:
        embedder = load_embedder(model, beside / "model" if exported else None)
        names = list(new)
        for done, (number, vector) in enumerate(embedder.embed_many(list(new.values())), 1):
            known[names[number]] = vector.tolist()
            progress("embedding", done, len(new))
    matrix = np.array([known[key] for key in keys], dtype=np.float32)
    np.savez(beside / "vectors.npz", keys=np.array(keys), vectors=matrix)
    store.write(beside / "chroma", matrix)
    files = {name: p for name, p in within(beside).items() if not p.name.startswith(store.DATABASE)}
    manifest = Manifest(
        format=FORMAT,
        model=model,
        revision=weights,
        exported=exported,
        passages=len(passages),
        cut=_cut_key(passages),
        documents=texts,
        weights=stamps(weight_files(model)),
        files=stamps(files),
        store=store.digest(beside / "chroma"),
    )
    (beside / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    publish(folder, beside)
    return manifest, len(new)


def open_index(folder: Path, model: str) -> Index:
    """Open the current generation; one clear error when it is missing, damaged or of another model."""
    generation = current(folder)
    while True:
        try:
            return _open(generation, model)
        except IndexDamaged:
            # A build may have replaced and removed the generation while it was being opened.
            generation, before = current(folder), generation
            if generation == before:
                raise


def _open(generation: Path, model: str) -> Index:
    folder = generation.parent
    held = hold(generation)
    try:
        manifest = read_manifest(generation)
        if manifest.model != model or not _same_weights(manifest, model):
            raise IndexDamaged(
                f"the index was made with the model {manifest.model} ({manifest.revision}), not with"
                f" {model}; run 'make index' to make it anew, or set RECORDKEEPING_EMBEDDINGS back"
            )
        if not _is_whole(generation, manifest):
            raise damaged(folder)
        documents = _read_documents(generation / _DOCUMENTS)
        passages = cut(documents)
        if _cut_key(passages) != manifest.cut:
            raise outdated(folder)
        embedder = load_embedder(model, generation / "model" if manifest.exported else None)
        opened = _open_store(generation, held)
    except BaseException:
        os.close(held)
        raise
    rows = tuple((n, bool(k)) for n, passage in enumerate(passages) for k in range(len(embedded(passage))))
    if opened.size != len(rows):
        opened.close()
        raise damaged(folder)
    return Index(
        manifest=manifest,
        documents={document.id: document for document in documents},
        passages=passages,
        lexical=Lexical([p for p in passages if findable(p)]),
        embedder=embedder,
        _store=opened,
        _rows=rows,
    )


def _open_store(generation: Path, held: int) -> Store:
    try:
        return Store(generation / "chroma", held)
    except Exception:  # noqa: BLE001  # Chroma raises whatever the damage provokes
        raise damaged(generation.parent) from None


def read_documents(folder: Path) -> tuple[Document, ...] | None:
    """The documents of the current generation, or ``None`` when there is no readable one."""
    try:
        generation = current(folder)
        manifest = read_manifest(generation)
        if altered(generation.joinpath, {_DOCUMENTS: manifest.files[_DOCUMENTS]}):
            return None
        return _read_documents(generation / _DOCUMENTS)
    except (IndexMissing, IndexDamaged, OSError, KeyError, msgspec.MsgspecError):
        return None


def _whole(folder: Path) -> tuple[Path, Manifest] | None:
    """The current generation when it can be trusted; what cannot be is made anew."""
    try:
        generation = current(folder)
        manifest = read_manifest(generation)
    except (IndexMissing, IndexDamaged):
        return None
    return (generation, manifest) if _is_whole(generation, manifest) else None


def _is_whole(generation: Path, manifest: Manifest) -> bool:
    try:
        return (
            not altered(generation.joinpath, manifest.files)
            and store.digest(generation / "chroma") == manifest.store
        )
    except (OSError, sqlite3.Error):
        return False


def _same_weights(manifest: Manifest, model: str) -> bool:
    files = weight_files(model)
    return files.keys() == manifest.weights.keys() and not altered(files.__getitem__, manifest.weights)


def text_key(text: str) -> str:
    """What a text's vector is kept under."""
    return hashlib.sha256(text.encode()).hexdigest()


def _cut_key(passages: Sequence[Passage]) -> str:
    """Changes when the passages, their order or what is embedded of them does."""
    rows = (text_key(text) for passage in passages for text in (passage.id, *embedded(passage)))
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def _fingerprint(document: Document) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(document)).hexdigest()


def stored_vectors(generation: Path) -> dict[str, list[float]]:
    """The vectors of a generation by the key of their text; what cannot be read is embedded again."""
    try:
        with np.load(generation / "vectors.npz") as stored:
            return dict(zip(stored["keys"].tolist(), stored["vectors"].tolist(), strict=True))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return {}


def _read_documents(path: Path) -> tuple[Document, ...]:
    return msgspec.msgpack.decode(path.read_bytes(), type=tuple[Document, ...])
