"""The engine over columns: from a batch of text columns to a batch of results, row for row.

Rows are grouped by record and agreement, and each group is computed by its plan (`plans`). What is
wrong with single rows, a date that is none for instance, is found beside and said in the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from assistant.errors import UsageError
from assistant.retention.deadlines import compute
from assistant.retention.rules import rulebook
from assistant.retention.schedule.plans import FIRST, NUMBERS, has, plan
from assistant.retention.vocabulary import asked_facts, check, near

#: The columns of the result, in order; the dates are ``pl.Date``, the rest text, empty as null.
COLUMNS = ("reference", "keep_through", "due_by", "rule", "citations", "status", "problem")
#: The columns that a batch must have; the others are events, facts, and ``legal_hold``.
REQUIRED = ("reference", "record", "agreement")
HOLD = "legal_hold"
#: Words of a heading that mean the number by which a record is known.
_NUMBER = re.compile(r"\b(?:no|nr|num|number|id|ref)\b|#", re.IGNORECASE)
#: Where a reader puts the cells of a row that has more of them than the header.
EXTRA = "\x00extra"

#: Four, two and two digits; the calendar has no year 0000.
_ISO = r"^(?:\d{3}[1-9]|\d{2}[1-9]\d|\d[1-9]\d{2}|[1-9]\d{3})-\d{2}-\d{2}$"
_RESULT = {"row": pl.UInt32, "keep_through": pl.Date, "due_by": pl.Date, "past": pl.Boolean} | dict.fromkeys(
    NUMBERS, pl.UInt32
)
_TOO_MANY = "the row has more cells than the header has columns"
_ODD_HOLD = "legal_hold: the cell is neither 'yes' nor empty"


def table(batch: pl.DataFrame, *, today: date) -> pl.DataFrame:
    """One row out for each row in, in the same order.

    ``batch`` holds text: the columns `REQUIRED`, any events by name with ISO dates, any facts by name,
    and optionally ``legal_hold``. A fault in a row is its ``problem``; a row on hold has no ``keep_through``.
    Raises `UsageError` for a column that is missing or unknown.
    """
    events = [e for e in event_columns(batch.columns) if batch[e].null_count() < batch.height]
    texts = _Texts()
    hold, faults = _row_faults(batch, texts)
    rows, bad = _rows(batch, events, texts)
    queries = list(_queries(rows, events, today, texts))
    out = pl.concat([pl.DataFrame(schema=_RESULT), *pl.collect_all(queries)], how="diagonal").sort("row")
    problem = faults
    for other in (out["problem"], bad, _past(batch, events, out["past"], texts), out["asked"]):
        problem = _first(problem, other)
    sound = problem.is_null()
    ends = pl.coalesce("keep_through", "due_by")
    return out.select(
        batch["reference"].fill_null(""),
        pl.when(sound & ~hold).then("keep_through").alias("keep_through"),
        pl.when(sound).then("due_by").alias("due_by"),
        texts.of(out["rule"].zip_with(sound, _none(out.height))).alias("rule"),
        texts.of(out["citations"].zip_with(sound, _none(out.height))).alias("citations"),
        pl.when(hold)
        .then(pl.lit("on_hold"))
        .when(~sound)
        .then(pl.lit("problem"))
        .when(ends < today)
        .then(pl.lit("past"))
        .otherwise(pl.lit("running"))
        .alias("status"),
        texts.of(problem).alias("problem"),
    )


def event_columns(columns: Sequence[str]) -> list[str]:
    """The event columns of a header; `UsageError` names what is missing, unknown or there twice."""
    book = rulebook()
    known = (*REQUIRED, HOLD, *asked_facts(), *book.events)
    for name in columns:
        if name not in (*known, EXTRA):
            hint = near("reference" if _NUMBER.search(name) else name, known)
            raise UsageError(
                f"there is no column {name!r}{hint}; a table has {', '.join(REQUIRED)},"
                f" {HOLD}, {', '.join(asked_facts())} and events: {', '.join(book.events)}"
            )
        if columns.count(name) > 1:
            raise UsageError(f"the column {name!r} is there twice; leave one")
    for name in REQUIRED:
        if name not in columns:
            raise UsageError(f"the table has no column {name!r}; it needs {', '.join(REQUIRED)}")
    return [name for name in columns if name in book.events]


class _Texts:
    """Sentences by number, so that rows carry numbers until the end."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def add(self, texts: Iterable[str]) -> int:
        """Add a block of texts; the number of its first."""
        base = len(self._texts)
        self._texts += texts
        return base

    def of(self, numbers: pl.Series) -> pl.Series:
        """The texts of a column of numbers."""
        return pl.Series(self._texts, dtype=pl.String).gather(numbers)


