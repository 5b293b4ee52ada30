"""Whether a sentence says no more than its support, as far as its words and their order show.

Every check is one-sided: it names what the sentence has and the support has not. `faults` runs
them all. See the package's docstring for what they cannot see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.answering.grounding.added import cited, coverage, dates, measures
from assistant.answering.grounding.aligned import aligned
from assistant.answering.grounding.denied import affirmed, contradicted, double, forms, polarity, shadows
from assistant.answering.grounding.duties import actors, authority, modality, places
from assistant.answering.grounding.exchanged import exchanged
from assistant.answering.grounding.marks import read
from assistant.answering.grounding.omitted import (
    alternatives,
    dropped,
    edition,
    limits,
    persons,
    ruled,
    widened,
)
from assistant.answering.grounding.relations import attached, connectives, directions, order, sides, triggers
from assistant.answering.grounding.support import MISTAKE, Marks, Support
from assistant.answering.grounding.together import bindings, crossed, listed_twice, paired


def faults(text: str, support: Support) -> list[str]:
    """Everything that the sentence says and its support does not, each once."""
    mistaken = MISTAKE.match(text)
    said = read(text)
    if mistaken:
        wrong = Support(support.aside, support.cited)
        if not support.aside or any(fault for check in _CHECKS for fault in check(read(mistaken[0]), wrong)):
            return [f"that it is a mistake has no support: {mistaken[0].strip()}"]
        said = read(text[mistaken.end() :])
    found = (fault for check in _CHECKS for fault in check(said, support))
    return list(dict.fromkeys(found))


_CHECKS: tuple[Callable[[Marks, Support], Iterator[str]], ...] = (
    coverage,
    measures,
    cited,
    dates,
    triggers,
    modality,
    authority,
    polarity,
    connectives,
    actors,
    places,
    double,
    affirmed,
    order,
    dropped,
    alternatives,
    edition,
    limits,
    ruled,
    widened,
    persons,
    bindings,
    crossed,
    paired,
    listed_twice,
    exchanged,
    aligned,
    forms,
    shadows,
    contradicted,
    attached,
    directions,
    sides,
)
