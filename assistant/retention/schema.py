"""The form of a rule file: what a record, rule, agreement, branch, question and caveat must have.

Frozen, with no unknown keys. The law itself is in ``corpus/rules``; `rules` loads and checks it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from msgspec import field

from assistant.law import Citation
from assistant.law.document import Sureness
from assistant.reading.files import InForce, Strict
from assistant.retention.periods import Period, end
from assistant.retention.values import Bound, Kind, verb


class Authority(InForce, frozen=True, kw_only=True):
    """A citation whose number holds only for the law of a span of days."""

    cite: str


class Rule(Strict, frozen=True):
    """How one date is computed, for whom, and on whose authority."""

    id: str
    record: str
    kind: Kind
    who: str
    trigger: str
    period: Period
    bound: Bound
    leap_day: Literal["forward", "none"]
    authority: tuple[str | Authority, ...]
    applies: str
    in_force: InForce
    source: str
    verified_on: date
    sure: Sureness
    note: str
    examples: tuple[dict[str, Any], ...]
    agreement: str = ""
    counts: Literal["forward", "backward"] = "forward"
    convention: str = "convention-days"
    quote: str = ""
    quote_of: str = ""

    def citations(self, as_of: date) -> tuple[Citation, ...]:
        """The authority, most important first, numbered as the law of ``as_of`` numbers it."""
        return tuple(
            Citation.parse(a if isinstance(a, str) else a.cite)
            for a in self.authority
            if isinstance(a, str) or as_of in a.span
        )

    @property
    def verb(self) -> str:
        """What stands before its date."""
        return verb(self.kind, self.bound)

    def end(self, trigger: date) -> date:
        """The rule's date for a trigger; `UsageError` where the calendar has none."""
        return end(trigger, self.period, backward=self.counts == "backward")


class Record(Strict, frozen=True):
    """A kind of record: its plain name, and the events and facts that belong to it."""

    id: str
    title: str
    events: tuple[str, ...]
    facts: tuple[str, ...] = ()
    takes_agreement: bool = False


class Event(Strict, frozen=True):
    """An event and the words that name it in a sentence ("the liquidation of the claim")."""

    id: str
    words: str


class Country(Strict, frozen=True):
    name: str
    in_force: date


class Agreement(Strict, frozen=True):
    """A trade agreement; with ``countries``, ``in_force`` is the earliest of theirs."""

    id: str
    name: str
    certificate: str
    subsection: str
    regulation: tuple[str, ...]
    in_force: date
    export_events: tuple[str, ...]
    verified_on: date
    sure: Sureness
    note: str = ""
    quote: str = ""
    quote_of: str = ""
    countries: dict[str, Country] = field(default_factory=dict)

    def force(self, country: str | None) -> tuple[date, date]:
        """First day in force in any country that may be meant, and in every one of them."""
        if country:
            day = self.countries[country].in_force
            return day, day
        days = [c.in_force for c in self.countries.values()] or [self.in_force]
        return min(days), max(days)


class Condition(Strict, frozen=True, rename={"from_": "from", "is_": "is"}):
    """On an event or a fact; all that is stated must hold, and an unknown date compares false."""

    known: bool | None = None
    from_: date | None = None
    before: date | None = None
    earlier_than: str | None = None
    before_force: Literal["first", "all"] | None = None
    is_: str | None = None


class Reading(Strict, frozen=True):
    """A rule that does not govern, computed for a caveat; said only where it ends later."""

    rule: str
    text: str


class Branch(Strict, frozen=True):
    """The first branch of a record whose conditions all hold decides its facts."""

    record: tuple[str, ...]
    agreement: tuple[str, ...] = ()
    when: dict[str, Condition] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    shows: Literal["", "at_least", "either"] = ""
    readings: tuple[Reading, ...] = ()
    caveats: tuple[str, ...] = ()


class Question(Strict, frozen=True):
    id: str
    fact: str
    text: str


class Caveat(Strict, frozen=True):
    """A sentence said with a result; with ``when`` only where those conditions hold too."""

    id: str
    text: str
    when: dict[str, Condition] = field(default_factory=dict)


class Rulebook(Strict, frozen=True, eq=False):
    """Everything the engine knows of the law, by id, in the files' order; one book is like no other."""

    records: dict[str, Record]
    events: dict[str, Event]
    rules: dict[str, Rule]
    agreements: dict[str, Agreement]
    branches: tuple[Branch, ...]
    questions: dict[str, Question]
    caveats: dict[str, Caveat]

    def branches_of(self, record: str, agreement: str | None) -> tuple[Branch, ...]:
        """The branches to read for a record, in order."""
        return tuple(
            b for b in self.branches if record in b.record and (not b.agreement or agreement in b.agreement)
        )

    def events_of(self, record: str, agreement: str | None) -> tuple[str, ...]:
        """The events that belong to a record under an agreement, the most deciding first."""
        if record == "fta_export" and agreement:
            return self.agreements[agreement].export_events
        return self.records[record].events

    def rule_of(self, name: str, agreement: str | None) -> Rule:
        """The rule a branch names; ``{id}`` stands for the agreement."""
        return self.rules[name.replace("{id}", agreement or "")]
