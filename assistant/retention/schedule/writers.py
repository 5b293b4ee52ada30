"""One writer a format. Each takes batches of results and ends with a complete file.

In CSV and XLSX a reference that a spreadsheet would run as a formula gets a leading apostrophe;
JSON and Parquet hand references back unchanged.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

import polars as pl

from assistant.errors import UsageError
from assistant.law.english import long_date
from assistant.retention.rules import rulebook
from assistant.retention.schedule.columns import COLUMNS

if TYPE_CHECKING:
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

#: Rows of a worksheet below its header.
SHEET_ROWS = 1_048_575
_CELL = 32_767
_FORMULA = r"^[=+\-@\t\r]"
_TEXTS = ("rule", "citations", "problem")


class Writer(ABC):
    """A file that is being written. ``write`` takes the input batch and its results."""

    def __init__(self, path: Path, *, today: date) -> None:
        self.path, self.today = path, today
        self.open()

    def open(self) -> None:
        """Start the file."""
        self.file: IO[bytes] = self.path.open("wb")

    @abstractmethod
    def write(self, batch: pl.DataFrame, results: pl.DataFrame) -> None:
        """Add the results of a batch."""

    def close(self) -> None:
        """Complete the file."""
        self.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class CsvWriter(Writer):
    """Commas, UTF-8, a header, ISO dates."""

    def open(self) -> None:
        super().open()
        self.file.write((",".join(COLUMNS) + "\n").encode())

    def write(self, batch: pl.DataFrame, results: pl.DataFrame) -> None:
        neutral(results).write_csv(self.file, include_header=False)


class JsonWriter(Writer):
    """An array of objects; a date that is not there is null, a text that is not there is empty."""

    def open(self) -> None:
        super().open()
        self.file.write(b"[")
        self._before = b"\n"

    def write(self, batch: pl.DataFrame, results: pl.DataFrame) -> None:
        if results.is_empty():
            return
        lines = _filled(results).write_ndjson().rstrip("\n").split("\n")
        self.file.write(self._before + ",\n".join(lines).encode())
        self._before = b",\n"

    def close(self) -> None:
        self.file.write(b"\n]\n")
        super().close()


class ParquetWriter(Writer):
    """Dates as dates; texts that are not there are empty."""

    def open(self) -> None:
        self._writer: pq.ParquetWriter | None = None

    def write(self, batch: pl.DataFrame, results: pl.DataFrame) -> None:
        import pyarrow.parquet as pq

        rows = _filled(results).to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._writer is None:
            self._writer = pq.ParquetWriter(self.path, rows.schema, compression="zstd")
        self._writer.write_table(rows)

    def close(self) -> None:
        if self._writer is None:
            empty = {name: pl.Date if name in ("keep_through", "due_by") else pl.String for name in COLUMNS}
            frame = pl.DataFrame(schema=empty)
            self.write(frame, frame)
        if self._writer is not None:
            self._writer.close()


class XlsxWriter(Writer):
    """One worksheet, dates as dates, every text as text and never as a formula."""

    def open(self) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        self._book = xlsxwriter.Workbook(str(self.path), {"constant_memory": True})
        self._sheet = self._book.add_worksheet("Schedule")
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        bold = self._book.add_format({"bold": True})
        self._sheet.freeze_panes(1, 0)
        for column, width in enumerate((24, 13, 13, 28, 60, 10, 80)):
            self._sheet.set_column(column, column, width)
        for column, name in enumerate(COLUMNS):
            self._sheet.write_string(0, column, name, bold)
        self._row = 0

    def write(self, batch: pl.DataFrame, results: pl.DataFrame) -> None:
        for cells in neutral(results).iter_rows():
            self._row += 1
            for column, cell in enumerate(cells):
                self._cell(column, cell)

    def _cell(self, column: int, cell: date | str | None) -> None:
        if isinstance(cell, date):
            if cell.year < 1900:  # a worksheet's calendar starts there
                self._sheet.write_string(self._row, column, cell.isoformat())
            else:
                self._sheet.write_datetime(self._row, column, cell, self._date)
        elif cell:
            if len(cell) > _CELL:
                raise UsageError(
                    f"row {self._row}: {cell[:20]!r}… is longer than the {_CELL:,} characters of a cell;"
                    " write CSV, JSON or Parquet"
                )
            self._sheet.write_string(self._row, column, cell)

    def close(self) -> None:
        self._book.close()


class IcsWriter(Writer):
    """All-day events for rows with a date; for the others a to-do that says why there is none."""

    def open(self) -> None:
        super().open()
        self._seen: Counter[str] = Counter()
        self._lines(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//assistant//retention schedule//EN"])

    def write(self, batch: pl.DataFrame, results: pl.DataFrame) -> None:
        keys = zip(*(batch[name].fill_null("") for name in ("record", "agreement")), strict=True)
        for key, row in zip(keys, results.iter_rows(named=True), strict=True):
            self._lines(self._component(key, row))

    def close(self) -> None:
        self._lines(["END:VCALENDAR"])
        super().close()

    def _component(self, key: tuple[str, ...], row: dict[str, Any]) -> Iterator[str]:
        day, name = row["keep_through"] or row["due_by"], row["reference"]
        kind = "VEVENT" if day else "VTODO"
        yield f"BEGIN:{kind}"
        yield f"UID:{self._uid(name, *key)}"
        yield f"DTSTAMP:{_basic(self.today)}T000000Z"
        if day:
            yield f"DTSTART;VALUE=DATE:{_basic(day)}"
            if day < date.max:
                yield f"DTEND;VALUE=DATE:{_basic(day + timedelta(days=1))}"
            what = rulebook().rules[row["rule"]].verb
            about = f"{row['citations']} (rule {row['rule']}, {row['status']})"
            yield f"SUMMARY:{_escaped(f'{what} {long_date(day)}: {name}')}"
            yield f"DESCRIPTION:{_escaped(about)}"
            yield "TRANSP:TRANSPARENT"
        else:
            held = row["status"] == "on_hold"
            what = "On legal hold" if held else "No date yet"
            why = ["On legal hold: no day of disposal is computed."] if held else []
            why += [row["problem"]] if row["problem"] else []
            yield f"SUMMARY:{_escaped(f'{what}: {name}')}"
            yield f"DESCRIPTION:{_escaped(' '.join(why))}"
            yield "STATUS:NEEDS-ACTION"
        yield f"END:{kind}"

    def _uid(self, *parts: str) -> str:
        """The same for the same reference and record whenever the schedule is computed again."""
        digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
        self._seen[digest] += 1
        again = f"-{self._seen[digest]}" if self._seen[digest] > 1 else ""
        return f"{digest}{again}@retention-schedule"

    def _lines(self, lines: Iterator[str] | list[str]) -> None:
        self.file.write("".join(_folded(line) for line in lines).encode())


WRITERS: dict[str, type[Writer]] = {
    ".csv": CsvWriter,
    ".xlsx": XlsxWriter,
    ".ics": IcsWriter,
    ".json": JsonWriter,
    ".parquet": ParquetWriter,
}


def neutral(results: pl.DataFrame) -> pl.DataFrame:
    """With an apostrophe before each reference that a spreadsheet would run as a formula."""
    reference = pl.col("reference")
    runs = reference.str.contains(_FORMULA)
    return results.with_columns(pl.when(runs).then("'" + reference).otherwise(reference).alias("reference"))


def _filled(results: pl.DataFrame) -> pl.DataFrame:
    return results.with_columns(pl.col(_TEXTS).fill_null(""))


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """A TEXT value of RFC 5545; control characters have no place in it."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
    return "".join(c for c in text if c >= " " or c == "\t")


def _folded(line: str) -> str:
    """A content line folded at 75 octets, never inside a character (RFC 5545, 3.1)."""
    if len(line) <= 75 and line.isascii():
        return line + "\r\n"
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"
