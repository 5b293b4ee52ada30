"""How fast a schedule is: ``python -m tests.retention.bench [ROWS]``.

One mixed table, three ways in the same run: the schedule as a process, CSV to CSV; a plain `csv`
loop with bare date arithmetic, which knows one rule a record and checks nothing; and the engine of
single facts, called a row at a time (on a twentieth of the rows, and said for all of them).
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from assistant.errors import UsageError
from assistant.retention.deadlines import compute
from assistant.retention.rules import rulebook
from assistant.retention.vocabulary import check

BOOK = rulebook()
EVENTS = list(BOOK.events)
TODAY = date(2026, 11, 22)
#: record -> the event and the years or days that the plain loop adds.
PLAIN = {
    rule.record: (rule.trigger, rule.period.years, rule.period.days)
    for rule in reversed(BOOK.rules.values())
    if rule.bound != "ceiling"
}


def write(path: Path, rows: int) -> None:
    """A table of every record and agreement, about half of its events known."""
    chance = random.Random(1)
    keys = [(r, "") for r in BOOK.records if not BOOK.records[r].takes_agreement]
    keys += [(r, a) for r in BOOK.records if BOOK.records[r].takes_agreement for a in BOOK.agreements]
    days = [date.fromordinal(n).isoformat() for n in range(731600, 740000)]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["reference", "record", "agreement", *EVENTS])
        for number in range(rows):
            record, agreement = chance.choice(keys)
            known = {
                e: chance.choice(days) for e in BOOK.events_of(record, agreement) if chance.random() < 0.7
            }
            table.writerow([f"REF-{number}", record, agreement, *(known.get(e, "") for e in EVENTS)])


def plain(source: Path, out: Path) -> None:
    """What somebody writes in ten minutes."""
    with source.open(newline="", encoding="utf-8") as file, out.open("w", newline="", encoding="utf-8") as to:
        table = csv.writer(to)
        for row in csv.DictReader(file):
            event, years, length = PLAIN[row["record"]]
            keep = ""
            if row[event]:
                day = date.fromisoformat(row[event])
                try:
                    keep = day.replace(year=day.year + years).isoformat() if years else ""
                except ValueError:
                    keep = date(day.year + years, 3, 1).isoformat()
                keep = keep or (day + timedelta(days=length)).isoformat()
            table.writerow([row["reference"], keep, "past" if keep < TODAY.isoformat() else "running"])


def one_by_one(source: Path, out: Path, every: int) -> None:
    """The engine of single facts, a row at a time."""
    with source.open(newline="", encoding="utf-8") as file, out.open("w", newline="", encoding="utf-8") as to:
        table = csv.writer(to)
        for row in _every(csv.DictReader(file), every):
            days = {e: date.fromisoformat(row[e]) for e in EVENTS if row[e]}
            try:
                found = compute(check(row["record"], row["agreement"] or None, days), today=TODAY)
                table.writerow([row["reference"], found.keep_through, found.due_by, found.outcome])
            except UsageError as error:
                table.writerow([row["reference"], "", "", error])


def _every(rows: csv.DictReader[str], every: int) -> Iterator[dict[str, str]]:
    return (row for number, row in enumerate(rows) if number % every == 0)


def seconds(what: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def main(rows: int) -> None:
    """Write, run, compare, print."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in.csv"), Path(folder, "out.csv")
        write(source, rows)
        words = [sys.executable, "-m", "assistant", "schedule", str(source), "--out", str(out)]
        mine = min(seconds(lambda: subprocess.run(words, check=True, capture_output=True)) for _ in range(3))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        loop = seconds(lambda: plain(source, out))
        single = seconds(lambda: one_by_one(source, out, 20)) * 20
    print(f"{rows:,} rows; the schedule took {memory:,.0f} MB at most")
    for name, took in (("schedule", mine), ("plain csv loop", loop), ("a row at a time", single)):
        print(f"{name:<16}{took:8.2f} s {rows / took:>10,.0f} rows a second, {took / mine:.1f} times as long")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
