"""What the retention engine takes and gives. Frozen; JSON forms are those of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from assistant.law import Citation
from assistant.law.fields import Fields

#: A field of `Deadline` is called ``date``, which would hide the type of that name.
Day = date
Kind = Literal["keep_through", "due_by"]
Bound = Literal["fixed", "at_least", "until", "ceiling"]
Limit = Literal["lesser_of", "higher_of", "cap"]


def verb(kind: Kind, bound: Bound) -> str:
    """What stands before a date: ``Keep through``, ``Keep at least through``, ``Due by``."""
    if kind == "due_by":
        return "Due by"
    return "Keep at least through" if bound == "at_least" else "Keep through"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person told us, and nothing guessed.

    ``record`` and ``agreement`` are the contract's names (``fta_export``, ``korea``), ``country``
    a CAFTA-DR country's (``costa-rica``), ``events`` dates by the contract's event names,
    ``facts`` other answers by name (``admitted_free`` -> ``yes``).
    """

    record: str
    agreement: str | None = None
    country: str | None = None
    events: Mapping[str, date] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that decides and is not known, with the question to put to the person."""

    fact: str
    question: str

    def to_json(self) -> dict[str, str]:
        return {"fact": self.fact, "question": self.question}

    @classmethod
    def from_json(cls, value: object) -> Missing:
        read = Fields("a missing fact", value)
        return cls(read.text("fact"), read.text("question"))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date with the rule, the trigger and the steps that let a person redo the sum."""

    kind: Kind
    rule: str
    record: str
    event: str
    trigger: Day
    period: str
    bound: Bound
    date: Day
    citations: tuple[Citation, ...]
    steps: tuple[str, ...]
    today: Day

    @property
    def verb(self) -> str:
        """`verb` of this date."""
        return verb(self.kind, self.bound)

    @property
    def days_left(self) -> int:
        """Days from today to the date; negative once past."""
        return (self.date - self.today).days

    @property
    def left(self) -> str:
        """``412 days left``, ``today``, ``past by 3 days``."""
        days, unit = self.days_left, "day" if abs(self.days_left) == 1 else "days"
        return "today" if not days else f"{days:,} {unit} left" if days > 0 else f"past by {-days:,} {unit}"

    @property
    def status(self) -> Literal["running", "past"]:
        return "past" if self.today > self.date else "running"

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "rule": self.rule,
            "record": self.record,
            "trigger": {"event": self.event, "date": self.trigger.isoformat()},
            "period": self.period,
            "bound": self.bound,
            "date": self.date.isoformat(),
            "citations": [str(c) for c in self.citations],
            "steps": list(self.steps),
            "status": self.status,
            "days_left": self.days_left,
        }

    @classmethod
    def from_json(cls, value: object) -> Deadline:
        """``today`` is not written; it is ``date`` less ``days_left``."""
        read = Fields("a deadline", value)
        trigger = Fields("a trigger", read.get("trigger"))
        day = read.day("date")
        try:
            today = day - timedelta(days=read.whole("days_left"))
        except OverflowError:
            raise ValueError("days_left of a deadline leads out of the calendar") from None
        return cls(
            kind=read.one_of("kind", get_args(Kind)),
            rule=read.text("rule"),
            record=read.text("record"),
            event=trigger.text("event"),
            trigger=trigger.day("date"),
            period=read.text("period"),
            bound=read.one_of("bound", get_args(Bound)),
            date=day,
            citations=read.citations(),
            steps=read.texts("steps"),
            today=today,
        )


@dataclass(frozen=True, slots=True)
class Amount:
    """A maximum in exact decimals, never a forecast."""

    rule: str
    value: Decimal
    bound: Limit
    steps: tuple[str, ...]
    citations: tuple[Citation, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": "maximum",
            "rule": self.rule,
            "value": f"{self.value:.2f}",
            "currency": "USD",
            "bound": self.bound,
            "steps": list(self.steps),
            "citations": [str(c) for c in self.citations],
        }

    @classmethod
    def from_json(cls, value: object) -> Amount:
        read = Fields("an amount", value)
        try:
            sum_of = Decimal(read.text("value"))
        except InvalidOperation:
            raise ValueError("value of an amount is not a decimal") from None
        return cls(
            rule=read.text("rule"),
            value=sum_of,
            bound=read.one_of("bound", get_args(Limit)),
            steps=read.texts("steps"),
            citations=read.citations(),
        )


@dataclass(frozen=True, slots=True)
class Computed:
    """The engine's answer to one set of facts: dates, or what is missing, with caveats."""

    outcome: Literal["answer", "clarification"]
    deadlines: tuple[Deadline, ...] = ()
    missing: tuple[Missing, ...] = ()
    caveats: tuple[str, ...] = ()

    @property
    def governing(self) -> tuple[Deadline, ...]:
        """The latest to keep through and the earliest due; none while a fact that decides is missing."""
        known = () if self.outcome == "clarification" else self.deadlines
        kept = sorted((d for d in known if d.kind == "keep_through"), key=lambda d: d.date, reverse=True)
        due = sorted((d for d in known if d.kind == "due_by"), key=lambda d: d.date)
        return (*kept[:1], *due[:1])

    @property
    def keep_through(self) -> date | None:
        """The governing date to keep through; ``None`` while a fact that decides it is missing."""
        return next((d.date for d in self.governing if d.kind == "keep_through"), None)

    @property
    def due_by(self) -> date | None:
        """The governing due date, or ``None``."""
        return next((d.date for d in self.governing if d.kind == "due_by"), None)

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(dict.fromkeys(c for d in self.deadlines for c in d.citations))

    def to_json(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "deadlines": [d.to_json() for d in self.deadlines],
            "keep_through": self.keep_through.isoformat() if self.keep_through else None,
            "due_by": self.due_by.isoformat() if self.due_by else None,
            "missing": [m.to_json() for m in self.missing],
            "caveats": list(self.caveats),
            "citations": [str(c) for c in self.citations],
        }
