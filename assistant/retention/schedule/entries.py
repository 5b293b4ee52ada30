"""Reads a CSV in blocks of text columns, so that a file of any length passes in little memory.

Takes what spreadsheets write: a byte-order mark, a first line ``sep=;``, semicolons or tabs, CRLF,
quoted cells. Blocks without a quotation mark go to a parser in C; from the first one that has any,
Python's own `csv` reads on, which alone is right about quotation marks in odd places.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from assistant.errors import UsageError
from assistant.retention.schedule.columns import EXTRA, event_columns

_BLOCK = 12 << 20
_ROWS = 200_000
_PIECE = 1 << 20
_BLANK_LINES = re.compile(rb"\n\n+")
#: Excel's own first line, which names the separator.
_SEP = re.compile(r'"?sep=([,;|\t]?)"?[,;|\t ]*', re.IGNORECASE)
#: How files begin that are often taken for a table.
_KINDS = {
    b"PK\x03\x04": "an Excel workbook (or another ZIP file)",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)",
    b"%PDF": "a PDF",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a gzip file",
}


def batches(path: Path, *, block: int = _BLOCK) -> Iterator[tuple[pl.DataFrame, int]]:
    """The rows of a file as batches of text columns, each with the bytes read so far.

    Blank lines are no rows; cells a row has beyond the header are handed on in the column `EXTRA`.
    Raises `UsageError` for a file that cannot be read, is not UTF-8, or has an unusable header.
    """
    try:
        with path.open("rb") as file:
            yield from _batches(path, file, block)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise UsageError(f"{path}: {error.strerror}; name a CSV file that can be read") from None


def _batches(path: Path, file: BinaryIO, block: int) -> Iterator[tuple[pl.DataFrame, int]]:
    first, separator = _header_line(path, file), ""
    if named := _SEP.fullmatch(first):
        first, separator = _header_line(path, file), named[1]
    separator = separator or max(",;\t", key=first.count)
    header = [cell.strip() for cell in next(csv.reader([first], delimiter=separator), [])]
    while header and not header[-1]:
        header.pop()  # a spreadsheet's empty columns at the end
    try:
        event_columns(header)
    except UsageError as error:
        raise UsageError(f"{path}: {error}") from None
    rest = b""
    while chunk := file.read(block):
        rest += chunk
        if b'"' in chunk or (b"\r" in chunk and b"\n" not in rest):
            yield from _quoted(path, rest, file, header, separator)
            return
        end = rest.rfind(b"\n") + 1
        if end:
            yield _plain(path, rest[:end], header, separator), file.tell()
            rest = rest[end:]
    if rest.strip():
        yield _plain(path, rest, header, separator), file.tell()


def _header_line(path: Path, file: BinaryIO) -> str:
    """The next line that is not blank, without its byte-order mark."""
    line = b"\n"
    while line and not line.strip(b"\r\n \xef\xbb\xbf"):
        line = file.readline()
    if kind := next((kind for begins, kind in _KINDS.items() if line.startswith(begins)), ""):
        raise UsageError(f"{path}: this is {kind}, not a CSV file; open it and save it as CSV UTF-8")
    if line[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in line:
        kind = "UTF-16" if _is_utf_16(line) else "not text"
        raise UsageError(f"{path}: the file is {kind}; save it as CSV UTF-8")
    if b"\r" in line.rstrip(b"\r\n"):  # lines that end in a return alone
        file.seek(file.tell() - len(line) + line.index(b"\r") + 1)
        line = line[: line.index(b"\r")]
    if not line:
        raise UsageError(f"{path}: the file is empty; its first line names the columns")
    return _text(path, line).lstrip("\ufeff").rstrip("\r\n")


def _is_utf_16(line: bytes) -> bool:
    """Whether every other byte of a line of letters is the zero that UTF-16 puts there."""
    return len(line) > 4 and any(not any(line[first : len(line) - 1 : 2]) for first in (2, 3))


def _text(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        near = data[max(0, error.start - 20) : error.start + 10].decode("utf-8", "replace")
        raise UsageError(f"{path}: not UTF-8 text near {near!r}; save it as CSV UTF-8") from None


def _plain(path: Path, data: bytes, header: list[str], separator: str) -> pl.DataFrame:
    if not data.isascii():
        _text(path, data)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
    if b"\n\n" in data or data.startswith(b"\n"):
        data = _BLANK_LINES.sub(b"\n", data).lstrip(b"\n")
    if not data:
        return _frame([], header)
    try:
        rows = pl.read_csv(
            data,
            has_header=False,
            schema=dict.fromkeys(header, pl.String),
            separator=separator,
            quote_char=None,
            missing_columns="insert",
        )
    except pl.exceptions.PolarsError:  # a row has more cells than the header
        lines = io.StringIO(data.decode(), newline="")
        return _frame(list(csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)), header)
    return rows.with_columns(pl.lit(None, dtype=pl.String).alias(EXTRA))


def _quoted(
    path: Path, rest: bytes, file: BinaryIO, header: list[str], separator: str
) -> Iterator[tuple[pl.DataFrame, int]]:
    start = file.tell() - len(rest)
    lines = io.TextIOWrapper(io.BufferedReader(_Joined(rest, file), _PIECE), encoding="utf-8", newline="")
    reader, began, rows = csv.reader(lines, delimiter=separator, strict=True), 0, list[list[str]]()
    try:
        for row in reader:
            if len(row) == 1 < len(header) and "\n" in row[0] and separator in row[0]:
                raise csv.Error  # other rows stand inside its first cell
            if row:
                rows.append(row)
            if len(rows) == _ROWS:
                yield _frame(rows, header), file.tell()
                rows = []
            began = reader.line_num
    except csv.Error:
        line = _lines_before(path, start) + began + 1
        raise UsageError(
            f"{path}: line {line:,}: a quotation mark is opened and not closed, or stands inside a quoted"
            " cell and is not doubled; close it, double it or leave it out"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8 text; save it as CSV UTF-8") from None
    yield _frame(rows, header), file.tell()


def _lines_before(path: Path, start: int) -> int:
    with path.open("rb") as file:
        return len(file.read(start).splitlines())


class _Joined(io.RawIOBase):
    """What was read already, then the rest of the file."""

    def __init__(self, rest: bytes, file: BinaryIO) -> None:
        self._rest, self._at, self._file = rest, 0, file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        data = self._rest[self._at : self._at + len(view)]
        self._at += len(data)
        data = data or self._file.read(len(view))
        view[: len(data)] = data
        return len(data)


def _frame(rows: list[list[str]], header: list[str]) -> pl.DataFrame:
    """Rows of any width as text columns."""
    width = len(header)
    if any(len(row) != width for row in rows):
        extras = ["".join(row[width:]) or None for row in rows]
        rows = [(row + [""] * (width - len(row)))[:width] for row in rows]
    else:
        extras = [None] * len(rows)
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    data = {
        name: pl.Series(name, cells, dtype=pl.String) for name, cells in zip(header, columns, strict=True)
    }
    return pl.DataFrame({**data, EXTRA: pl.Series(EXTRA, extras, dtype=pl.String)})
