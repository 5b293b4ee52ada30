"""Penalty maxima in exact decimals: never a forecast, and only what the facts allow to compute.

The amounts, how their limbs combine, and what has to be said with them are in
``corpus/rules/penalties.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from assistant.errors import RuleError, UsageError
from assistant.law import Citation
from assistant.law.document import Sureness
from assistant.reading.files import Strict, read_toml
from assistant.reading.held import held
from assistant.retention.values import Amount, Missing
from assistant.retention.vocabulary import near

_CENT = Decimal("0.01")
_LARGEST = Decimal(10) ** 18


class Penalty(Strict, frozen=True):
    """A penalty as the law states it: a fixed limb, perhaps a share of the value, and a bound."""

    id: str
    kind: str
    who: str
    bound: Literal["lesser_of", "higher_of", "cap"]
    cap: Decimal
    authority: tuple[str, ...]
    verified_on: date
    sure: Sureness
    note: str
    examples: tuple[dict[str, Decimal], ...]
    culpability: str = ""
    percent: Decimal | None = None
    per: str = ""
    quote: str = ""
    quote_of: str = ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The authority, most important first."""
        return tuple(Citation.parse(cite) for cite in self.authority)


class Remark(Strict, frozen=True):
    """What is said with the amounts of some kinds: scope, exceptions, relief."""

    kind: tuple[str, ...]
    text: str


class _Question(Strict, frozen=True):
    fact: str
    text: str


class Penalties(Strict, frozen=True):
    """The file."""

    penalty: tuple[Penalty, ...]
    remark: tuple[Remark, ...]
    question: tuple[_Question, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind that something is known of, in the file's order."""
        named = [p.kind for p in self.penalty] + [k for remark in self.remark for k in remark.kind]
        return tuple(dict.fromkeys(named))

    @property
    def culpabilities(self) -> tuple[str, ...]:
        """The degrees of fault that the amounts tell apart."""
        return tuple(dict.fromkeys(p.culpability for p in self.penalty if p.culpability))


@dataclass(frozen=True, slots=True)
class Assessed:
    """The maxima that can be computed, what is missing for the others, and what must be said."""

    outcome: Literal["answer", "clarification"]
    amounts: tuple[Amount, ...] = ()
    missing: tuple[Missing, ...] = ()
    caveats: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "amounts": [amount.to_json() for amount in self.amounts],
            "missing": [missing.to_json() for missing in self.missing],
            "caveats": list(self.caveats),
        }


@held("rules")
def penalties(folder: Path) -> Penalties:
    """Load and check the penalties of a folder, once; `RuleError` says what is wrong."""
    found = read_toml(folder / "penalties.toml", Penalties, RuleError)
    for entry in found.penalty:
        _check(entry)
    return found


def penalty(
    kind: str, appraised_value: Decimal | str | None = None, *, culpability: str | None = None
) -> Assessed:
    """The maximum penalty for a kind of records, per release where the law says so.

    ``kind`` is ``entry``, ``usmca_export``, ``nafta_export``, ``canada_export``, ``fta_export`` or
    ``usmca_import``; ``culpability`` is ``willful`` or ``negligent`` and, like the value, matters
    for ``entry`` alone. With the value but no culpability both maxima are given and it is asked for.
    Raises `UsageError` for an unknown kind or culpability and for a value that is no amount.
    """
    book = penalties()
    _one_of("kind", kind, book.kinds)
    if culpability is not None:
        _one_of("culpability", culpability, book.culpabilities)
    value = None if appraised_value is None else money(appraised_value)
    of_kind = [p for p in book.penalty if p.kind == kind]
    wanted = [p for p in of_kind if not p.culpability or culpability in (None, p.culpability)]
    computable = [p for p in wanted if p.percent is None or value is not None]
    asked = []
    if len(computable) < len(wanted):
        asked.append("appraised_value")
    if culpability is None and any(p.culpability for p in wanted):
        asked.append("culpability")
    notes = [p.note for p in wanted]
    remarks = [remark.text for remark in book.remark if kind in remark.kind]
    return Assessed(
        outcome="clarification" if asked else "answer",
        amounts=tuple(_amount(p, value) for p in computable),
        missing=tuple(Missing(q.fact, q.text) for q in book.question if q.fact in asked),
        caveats=tuple(dict.fromkeys([*notes, *remarks])),
    )


def money(amount: Decimal | str) -> Decimal:
    """A positive amount of dollars: ``20000``, ``$20,000.00``. Raises `UsageError` for others."""
    try:
        value = Decimal(
            amount.strip().removeprefix("$").replace(",", "") if isinstance(amount, str) else amount
        )
    except InvalidOperation:
        raise UsageError(f"appraised_value: {amount!r} is not an amount in dollars like 20000.00") from None
    if not value.is_finite() or not 0 <= value < _LARGEST or value != value.quantize(_CENT):
        raise UsageError(f"appraised_value: {amount!r} is not an amount in dollars and cents like 20000.00")
    return value


def _amount(entry: Penalty, value: Decimal | None) -> Amount:
    limit, steps = _limbs(entry, value)
    return Amount(
        rule=entry.id,
        value=limit.quantize(_CENT, rounding=ROUND_DOWN),
        bound=entry.bound,
        steps=tuple(steps),
        citations=entry.citations,
    )


def _limbs(entry: Penalty, value: Decimal | None) -> tuple[Decimal, list[str]]:
    """The maximum before cents, and the steps to it. Cents are cut: a maximum is never exceeded."""
    if entry.percent is None or value is None:
        first = f"The fixed limb is {dollars(entry.cap)}."
        if entry.bound == "higher_of":
            return entry.cap, [first, "The other limb, the general recordkeeping penalty, is not computed."]
        return entry.cap, [first, "There is no other limb."]
    share = value * entry.percent / 100
    exact = share.quantize(_CENT, rounding=ROUND_DOWN)
    cut = "" if exact == share else ", cut to the cent"
    which, governs = ("lesser", min) if entry.bound == "lesser_of" else ("higher", max)
    steps = [
        f"The fixed limb is {dollars(entry.cap)} for each {entry.per}.",
        f"{entry.percent} percent of the appraised value of {dollars(value)} is {dollars(exact)}{cut}.",
        f"The {which} of the two is {dollars(governs(entry.cap, exact))}.",
    ]
    return governs(entry.cap, share), steps


def dollars(amount: Decimal) -> str:
    """An amount as people read it: ``$8,000.00``."""
    return f"${amount:,.2f}"


def _one_of(what: str, name: str, names: tuple[str, ...]) -> None:
    if name not in names:
        raise UsageError(f"there is no {what} {name!r}{near(name, names)}; there are {', '.join(names)}")


def _check(entry: Penalty) -> None:
    where = f"penalties.toml: penalty {entry.id!r}"
    if (entry.bound == "lesser_of") != (entry.percent is not None and bool(entry.per)):
        raise RuleError(f"{where}: 'lesser_of' has a percent and what it is per; no other bound has")
    if not entry.authority:
        raise RuleError(f"{where} has no authority")
    if not entry.examples:
        raise RuleError(f"{where} has no examples; an amount without them does not load")
    for example in entry.examples:
        found = _amount(entry, example.get("appraised_value")).value
        if found != example.get("value"):
            raise RuleError(f"{where}: example {example}: the rule gives {found}")
