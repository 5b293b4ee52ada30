"""The value every face shows: a Reply is an Answer, a Clarification or a Refusal.

A `Claim` cannot be built without a citation, nor one with the basis ``quote`` without a quote, so
a sentence without its authority cannot exist. JSON forms are those of the contract.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from assistant.errors import UsageError
from assistant.law import Citation
from assistant.law.fields import Fields, lost
from assistant.retention.values import Amount, Deadline, Missing

Basis = Literal["quote", "rule", "digest"]
Outcome = Literal["answer", "clarification", "refusal"]
Reason = Literal["out_of_scope", "not_in_corpus", "ungrounded", "advice", "unlawful"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document we hold: ``document.text[start:end] == text``, code points."""

    citation: Citation
    document: str
    text: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        return {
            "citation": str(self.citation),
            "document": self.document,
            "text": self.text,
            "start": self.start,
            "end": self.end,
        }

    @classmethod
    def from_json(cls, value: object) -> Quote:
        read = Fields("a quote", value)
        return cls(
            Citation.from_json(read.text("citation")),
            read.text("document"),
            read.text("text"),
            read.whole("start"),
            read.whole("end"),
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement with what it rests on."""

    text: str
    basis: Basis
    citations: tuple[Citation, ...]
    quotes: tuple[Quote, ...] = ()

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("a claim says something")
        if not self.citations:
            raise ValueError(f"a claim without a citation cannot exist: {self.text!r}")
        if self.basis == "quote" and not self.quotes:
            raise ValueError(f"a claim that rests on a quote has one: {self.text!r}")

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "basis": self.basis,
            "citations": [str(c) for c in self.citations],
            "quotes": [q.to_json() for q in self.quotes],
        }

    @classmethod
    def from_json(cls, value: object) -> Claim:
        read = Fields("a claim", value)
        return cls(
            read.text("text"),
            read.one_of("basis", get_args(Basis)),
            read.citations(),
            tuple(map(Quote.from_json, read.items("quotes"))),
        )


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that search returned, with its fused score."""

    id: str
    citation: Citation
    document: str
    score: float

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "citation": str(self.citation),
            "document": self.document,
            "score": round(self.score, 6),
        }

    @classmethod
    def from_json(cls, value: object) -> Hit:
        """The score comes back as it was written, to six digits."""
        read = Fields("a passage", value)
        return cls(
            read.text("id"),
            Citation.from_json(read.text("citation")),
            read.text("document"),
            read.number("score"),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in a draft: which sentence, what is wrong with it. Recorded, never shown as an answer."""

    claim: str
    fault: str

    def to_json(self) -> dict[str, str]:
        return {"claim": self.claim, "fault": self.fault}

    @classmethod
    def from_json(cls, value: object) -> Finding:
        read = Fields("a finding", value)
        return cls(read.text("claim"), read.text("fault"))


@dataclass(frozen=True, slots=True)
class Usage:
    """What asking a language model took, whether or not its words were used.

    Tokens are ``None`` where the server did not report them, ``cost`` (U.S. dollars) where they or
    the price are not known.
    """

    model: str
    calls: int
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: Decimal | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "calls": self.calls,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "cost": None if self.cost is None else f"{self.cost:f}",
            "currency": "USD",
        }

    @classmethod
    def from_json(cls, value: object) -> Usage:
        read = Fields("the usage", value)
        tokens = [None if read.get(n) is None else read.whole(n) for n in ("tokens_in", "tokens_out")]
        try:
            cost = None if read.get("cost") is None else Decimal(read.text("cost"))
        except InvalidOperation:
            raise ValueError("cost of the usage is not a decimal") from None
        return cls(read.text("model"), read.whole("calls"), tokens[0], tokens[1], cost)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a person gets. ``text`` is Markdown made of the parts below and of nothing else."""

    question: str
    as_of: date
    today: date
    outcome: Outcome
    text: str
    id: str | None = None
    claims: tuple[Claim, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    amounts: tuple[Amount, ...] = ()
    keep_through: date | None = None
    due_by: date | None = None
    missing: tuple[Missing, ...] = ()
    reason: Reason | None = None
    caveats: tuple[str, ...] = ()
    passages: tuple[Hit, ...] = ()
    model: str | None = None
    findings: tuple[Finding, ...] = ()
    usage: Usage | None = None
    timings: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.outcome == "refusal") != (self.reason is not None):
            raise ValueError("a refusal, and only a refusal, has a reason")
        if self.outcome == "answer" and not (self.claims or self.deadlines or self.amounts):
            raise ValueError("an answer makes at least one claim")
        if self.outcome == "clarification" and not self.missing:
            raise ValueError("a clarification asks for at least one fact")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of the claims, then of the sums, distinct, the most important first."""
        ordered = [c for claim in self.claims for c in claim.citations]
        ordered += [c for deadline in self.deadlines for c in deadline.citations]
        ordered += [c for amount in self.amounts for c in amount.citations]
        return tuple(dict.fromkeys(ordered))

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON object, in the contract's order."""
        return {
            "id": self.id,
            "question": self.question,
            "as_of": self.as_of.isoformat(),
            "today": self.today.isoformat(),
            "outcome": self.outcome,
            "text": self.text,
            "claims": [c.to_json() for c in self.claims],
            "citations": [str(c) for c in self.citations],
            "deadlines": [d.to_json() for d in self.deadlines],
            "amounts": [a.to_json() for a in self.amounts],
            "keep_through": self.keep_through.isoformat() if self.keep_through else None,
            "due_by": self.due_by.isoformat() if self.due_by else None,
            "missing": [m.to_json() for m in self.missing],
            "reason": self.reason,
            "caveats": list(self.caveats),
            "passages": [p.to_json() for p in self.passages],
            "model": self.model,
            "findings": [f.to_json() for f in self.findings],
            "usage": self.usage.to_json() if self.usage else None,
            "timings": self.timings,
        }

    @classmethod
    def from_json(cls, value: object) -> Reply:
        """The Reply that writes itself as ``value``; `UsageError` for what no Reply writes.

        Whatever is given must come out again, so an unknown field or a derived one that disagrees
        fails. A field that was added after the reply was stored takes its default.
        """
        try:
            read = Fields("a reply", value)
            names = [one.name for one in fields(cls) if one.name in read]
            reply = cls(**{name: _READ.get(name, Fields.get)(read, name) for name in names})
        except (ValueError, TypeError) as error:
            raise UsageError(f"this is not a Reply: {' '.join(str(error).split())[:200]}") from None
        wrong = next(lost(value, reply.to_json()), None)
        if wrong is not None:
            raise UsageError(f"this is not a Reply: {wrong[:80]} is not what a Reply says there")
        return reply


def _listed(one: Callable[[object], Any]) -> Callable[[Fields, str], Any]:
    return lambda read, name: tuple(map(one, read.items(name)))


def _or_none(one: Callable[[Fields, str], Any]) -> Callable[[Fields, str], Any]:
    return lambda read, name: None if read.get(name) is None else one(read, name)


def _timings(read: Fields, name: str) -> dict[str, float]:
    steps = read.get(name)
    inner = Fields(name, steps)
    return {step: inner.number(step) for step in steps}


#: How each field of a Reply is read from its JSON; one that is not here is plain JSON.
_READ: dict[str, Callable[[Fields, str], Any]] = {
    "question": Fields.text,
    "as_of": Fields.day,
    "today": Fields.day,
    "outcome": lambda read, name: read.one_of(name, get_args(Outcome)),
    "text": Fields.text,
    "id": _or_none(Fields.text),
    "claims": _listed(Claim.from_json),
    "deadlines": _listed(Deadline.from_json),
    "amounts": _listed(Amount.from_json),
    "keep_through": _or_none(Fields.day),
    "due_by": _or_none(Fields.day),
    "missing": _listed(Missing.from_json),
    "reason": _or_none(lambda read, name: read.one_of(name, get_args(Reason))),
    "caveats": Fields.texts,
    "passages": _listed(Hit.from_json),
    "model": _or_none(Fields.text),
    "findings": _listed(Finding.from_json),
    "usage": _or_none(lambda read, name: Usage.from_json(read.get(name))),
    "timings": _timings,
}
