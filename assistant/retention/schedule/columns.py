"""The engine over columns: the same rule files as `deadlines.compute`, read as expressions.

Rows are grouped by record and agreement; in a group the branches become one chain of conditions,
the rules become arithmetic on whole columns. What is decided once for a branch (its question, its
citations) is written once and looked up. Nothing here knows the law: a rule that changes in
``corpus/rules`` changes here and in `compute` alike, and a test holds the two equal row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from assistant.errors import UsageError
from assistant.retention.deadlines import compute, questions
from assistant.retention.rules import rulebook
from assistant.retention.schema import Branch, Condition, Rule, Rulebook
from assistant.retention.values import Facts
from assistant.retention.vocabulary import check

#: The columns of the result, in order; the dates are ``pl.Date``, the rest text, empty as null.
COLUMNS = ("reference", "keep_through", "due_by", "rule", "citations", "status", "problem")
#: The columns that a batch must have; the others are events, and ``legal_hold``.
REQUIRED = ("reference", "record", "agreement")
HOLD = "legal_hold"
#: Where a reader puts the cells of a row that has more of them than the header.
EXTRA = "\x00extra"

_ISO = r"^\d{4}-\d{2}-\d{2}$"
_FIRST, _LAST = date.min, date.max
#: What the query of a group yields; the last five but ``past`` are numbers of texts.
_NOTHING = pl.DataFrame(
    schema={
        "row": pl.UInt32,
        "keep_through": pl.Date,
        "due_by": pl.Date,
        "rule": pl.UInt32,
        "citations": pl.UInt32,
        "asked": pl.UInt32,
        "past": pl.Boolean,
        "problem": pl.UInt32,
    }
)


def table(batch: pl.DataFrame, *, today: date) -> pl.DataFrame:
    """One row out for each row in, in the same order.

    ``batch`` holds text: the columns `REQUIRED`, any events by name with ISO dates, and optionally
    ``legal_hold``. A fault in a row is its ``problem``; a row on hold has no ``keep_through``.
    Raises `UsageError` for a column that is missing or unknown.
    """
    events = [e for e in event_columns(batch.columns) if batch[e].null_count() < batch.height]
    rows = _stripped(batch, events)
    texts = _Texts()
    queries = [_group(rows, key, events, today, texts) for key in _groups(rows, events)]
    out = pl.concat([_NOTHING, *pl.collect_all(queries)]).sort("row")
    problem = _first(_row_faults(rows, texts), out["problem"])
    problem = _first(problem, _bad_dates(rows, events, texts))
    problem = _first(problem, _past_problems(batch, out["past"], texts))
    problem = _first(problem, out["asked"])
    sound, hold = problem.is_null(), _on_hold(rows)
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
    for name in REQUIRED:
        if name not in columns:
            raise UsageError(f"the table has no column {name!r}; it needs {', '.join(REQUIRED)}")
    for name in columns:
        if columns.count(name) > 1:
            raise UsageError(f"the column {name!r} is there twice; leave one")
        if name not in (*REQUIRED, HOLD, EXTRA, *book.events):
            raise UsageError(
                f"there is no column {name!r}; a table has {', '.join(REQUIRED)}, {HOLD}"
                f" and events: {', '.join(book.events)}"
            )
    return [name for name in columns if name in book.events]


class _Texts:
    """Sentences by number, so that a million rows carry numbers until the end."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int | None:
        """The number of a text; none for an empty one."""
        return self._numbers.setdefault(text, len(self._numbers)) if text else None

    def of(self, numbers: pl.Series) -> pl.Series:
        """The texts of a column of numbers."""
        return pl.Series(list(self._numbers), dtype=pl.String).gather(numbers)


