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
from evals.grounding.sentences import PARTS, Labelled, read_sentences

FLOOR = Path(__file__).with_name("floor.toml")


@dataclass(slots=True)
class Part:
    """Counts for one part of the set: sentences that pass, of all, by label; mutants of the right ones.

    ``right`` are those that stay near to their support, ``freer`` those that are right in their own words.
    """

    right: int = 0
    right_passed: int = 0
    freer: int = 0
    freer_passed: int = 0
    wrong: int = 0
    wrong_passed: int = 0
    mutants: int = 0
    mutants_passed: int = 0

    @property
    def precision(self) -> float:
        """Of the sentences let through, the share that is right."""
        right = self.right_passed + self.freer_passed
        passed = right + self.wrong_passed
        return right / passed if passed else 1.0

    @property
    def recall(self) -> float:
        """Of the right sentences, the share let through."""
        right = self.right + self.freer
        return (self.right_passed + self.freer_passed) / right if right else 1.0


@dataclass(slots=True)
class Measured:
    parts: dict[str, Part] = field(default_factory=lambda: {name: Part() for name in PARTS})
    mistakes: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def measure(documents: Mapping[str, Document]) -> Measured:
    """Judge every labelled sentence and every mutant of a right one."""
    ground, measured = Ground(documents, authorities()), Measured()
    for labelled in read_sentences(documents):
        part = measured.parts[labelled.part]
        started = time.perf_counter()
        found = ground.check_draft(labelled.claim, labelled.day, labelled.computed)
        measured.milliseconds.append((time.perf_counter() - started) * 1000)
        name = f"{labelled.support} {labelled.claim.text}"
        if labelled.fault:
            part.wrong += 1
            part.wrong_passed += not found
            measured.mistakes += [] if found else [f"let through ({labelled.fault}): {name}"]
        else:
            if labelled.freer:
                part.freer += 1
                part.freer_passed += not found
            else:
                part.right += 1
                part.right_passed += not found
            how = "freer, thrown away" if labelled.freer else "thrown away"
            measured.mistakes += [f"{how}: {name}\n    {f.fault}" for f in found[:1]]
            for kind, passed in _mutants(ground, labelled):
                part.mutants += 1
                part.mutants_passed += bool(passed)
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
    lines = ["part           right passed  freer passed  wrong passed  precision  recall  mutants passed"]
    for name, part in measured.parts.items():
        lines.append(
            f"{name:<14} {part.right_passed:>5} of {part.right:<5} {part.freer_passed:>4} of {part.freer:<5}"
            f" {part.wrong_passed:>4} of {part.wrong:<5}"
            f" {part.precision:>9.3f} {part.recall:>7.3f} {part.mutants_passed:>5} of {part.mutants}"
        )
    slow = quantiles(measured.milliseconds, n=20)[-1]
    lines.append(f"a claim: median {median(measured.milliseconds):.1f} ms, 95 of 100 within {slow:.1f} ms")
    return lines


def read_floor(path: Path = FLOOR) -> dict[str, dict[str, int]]:
    """The most that may go wrong in each part: right thrown away, wrong and mutants let through."""
    return tomllib.loads(path.read_text("utf-8"))


def shortfalls(measured: Measured, floor: Mapping[str, Mapping[str, int]]) -> list[str]:
    """One line for each figure that is worse than its floor."""
    lines = []
    for name, part in measured.parts.items():
        found = {
            "right_thrown_away": part.right - part.right_passed,
            "freer_thrown_away": part.freer - part.freer_passed,
            "wrong_let_through": part.wrong_passed,
            "mutants_let_through": part.mutants_passed,
        }
        lines += [
            f"{name}: {key} is {value}, at most {floor[name].get(key, 0)}"
            for key, value in found.items()
            if value > floor[name].get(key, 0)
        ]
    return lines
