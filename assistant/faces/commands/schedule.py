"""A table of records in, a table of dates out: one row for each row, every problem in its row."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from assistant.faces.asked import clock, day

EXAMPLES = """\
  python -m assistant schedule entries.csv --out schedule.csv
  python -m assistant schedule entries.csv --out schedule.ics --today 2026-11-22

the table has the columns reference,record,agreement, any event names with ISO dates, and optionally
admitted_free (yes or no), country and legal_hold (yes or empty); the output is another file, CSV, XLSX,
ICS, JSON or Parquet by its ending"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The contract's flags."""
    parser.add_argument("entries", metavar="ENTRIES.csv", type=Path, help="the table of records")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="*.csv *.xlsx *.ics *.json *.parquet"
    )
    parser.add_argument(
        "--today", metavar="DATE", type=day, help="the day treated as today (default: the clock)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Compute and write; faults in rows are in the rows, and the status is still 0."""
    from assistant.retention.schedule import run as schedule  # the columns' library, for this command only

    watched = sys.stderr.isatty()
    rows = schedule(
        arguments.entries,
        arguments.out,
        today=clock(arguments.today),
        progress=_progress if watched else None,
    )
    if watched:
        print(file=sys.stderr)
    print(f"{rows:,} {'row' if rows == 1 else 'rows'} written to {arguments.out}")
    return 0


def _progress(rows: int, done: int, total: int) -> None:
    share = 100 * done // total if total else 100
    print(f"\r{rows:,} rows, {share} %", end="", file=sys.stderr, flush=True)
