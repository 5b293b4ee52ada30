"""Dates and amounts in an answer: what the words tell, handed to the engine, and its sums put into claims.

Nothing is computed here, and no date or amount is written that the engine did not compute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.answering.facts import ReadFacts
from assistant.answering.facts.demand import Prescribed
from assistant.answering.facts.penalty import PenaltyFacts
from assistant.answering.facts.words import Saying, read_words
from assistant.answering.reply import Claim
from assistant.errors import UsageError
from assistant.law import Citation
from assistant.law.english import long_date
from assistant.retention.amounts import dollars, penalties, penalty
from assistant.retention.deadlines import compute
from assistant.retention.periods import Period, end
from assistant.retention.rules import rulebook
from assistant.retention.values import Amount, Computed, Deadline, Missing, verb


@dataclass(frozen=True, slots=True)
class Sums:
    """What was computed for a message: parts of a Reply."""

    claims: tuple[Claim, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    amounts: tuple[Amount, ...] = ()
    missing: tuple[Missing, ...] = ()
    caveats: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    keep_through: date | None = None
    due_by: date | None = None


def sums(read: Sequence[ReadFacts], today: date, as_of: date) -> Sums:
    """Every computation that a message asks for; a missing fact anywhere leaves the dates open."""
    claims: list[Claim] = []
    deadlines: list[Deadline] = []
    missing: list[Missing] = []
    caveats: list[str] = []
    found: list[Computed] = []
    undated: list[Saying] = []
    still_open = any(one.missing or one.facts is None for one in read)
    for one in read:
        caveats += one.notes
        if one.missing or one.facts is None:
            missing += one.missing
            continue
        try:
            computed = compute(one.facts, today=today, as_of=as_of)
        except UsageError as error:
            missing.append(
                Missing("question", f"{str(error).rstrip('.')}. Which record and dates do you mean?")
            )
            continue
        if one.told and one.told.prescribed:
            computed = as_given(computed, one.told.prescribed)
        still_open = still_open or bool(computed.missing)
        undated += _undated(one.facts.record, computed, as_of)
        found.append(computed)
        missing += computed.missing
        caveats += computed.caveats
    found.sort(key=_first)
    duties = len({_title(d) for one in found for d in one.deadlines if d.kind == "keep_through"})
    overlap = len(read) > 1 and duties + bool(missing) > 1
    for computed in found:
        claims += _claims(computed, len(read) > 1, still_open, least=still_open and overlap)
        deadlines += computed.deadlines
    if duties > 1:
        caveats.append(_TOGETHER)
    said = list(dict.fromkeys(s for one in read if one.told and not one.missing for s in one.told.sayings))
    said += undated
    if deadlines:
        claims += [Claim(one.text, "rule", _cited(one)) for one in said]
        more = dict.fromkeys(cite for one in said for cite in _cited(one))
        deadlines[0] = replace(deadlines[0], citations=tuple(dict.fromkeys((*deadlines[0].citations, *more))))
        deadlines[-1] = replace(deadlines[-1], steps=(*deadlines[-1].steps, *(one.text for one in undated)))
    kept = [d.date for d in deadlines if d.kind == "keep_through"]
    due = [d.date for d in deadlines if d.kind == "due_by"]
    return Sums(
        claims=tuple(dict.fromkeys(claims)),
        deadlines=tuple(dict.fromkeys(deadlines)),
        missing=tuple(dict.fromkeys(missing)),
        caveats=tuple(dict.fromkeys(caveats)),
        support=(
            *(part for d in deadlines for part in (_title(d), *d.steps)),
            *(one.text for one in said if deadlines),
        ),
        keep_through=None if missing else max(kept, default=None),
        due_by=None if missing else min(due, default=None),
    )


def _undated(record: str, computed: Computed, as_of: date) -> list[Saying]:
    """The rule of a record whose day is still asked for, to stand beside the dates of the others."""
    asked = {one.fact for one in computed.missing}
    book = rulebook()
    for rule in book.rules.values():
        if rule.record == record and rule.trigger in asked and rule.period.days:
            text = (
                f"For {book.records[record].title} the period is {rule.period.days} calendar days from"
                f" {book.events[rule.trigger].words} ({rule.applies}); that day was not told."
            )
            cite = tuple(str(place) for place in rule.citations(as_of))
            return [] if computed.deadlines else [Saying((record,), (), text, cite)]
    return []


def maxima(read: PenaltyFacts) -> Sums:
    """The maximum penalty for each release that a message gives the facts for."""
    claims: list[Claim] = []
    amounts: list[Amount] = []
    missing = list(read.missing)
    caveats = list(read.notes)
    for value in read.values or (None,):
        try:
            assessed = penalty(read.kind, value, culpability=read.culpability)
        except UsageError:
            missing.append(
                Missing(
                    "appraised_value",
                    "The value given is not an amount that can be computed with. What is the appraised value"
                    " of the merchandise of the release, in U.S. dollars and cents?",
                )
            )
            continue
        amounts += assessed.amounts
        missing += [m for m in assessed.missing if m.fact not in {seen.fact for seen in missing}]
        caveats += assessed.caveats
    known = {entry.id: entry for entry in penalties().penalty}
    together = _together(amounts, missing)
    if together:
        amounts[-1] = replace(amounts[-1], steps=(*amounts[-1].steps, _added(amounts)))
    for amount in amounts:
        entry = known[amount.rule]
        per = f" for each {entry.per}" if entry.per else ""
        claims.append(Claim(f"At most {dollars(amount.value)}{per}: {entry.who}.", "rule", amount.citations))
    claims += together
    return Sums(
        claims=tuple(dict.fromkeys(claims)),
        amounts=tuple(amounts),
        missing=tuple(missing),
        caveats=tuple(dict.fromkeys(caveats)),
        support=(
            *(part for a in amounts for part in (known[a.rule].who, *a.steps)),
            *(claim.text for claim in together),
        ),
    )


def _together(amounts: Sequence[Amount], missing: Sequence[Missing]) -> list[Claim]:
    """The maxima of several releases added up, where all of them are known."""
    if len(amounts) < 2 or missing or len({amount.rule for amount in amounts}) > 1:
        return []
    total = dollars(_total(amounts))
    return [Claim(f"At most {total} for the {len(amounts)} releases together.", "rule", amounts[0].citations)]


def _total(amounts: Sequence[Amount]) -> Decimal:
    return sum((amount.value for amount in amounts), Decimal(0))


def _added(amounts: Sequence[Amount]) -> str:
    """The step that a person redoes the sum of several releases by."""
    parts = " + ".join(dollars(amount.value) for amount in amounts)
    return f"For the {len(amounts)} releases together: {parts} = {dollars(_total(amounts))}."


def shown(computed: Sums, cues: frozenset[str]) -> Sums:
    """The sums with what a question about them asks first: the days left, from what the period runs, or
    whether the papers may go."""
    governing = [d for d in computed.deadlines if d.date in (computed.keep_through, computed.due_by)]
    if not governing:
        return computed
    first = governing[0]
    claims: list[Claim] = []
    kept = first.kind == "keep_through" and "discard" in cues
    decides = [_ENDED.format(day=long_date(first.date))] if kept and first.status == "past" else []
    claims += [Claim(text, "rule", first.citations) for text in decides]
    caveats = (*computed.caveats, *([_AFTER] if kept and not decides else []))
    if "days_left" in cues:
        claims.append(Claim(_left(first), "rule", first.citations))
    if "why" in cues:
        claims.append(Claim(first.steps[0], "rule", first.citations))
    steps = tuple(claim.text for claim in claims if claim.text not in (*first.steps, *decides))
    counted = replace(first, steps=(*first.steps, *steps))
    return replace(
        computed,
        claims=(*claims, *computed.claims),
        deadlines=tuple(counted if one is first else one for one in computed.deadlines),
        caveats=caveats,
        support=(*computed.support, *decides, *steps),
    )


#: No period that has ended says that papers may go.
_ENDED = (
    "This period ended on {day}, which does not settle whether the papers may go: that is for the person"
    " responsible for them to decide, since an open demand, audit, protest, claim or lawsuit, another period"
    " or another agency's rule can require them longer."
)
_AFTER = (
    "Whether the papers may go after that day is for the person responsible for them to decide: an open"
    " demand, audit, protest, claim or lawsuit, another period or another agency's rule can require them"
    " longer."
)


def _left(deadline: Deadline) -> str:
    """How long there is still, from the day treated as today."""
    days, day = deadline.days_left, long_date(deadline.date)
    count = f"{abs(days):,} day{'s' * (abs(days) != 1)}"
    today = long_date(deadline.today)
    if days < 0:
        return f"No days are left: {day} was {count} before {today}."
    if days == 0:
        return f"No days are left after today: {day} is today."
    return f"{count} {'are' if days != 1 else 'is'} left: from {today} through {day}."


def joined(one: Sums, other: Sums) -> Sums:
    """Two kinds of sums in one answer, dates first."""
    return Sums(
        claims=one.claims + other.claims,
        deadlines=one.deadlines + other.deadlines,
        amounts=one.amounts + other.amounts,
        missing=one.missing + other.missing,
        caveats=tuple(dict.fromkeys(one.caveats + other.caveats)),
        support=one.support + other.support,
        keep_through=one.keep_through or other.keep_through,
        due_by=one.due_by or other.due_by,
    )


def _cited(saying: Saying) -> tuple[Citation, ...]:
    """What a sentence beside a sum rests on; the sum rests on it too, for it says why that day counts."""
    return tuple(Citation.parse(cite) for cite in saying.cite)


def authorities() -> frozenset[Citation]:
    """Every authority a rule names: held as data, like the rules themselves."""
    rules = [
        Citation.parse(authority if isinstance(authority, str) else authority.cite)
        for rule in rulebook().rules.values()
        for authority in rule.authority
    ]
    said = [Citation.parse(cite) for one in read_words().sayings for cite in one.cite]
    return frozenset([*rules, *said, *(cite for entry in penalties().penalty for cite in entry.citations)])


#: What is said where several duties have a date of their own (the convention of the sums).
_TOGETHER = (
    "Each date is that of its own duty. Papers that serve several of them are kept through the latest date."
)


def _first(computed: Computed) -> tuple[int, date]:
    """By what several sums are put in order: who reads no further reads the last to keep, the first due."""
    kept = [date.max - d.date for d in computed.deadlines if d.kind == "keep_through"]
    due = [d.date for d in computed.deadlines if d.kind == "due_by"]
    if due:
        return 0, min(due)
    return 1, date.min + min(kept, default=date.max - date.min)


def _claims(computed: Computed, several: bool, still_open: bool = False, least: bool = False) -> list[Claim]:
    """The governing date first, then the dates it was chosen from; of several records each with its day."""
    if computed.outcome == "clarification":
        ordered = sorted(computed.deadlines, key=lambda d: d.date)
        first = [_claim(d, several, least=True, open_=True) for d in ordered[:1]]
        return first + [_reading(d) for d in ordered[1:]]
    governing = {computed.keep_through, computed.due_by}
    ordered = sorted(computed.deadlines, key=lambda d: (d.date not in governing, d.date))
    lead = [d for d in ordered if d.date in governing]
    rest = [d for d in ordered if d.date not in governing]
    claims = [_claim(deadline, several, least=least, open_=still_open) for deadline in lead[:1]]
    if len(lead) > 1 and not several:
        rest = [d for d in (*lead[1:], *rest) if d.rule != lead[0].rule]
    return claims + [_other(deadline) for deadline in rest]


def _claim(deadline: Deadline, several: bool, least: bool = False, open_: bool = False) -> Claim:
    """A date with what it is for; while a fact that decides is open, none has passed yet."""
    title = _title(deadline)
    if several:
        event = rulebook().events[deadline.event].words
        title = f"{title}, counted from {event} on {long_date(deadline.trigger)}"
    day = long_date(deadline.date)
    past = " That day has passed." if deadline.status == "past" and not open_ else ""
    words = verb(deadline.kind, "at_least" if least else deadline.bound)
    return Claim(f"{words} {day}: {title}.{past}", "rule", deadline.citations)


def as_given(computed: Computed, given: Prescribed) -> Computed:
    """A due date as Customs itself set it: a shorter period, or more time that it approved (163.6(a))."""
    deadlines, caveats = [], list(computed.caveats)
    for deadline in computed.deadlines:
        day = given.until or end(deadline.trigger, Period(days=given.days or 30))
        days, ends = (day - deadline.trigger).days, long_date(deadline.date)
        if days <= 0 or (days > (deadline.date - deadline.trigger).days and not given.more):
            caveats.append(_LATER.format(day=long_date(day), ends=ends))
            deadlines.append(deadline)
            continue
        caveats.append((_MORE if given.more else _SHORTER).format(ends=ends))
        caveats += [_BUSINESS] if given.business else []
        steps = (
            deadline.steps[0],
            f"{SET} {days} days: {long_date(deadline.trigger)} plus {days} days is {long_date(day)}.",
            f"The duty is due by {long_date(day)}, that day included.",
        )
        deadlines.append(replace(deadline, date=day, period=Period(days=days).iso, steps=steps))
    return replace(computed, deadlines=tuple(deadlines), caveats=tuple(caveats))


#: How the step begins that counts by Customs' own period and not by the rule's.
SET = "Customs is said to have set"
_SHORTER = (
    "Customs may prescribe a shorter period where the records are needed to decide admissibility or release"
    " (19 CFR 163.6(a)); without one the 30 calendar days would run to {ends}."
)
_MORE = (
    "The later day counts only if Customs approved it (19 CFR 163.6(a)); without it the duty is due by"
    " {ends}."
)
_LATER = (
    "{day} is not a day that shortens the 30 calendar days, and nothing says that more time was approved"
    " (19 CFR 163.6(a)): the duty is due by {ends}."
)
_BUSINESS = (
    "Working days were told; calendar days are counted here, which end earlier and so are the safe ones."
)


def _title(deadline: Deadline) -> str:
    """What is kept, by the rule that governs: goods that were not admitted free are an entry's."""
    book = rulebook()
    rule = book.rules[deadline.rule]
    return book.records[rule.record if rule.record in book.records else deadline.record].title


def _reading(deadline: Deadline) -> Claim:
    """A date that may govern instead, once what is missing is known."""
    day = long_date(deadline.date)
    text = f"It may have to be {day} instead, the date for {_title(deadline)}."
    return Claim(text, "rule", deadline.citations)


def _other(deadline: Deadline) -> Claim:
    """A date that applies too, and does not govern."""
    event = rulebook().events[deadline.event].words
    verb = "is due by" if deadline.kind == "due_by" else "runs through"
    return Claim(
        f"The period counted from {event} {verb} {long_date(deadline.date)}.", "rule", deadline.citations
    )
