"""A schedule from a file to a file: read in blocks, computed, written whole or not at all."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

import polars as pl

from assistant.errors import UsageError
from assistant.retention.schedule.columns import REQUIRED, table
from assistant.retention.schedule.entries import batches
from assistant.retention.schedule.writers import SHEET_ROWS, WRITERS, Writer

#: Batches computed at the same time, beside the one being written and the one being read.
_WORKERS = 2
#: Called after each batch with the rows done, the bytes read, and the bytes of the file.
Progress = Callable[[int, int, int], None]


def run(source: Path, out: Path, *, today: date, progress: Progress | None = None) -> int:
    """Compute the schedule of ``source`` into ``out``; the number of rows.

    The format is the ending of ``out``. The file appears complete, by a rename in its own folder,
    or not at all: a fault, or a kill at any moment, leaves what was there before.
    Raises `UsageError` for a file that cannot be read or written, one that would be written over
    itself, and a bad header.
    """
    writer = WRITERS.get(out.suffix.lower())
    if writer is None:
        raise UsageError(f"{out}: the output is one of {', '.join(f'*{ending}' for ending in WRITERS)}")
    if out.exists() and source.exists() and out.samefile(source):
        raise UsageError(f"{out}: --out is the table that is read; name another file")
    if out.suffix.lower() == ".xlsx":
        _fits_a_sheet(source)
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        rows = _write(source, part, writer=writer, today=today, progress=progress)
        os.replace(part, out)
    except OSError as error:
        raise UsageError(f"{out}: {error.strerror or error}; name a file that can be written") from None
    finally:
        with suppress(OSError):  # it was renamed, or never there
            part.unlink()
    return rows


def _write(source: Path, part: Path, *, writer: type[Writer], today: date, progress: Progress | None) -> int:
    reading = batches(source)
    first = next(reading, None)  # a bad header is said before a file is opened
    rows, total = 0, source.stat().st_size
    with writer(part, today=today) as out, ThreadPoolExecutor(_WORKERS) as pool:
        waiting: deque[tuple[pl.DataFrame, int, Future[pl.DataFrame]]] = deque()
        for batch, done in chain([first] if first else [], reading):
            waiting.append(
                (
                    batch.select(REQUIRED),
                    done,
                    pool.submit(copy_context().run, partial(table, batch, today=today)),
                )
            )
            while len(waiting) > _WORKERS:
                rows += _next(waiting, out, rows, total, progress)
        while waiting:
            rows += _next(waiting, out, rows, total, progress)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    return rows


def _next(
    waiting: deque[tuple[pl.DataFrame, int, Future[pl.DataFrame]]],
    out: Writer,
    rows: int,
    total: int,
    progress: Progress | None,
) -> int:
    """Write the oldest batch; results keep the order of the input."""
    batch, done, results = waiting.popleft()
    out.write(batch, results.result())
    if progress is not None:
        progress(rows + batch.height, done, total)
    return batch.height


def _fits_a_sheet(source: Path) -> None:
    """Refuse what a worksheet cannot hold before anything is written."""
    rows = 0
    for batch, _ in batches(source):
        rows += batch.height
        if rows > SHEET_ROWS:
            raise UsageError(
                f"{source}: more rows than a worksheet holds ({SHEET_ROWS:,}); write CSV, JSON or Parquet"
            )