def _stripped(batch: pl.DataFrame, events: Iterable[str]) -> pl.DataFrame:
    """Cells without outer blanks, empty ones null; dates parsed beside their text.

    Laxer forms of a date, which the parser would let through, are held back by the pattern.
    """
    names = [n for n in ("record", "agreement", HOLD, *events) if n in batch.columns]
    rows = batch.select(pl.col(name).cast(pl.String).str.strip_chars() for name in names)
    rows = rows.select(pl.when(pl.col(name) != "").then(pl.col(name)) for name in names)
    days = rows.select(pl.col(e).str.to_date("%Y-%m-%d", strict=False).alias(_day(e)) for e in events)
    good = rows.select(pl.col(e).str.contains(_ISO).alias(_day(e)) for e in events)
    days = days.select(
        pl.when(good[day] & (pl.col(day) >= _FIRST)).then(pl.col(day)).alias(day) for day in days.columns
    )
    parts = [rows, days, *([batch.select(EXTRA)] if EXTRA in batch.columns else [])]
    return pl.concat(parts, how="horizontal").with_row_index("row")


def _day(event: str) -> str:
    """The name of the parsed column of an event."""
    return f"{event}\x00day"


@dataclass(frozen=True, slots=True)
class _Key:
    """The rows of one record and agreement, and the events that any of them has."""

    record: str
    agreement: str | None
    rows: pl.Series
    events: list[str]


def _groups(rows: pl.DataFrame, events: list[str]) -> Iterable[_Key]:
    grouped = rows.group_by("record", "agreement", maintain_order=True)
    counts = grouped.agg(pl.col("row"), *(pl.col(e).is_not_null().any() for e in events))
    for record, agreement, index, *known in counts.iter_rows():
        there = [event for event, any_ in zip(events, known, strict=True) if any_]
        yield _Key(record or "", agreement, pl.Series("row", index, dtype=pl.UInt32), there)


def _group(rows: pl.DataFrame, key: _Key, events: list[str], today: date, texts: _Texts) -> pl.LazyFrame:
    """The query of one group: row numbers, dates, and numbers of texts."""
    try:
        facts = check(key.record, key.agreement)
    except UsageError as error:
        return _only_problem(key.rows, texts.number(str(error)))
    book = rulebook()
    belongs = book.events_of(facts.record, facts.agreement)
    foreign = [e for e in key.events if e not in belongs]
    part = rows.select("row", *(_day(e) for e in belongs if e in events), *foreign)[key.rows]
    days = part.lazy().select(
        "row",
        *(pl.col(_day(e)).alias(e) if e in events else pl.lit(None, pl.Date).alias(e) for e in belongs),
        _foreign(key, belongs, texts),
    )
    return _computed(book, facts, days, today, texts)


def _foreign(key: _Key, belongs: Sequence[str], texts: _Texts) -> pl.Expr:
    """The problem of rows with an event that does not belong to the record, the first by column."""
    chain = pl.lit(None, dtype=pl.UInt32)
    for event in reversed([e for e in key.events if e not in belongs]):
        try:
            check(key.record, key.agreement, {event: _FIRST})
        except UsageError as error:
            chain = pl.when(pl.col(event).is_not_null()).then(_number(texts, str(error))).otherwise(chain)
    return chain.alias("problem")


def _number(texts: _Texts, text: str) -> pl.Expr:
    return pl.lit(texts.number(text), dtype=pl.UInt32)


def _first(problem: pl.Series, other: pl.Series) -> pl.Series:
    """Row by row the first problem, or the other where there is none yet."""
    return problem.zip_with(problem.is_not_null(), other)


def _none(height: int) -> pl.Series:
    """No text for any row."""
    return pl.repeat(None, height, dtype=pl.UInt32, eager=True)


def _only_problem(rows: pl.Series, number: int | None) -> pl.LazyFrame:
    empty = {name: kind for name, kind in _NOTHING.schema.items() if name not in ("row", "problem")}
    return (
        rows.to_frame()
        .lazy()
        .select(
            "row",
            *(pl.lit(None, dtype=kind).alias(name) for name, kind in empty.items()),
            pl.lit(number, dtype=pl.UInt32).alias("problem"),
        )
    )


