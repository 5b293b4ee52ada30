"""What a draft may not lose: the conclusion first and whole, and every source said at least once.

A sentence can be true and still be the wrong answer by what it leaves out. Whatever source is told is
told with its exceptions, conditions, bounds and agreements, and the conclusion with its numbers too; a
supporting source that the draft tells in part, or not at all, stays in the answer in our own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.drafting.pack import Pack, Source
from assistant.answering.measures import measure
from assistant.answering.question import without_citations
from assistant.answering.reply import Claim, Finding

#: A sentence with the sources it names.
Told = tuple[Claim, Sequence[Source]]

NEGATION = re.compile(r"\b(?:not|no|never|nor|neither|none|cannot|without|mistake)\b", re.I)
#: Words that limit what is said. Whoever tells a source with one of a kind tells one of that kind.
_LIMITS = {
    "its exception": re.compile(
        r"\b(?:except\w*|unless|other than|excluding|apart from|but|however|save|without)\b", re.I
    ),
    "its condition": re.compile(
        r"\b(?:if|when|where|provided|only|upon|in case|subject to|whichever|once)\b", re.I
    ),
    "its lower bound": re.compile(r"\b(?:at least|not less than|no less than|minimum|or longer)\b", re.I),
    "its upper bound": re.compile(
        r"\b(?:at most|not (?:to )?(?:exceed|more than)|no more than|maximum|up to|exceed\w*|ceiling"
        r"|limit\w*)\b",
        re.I,
    ),
    "its negation": NEGATION,
    "its reserve": re.compile(
        r"\b(?:infer\w*|excerpt|public (?:copy|page)|according to|unverified|not established)\b", re.I
    ),
}
_NAMES = re.compile(
    r"\b(?:USMCA|NAFTA|CAFTA|Chile\w*|Peru\w*|PTPA|Korea\w*|KFTA|KORUS|UKFTA|Colombia\w*|CTPA|Panama\w*|Canad\w+"
    r"|Mexic\w+|Costa Rica\w*|Dominican|El Salvador|Guatemala\w*|Hondur\w+|Nicaragua\w*)\b"
)
_WORD = re.compile(r"[a-z]{4,}")
#: A supporting source is told when at least this share of its longer words is.
ENOUGH = 0.5


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
            missing = [*(_numbers(source, telling) if conclusion else ()), *_limits(source, telling)]
            found += [Finding(telling, f"{source.id} loses {what}") for what in missing]
    return found


def kept(told: Sequence[Told], pack: Pack, opening: str) -> list[Claim]:
    """The claims of the answer: the engine's lines, the draft, and each source that it leaves out.

    ``opening`` (``No. ``) is the verdict of the composed conclusion, which no model gives.
    """
    drafted = [claim for claim, _ in told]
    if pack.leads and opening:
        drafted[0] = replace(drafted[0], text=f"{opening}{drafted[0].text}")
    untold = [source.claim for source in pack.sources[pack.leads :] if not _is_told(source, told)]
    return [*pack.lines, *drafted, *untold]


def opening(claim: Claim) -> str:
    """The verdict before a composed conclusion, or nothing."""
    return "No. " if claim.text.startswith("No. ") else "Yes. " if claim.text.startswith("Yes. ") else ""


def _telling(source: Source, told: Sequence[Told]) -> str:
    return " ".join(claim.text for claim, named in told if source in named)


def _is_told(source: Source, told: Sequence[Told]) -> bool:
    telling = _telling(source, told)
    words = set(_WORD.findall(_said(source).lower()))
    share = len(words & set(_WORD.findall(telling.lower()))) / len(words) if words else 1.0
    return share >= ENOUGH and not any(_numbers(source, telling))


def _said(source: Source) -> str:
    """The restatement alone; the words of the law that it rests on may say more than it needs."""
    return source.claim.quotes[-1].text


def _numbers(source: Source, telling: str) -> Iterator[str]:
    said, held = measure(without_citations(telling)), measure(without_citations(_said(source)))
    yield from (f"the period of {number} {unit}" for number, unit in sorted(held.periods - said.periods))
    yield from (f"the amount of ${value}" for value in sorted(held.amounts - said.amounts))
    yield from (f"the share of {value} percent" for value in sorted(held.percents - said.percents))
    yield from (f"'{which}' of two" for which in sorted(held.compare - said.compare))
    for name, words in source.slots.items():
        if "-date-" in name and words in _said(source) and words not in telling:
            yield f"the date in {{{{{name}}}}}"


def _limits(source: Source, telling: str) -> Iterator[str]:
    for name in sorted({found[0] for found in _NAMES.finditer(_said(source))}):
        if name[:5] not in telling:
            yield f"the name {name}"
    for what, pattern in _LIMITS.items():
        if pattern.search(_said(source)) and not pattern.search(telling):
            yield what
