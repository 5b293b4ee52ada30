"""What a model is shown that it may do to a source: done to every statement, and put through the whole check.

`python -m evals.grounding --shown` does every single removal and move that is marked, and three combinations
at random of each statement, and drafts them as a model would: with slots, quotes and ids.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.answering.computing import authorities
from assistant.answering.drafting.binding import bind
from assistant.answering.drafting.form import Sentence
from assistant.answering.drafting.keeping import lost
from assistant.answering.drafting.marking import Marker, unmarked
from assistant.answering.drafting.pack import Pack, marks, pack
from assistant.answering.grounding import Ground
from assistant.answering.grounding.leeway import Leeway, Span, moved, without
from assistant.answering.reply import Claim, Quote
from assistant.law import Document

_DAY = date(2026, 11, 22)
_COMBINATIONS = 3


@dataclass(slots=True)
class Shown:
    """Statements in all and with marks; edits tried and passed; those that did not pass."""

    statements: int = 0
    marked: int = 0
    removals: int = 0
    moves: int = 0
    tried: int = 0
    passed: int = 0
    refused: list[str] = field(default_factory=list)


def shown(documents: Mapping[str, Document], every: int = 1) -> Shown:
    """Try what is marked in every ``every``-th statement of the corpus."""
    ground, found, chance = Ground(documents, authorities()), Shown(), random.Random(8)
    marker = Marker(ground)
    for claim in _claims(documents)[::every]:
        material = pack("?", _DAY, [claim], marker)
        source = material.sources[0]
        whole = tuple((start, end) for start, end, _ in marks(claim.text))
        leeway = marker.leeway(claim, _DAY, source.slots, whole)
        found.statements += 1
        found.marked += bool(leeway.leave or leeway.move)
        found.removals += len(leeway.leave)
        found.moves += len(leeway.move)
        for text in dict.fromkeys(_edits(claim.text, leeway, chance)):
            found.tried += 1
            wrong = _judged(text, material, ground)
            found.passed += not wrong
            found.refused += [f"{text}\n    {wrong}"] if wrong else []
    return found


def _claims(documents: Mapping[str, Document]) -> list[Claim]:
    found = []
    for document in documents.values():
        for part in document.provisions:
            if part.statement:
                words = document.text[part.start : part.end]
                quote = Quote(part.citation, document.id, words, part.start, part.end)
                found.append(Claim(words, "digest", (part.citation,), (quote,)))
    return found


def _edits(text: str, leeway: Leeway, chance: random.Random) -> Iterator[str]:
    for span in leeway.leave:
        yield from without(text, [span])
    for span in leeway.move:
        yield from moved(text, span)
    for _ in range(_COMBINATIONS):
        some: list[Span] = [span for span in leeway.leave if chance.random() < 0.6]
        phrases = [span for span in leeway.move if chance.random() < 0.6][:1]
        forms = moved(text, phrases[0], some) if phrases else without(text, some) if some else []
        yield from forms


def _judged(text: str, material: Pack, ground: Ground) -> str:
    """What is found in a draft of this one sentence; empty when it would be used."""
    source = material.sources[0]
    names = {words: name for name, words in source.slots.items()}
    masked, after = [], 0
    for start, end, _ in marks(text):
        masked += [text[after:start], f"{{{{{names.get(text[start:end], '?')}}}}}"]
        after = end
    words = unmarked(source.words[-1])
    sentence = Sentence("".join([*masked, text[after:]]), (source.id,), (words,))
    bound = bind(sentence, material, ground, _DAY)
    if isinstance(bound, list):
        return bound[0].fault
    missing = lost([(bound, [source])], material)
    return missing[0].fault if missing else ""
