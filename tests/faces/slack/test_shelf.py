"""A process that runs for months answers from the index that is there now."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from assistant.faces.slack.shelf import Shelf
from assistant.search.generations import current
from assistant.settings import Settings


def swap(index: Path, name: str) -> None:
    (index / "CURRENT.new").write_text(name, encoding="utf-8")
    os.replace(index / "CURRENT.new", index / "CURRENT")


def test_a_new_index_is_taken_up_and_an_old_one_kept_where_it_cannot_be(
    settings: Settings, tmp_path: Path
) -> None:
    index, held = tmp_path / "index", current(settings.index)
    index.mkdir()
    for name in ("generation-1-aaaaaa", "generation-2-bbbbbb"):
        (index / name).symlink_to(held)
    swap(index, "generation-1-aaaaaa")
    shelf = Shelf(replace(settings, index=index))
    first = shelf.assistant()
    assert shelf.assistant() is first
    swap(index, "generation-2-bbbbbb")
    second = shelf.assistant()
    assert second is not first and second.documents.keys() == first.documents.keys()
    swap(index, "generation-3-cccccc")
    assert shelf.assistant() is second
    (index / "CURRENT").unlink()
    assert shelf.assistant() is second
