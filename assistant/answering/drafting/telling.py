"""Whether a sentence tells a source: its numbers, its limits and names, and enough of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.answering.measures import measure
from assistant.answering.question import without_citations
from assistant.answering.reply import Claim

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


def tells(claim: Claim, slots: Mapping[str, str], telling: str) -> bool:
    """Whether the words say so much of the source that it need not stand in our own words too."""
    words = set(_WORD.findall(_said(claim).lower()))
    share = len(words & set(_WORD.findall(telling.lower()))) / len(words) if words else 1.0
    return share >= ENOUGH and not any(numbers(claim, slots, telling))


def keeps(claim: Claim, slots: Mapping[str, str], telling: str) -> bool:
    """Whether the words could stand alone for the source: nothing is lost, and none of it has to be added."""
    return tells(claim, slots, telling) and not any(limits(claim, telling))


def _said(claim: Claim) -> str:
    """The restatement alone; the words of the law that it rests on may say more than it needs."""
    return claim.quotes[-1].text


def numbers(claim: Claim, slots: Mapping[str, str], telling: str) -> Iterator[str]:
    said, held = measure(without_citations(telling)), measure(without_citations(_said(claim)))
    yield from (f"the period of {number} {unit}" for number, unit in sorted(held.periods - said.periods))
    yield from (f"the amount of ${value}" for value in sorted(held.amounts - said.amounts))
    yield from (f"the share of {value} percent" for value in sorted(held.percents - said.percents))
    yield from (f"'{which}' of two" for which in sorted(held.compare - said.compare))
    for name, words in slots.items():
        if "-date-" in name and words in _said(claim) and words not in telling:
            yield f"the date in {{{{{name}}}}}"


def limits(claim: Claim, telling: str) -> Iterator[str]:
    for name in sorted({found[0] for found in _NAMES.finditer(_said(claim))}):
        if name[:5] not in telling:
            yield f"the name {name}"
    for what, pattern in _LIMITS.items():
        if pattern.search(_said(claim)) and not pattern.search(telling):
            yield what
