"""The index on disk: built beside, swapped in whole, opened for reading.

    .index/
      CURRENT                  the name of the generation that answers; replaced atomically
      lock                     held while building, so that two builds take turns
      model-<revision>/        the exported model; made once a model
      generation-<n>/
        manifest.json          format, model, corpus, counts and the sizes of the files
        documents.msgpack      every Document: quotes and highlights count in these texts
        chroma/                the vectors

Killed at any moment, ``CURRENT`` still names a whole generation; the next build clears what was
left lying. Readers keep working through a swap, because the generation before is kept.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assistant.errors import IndexDamaged, IndexMissing
from assistant.law import Document, Passage
from assistant.search.embeddings import Embedder, load_embedder, prepare, revision
from assistant.search.lexical import Lexical
from assistant.search.passages import cut, searchable

#: Raised by one whenever what is stored or how it is embedded changes.
FORMAT = 2
_COLLECTION = "passages"

Progress = Callable[[str, int, int], None]


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a generation was made from; a mismatch is refused with what to do."""

    format: int
    model: str
    revision: str
    exported: bool
    passages: int
    cut: str
    documents: dict[str, str]
    files: dict[str, int]


@dataclass(frozen=True, slots=True)
class Index:
    """A generation opened for reading."""

    manifest: Manifest
    documents: dict[str, Document]
    passages: tuple[Passage, ...]
    lexical: Lexical
    embedder: Embedder
    _collection: Any

    def nearest(self, vector: Sequence[float], count: int) -> list[tuple[int, float]]:
        """The nearest passages: (position in ``passages``, cosine), nearest first.

        Who asks for the law of one day filters what comes back: the store's own filter takes
        three times as long as a few hundred answers more.
        """
        found = self._collection.query(
            query_embeddings=[vector], n_results=min(count, len(self.passages)), include=["distances"]
        )
        return [
            (int(id), 1.0 - distance)
            for id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]


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
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        before = None if rebuild else _manifest_or_none(folder)
        weights = revision(model)
        texts = {document.id: _fingerprint(document) for document in documents}
        passages = cut(documents)
        if before and (before.format, before.revision, before.documents, before.cut) == (
            FORMAT,
            weights,
            texts,
            _cut_key(passages),
        ):
            if _is_whole(folder, before):
                _clear(folder)
                return before, 0
            before = None
        exported = _model(folder, model, weights, rebuild, progress)
        known = _vectors(folder, before) if before and before.revision == weights else {}
        keys = [_key(passage) for passage in passages]
        new = [n for n, key in enumerate(keys) if key not in known]
        embedder = load_embedder(model, exported)
        for done, number in enumerate(new, 1):
            known[keys[number]] = embedder.embed(searchable(passages[number])).tolist()
            progress("embedding", done, len(new))
        manifest = _write(folder, documents, passages, keys, known, model, weights, exported is not None)
        _clear(folder)
        return manifest, len(new)


def open_index(folder: Path, model: str) -> Index:
    """Open the current generation; one clear error when it is missing, damaged or of another model."""
    generation, manifest = _current(folder)
    if manifest.format != FORMAT:
        raise IndexDamaged(f"the index in {folder} has an older form; run 'make index'")
    if manifest.model != model or manifest.revision != revision(model):
        raise IndexDamaged(
            f"the index was made with the model {manifest.model} ({manifest.revision}), not with"
            f" {model}; run 'make index' to make it anew, or set RECORDKEEPING_EMBEDDINGS back"
        )
    damaged = IndexDamaged(f"the index in {folder} is damaged; run 'python -m assistant index --rebuild'")
    if not _is_whole(folder, manifest):
        raise damaged
    try:
        documents = _read_documents(generation / "documents.msgpack")
        passages = cut(documents)
        collection = _client(generation / "chroma").get_collection(_COLLECTION, embedding_function=None)
        count = collection.count()
    except Exception:  # chroma and sqlite raise whatever the damage provokes
        raise damaged from None
    if not len(passages) == count == manifest.passages:
        raise damaged
    if _cut_key(passages) != manifest.cut:
        raise IndexDamaged(f"the index in {folder} has an older form; run 'make index'")
    exported = folder / f"model-{manifest.revision}" if manifest.exported else None
    return Index(
        manifest=manifest,
        documents={document.id: document for document in documents},
        passages=passages,
        lexical=Lexical(passages),
        embedder=load_embedder(model, exported),
        _collection=collection,
    )


def read_documents(folder: Path) -> tuple[Document, ...] | None:
    """The documents of the current generation, or ``None`` when there is no readable one."""
    try:
        generation, _ = _current(folder)
        return _read_documents(generation / "documents.msgpack")
    except (IndexMissing, IndexDamaged, OSError, msgspec.MsgspecError):
        return None


def _current(folder: Path) -> tuple[Path, Manifest]:
    try:
        name = (folder / "CURRENT").read_text().strip()
    except FileNotFoundError:
        raise IndexMissing(f"there is no index in {folder} yet; run 'make index'") from None
    try:
        manifest = msgspec.json.decode((folder / name / "manifest.json").read_bytes(), type=Manifest)
    except (OSError, ValueError, msgspec.MsgspecError):
        raise IndexDamaged(
            f"the index in {folder} is damaged; run 'python -m assistant index --rebuild'"
        ) from None
    return folder / name, manifest