def _bad_dates(rows: pl.DataFrame, events: Iterable[str], texts: _Texts) -> pl.Series:
    """The problem of rows with a cell that is not a date of the calendar, the first by column."""
    found = _none(rows.height)
    for event in events:
        at = (rows[event].is_not_null() & rows[_day(event)].is_null()).arg_true()
        if len(at):
            numbers = [texts.number(bad_date(event, cell)) for cell in rows[event].gather(at)]
            found = _first(found, _none(rows.height).scatter(at, numbers))
    return found


def bad_date(event: str, cell: str) -> str:
    """What is wrong with a cell that is not a date."""
    return f"{event}: {cell!r} is not a date of the calendar in the form YYYY-MM-DD"


def _computed(book: Rulebook, facts: Facts, days: pl.LazyFrame, today: date, texts: _Texts) -> pl.LazyFrame:
    """Branch by condition, dates by arithmetic; the same order of reading as `deadlines.decide`."""
    branches = book.branches_of(facts.record, facts.agreement)
    named = [[book.rule_of(n, facts.agreement) for n in branch.keep] for branch in branches]
    read = [[book.rule_of(r.rule, facts.agreement) for r in branch.readings] for branch in branches]
    used = _distinct(named)
    asked = [texts.number(questions(book, b, facts.agreement, facts.country)) for b in branches]
    cited = [texts.number(_citations(rules, today)) for rules in named]
    ends = [_end_where(rule, named).alias(_of(rule)) for rule in used]
    keep = [_of(r) for r in used if r.kind == "keep_through"]
    due = [_of(r) for r in used if r.kind == "due_by"]
    outside = [
        *(_outside(pl.col(_of(rule))) for rule in used),
        *(_outside(_end_where(rule, read)) for rule in _distinct(read)),
    ]
    return (
        days.with_columns(_branch(book, facts, branches).alias("branch"))
        .with_columns(ends)
        .with_columns(
            (pl.max_horizontal(keep) if keep else pl.lit(None, pl.Date)).alias("keep_through"),
            (pl.min_horizontal(due) if due else pl.lit(None, pl.Date)).alias("due_by"),
            pl.any_horizontal(outside).alias("past"),
        )
        .select(
            "row",
            "keep_through",
            "due_by",
            _rule(used, texts).alias("rule"),
            _looked_up(cited).alias("citations"),
            _looked_up(asked).alias("asked"),
            "past",
            "problem",
        )
    )


def _distinct(rules: Iterable[Iterable[Rule]]) -> list[Rule]:
    return list({rule.id: rule for group in rules for rule in group}.values())


def _end_where(rule: Rule, rules: Sequence[Sequence[Rule]]) -> pl.Expr:
    """The rule's date in the rows of the branches that name it."""
    numbers = [number for number, group in enumerate(rules) if rule in group]
    return pl.when(pl.col("branch").is_in(numbers)).then(_end(rule))


def _outside(day: pl.Expr) -> pl.Expr:
    """Whether a date lies where Python, and a calendar, has none."""
    return ((day > _LAST) | (day < _FIRST)).fill_null(False)


def _looked_up(numbers: Sequence[int | None]) -> pl.Expr:
    """The branch's own number of a text."""
    return pl.lit(pl.Series(numbers, dtype=pl.UInt32)).gather(pl.col("branch"))


def _branch(book: Rulebook, facts: Facts, branches: Sequence[Branch]) -> pl.Expr:
    """The number of the first branch whose conditions hold; the last one has none."""
    chain = pl.lit(len(branches) - 1, dtype=pl.UInt32)
    for number in reversed(range(len(branches) - 1)):
        conditions = [_holds(book, facts, name, c) for name, c in branches[number].when.items()]
        chain = pl.when(pl.all_horizontal(conditions)).then(pl.lit(number, dtype=pl.UInt32)).otherwise(chain)
    return chain


