"""A process that runs for months answers from the index that is there now, and lets go of the one before."""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import IndexMissing
from assistant.search.generations import current
from assistant.settings import Settings
from assistant.wiring import Newest
from tests.conftest import TODAY as DAY

ONE, TWO, THREE = "generation-1-aaaaaa", "generation-2-bbbbbb", "generation-3-cccccc"


def swap(index: Path, name: str) -> None:
    (index / "CURRENT.new").write_text(name, encoding="utf-8")
    os.replace(index / "CURRENT.new", index / "CURRENT")


def put(index: Path, name: str, held: Path) -> None:
    """A generation of its own, with the files of the one that is held."""
    (index / name).mkdir()
    for path in held.iterdir():
        if path.name == "manifest.json":
            shutil.copy2(path, index / name)
        else:
            (index / name / path.name).symlink_to(path)


def is_held(generation: Path) -> bool:
    """Whether a build would leave it, since somebody reads it."""
    with (generation / "manifest.json").open() as manifest:
        try:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def logged(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if record.name == "assistant.wiring"]


@pytest.fixture
def two(settings: Settings, tmp_path: Path) -> Settings:
    """Two generations, of which the first is current; and a language model that is never reached."""
    index = tmp_path / "index"
    index.mkdir()
    for name in (ONE, TWO):
        put(index, name, current(settings.index))
    swap(index, ONE)
    return replace(settings, index=index, chat_model="openai:none", chat_url="http://127.0.0.1:9")


def test_a_new_index_is_taken_up_and_the_former_closed_after_its_last_question(two: Settings) -> None:
    with Newest(two) as newest:
        with newest.assistant() as first, newest.assistant() as again:
            assert first is again
            swap(two.index, TWO)
            with newest.assistant() as second:
                assert second is not first and second.documents.keys() == first.documents.keys()
            assert is_held(two.index / ONE), "a question under way keeps the index it began with"
            assert first.ask("How long must entry records be kept?", as_of=DAY, today=DAY).claims
        assert not is_held(two.index / ONE)
        assert is_held(two.index / TWO)
        with newest.assistant() as later:
            assert later is second
    assert not is_held(two.index / TWO), "closed with the server"


def test_an_index_that_cannot_be_used_changes_nothing_and_is_tried_again(
    two: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with Newest(two) as newest:
        with newest.assistant() as first:
            pass
        swap(two.index, THREE)
        for _ in range(3):
            with newest.assistant() as same:
                assert same is first
        (record,) = logged(caplog)
        assert "cannot be used" in record.getMessage() and "\n" not in record.getMessage()
        put(two.index, THREE, two.index / TWO)
        monkeypatch.setattr(newest, "_again", 0.0)  # its pause is over
        with newest.assistant() as third:
            assert third is not first
        (two.index / "CURRENT").unlink()
        with newest.assistant() as still:
            assert still is third
    assert len(logged(caplog)) == 2


def test_the_threads_of_a_former_model_end(two: Settings) -> None:
    def model_threads() -> int:
        return sum(thread.name == "model" for thread in threading.enumerate())

    before = model_threads()
    with Newest(two) as newest:
        with newest.assistant() as first:
            first.ask("How long must entry records be kept?", as_of=DAY, today=DAY)
            assert model_threads() == before + 1
            swap(two.index, TWO)
            with newest.assistant():
                pass
        assert model_threads() == before


def test_without_an_index_nothing_starts(two: Settings) -> None:
    (two.index / "CURRENT").unlink()
    with pytest.raises(IndexMissing, match="make index"):
        Newest(two)
