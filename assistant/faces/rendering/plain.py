"""A Reply as terminal text: wrapped, and coloured only when the terminal asks for it."""

from __future__ import annotations

import re
import textwrap

from assistant.answering.reply import Reply
from assistant.faces.rendering.pieces import quotes_to_show, steps_of, unaccounted
from assistant.faces.rendering.words import (
    REASONS,
    amount_words,
    clean,
    deadline_words,
)
from assistant.law.english import long_date

_BOLD, _DIM, _CYAN, _YELLOW, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[33m", "\x1b[0m"


def reply_plain(reply: Reply, colour: bool = False, width: int = 88) -> str:
    """The reply's parts in reading order; ``colour`` adds ANSI codes and changes no word.

    Control characters of the question and of documents are dropped: they could steer a terminal.
    """
    page = _Page(colour, max(width, 40))
    if reply.reason:
        page.add(f"{REASONS[reply.reason]}.", style=_YELLOW)
    for number, claim in enumerate(reply.claims):
        page.add(claim.text, style="" if number else _BOLD)
        for quote in quotes_to_show(claim):
            page.add(f"“{quote.text}”", indent="    ", tight=True)
        page.add("; ".join(map(str, claim.citations)), indent="  ", style=_CYAN, tight=True)
    for words in unaccounted(reply):
        page.add(_unmarked(words))
    shown = {citation for claim in reply.claims for citation in claim.citations}
    for deadline in reply.deadlines:
        page.add(f"{deadline_words(deadline)} ({deadline.left})", style=_BOLD)
        if not shown.issuperset(deadline.citations):
            page.add("; ".join(map(str, deadline.citations)), indent="  ", style=_CYAN, tight=True)
    for amount in reply.amounts:
        page.add(", ".join(amount_words(amount)), style=_BOLD)
    for number, step in enumerate(steps_of(reply), 1):
        page.add(step, lead=f"  {number}. ", tight=number > 1)
    for item in reply.missing:
        page.add(item.question, lead="? ", style=_BOLD)
    for number, caveat in enumerate(reply.caveats):
        page.add(caveat, lead="- ", style=_DIM, tight=number > 0)
    if reply.as_of != reply.today:
        page.add(f"The law of {long_date(reply.as_of)}.", style=_DIM)
    return "\n".join(page.lines)


class _Page:
    """Wrapped paragraphs, a blank line before each that is not tight to the one above."""

    def __init__(self, colour: bool, width: int) -> None:
        self.lines: list[str] = []
        self._colour, self._width = colour, width

    def add(
        self, text: str, *, indent: str = "", lead: str = "", style: str = "", tight: bool = False
    ) -> None:
        wrapped = textwrap.wrap(
            " ".join(clean(text).split()),
            self._width,
            initial_indent=indent + lead,
            subsequent_indent=indent + " " * len(lead),
            break_on_hyphens=False,
        )
        if self.lines and not tight:
            self.lines.append("")
        painted = self._colour and style
        self.lines += [f"{style}{line}{_OFF}" if painted else line for line in wrapped]


def _unmarked(text: str) -> str:
    return re.sub(r"\*\*?|^> ?", "", text, flags=re.MULTILINE)
