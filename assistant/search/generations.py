"""Generations of the index: one is current, one may be in the making, and none is half made.

    .index/
      CURRENT                     the name of the generation that answers; replaced atomically
      lock                        held while building, so that two builds take turns
      generation-<n>-<token>/
        manifest.json             what it was made from, and a stamp of every file
        documents.msgpack         every Document: quotes and highlights count in these texts
        vectors.npz               every vector by the key of its text, for the next build
        chroma/                   the vectors, for search
        model/                    the exported model; hard links when the model is unchanged

A generation holds all that answers need, the model included, so that one rename swaps everything.
Killed at any moment, ``CURRENT`` names a whole generation; the next build clears what was left
lying. A reader holds a shared lock on its generation, and no build removes one that is held.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from assistant.errors import IndexDamaged, IndexMissing

#: Raised by one whenever what is stored or how it is embedded changes.
FORMAT = 9
_NAME = re.compile(r"generation-(\d+)-[0-9a-f]{6}")

Progress = Callable[[str, int, int], None]


class Stamp(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was written. Its bytes are read again only when size or time differ."""

    size: int
    time: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a generation was made from; a mismatch is refused with what to do.

    ``weights`` are the files of the model as it was loaded, ``files`` those of the generation,
    ``store`` is the digest of Chroma's database, whose file changes with every opening.
    """

    format: int
    model: str
    revision: str
    exported: bool
    passages: int
    cut: str
    documents: dict[str, str]
    weights: dict[str, Stamp]
    files: dict[str, Stamp]
    store: str


class _Form(msgspec.Struct, frozen=True):
    format: int


def damaged(folder: Path) -> IndexDamaged:
    return IndexDamaged(f"the index in {folder} is damaged; run 'python -m assistant index --rebuild'")


def outdated(folder: Path) -> IndexDamaged:
    return IndexDamaged(f"the index in {folder} has another form than this program's; run 'make index'")


def current(folder: Path) -> Path:
    """The generation that answers; `IndexMissing` when none was ever built."""
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise IndexMissing(f"there is no index in {folder} yet; run 'make index'") from None
    except (OSError, ValueError):
        raise damaged(folder) from None
    if not _NAME.fullmatch(name):
        raise outdated(folder) if re.fullmatch(r"generation-\d+", name) else damaged(folder)
    return folder / name


def read_manifest(generation: Path) -> Manifest:
    """The manifest; `IndexDamaged` when it cannot be read or is of another form."""
    try:
        data = (generation / "manifest.json").read_bytes()
        if msgspec.json.decode(data, type=_Form).format != FORMAT:
            raise outdated(generation.parent)
        return msgspec.json.decode(data, type=Manifest)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        raise damaged(generation.parent) from None


def within(folder: Path) -> dict[str, Path]:
    """The files under a folder, by their path in it."""
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}


def stamps(files: Mapping[str, Path]) -> dict[str, Stamp]:
    """A stamp of each file."""
    return {name: _stamp(path) for name, path in files.items()}


def altered(place: Callable[[str], Path], recorded: Mapping[str, Stamp]) -> list[str]:
    """The recorded files that are not where ``place`` says or hold other bytes; times alone prove nothing."""
    return [name for name, stamp in recorded.items() if not _same(place(name), stamp)]


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    with path.open("rb") as stream:
        return Stamp(status.st_size, status.st_mtime_ns, hashlib.file_digest(stream, "sha256").hexdigest())


def _same(path: Path, stamp: Stamp) -> bool:
    try:
        status = path.stat()
        if status.st_size != stamp.size:
            return False
        return status.st_mtime_ns == stamp.time or _stamp(path).sha256 == stamp.sha256
    except OSError:
        return False


def publish(folder: Path, made: Path) -> Path:
    """Make a finished generation the current one. Before the last rename the old one answers."""
    _sync(made)
    numbers = [int(match[1]) for path in folder.iterdir() if (match := _NAME.fullmatch(path.name))]
    generation = folder / f"generation-{max(numbers, default=0) + 1}-{secrets.token_hex(3)}"
    os.rename(made, generation)
    pointer = folder / "tmp-current"
    pointer.write_text(generation.name, encoding="utf-8")
    _sync(pointer)
    _sync_entries(folder)
    os.replace(pointer, folder / "CURRENT")
    _sync_entries(folder)
    return generation


def clear(folder: Path) -> None:
    """Remove what former forms left, and former generations that nobody reads."""
    clear_unfinished(folder)
    kept = current(folder)
    for path in folder.glob("model-*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob("generation-*"):
        if path != kept:
            _remove(path)


def clear_unfinished(folder: Path) -> None:
    """Remove what killed builds left. Only for the holder of the lock."""
    for path in folder.glob("tmp-*"):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def hold(generation: Path) -> int:
    """Hold a generation against removal until the descriptor is closed, or the process ends."""
    try:
        descriptor = os.open(generation / "manifest.json", os.O_RDONLY)
    except OSError:
        raise damaged(generation.parent) from None
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _remove(generation: Path) -> None:
    """Remove a generation unless it is held; who would hold it now waits, and finds it gone."""
    try:
        descriptor = os.open(generation / "manifest.json", os.O_RDONLY)
    except OSError:
        shutil.rmtree(generation, ignore_errors=True)
        return
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(generation, ignore_errors=True)
    os.close(descriptor)


@contextmanager
def locked(folder: Path, progress: Progress) -> Iterator[None]:
    """One build at a time; whoever comes second is told, and waits."""
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress("waiting for another build", 0, 1)
            fcntl.flock(lock, fcntl.LOCK_EX)
            progress("waiting for another build", 1, 1)
        yield


def link(source: Path, target: Path) -> None:
    """The files of one folder in another, without copying where the disk allows it."""
    target.mkdir(parents=True)
    for path in source.iterdir():
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copy2(path, target / path.name)


def _sync(path: Path) -> None:
    """To disk, so that a machine that loses power keeps what a rename promises."""
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as stream:
                os.fsync(stream.fileno())
        else:
            _sync_entries(file)
    if path.is_dir():
        _sync_entries(path)


def _sync_entries(folder: Path) -> None:
    with suppress(OSError):  # some file systems cannot sync a folder
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
