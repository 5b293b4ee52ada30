"""The figures of the labelled sentences: what passes, what is held back, and how long it takes."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles

from assistant.answering.computing import authorities
from assistant.answering.grounding import Ground
from assistant.law import Document
from evals.grounding.mutations import mutations
from evals.grounding.sentences import Labelled, read_sentences

FLOOR = Path(__file__).with_name("floor.toml")


@dataclass(slots=True)
class Half:
    """Counts for one half: sentences that pass, of all, by label; and mutants of the right ones."""

    right: int = 0
    right_passed: int = 0
    wrong: int = 0
    wrong_passed: int = 0
    mutants: int = 0
    mutants_passed: int = 0

    @property
    def precision(self) -> float:
        """Of the sentences let through, the share that is right."""
        passed = self.right_passed + self.wrong_passed
        return self.right_passed / passed if passed else 1.0

    @property
    def recall(self) -> float:
        """Of the right sentences, the share let through."""
        return self.right_passed / self.right if self.right else 1.0


@dataclass(slots=True)
class Measured:
    tuned: Half = field(default_factory=Half)
    other: Half = field(default_factory=Half)
    mistakes: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def measure(documents: Mapping[str, Document]) -> Measured:
    """Judge every labelled sentence and every mutant of a right one."""
    ground, measured = Ground(documents, authorities()), Measured()
    for labelled in read_sentences(documents):
        half = measured.tuned if labelled.tuned else measured.other
        started = time.perf_counter()
        found = ground.check_draft(labelled.claim, labelled.day, labelled.computed)
        measured.milliseconds.append((time.perf_counter() - started) * 1000)
        name = f"{labelled.support} {labelled.claim.text}"
        if labelled.fault:
            half.wrong += 1
            half.wrong_passed += not found
            measured.mistakes += [] if found else [f"let through ({labelled.fault}): {name}"]
        else:
            half.right += 1
            half.right_passed += not found
            measured.mistakes += [f"thrown away: {name}\n    {f.fault}" for f in found[:1]]
            for kind, passed in _mutants(ground, labelled):
                half.mutants += 1
                half.mutants_passed += bool(passed)
                measured.mistakes += (
                    [f"mutant let through ({kind}): {labelled.support} {passed}"] if passed else []
                )
    return measured


def _mutants(ground: Ground, labelled: Labelled) -> Iterator[tuple[str, str]]:
    """(kind, text when it was let through) for each mutant of a right sentence."""
    for kind, text in mutations(labelled.claim.text):
        claim = replace(labelled.claim, text=text)
        yield kind, "" if ground.check_draft(claim, labelled.day, labelled.computed) else text


def figures(measured: Measured) -> list[str]:
    """The table that is printed."""
    lines = ["half        right passed  wrong passed  precision  recall  mutants passed"]
    for name, half in (("developed", measured.tuned), ("measured", measured.other)):
        lines.append(
            f"{name:<11} {half.right_passed:>5} of {half.right:<5} {half.wrong_passed:>4} of {half.wrong:<5}"
            f" {half.precision:>9.3f} {half.recall:>7.3f} {half.mutants_passed:>5} of {half.mutants}"
        )
    slow = quantiles(measured.milliseconds, n=20)[-1]
    lines.append(f"a claim: median {median(measured.milliseconds):.1f} ms, 95 of 100 within {slow:.1f} ms")
    return lines


def read_floor(path: Path = FLOOR) -> dict[str, dict[str, int]]:
    """The most that may go wrong in each half: right thrown away, wrong and mutants let through."""
    return tomllib.loads(path.read_text("utf-8"))


def shortfalls(measured: Measured, floor: Mapping[str, Mapping[str, int]]) -> list[str]:
    """One line for each figure that is worse than its floor."""
    lines = []
    for name, half in (("developed", measured.tuned), ("measured", measured.other)):
        found = {
            "right_thrown_away": half.right - half.right_passed,
            "wrong_let_through": half.wrong_passed,
            "mutants_let_through": half.mutants_passed,
        }
        lines += [
            f"{name}: {key} is {value}, at most {floor[name][key]}"
            for key, value in found.items()
            if value > floor[name][key]
        ]
    return lines
