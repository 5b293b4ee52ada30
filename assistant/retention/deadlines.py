"""Facts in, dates out: which rules govern, what is missing, and what has to be said with it.

`compute` reads the branches of a record from the top (``corpus/rules/decisions.toml``); the first
whose conditions hold names the rules to compute or the facts to ask for. No law is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from assistant.errors import UsageError
from assistant.law.english import long_date, ordinal
from assistant.retention.rules import rulebook
from assistant.retention.schema import Agreement, Branch, Condition, Rule, Rulebook
from assistant.retention.values import Computed, Deadline, Facts, Missing
from assistant.retention.vocabulary import check


def compute(facts: Facts, *, today: date, as_of: date | None = None) -> Computed:
    """The dates of a set of facts, or what is missing, with every caveat.

    ``as_of`` (default: ``today``) numbers the citations; it never overrides what the facts' own
    dates decide. Facts that do not bear on the record (``year``, say) are left aside.
    Raises `UsageError` for bad usage and where a result lies past the year 9999.
    """
    book = rulebook()
    facts = _checked(book, facts)
    branch = decide(book, facts)
    words = _words(book, facts)
    rules = [book.rule_of(name, facts.agreement) for name in branch.keep]
    deadlines = tuple(_deadline(book, rule, facts, today, as_of or today) for rule in rules)
    missing = tuple(_missing(book, branch, words))
    caveats = [
        *_at_least(book, branch, deadlines),
        *(
            _fill(book.caveats[name].text, words)
            for name in branch.caveats
            if _hold(book, book.caveats[name].when, facts)
        ),
        *_readings(book, branch, facts, deadlines),
        *_before_source(book, rules, facts),
        *_future(book, facts, today),
        *_conventions(book, rules, deadlines),
    ]
    return Computed(
        outcome="clarification" if missing else "answer",
        deadlines=deadlines,
        missing=missing,
        caveats=tuple(dict.fromkeys(caveats)),
    )


def decide(book: Rulebook, facts: Facts) -> Branch:
    """The branch that governs the facts: the first whose conditions all hold."""
    for branch in book.branches_of(facts.record, facts.agreement):
        if _hold(book, branch.when, facts):
            return branch
    raise AssertionError(f"the last branch of {facts.record} has conditions")  # checked when loading


def questions(book: Rulebook, branch: Branch, agreement: str | None, country: str | None) -> str:
    """What a branch asks, in one line: what a schedule prints as the row's problem."""
    words = _words(book, Facts(branch.record[0], agreement, country))
    return " ".join(f"{m.fact}: {m.question}" for m in _missing(book, branch, words))


def _checked(book: Rulebook, facts: Facts) -> Facts:
    if facts.record in book.records:
        kept = {k: v for k, v in facts.facts.items() if k in book.records[facts.record].facts}
    else:
        kept = {}
    agreement = f"{facts.agreement}:{facts.country}" if facts.agreement and facts.country else facts.agreement
    return check(facts.record, agreement, facts.events, kept)


def _hold(book: Rulebook, when: Mapping[str, Condition], facts: Facts) -> bool:
    return all(_holds(book, name, condition, facts) for name, condition in when.items())


def _holds(book: Rulebook, name: str, condition: Condition, facts: Facts) -> bool:
    """Whether one condition holds; a comparison with a date that is not known does not."""
    if condition.is_ is not None:
        return facts.facts.get(name) == condition.is_
    day = facts.events.get(name)
    if condition.known is not None and condition.known != (day is not None):
        return False
    if condition.from_ is not None and (day is None or day < condition.from_):
        return False
    if condition.before is not None and (day is None or day >= condition.before):
        return False
    if condition.earlier_than is not None:
        other = facts.events.get(condition.earlier_than)
        if day is None or other is None or day >= other:
            return False
    if condition.before_force is not None:
        if facts.agreement is None or day is None:
            return False
        first, everywhere = book.agreements[facts.agreement].force(facts.country)
        return day < (first if condition.before_force == "first" else everywhere)
    return True


def _deadline(book: Rulebook, rule: Rule, facts: Facts, today: date, as_of: date) -> Deadline:
    trigger = facts.events[rule.trigger]
    try:
        result = rule.end(trigger)
    except UsageError as error:
        raise UsageError(f"{rule.trigger}: {error}") from None
    return Deadline(
        kind=rule.kind,
        rule=rule.id,
        record=facts.record,
        event=rule.trigger,
        trigger=trigger,
        period=rule.period.iso,
        bound=rule.bound,
        date=result,
        citations=rule.citations(as_of),
        steps=tuple(_steps(rule, book.events[rule.trigger].words, trigger, result)),
        today=today,
    )


