"""Tables: every format read back with a real library, and equal to the engine row by row."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import polars as pl
import pytest

from assistant.errors import UsageError
from assistant.faces.cli import main
from assistant.retention.deadlines import compute
from assistant.retention.rules import rulebook
from assistant.retention.schedule import COLUMNS, files, run, table
from assistant.retention.schedule.columns import bad_date
from assistant.retention.schedule.entries import batches
from assistant.retention.vocabulary import asked_facts, check
from tests.at_length import count
from tests.conftest import ROOT, TODAY
from tests.retention.table import FACTS, cases

BOOK = rulebook()
EVENTS = list(BOOK.events)
HEADER = ["reference", "record", "agreement", *EVENTS, *FACTS, "legal_hold"]
SMALL = """reference,record,agreement,entry,claim_filed,claim_liquidated,demand_received,legal_hold
E-1,entry,,2020-02-29,,,,
E-2,entry,,2024-05-05,,,,
E-3,entry,,2023-02-29,,,,
D-1,drawback,,,2021-01-10,2024-02-29,,
D-2,drawback,,,2021-01-10,2020-02-29,,
R-1,entry_records_demand,,,,,2026-11-01,
H-1,entry,,2020-02-29,,,,yes
H-2,drawback,,,2021-01-10,,,yes
=1+1,entry,,2024-05-05,,,,
X-1,nonsense,,,,,,
"""


def _scalar(row: dict[str, str]) -> dict[str, Any]:
    """The row computed by the engine of single facts: what the columns must equal."""
    hold = row.get("legal_hold", "").strip().lower()
    found: dict[str, Any] = dict.fromkeys(COLUMNS)
    found["reference"] = row["reference"]
    try:
        if hold not in ("", "yes"):
            raise UsageError("legal_hold: the cell is neither 'yes' nor empty")
        cells = {e: row[e].strip() for e in row if e in BOOK.events and row[e].strip()}
        record, agreement = row["record"].strip(), row["agreement"].strip() or None
        facts = {name: row[name].strip() for name in FACTS if row.get(name, "").strip()}
        check(record, agreement, dict.fromkeys(cells, date.min), facts)
        computed = compute(
            check(record, agreement, {e: _day(e, cell) for e, cell in cells.items()}, facts), today=TODAY
        )
        if computed.missing:
            raise UsageError(" ".join(f"{m.fact}: {m.question}" for m in computed.missing))
        governing = computed.keep_through or computed.due_by
        assert governing is not None
        found |= {"keep_through": computed.keep_through, "due_by": computed.due_by}
        found["rule"] = next(d.rule for d in computed.deadlines if d.date == governing)
        found["citations"] = "; ".join(map(str, computed.citations))
        found["status"] = "past" if governing < TODAY else "running"
    except UsageError as error:
        found |= {"status": "problem", "problem": str(error)}
    return found | ({"status": "on_hold", "keep_through": None} if hold == "yes" else {})


def _day(event: str, cell: str) -> date:
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise UsageError(bad_date(event, cell)) from None
    if day.isoformat() != cell:
        raise UsageError(bad_date(event, cell))
    return day


def _mixed(count: int, seed: int) -> Iterator[dict[str, str]]:
    """Rows of every record and agreement, around every date at which a rule changes, and bad ones."""
    chance = random.Random(seed)
    keys = [(r, "") for r in BOOK.records if not BOOK.records[r].takes_agreement]
    for record in (r for r in BOOK.records if BOOK.records[r].takes_agreement):
        keys += [(record, a) for a in BOOK.agreements]
        keys += [(record, f"cafta-dr:{c}") for c in BOOK.agreements["cafta-dr"].countries]
    turns = {c for b in BOOK.branches for x in b.when.values() for c in (x.from_, x.before) if c}
    turns |= {d for a in BOOK.agreements.values() for d in a.force(None)} | {date(2024, 2, 29)}
    near = sorted(turn + timedelta(days=shift) for turn in turns for shift in (-1, 0, 1))
    odd = ["2023-02-29", "9998-01-01", "9999-12-31", "0001-01-05", "0000-01-01", "2021-3-5", "+2021-3-15"]
    odd += ["2021-W10-1", " 2021-03-15 ", "2021- 3-15", "20210315", "x", "  "]
    for number in range(count):
        record, agreement = chance.choice(keys)
        row = dict.fromkeys(HEADER, "") | {
            "reference": f"R-{number}",
            "record": record,
            "agreement": agreement,
        }
        for event in BOOK.events_of(record, agreement.split(":")[0] or None):
            if chance.random() < 0.6:
                day = date.fromordinal(chance.randint(731000, 741000))
                row[event] = (chance.choice(near) if chance.random() < 0.5 else day).isoformat()
        if BOOK.records[record].facts and chance.random() < 0.6:
            row["admitted_free"] = chance.choice(["yes", "no"])
        if chance.random() < 0.1:
            column = chance.choice([*HEADER[1:], "record", "agreement", "country", "legal_hold"])
            row[column] = chance.choice({
                "record": ["nonsense", "", "Entry", " entry "],
                "agreement": ["mars", "korea", "", "cafta-dr:mars", "cafta-dr:", "korea:seoul", " korea"],
                "legal_hold": ["yes", "YES", " yes ", "no", "x"],
                "admitted_free": ["yes", "no", " no", "YES", "x"],
                "country": ["honduras", " costa-rica ", "Honduras", "mars"],
            }.get(column, [*odd, "2021-03-15"]))  # fmt: skip
        yield row


def _frame(rows: list[dict[str, str]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))


@pytest.mark.slow
@pytest.mark.length
def test_columns_and_single_facts_agree_on_mixed_rows() -> None:
    rows = list(_mixed(count(6_000, 100_000), seed=20261122))
    found = table(_frame(rows), today=TODAY).to_dicts()
    wrong = [(row, got) for row, got in zip(rows, found, strict=True) if got != _scalar(row)]
    assert wrong[:3] == []
    assert {row["status"] for row in found} == {"running", "past", "problem", "on_hold"}


def test_columns_and_single_facts_agree_on_every_case() -> None:
    rows = [
        dict.fromkeys(HEADER, "")
        | {"reference": case.line, "record": case.record, "agreement": case.agreement or ""}
        | {event: day.isoformat() for event, day in case.events.items()}
        | case.facts
        for case in cases()
    ]
    assert table(_frame(rows), today=TODAY).to_dicts() == [_scalar(row) for row in rows]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "entries.csv"
    path.write_text(SMALL, encoding="utf-8")
    return path


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_csv(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run(small, out, today=TODAY) == 10
    rows = _csv(out)
    assert list(rows[0]) == list(COLUMNS)
    by = {row["reference"]: row for row in rows}
    assert [row["reference"] for row in rows][:3] == ["E-1", "E-2", "E-3"]
    assert by["E-1"] == {
        "reference": "E-1",
        "keep_through": "2025-03-01",
        "due_by": "",
        "rule": "entry",
        "citations": "19 CFR 163.4(a); 19 U.S.C. § 1508(c)(1)",
        "status": "past",
        "problem": "",
    }
    assert (by["E-2"]["keep_through"], by["E-2"]["status"]) == ("2029-05-05", "running")
    assert by["E-3"]["status"] == "problem"
    assert "'2023-02-29' is not a date of the calendar" in by["E-3"]["problem"]
    assert by["D-1"]["keep_through"] == "2027-03-01"
    assert "impossible order" in by["D-2"]["problem"]
    assert (by["R-1"]["due_by"], by["R-1"]["keep_through"]) == ("2026-12-01", "")
    assert (by["H-1"]["keep_through"], by["H-1"]["status"], by["H-1"]["problem"]) == ("", "on_hold", "")
    assert (by["H-2"]["keep_through"], by["H-2"]["status"]) == ("", "on_hold")
    assert "claim_liquidated" in by["H-2"]["problem"]  # the hold wins, and the problem is still said
    assert by["'=1+1"]["status"] == "running"
    assert "there is no record 'nonsense'" in by["X-1"]["problem"]


def test_xlsx(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    run(small, out, today=TODAY)
    header, *rows = openpyxl.load_workbook(out)["Schedule"].iter_rows()
    assert [cell.value for cell in header] == list(COLUMNS)
    assert len(rows) == 10
    assert rows[0][1].value == datetime(2025, 3, 1)  # noqa: DTZ001 - a worksheet's dates have no zone
    assert rows[8][0].value == "'=1+1"
    assert {cell.data_type for row in rows for cell in row} <= {"s", "d", "n"}  # n: an empty cell
    assert all(cell.value is None for row in rows for cell in row if cell.data_type == "n")


def test_json_and_parquet_hand_references_back_unchanged(small: Path, tmp_path: Path) -> None:
    run(small, tmp_path / "out.json", today=TODAY)
    run(small, tmp_path / "out.parquet", today=TODAY)
    rows = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    frame = pl.read_parquet(tmp_path / "out.parquet")
    assert frame.columns == list(COLUMNS)
    assert (frame.schema["keep_through"], frame.schema["problem"]) == (pl.Date, pl.String)
    for row, other in zip(rows, frame.to_dicts(), strict=True):
        assert list(row) == list(COLUMNS)
        assert row == {k: v.isoformat() if isinstance(v, date) else v for k, v in other.items()}
    assert rows[8]["reference"] == "=1+1"
    assert (rows[0]["keep_through"], rows[0]["due_by"], rows[0]["problem"]) == ("2025-03-01", None, "")


def test_ics(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ics"
    run(small, out, today=TODAY)
    calendar = icalendar.Calendar.from_ical(out.read_bytes())
    events, todos = calendar.walk("VEVENT"), calendar.walk("VTODO")
    assert (len(events), len(todos)) == (5, 5)
    assert events[0].decoded("DTSTART") == date(2025, 3, 1)
    assert events[0].decoded("DTEND") == date(2025, 3, 2)
    assert str(events[0]["SUMMARY"]) == "Keep through March 1, 2025: E-1"
    assert events[0]["DTSTART"].params["VALUE"] == "DATE"
    assert str(events[3]["SUMMARY"]) == "Due by December 1, 2026: R-1"
    assert "is not a date of the calendar" in str(todos[0]["DESCRIPTION"])
    assert str(todos[2]["SUMMARY"]) == "On legal hold: H-1"
    identities = [str(part["UID"]) for part in (*events, *todos)]
    assert len(set(identities)) == 10
    assert all(len(line) <= 75 for line in out.read_bytes().split(b"\r\n"))
    run(small, tmp_path / "again.ics", today=TODAY + timedelta(days=40))
    again = icalendar.Calendar.from_ical((tmp_path / "again.ics").read_bytes())
    assert [str(p["UID"]) for p in (*again.walk("VEVENT"), *again.walk("VTODO"))] == identities


def test_odd_references_come_through_a_calendar(tmp_path: Path) -> None:
    odd = ["a;b,c\\d", "é" * 60, "line\nbreak", 'quo"te', "", "same", "same", "\t=1", "漢字" * 40]
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["reference", "record", "agreement", "entry"]]
            + [[name, "entry", "", "2021-03-15"] for name in odd]
        )
    run(path, tmp_path / "out.ics", today=TODAY)
    events = icalendar.Calendar.from_ical((tmp_path / "out.ics").read_bytes()).walk("VEVENT")
    assert [str(e["SUMMARY"]).removeprefix("Keep through March 15, 2026: ") for e in events] == odd
    assert len({str(e["UID"]) for e in events}) == len(odd)
    run(path, tmp_path / "out.json", today=TODAY)
    assert [r["reference"] for r in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))] == odd
    run(path, tmp_path / "out.csv", today=TODAY)
    assert [r["reference"] for r in _csv(tmp_path / "out.csv")] == [*odd[:7], "'\t=1", odd[8]]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_run_is_neutralised(tmp_path: Path, first: str) -> None:
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["reference", "record", "agreement"], [f"{first}x", "entry", ""]])
    run(path, tmp_path / "out.csv", today=TODAY)
    run(path, tmp_path / "out.xlsx", today=TODAY)
    run(path, tmp_path / "out.json", today=TODAY)
    assert _csv(tmp_path / "out.csv")[0]["reference"] == f"'{first}x"
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Schedule"]
    assert str(sheet["A2"].value).startswith("'")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))[0]["reference"] == f"{first}x"


FORMS = {
    "plain": SMALL.encode(),
    "byte-order mark": b"\xef\xbb\xbf" + SMALL.encode(),
    "semicolons": SMALL.replace(",", ";").encode(),
    "tabs": SMALL.replace(",", "\t").encode(),
    "CRLF": SMALL.replace("\n", "\r\n").encode(),
    "returns alone": SMALL.replace("\n", "\r").encode(),
    "all of Excel": b"\xef\xbb\xbf" + SMALL.replace(",", ";").replace("\n", "\r\n").encode(),
    "no last newline": SMALL.rstrip("\n").encode(),
    "blank lines": SMALL.replace("\n", "\n\n").encode(),
    "blank CRLF lines": ("\r\n" + SMALL.replace("\n", "\r\n\r\n")).encode(),
    "short rows": "\n".join(line.rstrip(",") for line in SMALL.splitlines()).encode(),
    "empty columns": "\n".join(line + ",," for line in SMALL.splitlines()).encode(),
    "quoted": "\n".join(",".join(f'"{c}"' for c in line.split(",")) for line in SMALL.splitlines()).encode(),
    "sep=": b"\xef\xbb\xbfsep=;\r\n" + SMALL.replace(",", ";").replace("\n", "\r\n").encode(),
    "sep= in quotes, and padded": ('"sep=,",,,\n' + SMALL).encode(),
    "quoted late": (SMALL.rstrip("\n").rpartition("\n")[0] + '\n"X-1",nonsense,,,,,,\n').encode(),
    "quoted CRLF": "\r\n".join(
        ";".join(f'"{c}"' for c in line.split(",")) for line in SMALL.splitlines()
    ).encode(),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("block", [1 << 25, 64])
def test_the_odd_exports_of_spreadsheets(tmp_path: Path, form: str, block: int) -> None:
    (tmp_path / "plain.csv").write_text(SMALL, encoding="utf-8")
    (tmp_path / "odd.csv").write_bytes(FORMS[form])
    expected = pl.concat(batch for batch, _ in batches(tmp_path / "plain.csv"))
    found = pl.concat(batch for batch, _ in batches(tmp_path / "odd.csv", block=block))
    assert found.fill_null("").equals(expected.fill_null(""))


def test_quoted_cells_keep_commas_quotes_and_line_breaks(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        'reference,record,agreement,entry\n"a, ""b""\nc",entry,,2021-03-15\n5" pipe,entry,,2021-03-15\n',
        encoding="utf-8",
    )
    (batch,) = [batch for batch, _ in batches(path)]
    assert batch["reference"].to_list() == ['a, "b"\nc', '5" pipe']


def test_a_row_with_too_many_cells_is_a_problem(tmp_path: Path) -> None:
    for body in (
        "A,entry,,2021-03-15,more\nB,entry,,2021-03-15\n",
        '"A",entry,,2021-03-15,more\nB,entry,,2021-03-15\n',
    ):
        path = tmp_path / "in.csv"
        path.write_text("reference,record,agreement,entry\n" + body, encoding="utf-8")
        run(path, tmp_path / "out.csv", today=TODAY)
        first, second = _csv(tmp_path / "out.csv")
        assert "more cells than the header" in first["problem"]
        assert second["keep_through"] == "2026-03-15"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ics", "json", "parquet"])
def test_a_table_without_rows(tmp_path: Path, ending: str) -> None:
    (tmp_path / "in.csv").write_text("reference,record,agreement,entry\n", encoding="utf-8")
    assert run(tmp_path / "in.csv", tmp_path / f"out.{ending}", today=TODAY) == 0
    assert (tmp_path / f"out.{ending}").stat().st_size > 0
    if ending == "parquet":
        assert pl.read_parquet(tmp_path / "out.parquet").columns == list(COLUMNS)
    if ending == "json":
        assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == []


BAD_FILES = [
    ("reference,record,agreement,entri\n", "there is no column 'entri' (did you mean 'entry'?)"),
    ("reference,record,agreement,Entry Date\nA,entry,,2021-01-01\n", "there is no column 'Entry Date'"),
    ("reference,agreement,entry\n", "has no column 'record'"),
    ("record,agreement,entry\n", "has no column 'reference'"),
    ("reference,record,agreement,entry,entry\n", "'entry' is there twice"),
    ("", "the file is empty"),
    ("Reference,record,agreement\n", "there is no column 'Reference' (did you mean 'reference'?)"),
    ("Entry No,record,agreement\n", "there is no column 'Entry No' (did you mean 'reference'?)"),
    ("reference,record,agreement,Legal Hold\n", "'Legal Hold' (did you mean 'legal_hold'?)"),
    ("reference,record,agreement,admitted free\n", "'admitted free' (did you mean 'admitted_free'?)"),
    ("sep=;\n", "the file is empty"),
]


@pytest.mark.parametrize(("text", "said"), BAD_FILES)
def test_a_bad_header_is_status_2_in_one_line(
    tmp_path: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    assert main(["schedule", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize(
    ("source", "out", "said"),
    [
        ("missing.csv", "out.csv", "No such file"),
        (".", "out.csv", "Is a directory"),
        ("in.csv", "out.pdf", r"the output is one of \*.csv, \*.xlsx, \*.ics, \*.json, \*.parquet"),
        ("in.csv", "nowhere/out.csv", "name a file that can be written"),
        ("in.csv", "latin.csv/out.csv", "name a file that can be written"),
        ("latin.csv", "out.csv", "not UTF-8"),
        ("utf16.csv", "out.csv", "the file is UTF-16; save it as CSV UTF-8"),
        ("utf16le.csv", "out.csv", "the file is UTF-16; save it as CSV UTF-8"),
        ("noise.csv", "out.csv", "the file is not text"),
        (
            "book.xlsx",
            "out.csv",
            r"this is an Excel workbook \(or another ZIP file\), not a CSV file; open it",
        ),
        ("book.csv", "out.csv", "this is an Excel workbook"),
        ("in.csv", "in.csv", "--out is the table that is read; name another file"),
        ("in.csv", "link.csv", "--out is the table that is read; name another file"),
    ],
)
def test_files_that_cannot_be_used(small: Path, tmp_path: Path, source: str, out: str, said: str) -> None:
    small.rename(tmp_path / "in.csv")
    (tmp_path / "latin.csv").write_bytes(SMALL.replace("E-1", "É-1").encode("latin-1"))
    (tmp_path / "utf16.csv").write_bytes(SMALL.encode("utf-16"))
    (tmp_path / "utf16le.csv").write_bytes(SMALL.encode("utf-16-le"))
    (tmp_path / "noise.csv").write_bytes(b"\xff\xfe\x00\x01")
    for name in ("book.xlsx", "book.csv"):
        with (tmp_path / name).open("wb") as file:
            openpyxl.Workbook().save(file)
    (tmp_path / "link.csv").symlink_to(tmp_path / "in.csv")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(UsageError, match=said):
        run(tmp_path / source, tmp_path / out, today=TODAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_more_rows_than_a_worksheet_holds_are_refused_before_writing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SHEET_ROWS", 9)
    with pytest.raises(UsageError, match="more rows than a worksheet holds"):
        run(small, tmp_path / "out.xlsx", today=TODAY)
    assert [path.name for path in tmp_path.iterdir()] == ["entries.csv"]
    monkeypatch.setattr(files, "SHEET_ROWS", 10)
    assert run(small, tmp_path / "out.xlsx", today=TODAY) == 10


def test_a_fault_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    """The second block is not UTF-8: the first was computed already, and nothing of it appears."""
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    head = b"reference,record,agreement,entry\n"
    source.write_bytes(head + b"A,entry,,2021-03-15\n" * 600_000 + b"\xff,entry,,2021-03-15\n")
    out.write_text("before", encoding="utf-8")
    with pytest.raises(UsageError, match="not UTF-8"):
        run(source, out, today=TODAY)
    assert out.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "ics"])
def test_a_kill_in_the_middle_leaves_no_half_file(tmp_path: Path, ending: str) -> None:
    source, out = tmp_path / "in.csv", tmp_path / f"out.{ending}"
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, HEADER, lineterminator="\n")
    writer.writerows(_mixed(5_000, seed=1))
    source.write_text(",".join(HEADER) + "\n" + buffer.getvalue() * 100, encoding="utf-8")
    out.write_text("before", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "schedule", source, "--out", out], cwd=ROOT
    )
    part = tmp_path / f".{out.name}.{process.pid}.part"
    until = time.monotonic() + 240
    while not (part.exists() and part.stat().st_size > 100_000) and time.monotonic() < until:
        assert process.poll() is None, "it ended before it could be killed"
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert part.stat().st_size > 100_000  # it was in the middle
    assert out.read_text(encoding="utf-8") == "before"


def test_the_command_says_how_many_rows_and_is_silent_otherwise(small: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "schedule", small, "--out", tmp_path / "out.csv"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("10 rows")
    assert len(_csv(tmp_path / "out.csv")) == 10


def test_progress_is_told_batch_by_batch(small: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, int]] = []
    run(small, tmp_path / "out.csv", today=TODAY, progress=lambda *now: told.append(now))
    assert told[-1] == (10, small.stat().st_size, small.stat().st_size)


UNCLOSED = [
    ('A1,entry,,2021-03-15\n"A2,entry,,2021-03-15\nA3,entry,,2021-03-15\nA4,entry,,2022-01-01\n', 3),
    ('"A1,entry,,2021-03-15\nA2,entry,,2021-03-15', 2),
    ('"A1","entry","",2021-03-15\n"A2,entry,,2021-03-15\nA3,entry,,"2021-03-15"\n', 3),
    ('A1,entry,,2021-03-15\n"A2,entry,,2021-03-15\nA3,entry,,2021-03-15"\n', 3),  # closes, three rows down
    ('"a\nb",entry,,2021-03-15\n"5" pipe",entry,,2021-03-15\n', 4),  # not doubled
    ('A1,entry,,2021-03-15\r"A2,entry,,2021-03-15\r', 3),
    ("A1,entry,,2021-03-15\n" * 100 + '"' + "A2,entry,,2021-03-15\n" * 20_000, 102),
]


@pytest.mark.parametrize(("body", "line"), UNCLOSED)
@pytest.mark.parametrize("block", [1 << 25, 64])
def test_a_quotation_mark_that_is_not_closed_swallows_no_row(
    tmp_path: Path, body: str, line: int, block: int
) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(
        b"reference,record,agreement,entry\n".replace(b"\n", b"\r" if "\r" in body else b"\n") + body.encode()
    )
    with pytest.raises(UsageError, match=rf"in\.csv: line {line}: a quotation mark is opened and not closed"):
        list(batches(path, block=block))


def test_a_fact_that_a_row_asks_for_can_be_given_in_its_column(tmp_path: Path) -> None:
    """Every fact that a rule may ask for is a column, or the record or agreement of the row."""
    columns = {"record", "agreement", *asked_facts(), *EVENTS}
    assert {question.fact for question in BOOK.questions.values()} <= columns
    asking = dict.fromkeys(HEADER, "") | {
        "record": "duty_free_low_value",
        "entry": "2025-09-10",
        "reference": "L",
    }
    rows = table(_frame([asking | {"admitted_free": said} for said in ("", "no", "yes")]), today=TODAY)
    assert "admitted_free: " in rows["problem"][0]
    assert rows["keep_through"].to_list() == [None, date(2030, 9, 10), date(2027, 9, 10)]
