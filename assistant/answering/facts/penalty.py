"""From a person's message to the facts a maximum penalty is computed from.

A general question about penalties has none; a sum is made only for a failure with a value of its
own, or for a person who wants the figure in dollars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.answering.facts.words import PenaltyWords, read_words
from assistant.answering.measures import measure
from assistant.answering.question import Question, without_citations
from assistant.law.english import NUMBERS
from assistant.reading.language import Found, plain
from assistant.retention.values import Missing

Culpability = Literal["willful", "negligent"]

_MONEY = re.compile(
    r"(?:\$|\busd\s?)\s?\d[\d,]*(?:\.\d+)?(?:\s*(?:k|m|mm|thousand|grand|million|mil)\b)?"
    r"|\b\d[\d,]*(?:\.\d+)?\s*(?:k|thousand|grand|million|mil)?\s*(?:dollars|usd|bucks)\b"
    r"|\b\d[\d,]*(?:\.\d+)?\s?(?:k|grand|million|mil)\b|\b\d{1,3}(?:,\d{3})+(?:\.\d\d?)?\b|\b\d{4,9}(?:\.\d\d)?\b"
)
_SCALES = {"k": 3, "thousand": 3, "grand": 3, "m": 6, "mm": 6, "mil": 6, "million": 6}
_WORD = rf"(?:{'|'.join(NUMBERS)}|hundred|thousand|million)"
_IN_WORDS = re.compile(
    rf"\b(?P<words>(?:a\s+(?=hundred|thousand|million))?{_WORD}(?:[\s-]+(?:and\s+)?{_WORD})*)\s+(?:u\.?s\.?\s+)?(?:dollars|bucks|usd)\b",
    re.IGNORECASE,
)
#: Whether the law has a figure or a share is no question of one's own sum.
_EITHER = re.compile(
    r"\bis it\b[^.?!]{0,40}\b(?:figure|amount|sum)\b[^.?!]{0,40}\b(?:percent|percentage|share)\b"
)
#: An amount that somebody has named for the penalty itself.
_PRICED = re.compile(r"\b(?:settl\w*|offer\w*|paid|pay|fined|capped|bill\w*|assessed|invoice\w*)\b")
_NUMBERS = {word: number for word, number in NUMBERS.items() if number} | {
    "single": 1,
    "both": 2,
    "a couple of": 2,
}
_RELEASES = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?:\w+\s+){{0,2}}?(?:releases?|entries|shipments?)\b"
)
#: The fixed limbs of the law: in a comparison they are no value of goods.
_CAPS = (Decimal(10_000), Decimal(100_000))
#: A value stands at most this many characters from the word that makes it one.
_NEAR = 45


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
    values, notes, unclear = _values(text, words)
    asked = bool(told & {"penalty", "maximum", "figure"}) or faulty
    if culpability and not values and not unclear and "maximum" in told:
        values, notes, unclear = _only_amount(text, words)
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
    values, notes, unclear = _values(text, words)
    amounts = list(_MONEY.finditer(without_citations(plain(text))))
    if not values and not unclear and len(amounts) == 1:
        values, notes, unclear = _values(f"appraised at {amounts[0].group()}", words)
    releases = _releases(without_citations(plain(text)))
    if releases and not values and len(set(before.values)) == 1:
        values = before.values[:1] * releases
        notes = [f"{_dollars(values[0])} was read as the appraised value of each of the {releases} releases."]
    if culpability is None and not values and not unclear:
        return None
    carried = []
    if culpability is None and before.culpability:
        carried.append(f"the failure was {before.culpability}")
    if not values and not unclear and before.values:
        carried.append(f"appraised at {' and '.join(_dollars(value) for value in before.values)}")
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
    """Willful or negligent where one is said; both, or "willful or negligent", leaves it open."""
    said = {found.name for found in words.phrases.find(text)} & {"willful", "negligent"}
    if said == {"willful"}:
        return "willful"
    return "negligent" if said == {"negligent"} else None


def _values(text: str, words: PenaltyWords) -> tuple[tuple[Decimal, ...], list[str], str]:
    """The appraised value of each release, what to show back, and why it is not clear, if so."""
    plainly = without_citations(plain(text))
    cues = [found for found in words.phrases.find(text) if found.name == "value"]
    found = [match for match in _MONEY.finditer(plainly) if _is_value(plainly, match, cues)]
    amounts = [(match.group(), _amount(match.group())) for match in found]
    if not amounts:
        return (), [], ""
    if any(re.search(r"(?:^|[\s$(])-\$?$", plainly[: match.start()]) for match in found):
        return (), [], "A value below zero was given."
    releases = _releases(plainly)
    values = tuple(value for _, value in amounts)
    names = words.phrases.names(text)
    if len(values) == 1 and releases > 1:
        if "total" in names:
            return (), [], f"{amounts[0][0]} is the value of {releases} releases together."
        note = f"{_dollars(values[0])} was read as the appraised value of each of the {releases} releases."
        return values * releases, [note], ""
    if len(values) > 1 and releases not in (0, len(values)):
        return (), [], f"{len(values)} values were given for {releases} release{'s' * (releases > 1)}."
    told = " and ".join(_dollars(value) for value in values)
    return values, [f"{told} was read as the appraised value of the release."], ""


def _only_amount(text: str, words: PenaltyWords) -> tuple[tuple[Decimal, ...], list[str], str]:
    """The one amount in dollars beside a fault and the question for its maximum: nothing else is priced."""
    plainly = without_citations(plain(text))
    amounts = list(_MONEY.finditer(plainly))
    if len(amounts) != 1 or not re.search(r"[$]|dollars|usd|bucks", amounts[0].group()):
        return (), [], ""
    if _compares(plainly, amounts[0]) or _amount(amounts[0].group()) in _CAPS or _PRICED.search(plainly):
        return (), [], ""
    return _values(f"{_counted(plainly)} appraised at {amounts[0].group()}", words)


def _counted(text: str) -> str:
    found = _RELEASES.search(text)
    return found.group() if found else ""


def in_digits(text: str) -> str:
    """The text with amounts in words as digits: "one hundred thousand dollars" as "$100000"."""

    def number(match: re.Match[str]) -> str:
        total = part = 0
        for word in re.findall(r"[a-z]+", match["words"].lower()):
            if word in NUMBERS:
                part += NUMBERS[word]
            elif word == "hundred":
                part = (part or 1) * 100
            elif word in _SCALES:
                total, part = total + (part or 1) * 10 ** _SCALES[word], 0
        return f"${total + part}"

    return _IN_WORDS.sub(number, text)


def _is_value(text: str, match: re.Match[str], cues: list[Found]) -> bool:
    """Whether an amount is the value of goods: beside a word for value, and no cap of the law."""
    start, end = match.span()
    if re.match(r"\s*(?:%|percent)", text[end:]) or re.fullmatch(r"(?:19|20)\d\d", match.group()):
        return False
    bare = not re.search(r"[$a-z,]", match.group())
    near = [
        c for c in cues if -_NEAR <= c.start - end <= (0 if bare else _NEAR) or 0 <= start - c.end <= _NEAR
    ]
    near = [c for c in near if not re.search(r"[?!]|\.\s", text[min(c.end, end) : max(c.start, start)])]
    if not near:
        return False
    if _amount(match.group()) in _CAPS and (_compares(text, match)):
        return any(
            0 <= start - c.end <= 12 and not re.search(r"\b(?:or|and)\b", text[c.end : start]) for c in cues
        )
    return not re.search(
        r"(?:fine|penalty|duty|duties|cap|capped|limit)\w*\s+(?:of|is|at|to)\s+$", text[:start]
    )


def _compares(text: str, match: re.Match[str]) -> bool:
    measures = measure(text)
    return bool(measures.compare or measures.percents) or bool(
        re.search(r"\b(?:cap|capped|max|maximum|up to|limit|tops out)\b[^.]{0,15}$", text[: match.start()])
    )


def _amount(text: str) -> Decimal:
    found = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*([a-z]*)", text)
    assert found is not None
    value = Decimal(found[1].replace(",", "")) * Decimal(10) ** _SCALES.get(found[2], 0)
    whole = value.to_integral_value()
    return whole if whole == value else value


def _releases(text: str) -> int:
    """How many releases were named; 0 where none were counted."""
    found = _RELEASES.search(text)
    return (_NUMBERS.get(found["n"]) or int(found["n"])) if found else 0


def _dollars(value: Decimal) -> str:
    return f"${value:,.2f}"
