"""What each part is worth: the cases that stand alone, put to the program without it.

Each variant is compared with the whole program case by case: how many it gained and lost (McNemar's
exact test), and the difference in the share that is right (paired bootstrap, 95 %).
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answering.chain import Answering
from assistant.answering.evidence import Evidence, Weights
from assistant.errors import AssistantError, UsageError
from assistant.search.searcher import Legs, Searcher
from assistant.settings import Settings
from evals.cases import Case, load_cases
from evals.figures import forbidden
from evals.gate import figures
from evals.intervals import DRAWS, SEED, Rate
from evals.run import Result, run
from evals.sabotages.search import no_asked, no_silence, no_spelling
from evals.sabotages.spoil import Sabotage
from evals.sabotages.workshop import HONEST, Workshop

#: What search found; every other weight is of what the words name and what a statement says of itself.
_SEARCH = ("cosine", "asked", "lexical", "coverage", "phrase", "cited")


def _by_search_alone(reader: Any, triage: Any, language: Any, searcher: Searcher, *rest: Any) -> Answering:
    """The evidence is what search found: no subject, role, agreement or kind of question counts."""
    made = Answering(reader, triage, language, searcher, *rest)
    nothing = {field.name: 0.0 for field in fields(Weights) if field.name not in _SEARCH}
    made._evidence = Evidence(searcher.passages, Weights(**nothing))
    return made


WITHOUT = (
    Sabotage(name="citation look-up", says="", legs=Legs(citation=False)),
    Sabotage(name="BM25", says="", legs=Legs(lexical=False)),
    Sabotage(name="embeddings", says="", legs=Legs(dense=False)),
    Sabotage(name="BM25 and citation look-up", says="", legs=Legs(citation=False, lexical=False)),
    Sabotage(name="embeddings and citation look-up", says="", legs=Legs(citation=False, dense=False)),
    Sabotage(name="agreement router", says="", legs=Legs(router=False)),
    Sabotage(name="in-force filter", says="", legs=Legs(in_force=False)),
    Sabotage(name="asked questions", says="", corpus=no_asked),
    Sabotage(name="evidence but search's own", says="", make=_by_search_alone),
    Sabotage(name="statements of silence", says="", corpus=no_silence),
    Sabotage(name="spelling", says="", make=no_spelling),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A variant beside the whole program; ``None`` where it is the whole program."""

    name: str
    results: Sequence[Result]
    whole: Sequence[Result]

    @property
    def right(self) -> Rate:
        return Rate(sum(result.right for result in self.results), len(self.results))

    @property
    def moved(self) -> tuple[int, int]:
        """Cases gained, cases lost."""
        pairs = [(b.right, a.right) for b, a in zip(self.whole, self.results, strict=True)]
        return pairs.count((False, True)), pairs.count((True, False))

    @property
    def difference(self) -> tuple[float, float, float]:
        """In the share right, with its interval: the same cases drawn again for both."""
        each = np.array(
            [float(a.right) - float(b.right) for b, a in zip(self.whole, self.results, strict=True)]
        )
        drawn = np.random.default_rng(SEED).choice(each, (DRAWS, len(each))).mean(axis=1)
        low, high = np.percentile(drawn, [2.5, 97.5])
        return float(each.mean()), float(low), float(high)

    @property
    def chance(self) -> float:
        """How likely so uneven a split of the cases that moved is, if the part were worth nothing."""
        return mcnemar(*self.moved)


def mcnemar(gained: int, lost: int) -> float:
    """The exact two-sided probability, by the binomial of one half."""
    moved = gained + lost
    tail = sum(math.comb(moved, k) for k in range(min(gained, lost) + 1))
    return min(1.0, 2 * tail / (1 << moved))


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when the table is made, 2 for bad usage or a missing index."""
    parser = argparse.ArgumentParser(prog="python -m evals.ablation", description=__doc__)
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the table as Markdown")
    options = parser.parse_args(arguments)
    try:
        if options.markdown and not options.markdown.resolve().parent.is_dir():
            raise UsageError(f"{options.markdown} cannot be written: there is no such folder")
        started = time.perf_counter()
        rows = ablated(Workshop(Settings.from_environment(os.environ)), load_cases())
        print(
            f"\n{len(rows[0].results)} questions, {len(rows)} times, in {time.perf_counter() - started:.0f} s"
        )
        if options.markdown:
            options.markdown.write_text(markdown(rows), "utf-8")
        return 0
    except AssistantError as error:
        print(f"evals.ablation: {' '.join(str(error).split())}", file=sys.stderr)
        return 2


def ablated(workshop: Workshop, cases: Sequence[Case], without: Sequence[Sabotage] = WITHOUT) -> list[Row]:
    """The whole program, then it without each part; told as it goes."""
    print(
        f"{'without':33}{'right':>12} {'95 %':>15}{'difference':>11} {'95 %':>17}{'+':>4}{'-':>5}{'p':>10}",
        end="",
    )
    print(f"{'cited':>8}{'recall@5':>9}{'MRR':>7}{'wrong':>7}{'never':>6}")
    rows: list[Row] = []
    for part in (HONEST, *without):
        with workshop.assistant(part) as assistant:
            results = list(run(assistant, cases))
        name = part.name if rows else "nothing: the whole program"
        rows.append(Row(name, results, rows[0].results if rows else results))
        print(_line(rows[-1]), flush=True)
    return rows


def _numbers(row: Row) -> tuple[float, float, float, int, int]:
    """Citation recall, recall at 5, MRR at 10, wrong statements, all that must never be."""
    values = {name: figure.value or 0.0 for name, figure in figures(row.results).items()}
    never = forbidden(row.results)
    return (
        values["citation_recall"],
        values["recall_at_5"],
        values["mrr_10"],
        never["wrong_statement"],
        sum(never.values()),
    )


def _line(row: Row) -> str:
    right, (low, high) = row.right, row.right.interval
    change, least, most = row.difference
    cited, recall, mrr, wrong, never = _numbers(row)
    gained, lost = row.moved
    return (
        f"{row.name:33}{right.hits:>6}/{right.total:<5} {f'{low:.3f} to {high:.3f}':>15}{change:>+11.3f}"
        f" {f'{least:+.3f} to {most:+.3f}':>17}{gained:>4}{lost:>5}{_shown(row.chance):>10}"
        f"{cited:>8.3f}{recall:>9.3f}{mrr:>7.3f}{wrong:>7}{never:>6}"
    )


def markdown(rows: Sequence[Row]) -> str:
    """The table as it is kept in the docs."""
    lines = [
        "| without | cases right | 95 % | difference | 95 % | gained | lost | p | citation recall"
        " | recall@5 | MRR@10 | wrong statements | must never be |",
        "|---|--:|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        right, (low, high) = row.right, row.right.interval
        change, least, most = row.difference
        gained, lost = row.moved
        cited, recall, mrr, wrong, never = _numbers(row)
        beside = (
            f"{change:+.3f} | {least:+.3f} to {most:+.3f} | {gained} | {lost} | {_shown(row.chance)}"
            if row is not rows[0]
            else "| | | |"
        )
        lines.append(
            f"| {row.name} | {right.hits}/{right.total} | {low:.3f} to {high:.3f} | {beside} | {cited:.3f}"
            f" | {recall:.3f} | {mrr:.3f} | {wrong} | {never} |"
        )
    return "\n".join(lines) + "\n"


def _shown(chance: float) -> str:
    return "< 0.001" if chance < 0.001 else f"{chance:.3f}"


if __name__ == "__main__":
    sys.exit(main())