def _rows(batch: pl.DataFrame, events: Sequence[str], texts: _Texts) -> tuple[pl.DataFrame, pl.Series]:
    """Record, agreement and facts, each event's days, what a row has; and the problem of bad dates.

    All cells are parsed at once as they stand; only those that are no date are looked at again.
    """
    unsaid = (fact for fact in asked_facts() if fact not in batch.columns)
    told = batch.with_columns(pl.lit(None, dtype=pl.String).alias(fact) for fact in unsaid)
    keys = [_stripped(told[name]) for name in ("record", "agreement", *asked_facts())]
    days = batch.select(_days(pl.col(event)) for event in events)
    there = batch.select(pl.col(event).is_not_null().alias(has(event)) for event in events)
    odd = pl.DataFrame(keys).select(there[has(e)] & days[e].is_null() for e in events)
    problem = _none(batch.height)
    for event in (e for e in events if odd[has(e)].any()):
        at = odd[has(event)].arg_true()
        cells = _stripped(batch[event].gather(at))
        again = cells.to_frame().select(_days(pl.col(event))).to_series()
        days = days.with_columns(days[event].scatter(at, again))
        there = there.with_columns(there[has(event)].scatter(at, cells.is_not_null()))
        wrong = (cells.is_not_null() & again.is_null()).arg_true()
        base = texts.add(bad_date(event, cell) for cell in cells.gather(wrong))
        numbers = pl.int_range(base, base + len(wrong), dtype=pl.UInt32, eager=True)
        problem = _first(problem, _none(batch.height).scatter(at.gather(wrong), numbers))
    return pl.concat([pl.DataFrame(keys), days, there], how="horizontal").with_row_index("row"), problem


def _stripped(cells: pl.Series) -> pl.Series:
    """Without outer blanks; null where nothing is left."""
    bare = cells.cast(pl.String).str.strip_chars()
    return bare.set(bare == "", None)


def _days(cells: pl.Expr) -> pl.Expr:
    """ISO dates of the calendar, null for anything else: the parser alone would let more through."""
    return pl.when(cells.str.contains(_ISO)).then(cells.str.to_date("%Y-%m-%d", strict=False))


def bad_date(event: str, cell: str) -> str:
    """What is wrong with a cell that is not a date."""
    return f"{event}: {cell!r} is not a date of the calendar in the form YYYY-MM-DD"


def _queries(rows: pl.DataFrame, events: Sequence[str], today: date, texts: _Texts) -> Iterable[pl.LazyFrame]:
    """One query for each record, agreement and set of facts that the rows have."""
    grouped = rows.group_by("record", "agreement", *asked_facts(), maintain_order=True)
    groups = grouped.agg(pl.col("row"), *(pl.col(has(e)).any() for e in events))
    for group in groups.iter_rows(named=True):
        record, agreement = group["record"] or "", group["agreement"]
        given = tuple((fact, group[fact]) for fact in asked_facts() if group[fact])
        at = pl.Series("row", group["row"], dtype=pl.UInt32)
        present = [event for event in events if group[has(event)]]
        try:
            facts = check(record, agreement, facts=dict(given))
            belongs = rulebook().events_of(facts.record, facts.agreement)
            days = tuple(e for e in belongs if e in present)
            foreign = tuple(e for e in present if e not in belongs)
            how = plan(rulebook(), record, agreement, given, days, foreign, today)
        except UsageError as error:
            number = pl.lit(texts.add([str(error)]), dtype=pl.UInt32)
            yield at.to_frame().lazy().with_columns(number.alias("problem"))
        else:
            part = rows.select("row", *days, *(has(e) for e in foreign))[at]
            yield how.query(part, texts.add(how.texts))


def _past(batch: pl.DataFrame, events: Sequence[str], past: pl.Series, texts: _Texts) -> pl.Series:
    """The engine's own words for the rare rows whose result lies where no date is."""
    found = _none(batch.height)
    at = past.fill_null(False).arg_true()
    for row, cells in zip(at, batch[at].iter_rows(named=True), strict=True):
        cells = {name: (cell or "").strip() for name, cell in cells.items()}
        given = {fact: cells[fact] for fact in asked_facts() if cells.get(fact)}
        facts = check(cells["record"], cells["agreement"] or None, facts=given)
        try:
            days = {e: date.fromisoformat(cells[e]) for e in events if cells[e]}
            compute(replace(facts, events=days), today=FIRST)
        except UsageError as error:
            found = found.scatter(row, texts.add([str(error)]))
        except ValueError:
            continue  # another cell of the row is no date, and that is its problem
    return found


def _row_faults(batch: pl.DataFrame, texts: _Texts) -> tuple[pl.Series, pl.Series]:
    """Which rows are on hold, and faults of a row as such: its width, its hold."""
    hold, problem = pl.repeat(False, batch.height, eager=True), _none(batch.height)
    if EXTRA in batch.columns and batch[EXTRA].null_count() < batch.height:
        problem = problem.set(batch[EXTRA].is_not_null(), texts.add([_TOO_MANY]))
    if HOLD in batch.columns and batch[HOLD].null_count() < batch.height:
        cells = _stripped(batch[HOLD])
        hold = (cells.str.to_lowercase() == "yes").fill_null(False)
        problem = problem.set(cells.is_not_null() & ~hold & problem.is_null(), texts.add([_ODD_HOLD]))
    return hold, problem


def _first(problem: pl.Series, other: pl.Series) -> pl.Series:
    """Row by row the first problem, or the other where there is none yet."""
    return problem.zip_with(problem.is_not_null(), other)


def _none(height: int) -> pl.Series:
    """No text for any row."""
    return pl.repeat(None, height, dtype=pl.UInt32, eager=True)
