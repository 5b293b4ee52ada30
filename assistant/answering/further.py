"""What a follow-up wants: more, and not the conclusion that led an earlier reply.

"Right away?" after "certification may be removed for …" asks when, and the sentence that has just been
read is the nearest to its words once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.evidence import Scored

#: What a statement's score loses once it has led: less than lies between an answer and a neighbour.
LED = 0.8


def further(scored: Sequence[Scored], history: Sequence[tuple[str, str]]) -> list[Scored]:
    """The statements for a follow-up, those that led an earlier reply behind what is about as near.

    ``history`` holds (role, content) turns; a reply's first block is its conclusion.
    """
    led = [content.split("\n\n", 1)[0] for role, content in history if role == "assistant"]
    lowered = [
        replace(item, score=item.score - LED * any(item.ranked.passage.text in words for words in led))
        for item in scored
    ]
    return sorted(lowered, key=lambda item: -item.score)


def of_kind(scored: Sequence[Scored], cues: frozenset[str]) -> list[Scored]:
    """The statements with those of the kind of authority that is asked for first: "which regulation?"."""
    kind = "cfr" if "of_regulations" in cues else "usc" if "of_statutes" in cues else ""
    raised = [
        replace(item, score=item.score + LED * (item.ranked.passage.citation.kind == kind)) for item in scored
    ]
    return sorted(raised, key=lambda item: -item.score)


def together(lists: Sequence[Sequence[Scored]]) -> list[Scored]:
    """The statements that several wordings of one question found, by what they are worth on average.

    A name of the subject that leads away costs a statement as much as one that leads to it helps.
    """
    found: dict[str, list[Scored]] = {}
    for item in (item for scored in lists for item in scored):
        found.setdefault(item.statement.id, []).append(item)
    best = [
        replace(max(items, key=lambda item: item.score), score=sum(item.score for item in items) / len(items))
        for items in found.values()
    ]
    return sorted(best, key=lambda item: (-item.score, item.statement.id))
