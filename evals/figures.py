"""From results to figures: rates with their intervals, counts of what must not happen, the matrix."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, get_args

import msgspec

from assistant.errors import AssistantError
from evals.cases import Agreement, Case
from evals.run import Result
from evals.scorers import FORBIDDEN, Kind

FLOOR = Path(__file__).resolve().parent / "floor.toml"
AGREEMENTS: tuple[str, ...] = get_args(Agreement)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, or ``None`` of nothing."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval, which stays inside 0 to 1 and is honest about few cases."""
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.959964, self.total, self.hits / self.total
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The least each rate may be, by its name; see ``floor.toml``."""

    at_least: dict[str, Annotated[float, msgspec.Meta(ge=0, le=1)]]


def read_floor(path: Path = FLOOR) -> Floor:
    """The floor, of which every figure must be one that is measured."""
    try:
        floor = msgspec.toml.decode(path.read_bytes(), type=Floor)
    except msgspec.MsgspecError as error:
        raise AssistantError(f"{path.name}: {error}") from None
    unknown = floor.at_least.keys() - rates(()).keys()
    if unknown:
        raise AssistantError(f"{path.name}: there is no figure {min(unknown)!r}")
    return floor


def rates(results: Sequence[Result]) -> dict[str, Rate]:
    """Every rate by name. What a case has several of (gold citations, patterns, facts) counts singly."""
    replies = [result.reply for result in results if result.reply]
    claims = [claim for reply in replies for claim in reply.claims]
    quotes = sum(len(claim.quotes) for claim in claims)
    answers = [result for result in results if result.case.expected == "answer"]
    found = {
        "cases_right": Rate(sum(r.right for r in results), len(results)),
        "answers_right": Rate(sum(r.right for r in answers), len(answers)),
        "citation_recall": _parts(results, lambda case: len(case.gold), "not_cited"),
        "recall_at_5": Rate(sum(sum(r.retrieved) for r in results), sum(len(r.retrieved) for r in results)),
        "must_say_met": _parts(results, lambda case: len(case.must_say), "not_said"),
        "dates_exact": _cases(results, lambda case: bool(case.keep_through or case.due_by), *_DATES),
        "amounts_exact": _cases(results, lambda case: case.amount is not None, *_AMOUNTS),
        "facts_asked_for": _parts(results, lambda case: len(case.missing), "not_asked_for"),
        "quotes_verbatim": Rate(quotes - forbidden(results)["unverified_quote"], quotes),
        "claims_cited": Rate(sum(bool(claim.citations) for claim in claims), len(claims)),
        "reasons_right": _cases(results, lambda case: case.reason is not None, "outcome", "reason"),
    }
    for outcome in ("refusal", "clarification"):
        given = [r for r in results if r.reply and r.reply.outcome == outcome]
        due = [r for r in results if r.case.expected == outcome]
        fair = sum(outcome in r.case.accepted for r in given)
        met = sum(r.reply is not None and r.reply.outcome in r.case.accepted for r in due)
        found |= {f"{outcome}_precision": Rate(fair, len(given)), f"{outcome}_recall": Rate(met, len(due))}
    return found


_DATES: tuple[Kind, ...] = ("no_date", "wrong_date")
_AMOUNTS: tuple[Kind, ...] = ("no_amount", "wrong_amount")


def _cases(results: Iterable[Result], applies: Callable[[Case], bool], *faults: Kind) -> Rate:
    """Of the cases to which it applies, those without such a fault."""
    them = [result for result in results if applies(result.case)]
    return Rate(sum(not result.has("error", *faults) for result in them), len(them))


def _parts(results: Iterable[Result], size: Callable[[Case], int], fault: Kind) -> Rate:
    """Of the parts of all cases, those without such a fault; a case that errored has none."""
    sizes = [(result, size(result.case)) for result in results]
    hits = sum(parts - len(result.has(fault)) for result, parts in sizes if result.reply)
    return Rate(hits, sum(parts for _, parts in sizes))


def forbidden(results: Iterable[Result]) -> dict[Kind, int]:
    """How often there was what must never be, by kind."""
    counts = Counter(finding.kind for result in results for finding in result.findings)
    return {kind: counts[kind] for kind in FORBIDDEN}


def kinds(results: Iterable[Result]) -> dict[str, Rate]:
    """Cases right, by kind of question."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for result in results:
        total[result.case.kind] += 1
        right[result.case.kind] += result.right
    return {kind: Rate(right[kind], total[kind]) for kind in sorted(total)}


def confusion(results: Iterable[Result]) -> dict[str, Counter[str]]:
    """By the agreement asked about, how many replies cite a provision of which agreement.

    A reply may cite several, and then counts in each; one that cites none counts under ``none``.
    """
    matrix: dict[str, Counter[str]] = {name: Counter() for name in AGREEMENTS}
    for result in results:
        if result.case.agreement:
            matrix[result.case.agreement].update(result.agreements or ("none",))
    return matrix


def confused(matrix: Mapping[str, Counter[str]]) -> int:
    """How many citations of an agreement that was not asked about."""
    return sum(
        count for asked, row in matrix.items() for cited, count in row.items() if cited not in (asked, "none")
    )


def latency(results: Iterable[Result]) -> tuple[float, float]:
    """Milliseconds from question to Reply: the median, and what 95 of 100 stay under."""
    times = sorted(result.milliseconds for result in results if result.reply)
    return (statistics.median(times), percentile(times, 95)) if times else (0.0, 0.0)


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest of the values that at least ``percent`` of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def shortfalls(results: Sequence[Result], floor: Floor | None) -> list[str]:
    """Why the run fails, one line each; empty when it passes. ``None``: only what must never be."""
    lines = [f"{kind.replace('_', ' ')}: {count}" for kind, count in forbidden(results).items() if count]
    if others := confused(confusion(results)):
        lines.append(f"provisions of another agreement cited: {others}")
    measured = rates(results)
    for name, least in floor.at_least.items() if floor else ():
        value = measured[name].value
        if value is None or value < least:
            lines.append(f"{name} is {'not measured' if value is None else f'{value:.3f}'}, under {least:g}")
    return lines
