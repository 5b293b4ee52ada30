"""The marks that show a model what it may leave out of a source, ⟦…⟧, and what it may move, «…»."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from assistant.answering.drafting.telling import keeps
from assistant.answering.grounding import Ground
from assistant.answering.grounding.leeway import Leeway, Span, leeway
from assistant.answering.reply import Claim

LEAVE, MOVE = ("⟦", "⟧"), ("«", "»")
_MARKS = str.maketrans("", "", "".join((*LEAVE, *MOVE)))
#: Statements of which the marks are remembered; a corpus has about a thousand.
_REMEMBERED = 4_096


class Marker:
    """Asks `Ground` once for each statement and day: what is marked passes `check_draft` and `keeps`."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._known: dict[tuple[Claim, date], Leeway] = {}

    def leeway(self, claim: Claim, day: date, slots: Mapping[str, str], whole: tuple[Span, ...]) -> Leeway:
        """What may be done to the restatement that a claim rests on, which is its last quote."""
        key = (claim, day)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = leeway(
                claim.quotes[-1].text,
                whole,
                lambda text: (
                    keeps(claim, slots, text) and not self._ground.check_draft(replace(claim, text=text), day)
                ),
            )
        return self._known[key]


def inserted(found: Leeway) -> list[tuple[int, str]]:
    """Each mark with its place, in the order in which they are written."""
    spans = [(*span, LEAVE) for span in found.leave] + [(*span, MOVE) for span in found.move]
    opens = [(start, 1, start - end, mark[0]) for start, end, mark in spans]
    closes = [(end, 0, -start, mark[1]) for start, end, mark in spans]
    return [(place, mark) for place, _, _, mark in sorted([*opens, *closes])]


def unmarked(text: str) -> str:
    """The words without marks: a model may send them back, and no text of the corpus has one."""
    return text.translate(_MARKS)
