"""The rules as data: loads ``corpus/rules/*.toml``, and refuses what is incomplete.

A file with an unknown key, a rule without a leap-day policy or without examples, a branch that
names a rule, question or caveat nobody wrote: none of them loads, and `RuleError` says which file
and what is wrong. The law is in the files; this module only knows how to check it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, RuleError
from assistant.law import Citation
from assistant.reading.files import Strict, read_toml
from assistant.reading.held import held
from assistant.retention.schema import (
    Agreement,
    Branch,
    Caveat,
    Event,
    Question,
    Record,
    Rule,
    Rulebook,
)

#: The agreements of a record that takes none.
_NO_AGREEMENT: tuple[None] = (None,)


class _Retention(Strict, frozen=True):
    record: list[Record]
    event: list[Event]
    rule: list[Rule]


class _Agreements(Strict, frozen=True):
    agreement: list[Agreement]


class _Decisions(Strict, frozen=True):
    branch: list[Branch]
    question: list[Question]
    caveat: list[Caveat]


@held("rules")
def rulebook(folder: Path) -> Rulebook:
    """Load and validate the rule files of a folder, once; by default those of the corpus in use.

    Raises `RuleError` naming the file, the rule and the fault.
    """
    retention = read_toml(folder / "retention.toml", _Retention, RuleError)
    agreements = read_toml(folder / "agreements.toml", _Agreements, RuleError)
    decisions = read_toml(folder / "decisions.toml", _Decisions, RuleError)
    book = Rulebook(
        records=_by_id("retention.toml", "record", retention.record),
        events=_by_id("retention.toml", "event", retention.event),
        rules=_by_id("retention.toml", "rule", retention.rule),
        agreements=_by_id("agreements.toml", "agreement", agreements.agreement),
        branches=tuple(decisions.branch),
        questions=_by_id("decisions.toml", "question", decisions.question),
        caveats=_by_id("decisions.toml", "caveat", decisions.caveat),
    )
    for record in book.records.values():
        _known("retention.toml", f"record {record.id!r}", "event", record.events, book.events)
    for agreement in book.agreements.values():
        _known(
            "agreements.toml", f"agreement {agreement.id!r}", "event", agreement.export_events, book.events
        )
        for cite in (agreement.subsection, *agreement.regulation):
            _citation("agreements.toml", f"agreement {agreement.id!r}", cite)
    for rule in book.rules.values():
        _check_rule(rule, book)
    for number, branch in enumerate(book.branches, 1):
        _check_branch(number, branch, book)
    for record in book.records.values():
        for name in book.agreements if record.takes_agreement else _NO_AGREEMENT:
            _check_last(record.id, name, book)
    return book


def _by_id(file: str, table: str, entries: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        if entry.id in found:
            raise RuleError(f"{file}: {table} {entry.id!r} is there twice; ids are unique")
        found[entry.id] = entry
    return found


def _known(file: str, where: str, what: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            raise RuleError(f"{file}: {where} names the {what} {name!r}, which is not defined")


def _citation(file: str, where: str, cite: str) -> Citation:
    try:
        return Citation.parse(cite)
    except AssistantError as error:
        raise RuleError(f"{file}: {where}: {error}") from None


def _check_rule(rule: Rule, book: Rulebook) -> None:
    file, where = "retention.toml", f"rule {rule.id!r}"
    _known(file, where, "record", [rule.record], book.records)
    _known(file, where, "event", [rule.trigger], book.events)
    _known(file, where, "agreement", [rule.agreement] if rule.agreement else [], book.agreements)
    if (rule.leap_day == "forward") != bool(rule.period.years):
        raise RuleError(f"{file}: {where}: leap_day is 'forward' for years and 'none' for days")
    if not rule.authority:
        raise RuleError(f"{file}: {where} has no authority")
    for authority in rule.authority:
        _citation(file, where, authority if isinstance(authority, str) else authority.cite)
    if bool(rule.quote) != bool(rule.quote_of):
        raise RuleError(f"{file}: {where}: quote and quote_of go together")
    if rule.quote_of:
        _citation(file, where, rule.quote_of)
    if rule.bound == "ceiling":
        if rule.examples:
            raise RuleError(f"{file}: {where} is a ceiling, which yields no date, and has examples")
        return
    if not rule.examples:
        raise RuleError(f"{file}: {where} has no examples; a rule without them does not load")
    _known(file, where, "caveat", [rule.convention], book.caveats)
    triggers = [_check_example(rule, example) for example in rule.examples]
    if not any((d.month, d.day) == (2, 29) for pair in triggers for d in pair):
        raise RuleError(f"{file}: {where} has no example with a February 29")


def _check_example(rule: Rule, example: dict[str, Any]) -> tuple[date, date]:
    place = f"retention.toml: rule {rule.id!r}: example {example}"
    trigger, expected = example.get(rule.trigger), example.get(rule.kind)
    if set(example) != {rule.trigger, rule.kind, "why"}:
        raise RuleError(f"{place} must have the keys {rule.trigger}, {rule.kind} and why")
    if not isinstance(trigger, date) or not isinstance(expected, date):
        raise RuleError(f"{place}: {rule.trigger} and {rule.kind} are dates")
    if rule.end(trigger) != expected:
        raise RuleError(f"{place}: the rule gives {rule.end(trigger)}")
    return trigger, expected


def _check_branch(number: int, branch: Branch, book: Rulebook) -> None:
    file, where = "decisions.toml", f"branch {number} ({', '.join(branch.record)})"
    _known(file, where, "record", branch.record, book.records)
    _known(file, where, "agreement", branch.agreement, book.agreements)
    _known(file, where, "question", branch.ask, book.questions)
    _known(file, where, "caveat", [*branch.caveats, *(r.text for r in branch.readings)], book.caveats)
    for name in [*branch.keep, *(r.rule for r in branch.readings)]:
        for agreement in branch.agreement or [""]:
            _known(file, where, "rule", [name.replace("{id}", agreement)], book.rules)
            if book.rule_of(name, agreement).bound == "ceiling":
                raise RuleError(f"{file}: {where} computes {name!r}, a ceiling, which yields no date")
    if not branch.keep and not branch.ask:
        raise RuleError(f"{file}: {where} neither computes nor asks")
    if bool(branch.shows) != bool(branch.keep and branch.ask):
        raise RuleError(f"{file}: {where}: shows belongs to a branch that both computes and asks")
    conditions = {**branch.when}
    for caveat in branch.caveats:
        conditions |= book.caveats[caveat].when
    for record in branch.record:
        for under in branch.agreement or _NO_AGREEMENT:
            allowed = {*book.events_of(record, under), *book.records[record].facts}
            named = {*conditions, *(c.earlier_than for c in conditions.values() if c.earlier_than)}
            _known(file, where, "event or fact", sorted(named), allowed)


def _check_last(record: str, agreement: str | None, book: Rulebook) -> None:
    """Every set of facts must find a branch: the last of a record asks, under no condition."""
    branches = book.branches_of(record, agreement)
    if not branches or branches[-1].when or not branches[-1].ask:
        under = f" under {agreement!r}" if agreement else ""
        raise RuleError(f"decisions.toml: the last branch of {record!r}{under} must ask, without conditions")
