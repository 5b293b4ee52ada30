"""What a draft may not lose: the conclusion first and whole, and every source said at least once.

A sentence can be true and still be the wrong answer by what it leaves out. Whatever source is told is
told with its exceptions, conditions, bounds and agreements, and the conclusion with its numbers too; a
supporting source that the draft tells in part, or not at all, stays in the answer in our own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.drafting.pack import Pack, Source
from assistant.answering.drafting.telling import limits, numbers, tells
from assistant.answering.reply import Claim, Finding

#: A sentence with the sources it names.
Told = tuple[Claim, Sequence[Source]]


def lost(told: Sequence[Told], pack: Pack) -> list[Finding]:
    """What the draft loses that no sentence of ours beside it could mend."""
    if not told:
        return []
    found = []
    first, named = told[0]
    if pack.leads and pack.sources[0] not in named:
        found.append(Finding(first.text, f"the first sentence does not rest on {pack.sources[0].id}"))
    for number, source in enumerate(pack.sources):
        telling = _telling(source, told)
        conclusion = pack.leads and number == 0
        if telling:
            missing = list(numbers(source.claim, source.slots, telling)) if conclusion else []
            missing += limits(source.claim, telling)
            found += [Finding(telling, f"{source.id} loses {what}") for what in missing]
    return found


def kept(told: Sequence[Told], pack: Pack, opening: str) -> list[Claim]:
    """The claims of the answer: the engine's lines, the draft, and each source that it leaves out.

    ``opening`` (``No. ``) is the verdict of the composed conclusion, which no model gives.
    """
    drafted = [claim for claim, _ in told]
    if pack.leads and opening:
        drafted[0] = replace(drafted[0], text=f"{opening}{drafted[0].text}")
    untold = [
        source.claim
        for source in pack.sources[pack.leads :]
        if not tells(source.claim, source.slots, _telling(source, told))
    ]
    return [*pack.lines, *drafted, *untold]


def opening(claim: Claim) -> str:
    """The verdict before a composed conclusion, or nothing."""
    return "No. " if claim.text.startswith("No. ") else "Yes. " if claim.text.startswith("Yes. ") else ""


def _telling(source: Source, told: Sequence[Told]) -> str:
    return " ".join(claim.text for claim, named in told if source in named)
