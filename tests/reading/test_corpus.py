"""The corpus: listed, verified, consistent; every departure is a `CorpusError` that says where."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import CorpusError
from assistant.reading.checksums import write_checksums
from assistant.reading.corpus import check_statements, read_corpus, read_sources
from tests.conftest import ROOT

CORPUS = ROOT / "corpus"


def test_the_files_are_those_that_were_verified() -> None:
    for source in read_sources(CORPUS):
        assert hashlib.sha256((CORPUS / source.file).read_bytes()).hexdigest() == source.sha256, source.id
        if source.received:
            assert (CORPUS / source.received).is_file()


def test_the_real_corpus_reads() -> None:
    documents = read_corpus(CORPUS)
    check_statements(documents)
    assert len({document.id for document in documents}) == len(documents)
    for document in documents:
        assert "@" in document.id, "an id names its edition"
        assert document.text.strip()
        assert document.address.startswith("https://")
        for provision in document.provisions:
            assert 0 <= provision.start <= provision.end <= len(document.text)


def test_every_listed_file_is_read_and_every_text_is_listed() -> None:
    listed = {source.file for source in read_sources(CORPUS)}
    there = {
        str(path.relative_to(CORPUS))
        for folder in ("statute", "digest", "guidance")
        for path in (CORPUS / folder).iterdir()
        if path.suffix in (".md", ".xml")
    }
    assert listed == there


def _edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def edit(corpus: Path) -> None:
        text = (corpus / name).read_text(encoding="utf-8")
        assert old in text
        (corpus / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _checked(edit: Callable[[Path], None]) -> Callable[[Path], None]:
    def edited(corpus: Path) -> None:
        edit(corpus)
        write_checksums(corpus)

    return edited


BROKEN: list[tuple[str, Callable[[Path], None], str]] = [
    ("altered", _edit("rules.md", "5 years", "9 years"), "checksum"),
    ("missing file", lambda corpus: (corpus / "rules.md").unlink(), "rules.md cannot be read"),
    ("no list", lambda corpus: (corpus / "sources.toml").unlink(), "sources.toml cannot be read"),
    ("not TOML", _edit("sources.toml", "[[source]]", "[[source"), "sources.toml"),
    ("unknown key", _edit("sources.toml", "edition =", "colour = 1\nedition ="), "colour"),
    ("unknown tier", _edit("sources.toml", '"digest"', '"gossip"'), "gossip"),
    ("listed twice", _edit("sources.toml", "tiny-notes", "tiny-rules"), "listed twice"),
    ("no citation", _edit("sources.toml", "19 CFR Part 163", "somewhere"), "tiny-rules.*not a citation"),
    (
        "span",
        _edit("sources.toml", "1998-06-16 }", "1998-06-16, to = 1990-01-01 }"),
        "tiny-rules.*cannot end",
    ),
    ("no reader", _edit("sources.toml", "rules.md", "sources.toml"), "checksum"),
    ("id taken", _checked(_edit("notes.md", "#tiny-note", "#tiny-entry")), "tiny-entry is taken"),
    ("no companion", _checked(_edit("rules.md", 'with="tiny-entry"', 'with="none"')), "no statement none"),
    (
        "quote not held",
        _checked(_edit("notes.md", "sure=text", 'sure=text quote="no such words" of="1508(a)"')),
        "do not stand",
    ),
]


@pytest.mark.parametrize(("name", "edit", "fault"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_faults(small_corpus: Path, name: str, edit: Callable[[Path], None], fault: str) -> None:
    read_corpus(small_corpus)
    edit(small_corpus)
    with pytest.raises(CorpusError, match=fault):
        read_corpus(small_corpus)


def test_checksums_follow_the_files(small_corpus: Path) -> None:
    assert write_checksums(small_corpus) == []
    before = (small_corpus / "sources.toml").read_bytes()
    _edit("notes.md", "A tiny note", "The tiny note")(small_corpus)
    assert write_checksums(small_corpus) == ["tiny-notes@2025-01-01"]
    assert (small_corpus / "sources.toml").read_bytes() != before
    read_corpus(small_corpus)
    _edit("notes.md", "The tiny note", "A tiny note")(small_corpus)
    write_checksums(small_corpus)
    assert (small_corpus / "sources.toml").read_bytes() == before, "nothing else is touched"


def test_checksums_whatever_the_order_of_keys(small_corpus: Path) -> None:
    """Once, the checksum of the entry below was written when it stood above the file's name."""
    path = small_corpus / "sources.toml"
    entries = []
    for entry in path.read_text(encoding="utf-8").split("[[source]]\n")[1:]:
        lines = entry.splitlines()
        entries.append("\n".join(sorted(lines, key=lambda line: not line.startswith("sha256"))))
    path.write_text("".join(f"[[source]]\n{entry}\n" for entry in entries), encoding="utf-8")
    _edit("rules.md", "5 years", "6 years")(small_corpus)
    assert write_checksums(small_corpus) == ["tiny-rules@2025-01-01"]
    read_corpus(small_corpus)
