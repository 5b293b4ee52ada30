"""One reader for every file of the corpus: each fault is one line that names the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import CorpusError, RuleError
from assistant.law import Span
from assistant.reading.files import InForce, Strict, read_toml


class _Entry(Strict, frozen=True, kw_only=True):
    id: str
    in_force: InForce = InForce()


class _File(Strict, frozen=True, kw_only=True):
    entry: tuple[_Entry, ...]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[[entry]]\nid = 'a'\nx = 1", "entry 'a': Object contains unknown field `x`"),
        (b"[[entry]]\nid = 3", r"Expected `str`, got `int`"),
        (
            b"[[entry]]\nid = 'a'\nin_force = { from = 2020-07-01, to = 2020-06-30 }",
            "entry 'a': a span cannot end",
        ),
        (b"[[entry]", "is not TOML"),
        (b"# caf\xe9", r"is not UTF-8 text \(byte 5\); save it as UTF-8"),
    ],
)
def test_a_fault_names_the_file_and_the_place(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "entries.toml"
    path.write_bytes(data)
    for error in (CorpusError, RuleError):
        with pytest.raises(error, match=rf"entries\.toml.*{said}") as caught:
            read_toml(path, _File, error)
        assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"none\.toml cannot be read \(No such file"):
        read_toml(tmp_path / "none.toml", _File)
    with pytest.raises(CorpusError, match=r"cannot be read \(Is a directory"):
        read_toml(tmp_path, _File)


def test_a_span_as_it_stands_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "entries.toml"
    path.write_text(
        "[[entry]]\nid = 'a'\nin_force = { to = 2020-06-30 }\n[[entry]]\nid = 'b'", encoding="utf-8"
    )
    spans = [entry.in_force.span for entry in read_toml(path, _File).entry]
    assert spans == [Span(None, date(2020, 6, 30)), Span()]
