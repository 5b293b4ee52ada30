"""From a person's message to the facts a maximum penalty is computed from.

A general question about penalties has none; a sum is made only for a failure with a value of its
own, or for a person who wants the figure in dollars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from assistant.answering.facts.words import PenaltyWords, read_words
from assistant.answering.facts.worth import SCALES, count_of, dollars_of, lone_amount, only_amount, values_of
from assistant.answering.question import Question, without_citations
from assistant.law.english import NUMBERS
from assistant.reading.language import plain
from assistant.retention.values import Missing

Culpability = Literal["willful", "negligent"]

_WORD = rf"(?:{'|'.join(NUMBERS)}|hundred|thousand|million)"
_IN_WORDS = re.compile(
    rf"(?<!\d )\b(?P<words>(?:a\s+(?=hundred|thousand|million))?{_WORD}(?:[\s-]+(?:and\s+)?{_WORD})*)"
    r"\s+(?:u\.?s\.?\s+)?(?:dollars|bucks|usd)\b",
    re.IGNORECASE,
)
#: What stands right before a fault that is denied: "nothing on purpose", "nobody did it deliberately".
_DENIED = re.compile(
    r"(?:\b(?:not|never|nothing|nobody|none|no one|without|no|neither|nor|hardly)|n't)"
    r"\s+(?!only\b|just\b|merely\b)(?P<gap>(?:(?!but\b)\w+\s+){0,4})$"
)
#: The subdivisions that are of one fault alone.
_CITED = (
    ("willful", re.compile(r"1509\(g\)\(2\)\(a\)|163\.6\(b\)\(1\)\(i\)(?!\()")),
    ("negligent", re.compile(r"1509\(g\)\(2\)\(b\)|163\.6\(b\)\(1\)\(ii\)")),
)
#: "Willful or negligent" leaves it open, and so does a denial of knowing which.
_EITHER_FAULT = re.compile(r"\s*(?:or|/|vs\.?|versus)\s*(?:it was\s+|just\s+|merely\s+|only\s+|simple\s+)*")
#: "Did not keep them on purpose" may be meant in two ways.
_DUTY = re.compile(
    r"\b(?:keep|kept|maintain|store|retain|produce|provide|retrieve|turn|hand|give|submit|save)"
)
#: Whether the law has a figure or a share is no question of one's own sum.
_EITHER = re.compile(
    r"\bis it\b[^.?!]{0,40}\b(?:figure|amount|sum)\b[^.?!]{0,40}\b(?:percent|percentage|share)\b"
)


@dataclass(frozen=True, slots=True)
class PenaltyFacts:
    """``kind`` is that of ``corpus/rules/penalties.toml``; ``values`` one appraised value a release.

    While ``missing`` is not empty the maximum is not to be computed.
    """

    kind: str
    culpability: Culpability | None = None
    values: tuple[Decimal, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()


def read_penalty(text: str, question: Question) -> PenaltyFacts | None:
    """The facts of a maximum that a message asks to have computed; ``None`` where it asks none.

    A penalty of § 1508(e) or (l) needs no value and no culpability, so it is read only where the
    person wants the figure in dollars.
    """
    words, text = read_words().penalty, in_digits(text)
    told = words.phrases.names(text)
    faulty = "value" in told and bool(told & {"willful", "negligent"}) and "how_long" not in question.facets
    if "forecast" in told or not (told & {"penalty", "figure", "maximum"} or faulty):
        return None
    kind = words.kinds.find(text, _flags(question)) or "entry"
    wants = "figure" in told
    if kind != "entry":
        return PenaltyFacts(kind) if wants else None
    culpability = _culpability(text, words)
    values, notes, unclear = values_of(text, words)
    asked = bool(told & {"penalty", "maximum", "figure"}) or faulty
    if culpability and not values and not unclear and "maximum" in told:
        values, notes, unclear = only_amount(text, words)
    wants = (
        wants
        and not _EITHER.search(plain(text))
        and bool(culpability or unclear or told & {"penalty", "maximum"})
    )
    if not ((values or unclear) and asked) and not (wants and (culpability or unclear or "own" in told)):
        return None
    return PenaltyFacts(kind, culpability, values, tuple(notes), _open(words, culpability, values, unclear))


def more_penalty(text: str, before: PenaltyFacts) -> PenaltyFacts | None:
    """The facts of the same failure as a later message puts them; ``None`` where it tells none.

    An amount needs no word for value beside it: nothing else is asked of a release.
    """
    words, text = read_words().penalty, in_digits(text)
    if before.kind != "entry":
        return None
    culpability = _culpability(text, words)
    values, notes, unclear = values_of(text, words)
    if not values and not unclear:
        values, notes, unclear = lone_amount(text, words)
    releases = count_of(without_citations(plain(text)))
    if releases and not values and len(set(before.values)) == 1:
        values = before.values[:1] * releases
        notes = [
            f"{dollars_of(values[0])} was read as the appraised value of each of the {releases} releases."
        ]
    if culpability is None and not values and not unclear:
        return None
    carried = []
    if culpability is None and before.culpability:
        carried.append(f"the failure was {before.culpability}")
    if not values and not unclear and before.values:
        carried.append(f"appraised at {' and '.join(dollars_of(value) for value in before.values)}")
    if carried:
        notes = [f"Carried over from before: {'; '.join(carried)}.", *notes]
    culpability = culpability or before.culpability
    values = values if values or unclear else before.values
    return PenaltyFacts(
        "entry", culpability, values, tuple(notes), _open(words, culpability, values, unclear)
    )


def _open(
    words: PenaltyWords, culpability: Culpability | None, values: tuple[Decimal, ...], unclear: str
) -> tuple[Missing, ...]:
    missing = []
    if culpability is None:
        missing.append(Missing("culpability", words.culpability))
    if not values:
        missing.append(Missing("appraised_value", f"{unclear} {words.appraised_value}".strip()))
    return tuple(missing)


def _flags(question: Question) -> frozenset[str]:
    agreements = {f"@agreement:{name}" for name in question.agreements}
    return frozenset(agreements | {f"@role:{role}" for role in question.roles})


def _culpability(text: str, words: PenaltyWords) -> Culpability | None:
    """Willful or negligent where one is said; both, or "willful or negligent", leaves it open.

    What was not willful was negligent; what is only said not to be negligent is left open.
    """
    plainly, said = plain(text), set()
    faults = [found for found in words.phrases.find(text) if found.name in ("willful", "negligent")]
    for one, other in pairwise(faults):
        if one.name != other.name and _EITHER_FAULT.fullmatch(plainly, one.end, other.start):
            return None
    for found in faults:
        denied = _DENIED.search(plainly[: found.start])
        if denied and _DUTY.search(denied["gap"]):
            return None
        if not denied:
            said.add(found.name)
        elif found.name == "willful":
            said.add("negligent")
    if not said:
        said = {fault for fault, cited in _CITED if cited.search(plainly)}
    if said == {"willful"}:
        return "willful"
    return "negligent" if said == {"negligent"} else None


def in_digits(text: str) -> str:
    """The text with amounts in words as digits: "one hundred thousand dollars" as "$100000"."""

    def number(match: re.Match[str]) -> str:
        total = part = 0
        for word in re.findall(r"[a-z]+", match["words"].lower()):
            if word in NUMBERS:
                part += NUMBERS[word]
            elif word == "hundred":
                part = (part or 1) * 100
            elif word in SCALES:
                total, part = total + (part or 1) * 10 ** SCALES[word], 0
        return f"${total + part}"

    return _IN_WORDS.sub(number, text)
