"""The figures as a person reads them, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.answering.reply import Reply
from evals import study
from evals.figures import AGREEMENTS, confusion, forbidden, kinds, splits
from evals.gate import Baseline, Floor, faults, figures
from evals.intervals import Mean, Rate
from evals.run import Result


def table(results: Sequence[Result], floor: Floor | None) -> str:
    """Every figure with its interval and its floor, by split and kind, then what must never be."""
    bounds = _bounds(floor)
    lines = [f"{'figure':24}{'':>9}{'':>12}   {'95 % interval':18}floor"]
    lines += [
        _row(name.replace("_", " "), figure, bounds.get(name, ""))
        for name, figure in figures(results).items()
        if figure.total
    ]
    for title, each in (("cases right, by split", splits(results)), ("cases right, by kind", kinds(results))):
        lines += ["", title, *(_row(f"  {name.replace('_', ' ')}", rate) for name, rate in each.items())]
    lines += ["", *_study(results)]
    lines += ["", "what must never be"]
    lines += [f"  {kind.replace('_', ' '):22}{count:>9}" for kind, count in forbidden(results).items()]
    if any(result.case.agreement for result in results):
        lines += ["", *_matrix(results)]
    return "\n".join(lines)


def _bounds(floor: Floor | None) -> dict[str, str]:
    if floor is None:
        return {}
    least = {name: f"{bound:.2f}" for name, bound in floor.at_least.items()}
    return least | {name: f"{bound:.2f} at most" for name, bound in floor.at_most.items()}


def _row(name: str, figure: Rate | Mean, bound: str = "") -> str:
    value = figure.value
    assert value is not None
    low, high = figure.interval
    of = f"{figure.hits}/{figure.total}" if isinstance(figure, Rate) else f"of {figure.total}"
    if name.endswith(" ms"):
        return f"{name:24}{value:>9.1f}{of:>12}   {f'{low:.1f} to {high:.1f}':18}{bound}".rstrip()
    return f"{name:24}{value:>9.3f}{of:>12}   {f'{low:.3f} to {high:.3f}':18}{bound}".rstrip()


def _study(results: Iterable[Result]) -> list[str]:
    """Rows: is it right. Columns: does what it cites support it."""
    lines = ["replies, correct (rows) and grounded (columns)"]
    lines.append(f"  {'':10}" + "".join(f"{name:>13}" for name in study.GROUNDEDNESS))
    for name, row in study.table(results).items():
        lines.append(f"  {name:10}" + "".join(f"{row[each] or '·':>13}" for each in study.GROUNDEDNESS))
    return lines


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
        f"{result.case.id} [{result.case.kind}] {short(result.case.question)} — "
        + "; ".join(short(str(finding)) for finding in result.findings)
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


def short(text: str) -> str:
    """One line, cut where it grows long."""
    line = " ".join(text.split())
    return line if len(line) <= 110 else f"{line[:109]}…"


def as_json(results: Sequence[Result], floor: Floor | None, baseline: Baseline | None) -> dict[str, Any]:
    """Everything the table says, and every case with its findings."""
    found = faults(results, floor, baseline)
    return {
        "passed": not found,
        "faults": list(found),
        "figures": _figures(figures(results)),
        "splits": _figures(splits(results)),
        "kinds": _figures(kinds(results)),
        "forbidden": forbidden(results),
        "study": {row: dict(counts) for row, counts in study.table(results).items()},
        "confusion": {asked: dict(row) for asked, row in confusion(results).items()},
        "cases": [
            {
                "id": result.case.id,
                "kind": result.case.kind,
                "splits": list(result.case.splits),
                "right": result.right,
                "outcome": result.reply.outcome if result.reply else None,
                "correctness": study.correctness(result),
                "groundedness": study.groundedness(result),
                "retrieved": list(result.retrieved),
                "findings": [{"kind": f.kind, "detail": f.detail} for f in result.findings],
                "ms": round(result.milliseconds, 3),
            }
            for result in results
        ],
    }


def _figures(named: Mapping[str, Rate | Mean]) -> dict[str, dict[str, Any]]:
    """Each with its value, of how many, and its interval; a figure of nothing has neither."""
    return {
        name: {
            "value": figure.value,
            **({"hits": figure.hits} if isinstance(figure, Rate) else {}),
            "total": figure.total,
            "interval": list(figure.interval) if figure.total else None,
        }
        for name, figure in named.items()
    }
