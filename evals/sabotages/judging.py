"""Whether the gate is red, and by what.

A sabotage is not put every case: its kinds, and a sample of all. A case that it is not put counts
as the honest run left it, so the gate is judged on everything, and what is red here is red then:
one more case can add a fault and never takes one away.

What the honest run itself fails is set aside on both sides, so that only the sabotage is judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.cases import Case, Conversation
from evals.figures import confused, confusion, forbidden
from evals.findings import FORBIDDEN
from evals.gate import Baseline, Floor, baseline_of, faults, figures
from evals.run import Result
from evals.sabotages.spoil import Asked, Sabotage

#: Of each kind every so many-th case is put to every sabotage.
EVERY = 8


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate said of a sabotage: ``red`` in its own lines, then by what.

    ``refused`` is what the program said when it would not even load.
    """

    sabotage: Sabotage
    put: int = 0
    red: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    never: tuple[tuple[str, int], ...] = ()
    under: tuple[tuple[str, float, float], ...] = ()
    refused: str = ""
    seconds: float = 0.0

    @property
    def caught(self) -> bool:
        return bool(self.red or self.refused)


def chosen(sabotage: Sabotage, asked: Asked) -> Asked:
    """What is put: the kinds that the sabotage names, and a fixed sample of the others."""
    seen: Counter[str] = Counter()
    found = []
    for item in asked:
        kind = item.kind if isinstance(item, Case) else "conversation"
        if kind in sabotage.kinds or (seen[kind] % EVERY == 0 and isinstance(item, Case)):
            found.append(item)
        seen[kind] += 1
    return tuple(found)


class Honest:
    """The run in which nothing is spoilt, as a baseline."""

    def __init__(self, results: Sequence[Result], floor: Floor) -> None:
        self.aside = {result.case.id for result in results if _never(result)}
        self.results = [result for result in results if result.case.id not in self.aside]
        self.baseline: Baseline = baseline_of(self.results)
        self._values = _values(self.results)
        self.floor = Floor(
            {name: least for name, least in floor.at_least.items() if self._values.get(name, -1.0) >= least},
            {name: most for name, most in floor.at_most.items() if self._values.get(name, most + 1) <= most},
        )
        left = faults(self.results, self.floor, self.baseline)
        assert not left, left

    def judge(self, sabotage: Sabotage, put: Sequence[Result], gone: Iterable[str] = ()) -> Verdict:
        """The verdict on what the spoilt program said. ``gone`` are cases that were not asked."""
        new = {result.case.id: result for result in put}
        gone = set(gone)
        merged = [new.get(r.case.id, r) for r in self.results if r.case.id not in gone]
        values = _values(merged)
        counts: dict[str, int] = {
            **{kind.replace("_", " "): count for kind, count in forbidden(merged).items()},
            "another agreement cited": confused(confusion(merged)),
        }
        bounds = {**self.floor.at_least, **self.floor.at_most}
        wrong = {
            *(name for name, least in self.floor.at_least.items() if values.get(name, -1.0) < least),
            *(name for name, most in self.floor.at_most.items() if values.get(name, most + 1) > most),
        }
        return Verdict(
            sabotage,
            put=len(put),
            red=faults(merged, self.floor, self.baseline),
            lost=tuple(r.case.id for r in merged if self.baseline.cases[r.case.id].right and not r.right),
            never=tuple((kind, count) for kind, count in counts.items() if count),
            under=tuple((name, values.get(name, 0.0), bounds[name]) for name in bounds if name in wrong),
        )


def _never(result: Result) -> bool:
    """Whether there is what must never be in a result."""
    others = set(result.agreements) - {result.case.agreement}
    return bool(result.has(*FORBIDDEN) or (result.case.agreement and others))


def _values(results: Sequence[Result]) -> dict[str, float]:
    return {name: figure.value for name, figure in figures(results).items() if figure.value is not None}


def ids(asked: Iterable[Case | Conversation]) -> set[str]:
    """The ids of the cases, those of a conversation turn by turn."""
    return {case.id for item in asked for case in (item.cases if isinstance(item, Conversation) else (item,))}