def _steps(rule: Rule, event: str, trigger: date, result: date) -> Iterable[str]:
    yield f"The period runs from {event}: {long_date(trigger)}."
    years, days = rule.period.years, rule.period.days
    if years:
        least = "at least " if rule.bound == "at_least" else ""
        yield (
            f"That day is not counted; a period of {least}{years} years ends on its {ordinal(years)}"
            f" anniversary, in {result.year}."
        )
        if (result.month, result.day) != (trigger.month, trigger.day):
            yield f"{result.year} has no February 29, so the anniversary is taken on {long_date(result)}."
    elif rule.counts == "backward":
        yield (
            f"{days} calendar days are counted back:"
            f" {long_date(trigger)} minus {days} days is {long_date(result)}."
        )
    else:
        yield (
            f"That day is not counted; {days} calendar days are added:"
            f" {long_date(trigger)} plus {days} days is {long_date(result)}."
        )
    if rule.kind == "due_by":
        yield f"The duty is due by {long_date(result)}, that day included."
        return
    after = (
        f"; the first day after this period is {long_date(result + timedelta(days=1))}"
        if result < date.max
        else ""
    )
    yield f"The records are kept through {long_date(result)}, that day included{after}."


def _missing(book: Rulebook, branch: Branch, words: Mapping[str, str]) -> Iterable[Missing]:
    for name in branch.ask:
        question = book.questions[name]
        yield Missing(question.fact, _fill(question.text, words))


def _at_least(book: Rulebook, branch: Branch, deadlines: Iterable[Deadline]) -> Iterable[str]:
    if branch.shows == "at_least":
        latest = max(d.date for d in deadlines)
        yield _fill(book.caveats["at-least-through"].text, {"date": long_date(latest)})


def _readings(book: Rulebook, branch: Branch, facts: Facts, deadlines: tuple[Deadline, ...]) -> Iterable[str]:
    """Readings that do not govern, where their date is known and later than the one that does."""
    for reading in branch.readings:
        rule = book.rule_of(reading.rule, facts.agreement)
        trigger = facts.events.get(rule.trigger)
        if trigger is not None and (day := rule.end(trigger)) > max(d.date for d in deadlines):
            yield _fill(book.caveats[reading.text].text, {"date": long_date(day)})


def _before_source(book: Rulebook, rules: Iterable[Rule], facts: Facts) -> Iterable[str]:
    for rule in rules:
        start, trigger = rule.in_force.span.start, facts.events[rule.trigger]
        if start is not None and trigger < start:
            yield _fill(
                book.caveats["before-source"].text,
                {"event": book.events[rule.trigger].words, "from": long_date(start), "source": rule.source},
            )


def _future(book: Rulebook, facts: Facts, today: date) -> Iterable[str]:
    for event, day in facts.events.items():
        if day > today:
            words = {"event": book.events[event].words, "date": long_date(day)}
            yield _fill(book.caveats["future"].text, words)


def _conventions(book: Rulebook, rules: list[Rule], deadlines: tuple[Deadline, ...]) -> Iterable[str]:
    """The conventions that were used, each once."""
    for rule, deadline in zip(rules, deadlines, strict=True):
        if rule.period.years:
            yield book.caveats["convention-years"].text
            if (deadline.trigger.month, deadline.trigger.day) == (2, 29):
                yield book.caveats["convention-leap"].text
        else:
            yield _fill(book.caveats[rule.convention].text, {"cite": str(deadline.citations[0])})


def _words(book: Rulebook, facts: Facts) -> dict[str, str]:
    """What the placeholders of questions and caveats stand for."""
    if facts.agreement is None:
        return {}
    agreement: Agreement = book.agreements[facts.agreement]
    first, everywhere = agreement.force(facts.country)
    name = agreement.name
    if facts.country:
        name += f" for {agreement.countries[facts.country].name}"
    return {
        "agreement": name,
        "certificate": agreement.certificate,
        "subsection": agreement.subsection,
        "regulation": agreement.regulation[0],
        "importer_rule": agreement.regulation[-1],
        "since": long_date(first),
        "since_all": long_date(everywhere),
    }


def _fill(text: str, words: Mapping[str, str]) -> str:
    return text.format_map(words) if "{" in text else text
