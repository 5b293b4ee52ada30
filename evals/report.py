"""The figures as a person reads them, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.answering.reply import Reply
from evals.figures import (
    AGREEMENTS,
    Floor,
    Rate,
    confusion,
    forbidden,
    kinds,
    latency,
    rates,
    shortfalls,
)
from evals.run import Result


def table(results: Sequence[Result], floor: Floor | None) -> str:
    """Every figure with its interval and its floor, then what must never be, then the matrix."""
    least = floor.at_least if floor else {}
    lines = [f"{'figure':24}{'':>9}{'':>12}   {'95 % interval':16}floor"]
    lines += [
        _row(name.replace("_", " "), rate, least.get(name))
        for name, rate in rates(results).items()
        if rate.total
    ]
    lines += ["", "cases right, by kind"]
    lines += [_row(f"  {kind}", rate) for kind, rate in kinds(results).items()]
    lines += ["", "what must never be"]
    lines += [f"  {kind.replace('_', ' '):22}{count:>9}" for kind, count in forbidden(results).items()]
    if any(result.case.agreement for result in results):
        lines += ["", *_matrix(results)]
    median, most = latency(results)
    lines += ["", f"question to Reply: median {median:.1f} ms, 95 of 100 within {most:.1f} ms"]
    return "\n".join(lines)


def _row(name: str, rate: Rate, least: float | None = None) -> str:
    value = rate.value
    assert value is not None
    low, high = rate.interval
    line = f"{name:24}{value:>9.3f}{f'{rate.hits}/{rate.total}':>12}   {low:.3f} to {high:.3f}"
    if least is None:
        return line
    return f"{line}  {least:.2f} {'ok' if value >= least else 'UNDER'}"


def _matrix(results: Iterable[Result]) -> list[str]:
    """Rows: the agreement asked about. Columns: the agreements whose provisions were cited."""
    columns = (*AGREEMENTS, "none")
    lines = ["agreement asked about (rows), agreements cited (columns)"]
    lines.append(f"  {'':10}" + "".join(f"{name:>11}" for name in columns))
    for asked, row in confusion(results).items():
        lines.append(f"  {asked:10}" + "".join(f"{row[name] or '·':>11}" for name in columns))
    return lines


def failures(results: Iterable[Result]) -> str:
    """One line a case that is not right."""
    return "\n".join(
        f"{result.case.id} [{result.case.kind}] {_short(result.case.question)} — "
        + "; ".join(_short(str(finding)) for finding in result.findings)
        for result in results
        if not result.right
    )


def whole(result: Result) -> str:
    """One case: the question, the reply as a person gets it, what was retrieved, what was found."""
    case, reply = result.case, result.reply
    as_of, today = case.asked_on
    lines = [f"{case.id} [{case.kind}] asked on {today} about the law of {as_of}", case.question, ""]
    if reply:
        lines += [_outcome(reply), reply.text, "", "passages:"]
        lines += [f"  {hit.score:.4f} {hit.citation} ({hit.id})" for hit in reply.passages]
    lines += ["", f"gold: {' or '.join(case.accepted)}, {case.why}"]
    lines += [
        f"  {'retrieved' if hit else 'NOT RETRIEVED'}: {' or '.join(map(str, gold))}"
        for gold, hit in zip(case.gold, result.retrieved, strict=False)
    ]
    lines += ["right" if result.right else "not right:", *(f"  {finding}" for finding in result.findings)]
    return "\n".join(lines)


def _outcome(reply: Reply) -> str:
    parts = [f"outcome: {reply.outcome}"]
    parts += [f"reason: {reply.reason}"] if reply.reason else []
    parts += [f"keep through: {reply.keep_through}"] if reply.keep_through else []
    parts += [f"due by: {reply.due_by}"] if reply.due_by else []
    parts += [f"asks for: {', '.join(m.fact for m in reply.missing)}"] if reply.missing else []
    return " · ".join(parts) + "\n"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 110 else f"{line[:109]}…"


def as_json(results: Sequence[Result], floor: Floor | None) -> dict[str, Any]:
    """Everything the table says, and every case with its findings."""
    median, most = latency(results)
    return {
        "passed": not shortfalls(results, floor),
        "shortfalls": shortfalls(results, floor),
        "rates": {name: _rate(rate) for name, rate in rates(results).items()},
        "kinds": {name: _rate(rate) for name, rate in kinds(results).items()},
        "forbidden": forbidden(results),
        "confusion": {asked: dict(row) for asked, row in confusion(results).items()},
        "latency_ms": {"median": round(median, 3), "p95": round(most, 3)},
        "cases": [
            {
                "id": result.case.id,
                "kind": result.case.kind,
                "right": result.right,
                "outcome": result.reply.outcome if result.reply else None,
                "retrieved": list(result.retrieved),
                "findings": [{"kind": f.kind, "detail": f.detail} for f in result.findings],
                "ms": round(result.milliseconds, 3),
            }
            for result in results
        ],
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {"value": rate.value, "hits": rate.hits, "total": rate.total, "interval": list(rate.interval)}
