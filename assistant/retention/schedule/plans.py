"""The rule files as expressions over columns: one plan for each record, agreement and set of facts.

The branches become one chain of conditions, in the order in which `deadlines.decide` reads them,
and the rules become arithmetic on whole columns. Nothing here knows the law: a rule that changes
in ``corpus/rules`` changes here and in `compute` alike, and a test holds the two equal row by row.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from assistant.errors import UsageError
from assistant.retention.deadlines import questions
from assistant.retention.schema import Branch, Condition, Rule, Rulebook
from assistant.retention.values import Facts
from assistant.retention.vocabulary import check

FIRST, LAST = date.min, date.max
#: What a plan yields beside the dates: numbers of its texts, empty where there is none.
NUMBERS = ("rule", "citations", "asked", "problem")


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one record, agreement and set of facts are computed.

    ``query`` goes from the columns ``row``, the days of ``days`` (an event's dates, under its
    name) and the flags of ``foreign`` (`has`) to ``row``, ``keep_through``, ``due_by``, ``past``
    (a result lies where no date is) and `NUMBERS`, which count in ``texts``.
    """

    days: tuple[str, ...]
    foreign: tuple[str, ...]
    texts: tuple[str, ...]
    steps: tuple[tuple[pl.Expr, ...], ...]

    def query(self, rows: pl.DataFrame, base: int) -> pl.LazyFrame:
        """The result of the rows; the numbers of texts count from ``base``."""
        known, branch, ends, governing, chosen = self.steps
        return (
            rows.lazy()
            .select(known)
            .with_columns(branch)
            .with_columns(ends)
            .with_columns(governing)
            .select(chosen)
            .with_columns(pl.col(NUMBERS) + base)
        )


def has(event: str) -> str:
    """The name of the column that tells whether a row has anything for an event."""
    return f"has\x00{event}"


@functools.lru_cache(maxsize=4096)
def plan(
    book: Rulebook,
    record: str,
    agreement: str | None,
    given: tuple[tuple[str, str], ...],
    days: tuple[str, ...],
    foreign: tuple[str, ...],
    today: date,
) -> Plan:
    """The plan of a record; ``days`` and ``foreign`` are the events that the rows have, ``given`` the facts.

    Raises `UsageError` for a record, agreement or fact that does not exist or do not go together.
    """
    facts, texts = check(record, agreement, facts=dict(given)), _Texts()
    branches = book.branches_of(facts.record, facts.agreement)
    named = [[book.rule_of(n, facts.agreement) for n in branch.keep] for branch in branches]
    read = [[book.rule_of(r.rule, facts.agreement) for r in branch.readings] for branch in branches]
    used = _distinct(named)
    belongs = book.events_of(facts.record, facts.agreement)
    known = (
        pl.col("row"),
        *(pl.col(e) if e in days else pl.lit(None, dtype=pl.Date).alias(e) for e in belongs),
        _foreign(facts, foreign, texts).alias("problem"),
    )
    ends = tuple(_end_where(rule, named).alias(_of(rule)) for rule in used)
    outside = [
        *(_outside(pl.col(_of(rule))) for rule in used),
        *(_outside(_end_where(rule, read)) for rule in _distinct(read)),
    ]
    governing = (
        _governing([r for r in used if r.kind == "keep_through"], latest=True).alias("keep_through"),
        _governing([r for r in used if r.kind == "due_by"], latest=False).alias("due_by"),
        pl.any_horizontal(outside).alias("past"),
    )
    asked = [texts.number(questions(book, b, facts.agreement, facts.country)) for b in branches]
    cited = [texts.number(_citations(rules, today)) for rules in named]
    chosen = (
        *(pl.col(name) for name in ("row", "keep_through", "due_by", "past", "problem")),
        _rule(named, texts).alias("rule"),
        _looked_up(cited).alias("citations"),
        _looked_up(asked).alias("asked"),
    )
    branch = (_branch(book, facts, branches).alias("branch"),)
    return Plan(days, foreign, texts.all, (known, branch, ends, governing, chosen))


