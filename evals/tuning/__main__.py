"""``python -m evals.tuning``: teach the default model, and say what it is worth on the evals' questions."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.errors import AssistantError
from assistant.law import Citation
from assistant.search.embeddings import untaught
from assistant.search.passages import cut, embedded
from assistant.search.tuning import LEARNED
from assistant.settings import DEFAULT_MODEL, Settings
from assistant.wiring import held_documents
from evals.cases import Case, load_cases
from evals.tuning.learn import Learner
from evals.tuning.lessons import read_lessons

SEED = 1


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.tuning", description=__doc__)
    parser.add_argument("--steps", type=int, default=400, metavar="N", help="batches to learn from (400)")
    parser.add_argument("--size", type=int, default=56, metavar="N", help="pairs in a batch (56)")
    parser.add_argument("--out", type=Path, default=LEARNED, metavar="FILE", help="where it is written")
    given = parser.parse_args(argv)
    try:
        documents = held_documents(Settings.from_environment(os.environ))
        cases = [case for case in load_cases() if case.accepted == ("answer",) and not case.computed]
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    lessons = read_lessons(documents)
    learner = Learner(untaught(DEFAULT_MODEL), SEED)
    held = [(passage.citation, embedded(passage)) for passage in cut(documents) if passage.statement]
    print(f"{sum(len(lesson.questions) for lesson in lessons.lessons)} questions of {len(held)} statements")
    print(f"before: {_first(learner, held, cases):.3f} of {len(cases)} questions have their authority first")
    for step, loss in learner.learn(lessons, given.steps, given.size, SEED):
        if step % 20 == 0:
            print(f"step {step} of {given.steps}: loss {loss:.2f}", flush=True)
    print(f"after: {_first(learner, held, cases):.3f}")
    learner.save(given.out)
    print(f"written to {given.out}; run 'python -m assistant index', then 'python -m evals'")
    return 0


def _first(
    learner: Learner, held: Sequence[tuple[Citation, tuple[str, ...]]], cases: Sequence[Case]
) -> float:
    """The share of questions whose nearest vector is one of a statement on a gold citation."""
    texts = [(number, text) for number, (_, stands) in enumerate(held) for text in stands]
    vectors = learner.embed([text for _, text in texts])
    asked = learner.embed([case.question for case in cases])
    nearest = [texts[int(row)][0] for row in np.argmax(asked @ vectors.T, axis=1)]
    hits = (
        any(gold.contains(held[number][0]) for unit in case.gold for gold in unit)
        for case, number in zip(cases, nearest, strict=True)
    )
    return sum(hits) / len(cases)


if __name__ == "__main__":
    sys.exit(main())
