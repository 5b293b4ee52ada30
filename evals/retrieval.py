"""Search by itself: recall, reciprocal rank and nDCG of the passages a Reply lists, by ir-measures.

A document of the measure is a gold citation, not a passage: the first passage that meets one
finds it, and a later one that meets it again finds nothing new. Only cases that ask one question
count, and of these the ones that `scorers.retrieved` judges; a message of several questions lists the
passages of each in turn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ir_measures
from ir_measures import RR, R, nDCG

from evals.run import Result
from evals.scorers import met

#: The names of the figures, and the measures of the library.
MEASURES = {
    "recall_1": R @ 1,
    "recall_3": R @ 3,
    "recall_10": R @ 10,
    "mrr_10": RR @ 10,
    "ndcg_10": nDCG @ 10,
}


def retrieval(results: Iterable[Result]) -> dict[str, tuple[float, ...]]:
    """Every measure, one value a case."""
    measured = [result for result in results if result.retrieved and result.case.questions == 1]
    if not measured:
        return dict.fromkeys(MEASURES, ())
    wanted = [
        ir_measures.Qrel(result.case.id, f"gold {number}", 1)
        for result in measured
        for number in range(len(result.case.gold))
    ]
    ranked = [
        ir_measures.ScoredDoc(result.case.id, name, -float(place))
        for result in measured
        for place, name in enumerate(_ranked(result))
    ]
    names = {measure: name for name, measure in MEASURES.items()}
    values: dict[str, list[float]] = {name: [] for name in MEASURES}
    for found in ir_measures.iter_calc(list(names), wanted, ranked):
        values[names[found.measure]].append(found.value)
    return {name: tuple(each) for name, each in values.items()}


def _ranked(result: Result) -> Iterator[str]:
    """The passages in order, each by the gold citation that it is the first to meet, if any.

    A case that errored has one passage that is nothing, so that it counts as not found.
    """
    left = dict(enumerate(result.case.gold))
    for place, hit in enumerate(result.reply.passages if result.reply else ()):
        number = next((number for number, unit in left.items() if met(unit, [hit.citation])), None)
        if number is None:
            yield f"other {place}"
        else:
            del left[number]
            yield f"gold {number}"
    if not (result.reply and result.reply.passages):
        yield "other"
