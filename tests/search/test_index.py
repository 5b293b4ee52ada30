"""The index: what is built, what is refused, what is mended."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import IndexDamaged, IndexMissing, UsageError
from assistant.reading.corpus import read_corpus
from assistant.search.generations import current, read_manifest
from assistant.search.index import build, open_index, read_documents
from assistant.search.store import digest
from assistant.settings import Settings
from tests.conftest import PATIENCE, ROOT, environment, write_sources
from tests.search.models import garble


def _build(settings: Settings) -> int:
    return build(read_corpus(settings.corpus), settings.index, settings.model)[1]


def _change(settings: Settings, old: str = "5 years", new: str = "six years") -> None:
    path = settings.corpus / "rules.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    write_sources(settings.corpus)


def _text(settings: Settings) -> str:
    index = open_index(settings.index, settings.model)
    try:
        return "\n".join(passage.text for passage in index.passages)
    finally:
        index.close()


def test_only_what_changed_is_embedded(small: Settings) -> None:
    before = current(small.index)
    assert _build(small) == 0
    assert current(small.index) == before, "nothing to do, and nothing done"
    _change(small)
    assert _build(small) == 1
    assert "six years" in _text(small)
    assert (current(small.index) / "model" / "model.onnx").is_file()
    assert not before.exists(), "nobody reads the former generation"


def test_a_document_that_is_dropped_is_gone(small: Settings) -> None:
    sources = small.corpus / "sources.toml"
    sources.write_text(sources.read_text(encoding="utf-8").split('[[source]]\nid = "tiny-notes')[0])
    assert _build(small) == 0, "the vectors of the rest are known"
    index = open_index(small.index, small.model)
    assert list(index.documents) == ["tiny-rules@2025-01-01"]
    assert index.manifest.passages == len(index.passages) == 2
    index.close()


def test_a_span_alone_changes_the_index_and_no_vector(small: Settings) -> None:
    sources = small.corpus / "sources.toml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("1998-06-16", "1999-06-16"))
    assert _build(small) == 0
    index = open_index(small.index, small.model)
    assert {str(passage.in_force.start) for passage in index.passages} == {"1999-06-16"}
    index.close()


def test_every_passage_finds_itself(small: Settings) -> None:
    from assistant.search.passages import searchable

    index = open_index(small.index, small.model)
    for number, passage in enumerate(index.passages):
        found = index.nearest(index.embedder.embed(searchable(passage)).tolist(), 99)
        assert found[0][:2] == (number, False)
        assert found[0][2] == pytest.approx(1.0, abs=1e-4)
        assert sorted(n for n, _, _ in found) == list(range(len(index.passages)))
    index.close()


@pytest.mark.parametrize("statements", [0, 1, 2])
def test_very_small_corpora(small: Settings, statements: int) -> None:
    sources = small.corpus / "sources.toml"
    if statements == 0:
        sources.write_text("")
    else:
        first, rules, notes = sources.read_text(encoding="utf-8").split("[[source]]")
        sources.write_text(f"{first}[[source]]{notes if statements == 1 else rules}")
    _build(small)
    for _ in range(3):  # Chroma must not change what was stamped when it opens a short graph
        index = open_index(small.index, small.model)
        vector = index.embedder.embed("records").tolist()
        assert len(index.nearest(vector, 5)) == len(index.passages) == statements
        index.close()


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="make index"):
        open_index(tmp_path / "none", "any")
    assert not (tmp_path / "none").exists(), "looking makes nothing"
    assert read_documents(tmp_path / "none") is None


def test_another_model_is_refused(small: Settings, made: Path) -> None:
    with pytest.raises(IndexDamaged, match=r"make index.*RECORDKEEPING_EMBEDDINGS"):
        open_index(small.index, str(made / "words"))


def test_other_weights_under_the_same_name_are_refused(small: Settings, tmp_path: Path) -> None:
    own = tmp_path / "model"
    shutil.copytree(small.model, own)
    settings = Settings(small.corpus, small.index, str(own))
    assert _build(settings) == 0, "the same weights under another name: the vectors hold"
    open_index(settings.index, settings.model).close()
    for name in ("model.safetensors", "config.json"):
        path = own / name
        kept = path.read_bytes()
        path.write_bytes(kept[:-1] + b" ")
        with pytest.raises(IndexDamaged, match="make index"):
            open_index(settings.index, settings.model)
        path.write_bytes(kept)
        open_index(settings.index, settings.model).close()


def test_a_file_with_another_time_is_read_and_trusted(small: Settings) -> None:
    for path in current(small.index).rglob("*"):
        os.utime(path, (1, 1))
    open_index(small.index, small.model).close()
    assert _build(small) == 0


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


_DAMAGES: list[Callable[[Path], None]] = [Path.unlink, _truncate, garble, _flip]
_FILES = [
    "documents.msgpack",
    "vectors.npz",
    "manifest.json",
    "model/model.onnx",
    "model/weights.bin",
    "model/tokenizer.json",
    "model/embedding.json",
    "chroma/chroma.sqlite3",
    "chroma/*/data_level0.bin",
    "chroma/*/header.bin",
    "chroma/*/length.bin",
    "chroma/*/index_metadata.pickle",
]


def test_the_table_of_files_is_whole(small: Settings) -> None:
    generation = current(small.index)
    named = {path for pattern in _FILES for path in generation.glob(pattern)}
    there = {path for path in generation.rglob("*") if path.is_file() and path.name != "link_lists.bin"}
    assert named == there


#: Half of the store's file is free pages, whose bytes mean nothing.
_HARMLESS = ("chroma/chroma.sqlite3", _flip)


@pytest.mark.parametrize(
    ("file", "damage"),
    [(file, damage) for file in _FILES for damage in _DAMAGES if (file, damage) != _HARMLESS],
    ids=lambda part: part if isinstance(part, str) else part.__name__.strip("_"),
)
def test_damage_is_one_clear_line(small: Settings, file: str, damage: Callable[[Path], None]) -> None:
    (path,) = current(small.index).glob(file)
    damage(path)
    with pytest.raises(IndexDamaged, match="index") as raised:
        open_index(small.index, small.model)
    assert "\n" not in str(raised.value)
    assert "--rebuild" in str(raised.value) or "make index" in str(raised.value)


@pytest.mark.parametrize(
    "pointer", [b"", b"\n", b"generation-9-abcdef", b"../../etc", b"\xff\xfe", b".", b"generation-1"]
)
def test_a_pointer_that_names_nothing(small: Settings, pointer: bytes) -> None:
    (small.index / "CURRENT").write_bytes(pointer)
    with pytest.raises(IndexDamaged):
        open_index(small.index, small.model)
    assert read_documents(small.index) is None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM embeddings WHERE embedding_id = '1'",
        "UPDATE embeddings SET embedding_id = '2' || embedding_id",
        "DROP TABLE collections",
    ],
)
def test_a_store_that_was_changed(small: Settings, statement: str) -> None:
    database = sqlite3.connect(current(small.index) / "chroma" / "chroma.sqlite3")
    database.execute(statement)
    database.commit()
    database.close()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        open_index(small.index, small.model)


def test_a_thousand_openings_are_no_damage(small: Settings) -> None:
    """Chroma writes a row with each opening, until its file grows by a page."""
    path = current(small.index) / "chroma" / "chroma.sqlite3"
    size, before = path.stat().st_size, digest(path.parent)
    database = sqlite3.connect(path)
    database.executemany("INSERT INTO acquire_write (lock_status) VALUES (?)", [(1,)] * 5000)
    database.commit()
    database.close()
    assert path.stat().st_size > size
    assert digest(path.parent) == before
    open_index(small.index, small.model).close()


@pytest.fixture(scope="module")
def said(made: Path) -> dict[str, Any]:
    """What the command line said in the process that loaded torch."""
    found: dict[str, Any] = json.loads((made / "said.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("what", ["model mended", "store mended"])
def test_the_next_build_mends(said: dict[str, Any], what: str) -> None:
    assert said[what]["status"] == 0
    assert "3 embedded anew" in said[what]["out"]
    assert "\n".join(said[what]["texts"]).count("Tiny") == 2


def test_a_rebuild_trusts_nothing_that_is_there(said: dict[str, Any]) -> None:
    assert said["embedded by a rebuild"] == 3


def test_an_index_of_a_former_form(small: Settings) -> None:
    """Two programs ago the model lay beside the generations, and CURRENT named them without a token."""
    for path in small.index.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (small.index / "generation-1").mkdir()
    (small.index / "generation-1" / "manifest.json").write_text('{"format": 1, "model": "m"}')
    (small.index / "model-61d37975d9652194").mkdir()
    (small.index / "CURRENT").write_text("generation-1")
    with pytest.raises(IndexDamaged, match="make index"):
        open_index(small.index, small.model)


def test_a_place_that_cannot_be_written(small: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="RECORDKEEPING_INDEX"):
        build(read_corpus(small.corpus), tmp_path / "file", small.model)
    with pytest.raises(IndexDamaged):
        open_index(tmp_path / "file", small.model)


def test_a_reader_keeps_its_generation(small: Settings) -> None:
    reader = open_index(small.index, small.model)
    held = current(small.index)
    vector = reader.embedder.embed("records").tolist()
    for new in ("six years", "seven years"):
        _change(small, "5 years" if new == "six years" else "six years", new)
        _build(small)
        assert held.is_dir(), "it is being read"
        assert len(reader.nearest(vector, 3)) == 3
    reader.close()
    _build(small)
    assert not held.exists()
    assert len(list(small.index.glob("generation-*"))) == 1


def test_a_generation_removed_while_it_is_opened(small: Settings) -> None:
    """Openings and swaps at once: each opening answers, from the one generation or the other."""
    faults: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                open_index(small.index, small.model).close()
        except BaseException as error:  # noqa: BLE001  # told to the main thread
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(6):
        _change(small, "5 years" if number == 0 else f"{number + 9} years", f"{number + 10} years")
        _build(small)
    done.set()
    for reader in readers:
        reader.join()
    assert not faults


def test_a_model_that_cannot_be_exported(said: dict[str, Any], made: Path) -> None:
    assert said["words index"]["status"] == 0
    assert "served by sentence-transformers" in said["words index"]["out"]
    generation = current(made / "words-index")
    assert not read_manifest(generation).exported
    assert not (generation / "model").exists()
    assert said["words ask"]["status"] == 0
    assert "60 days" in said["words ask"]["out"]


def test_a_model_that_is_not_there(said: dict[str, Any]) -> None:
    assert said["no model"]["status"] == 2
    assert "RECORDKEEPING_EMBEDDINGS" in said["no model"]["err"]
    assert "Traceback" not in said["no model"]["err"]


@pytest.mark.slow
def test_three_read_while_a_fourth_builds(small: Settings) -> None:
    """The fourth takes up one change after the other until all three have answered."""
    word = [sys.executable, "-m", "assistant", "ask", "How long must tiny packing lists be kept?"]
    asked = [
        subprocess.Popen(
            word, env=environment(small), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    builds, years = 0, "5 years"
    while builds < 3 or any(process.poll() is None for process in asked):
        builds += 1
        _change(small, years, years := f"{builds + 10} years")
        assert _build(small) == 1
    for process in asked:
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
        assert b"60 days" in out


@pytest.mark.slow
def test_two_builds_take_turns(small: Settings) -> None:
    _change(small)
    command = [sys.executable, "-m", "assistant", "index"]
    builds = [
        subprocess.Popen(
            command, env=environment(small), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = []
    for process in builds:
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
        said.append(out.split(b"documents, ")[1].split(b" embedded")[0])
    assert sorted(said) == [b"0", b"1"], "the second finds the work done"
    assert not list(small.index.glob("tmp-*"))
