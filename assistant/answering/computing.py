"""Dates in an answer: what the words tell, handed to the engine, and its sums put into claims.

Nothing is computed here, and no date is written that the engine did not compute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.facts import ReadFacts
from assistant.answering.reply import Claim
from assistant.answering.wording import long_date
from assistant.errors import UsageError
from assistant.law import Citation
from assistant.retention.deadlines import compute
from assistant.retention.rules import rulebook
from assistant.retention.values import Computed, Deadline, Missing


@dataclass(frozen=True, slots=True)
class Sums:
    """What was computed for a message: parts of a Reply."""

    claims: tuple[Claim, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    missing: tuple[Missing, ...] = ()
    caveats: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    keep_through: date | None = None
    due_by: date | None = None


def sums(read: Sequence[ReadFacts], today: date, as_of: date) -> Sums:
    """Every computation that a message asks for; a missing fact anywhere leaves the dates open."""
    claims: list[Claim] = []
    deadlines: list[Deadline] = []
    missing: list[Missing] = []
    caveats: list[str] = []
    for one in read:
        caveats += one.notes
        if one.missing or one.facts is None:
            missing += one.missing
            continue
        try:
            computed = compute(one.facts, today=today, as_of=as_of)
        except UsageError as error:
            missing.append(Missing("question", f"{str(error).rstrip('.')}. Which record and dates do you mean?"))
            continue
        claims += _claims(computed, len(read) > 1)
        deadlines += computed.deadlines
        missing += computed.missing
        caveats += computed.caveats
    kept = [d.date for d in deadlines if d.kind == "keep_through"]
    due = [d.date for d in deadlines if d.kind == "due_by"]
    return Sums(
        tuple(claims),
        tuple(deadlines),
        tuple(dict.fromkeys(missing)),
        tuple(dict.fromkeys(caveats)),
        tuple(dict.fromkeys(rulebook().records[d.record].title for d in deadlines)),
        None if missing else max(kept, default=None),
        None if missing else min(due, default=None),
    )


def authorities() -> frozenset[Citation]:
    """Every authority a rule names: held as data, like the rules themselves."""
    return frozenset(
        Citation.parse(authority if isinstance(authority, str) else authority.cite)
        for rule in rulebook().rules.values()
        for authority in rule.authority
    )


def _claims(computed: Computed, several: bool) -> list[Claim]:
    """The governing date first, then the dates it was chosen from."""
    if computed.outcome == "clarification":
        return [_claim(deadline, least=True) for deadline in computed.deadlines]
    governing = {computed.keep_through, computed.due_by}
    ordered = sorted(computed.deadlines, key=lambda d: (d.date not in governing, d.date))
    first = [d for d in ordered if d.date in governing]
    rest = [d for d in ordered if d.date not in governing]
    claims = [_claim(deadline) for deadline in first[:1]]
    if len(first) > 1 and not several:
        rest = [d for d in (*first[1:], *rest) if d.rule != first[0].rule]
    return claims + [_other(deadline) for deadline in rest]


def _claim(deadline: Deadline, least: bool = False) -> Claim:
    title = rulebook().records[deadline.record].title
    day = long_date(deadline.date)
    past = " That day has passed." if deadline.status == "past" else ""
    if deadline.kind == "due_by":
        text = f"Due by {day}: {title}.{past}"
    elif least or deadline.bound == "at_least":
        text = f"Keep at least through {day}: {title}.{past}"
    else:
        text = f"Keep through {day}: {title}.{past}"
    return Claim(text, "rule", deadline.citations)


def _other(deadline: Deadline) -> Claim:
    """A date that applies too, and does not govern."""
    event = rulebook().events[deadline.event].words
    verb = "is due by" if deadline.kind == "due_by" else "runs through"
    return Claim(
        f"The period counted from {event} {verb} {long_date(deadline.date)}.", "rule", deadline.citations
    )