def _manifest_or_none(folder: Path) -> Manifest | None:
    try:
        return _current(folder)[1]
    except (IndexMissing, IndexDamaged):
        return None


def _is_whole(folder: Path, manifest: Manifest) -> bool:
    generation = _current(folder)[0]
    files = {generation / name: size for name, size in manifest.files.items()}
    if manifest.exported:
        model = folder / f"model-{manifest.revision}"
        files |= {model / name: size for name, size in _sizes(model).items()}
        if not (model / "model.onnx").is_file():
            return False
        recorded = json.loads((model / "sizes.json").read_text()) if (model / "sizes.json").is_file() else {}
        if any(_size(model / name) != size for name, size in recorded.items()) or not recorded:
            return False
    return all(_size(path) == size for path, size in files.items())


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _sizes(folder: Path) -> dict[str, int]:
    return {
        str(path.relative_to(folder)): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"manifest.json", "sizes.json"}
    }


def _model(folder: Path, model: str, weights: str, rebuild: bool, progress: Progress) -> Path | None:
    target = folder / f"model-{weights}"
    if target.is_dir() and not rebuild and (target / "sizes.json").is_file():
        recorded = json.loads((target / "sizes.json").read_text())
        if all(_size(target / name) == size for name, size in recorded.items()):
            return target
    progress("preparing the embedding model", 0, 1)
    beside = folder / f"tmp-model-{os.getpid()}"
    exported = prepare(model, beside)
    progress("preparing the embedding model", 1, 1)
    if not exported:
        return None
    (beside / "sizes.json").write_text(json.dumps(_sizes(beside)))
    _sync(beside)
    if target.exists():
        old = folder / f"tmp-old-{os.getpid()}"
        os.rename(target, old)
    os.rename(beside, target)
    return target


def _write(
    folder: Path,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    keys: Sequence[str],
    vectors: dict[str, list[float]],
    model: str,
    weights: str,
    exported: bool,
) -> Manifest:
    beside = folder / f"tmp-generation-{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    (beside / "documents.msgpack").write_bytes(msgspec.msgpack.encode(list(documents)))
    matrix = np.array([vectors[key] for key in keys], dtype=np.float32)
    np.savez(beside / "vectors.npz", keys=np.array(keys), vectors=matrix)
    collection = _client(beside / "chroma").create_collection(
        _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    if passages:
        collection.add(
            ids=[str(number) for number in range(len(passages))],
            embeddings=matrix,
        )
    _release(beside / "chroma")
    manifest = Manifest(
        format=FORMAT,
        model=model,
        revision=weights,
        exported=exported,
        passages=len(passages),
        cut=_cut_key(passages),
        documents={document.id: _fingerprint(document) for document in documents},
        files=_sizes(beside),
    )
    (beside / "manifest.json").write_bytes(msgspec.json.encode(manifest))
    _sync(beside)
    numbers = [int(path.name.split("-")[1]) for path in folder.glob("generation-*")]
    name = f"generation-{max(numbers, default=0) + 1}"
    os.rename(beside, folder / name)
    pointer = folder / f"tmp-current-{os.getpid()}"
    pointer.write_text(name)
    _sync(pointer)
    os.replace(pointer, folder / "CURRENT")
    return manifest


def _key(passage: Passage) -> str:
    return hashlib.sha256(searchable(passage).encode()).hexdigest()


def _cut_key(passages: Sequence[Passage]) -> str:
    """Changes when the passages, their order or what is embedded of them does."""
    return hashlib.sha256("".join(_key(passage) for passage in passages).encode()).hexdigest()


def _fingerprint(document: Document) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(document)).hexdigest()


def _vectors(folder: Path, manifest: Manifest) -> dict[str, list[float]]:
    try:
        with np.load(_current(folder)[0] / "vectors.npz") as stored:
            return dict(zip(stored["keys"].tolist(), stored["vectors"].tolist(), strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def _read_documents(path: Path) -> tuple[Document, ...]:
    return msgspec.msgpack.decode(path.read_bytes(), type=tuple[Document, ...])


def _client(path: Path) -> Any:
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    return chromadb.PersistentClient(path=str(path), settings=ChromaSettings(anonymized_telemetry=False))


def _release(path: Path) -> None:
    """Let go of the store that was just written, so that its files are whole when it is moved."""
    from chromadb.api.shared_system_client import SharedSystemClient

    system = SharedSystemClient._identifier_to_system.pop(str(path), None)
    if system is not None:
        system.stop()


def _sync(path: Path) -> None:
    """To disk, so that a machine that loses power keeps what a rename promises."""
    paths = [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]
    for file in paths:
        with file.open("rb") as stream:
            os.fsync(stream.fileno())


def _clear(folder: Path) -> None:
    """Remove what killed builds left, and generations older than the one before the current."""
    current = (folder / "CURRENT").read_text().strip()
    generations = sorted(folder.glob("generation-*"), key=lambda path: int(path.name.split("-")[1]))
    names = [path.name for path in generations]
    keep = names[max(0, names.index(current) - 1) : names.index(current) + 1]
    for path in folder.iterdir():
        if path.name.startswith("tmp-") or (path.name.startswith("generation-") and path.name not in keep):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