def _holds(book: Rulebook, facts: Facts, name: str, condition: Condition) -> pl.Expr:
    """A condition as an expression; a comparison with a date that is not known is false."""
    if condition.is_ is not None:
        return pl.lit(False)  # a table has no column for such a fact, so it is never known
    day, holds = pl.col(name), []
    if condition.known is not None:
        holds.append(day.is_not_null() if condition.known else day.is_null())
    if condition.from_ is not None:
        holds.append(day >= condition.from_)
    if condition.before is not None:
        holds.append(day < condition.before)
    if condition.earlier_than is not None:
        holds.append(day < pl.col(condition.earlier_than))
    if condition.before_force is not None and facts.agreement is not None:
        first, everywhere = book.agreements[facts.agreement].force(facts.country)
        holds.append(day < (first if condition.before_force == "first" else everywhere))
    return pl.all_horizontal(h.fill_null(False) for h in holds)


def _end(rule: Rule) -> pl.Expr:
    """`periods.end` over a column; past the calendar it is whatever comes, and reported apart."""
    day, period = pl.col(rule.trigger), rule.period
    if period.days:
        length = pl.duration(days=period.days)
        return day - length if rule.counts == "backward" else day + length
    moved = day.dt.offset_by(f"{period.years}y")  # February 29 becomes February 28 where it must
    lost = (day.dt.day() == 29) & (moved.dt.day() == 28)
    return pl.when(lost).then(moved + pl.duration(days=1)).otherwise(moved)


def _of(rule: Rule) -> str:
    """The name of a rule's column; a rule may have the name of an event."""
    return f"rule\x00{rule.id}"


def _rule(used: Sequence[Rule], texts: _Texts) -> pl.Expr:
    """The rule whose date governs; of two with the same date the one the branch names first."""
    chain = pl.lit(None, dtype=pl.UInt32)
    for rule in reversed(used):
        governs = (pl.col(_of(rule)) == pl.col(rule.kind)).fill_null(False)
        chain = pl.when(governs).then(pl.lit(texts.number(rule.id), dtype=pl.UInt32)).otherwise(chain)
    return chain


def _past_problems(batch: pl.DataFrame, past: pl.Series, texts: _Texts) -> pl.Series:
    """The engine's own words for the rare rows whose result lies where no date is."""
    found = _none(batch.height)
    at = past.fill_null(False).arg_true()
    if not len(at):
        return found
    numbers = []
    for row in batch[at].iter_rows(named=True):
        days = {e: _iso(row[e]) for e in event_columns(batch.columns) if row[e]}
        facts = check(row["record"].strip(), (row["agreement"] or "").strip() or None)
        known = {e: d for e, d in days.items() if d}
        try:
            compute(replace(facts, events=known), today=_FIRST)
        except UsageError as error:
            numbers.append(texts.number(str(error)))
        else:
            numbers.append(None)
    return found.scatter(at, numbers)


def _iso(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell.strip())
    except ValueError:
        return None


def _citations(rules: Sequence[Rule], today: date) -> str:
    return "; ".join(dict.fromkeys(str(c) for rule in rules for c in rule.citations(today)))


def _on_hold(rows: pl.DataFrame) -> pl.Series:
    if HOLD not in rows.columns:
        return pl.Series("hold", [False] * rows.height, dtype=pl.Boolean)
    return (rows[HOLD].str.to_lowercase() == "yes").fill_null(False)


def _row_faults(rows: pl.DataFrame, texts: _Texts) -> pl.Series:
    """Faults of a row as such: more cells than the header, a hold that is neither yes nor empty."""
    chain = pl.lit(None, dtype=pl.UInt32)
    if HOLD in rows.columns:
        number = texts.number("legal_hold: the cell is neither 'yes' nor empty")
        odd = pl.col(HOLD).str.to_lowercase().ne("yes").fill_null(False)
        chain = pl.when(odd).then(pl.lit(number, dtype=pl.UInt32)).otherwise(chain)
    if EXTRA in rows.columns:
        number = texts.number("the row has more cells than the header has columns")
        chain = pl.when(pl.col(EXTRA).is_not_null()).then(pl.lit(number, dtype=pl.UInt32)).otherwise(chain)
    return rows.select(pl.when(pl.col("row").is_not_null()).then(chain)).to_series()