class _Texts:
    """The sentences of a plan by number, so that a million rows carry numbers until the end."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int | None:
        """The number of a text; none for an empty one."""
        return self._numbers.setdefault(text, len(self._numbers)) if text else None

    @property
    def all(self) -> tuple[str, ...]:
        """The texts in the order of their numbers."""
        return tuple(self._numbers)


def _foreign(facts: Facts, foreign: Sequence[str], texts: _Texts) -> pl.Expr:
    """The problem of a row with an event that does not belong to the record, the first by column."""
    chain = pl.lit(None, dtype=pl.UInt32)
    for event in reversed(foreign):
        try:
            check(facts.record, facts.agreement, {event: FIRST})
        except UsageError as error:
            chain = pl.when(pl.col(has(event))).then(_number(texts, str(error))).otherwise(chain)
    return chain


def _number(texts: _Texts, text: str) -> pl.Expr:
    return pl.lit(texts.number(text), dtype=pl.UInt32)


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
        return pl.lit(facts.facts.get(name) == condition.is_)
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


def _of(rule: Rule) -> str:
    """The name of a rule's column; a rule may have the name of an event."""
    return f"rule\x00{rule.id}"


def _distinct(rules: Iterable[Iterable[Rule]]) -> list[Rule]:
    return list({rule.id: rule for group in rules for rule in group}.values())


def _end_where(rule: Rule, rules: Sequence[Sequence[Rule]]) -> pl.Expr:
    """The rule's date in the rows of the branches that name it."""
    numbers = [number for number, group in enumerate(rules) if rule in group]
    return pl.when(pl.col("branch").is_in(numbers)).then(_end(rule))


def _end(rule: Rule) -> pl.Expr:
    """`periods.end` over a column; past the calendar it is whatever comes, and reported apart."""
    day, period = pl.col(rule.trigger), rule.period
    if period.days:
        length = pl.duration(days=period.days)
        return day - length if rule.counts == "backward" else day + length
    moved = day.dt.offset_by(f"{period.years}y")  # February 29 becomes February 28 where it must
    lost = (day.dt.day() == 29) & (moved.dt.day() == 28)
    return pl.when(lost).then(moved + pl.duration(days=1)).otherwise(moved)


def _outside(day: pl.Expr) -> pl.Expr:
    """Whether a date lies where Python, and a calendar, has none."""
    return ((day > LAST) | (day < FIRST)).fill_null(False)


def _governing(rules: Sequence[Rule], *, latest: bool) -> pl.Expr:
    if not rules:
        return pl.lit(None, dtype=pl.Date)
    names = [_of(rule) for rule in rules]
    return pl.max_horizontal(names) if latest else pl.min_horizontal(names)


def _rule(named: Sequence[Sequence[Rule]], texts: _Texts) -> pl.Expr:
    """The rule whose date governs; of two with the same date the one the branch names first."""
    chain = pl.lit(None, dtype=pl.UInt32)
    for rule in _distinct(named):
        chain = pl.when(_governs(rule)).then(_number(texts, rule.id)).otherwise(chain)
    for number, rules in enumerate(named):
        for rule in reversed(rules if len(rules) > 1 else []):
            here = (pl.col("branch") == number) & _governs(rule)
            chain = pl.when(here).then(_number(texts, rule.id)).otherwise(chain)
    return chain


def _governs(rule: Rule) -> pl.Expr:
    return (pl.col(_of(rule)) == pl.col(rule.kind)).fill_null(False)


def _looked_up(numbers: Sequence[int | None]) -> pl.Expr:
    """The branch's own number of a text."""
    return pl.lit(pl.Series(numbers, dtype=pl.UInt32)).gather(pl.col("branch"))


def _citations(rules: Sequence[Rule], today: date) -> str:
    return "; ".join(dict.fromkeys(str(c) for rule in rules for c in rule.citations(today)))
