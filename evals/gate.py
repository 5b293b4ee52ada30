"""The gate: from results to the reasons why a run fails, and to none when it passes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from assistant.errors import AssistantError
from evals.cases import Case
from evals.figures import confused, confusion, forbidden, means, rates
from evals.intervals import Mean, Rate
from evals.run import Result

FLOOR = Path(__file__).resolve().parent / "floor.toml"
BASELINE = Path(__file__).resolve().parent / "baseline.json"
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The least, and the most, that a figure may be, by its name; see ``floor.toml``."""

    at_least: dict[str, Share]
    at_most: dict[str, Share] = {}


class Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether a case was right, and a fingerprint of the question and the gold it was right by."""

    right: bool
    gold: str


class Baseline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was accepted last: every figure, and every case by its id."""

    figures: dict[str, float]
    cases: dict[str, Stored]


def figures(results: Sequence[Result]) -> dict[str, Rate | Mean]:
    """Every figure by name: the shares, then what is no share."""
    return {**rates(results), **means(results)}


def read_floor(path: Path = FLOOR) -> Floor:
    """The floor, of which every figure must be one that is measured."""
    try:
        floor = msgspec.toml.decode(path.read_bytes(), type=Floor)
    except msgspec.MsgspecError as error:
        raise AssistantError(f"{path.name}: {error}") from None
    unknown = (floor.at_least.keys() | floor.at_most.keys()) - figures(()).keys()
    if unknown:
        raise AssistantError(f"{path.name}: there is no figure {min(unknown)!r}")
    return floor


def read_baseline(path: Path = BASELINE) -> Baseline:
    """What was accepted last."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Baseline)
    except OSError as error:
        raise AssistantError(
            f"{path} cannot be read ({error.strerror}); 'python -m evals --accept' writes the baseline"
        ) from None
    except msgspec.MsgspecError as error:
        raise AssistantError(f"{path} is not a baseline ({error})") from None


def baseline_of(results: Sequence[Result]) -> Baseline:
    """What these results would be as a baseline."""
    values = {name: figure.value for name, figure in figures(results).items()}
    return Baseline(
        {name: round(value, 4) for name, value in values.items() if value is not None},
        {result.case.id: Stored(result.right, fingerprint(result.case)) for result in results},
    )


def write_baseline(baseline: Baseline, path: Path = BASELINE) -> None:
    """One line a figure and one a case, by id, so that a difference reads as one."""
    rows = {id: json.dumps({"right": c.right, "gold": c.gold}) for id, c in sorted(baseline.cases.items())}
    parts = [
        f'"{name}": {{\n' + ",\n".join(f"{json.dumps(key)}: {value}" for key, value in each.items()) + "\n}"
        for name, each in (("figures", baseline.figures), ("cases", rows))
    ]
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


def fingerprint(case: Case) -> str:
    """Eight digits that change when the question or its gold does, so that softer gold is seen."""
    row = {
        name: value
        for name in case.__struct_fields__
        if name not in ("why", "group", "split") and (value := getattr(case, name)) not in (None, ())
    }
    return hashlib.sha256(msgspec.json.encode(row, order="deterministic")).hexdigest()[:8]


def faults(results: Sequence[Result], floor: Floor | None, baseline: Baseline | None) -> tuple[str, ...]:
    """Why the run fails, one line each; none when it passes.

    A ``floor`` means that every case was put: figures are held to it, and a case of the baseline
    that was not put is a fault. Without one, only what must never be and what was right before
    count. A case that errored is what must never be.
    """
    if not results:
        return ("no case was put",)
    return (
        *_never(results),
        *(_under(figures(results), floor) if floor else ()),
        *(_lost(results, baseline) if baseline else ()),
        *(_not_put(results, baseline) if baseline and floor else ()),
    )


def _never(results: Sequence[Result]) -> list[str]:
    """What must never be, with the cases in which it was."""
    lines = []
    for kind, count in forbidden(results).items():
        if count:
            ids = [result.case.id for result in results if result.has(kind)]
            lines.append(f"{kind.replace('_', ' ')}: {count} ({_named(ids)})")
    if others := confused(confusion(results)):
        ids = [
            result.case.id
            for result in results
            if result.case.agreement and set(result.agreements) - {result.case.agreement}
        ]
        lines.append(f"provisions of another agreement cited: {others} ({_named(ids)})")
    return lines


def _under(measured: Mapping[str, Rate | Mean], floor: Floor) -> list[str]:
    lines = []
    for name, least in floor.at_least.items():
        value = measured[name].value
        if value is None or value < least:
            lines.append(f"{name} is {_shown(value)}, under {least:g}")
    for name, most in floor.at_most.items():
        value = measured[name].value
        if value is None or value > most:
            lines.append(f"{name} is {_shown(value)}, over {most:g}")
    return lines


def _lost(results: Iterable[Result], baseline: Baseline) -> list[str]:
    """Cases that were right in the baseline and are not now."""
    return [
        f"{result.case.id} was right and is not: {'; '.join(map(str, result.findings))}"
        for result in results
        if not result.right and result.case.id in baseline.cases and baseline.cases[result.case.id].right
    ]


def _not_put(results: Iterable[Result], baseline: Baseline) -> list[str]:
    """A case that is taken away cannot be lost in silence."""
    put = {result.case.id for result in results}
    return [
        f"{id} was right and is not asked any more"
        for id, stored in baseline.cases.items()
        if stored.right and id not in put
    ]


def _shown(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.3f}"


def _named(ids: Sequence[str]) -> str:
    return ", ".join(ids[:5]) + (f" and {len(ids) - 5} more" if len(ids) > 5 else "")
