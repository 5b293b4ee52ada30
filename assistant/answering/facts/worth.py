# ruff: noqa: E501  A list of words is easier to check unbroken.
"""What each amount of money in a message is of: the appraised value of a release, or something else.

19 U.S.C. 1509(g)(2) takes its share of the appraised value alone. The entered or declared value, the duty and
what was paid are other sums: they are named as not counted, and no value is made of them. Dollars alone are
computed with, for the fixed limbs are in dollars.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from assistant.answering.facts.words import PenaltyWords
from assistant.answering.measures import measure
from assistant.answering.question import without_citations
from assistant.law.english import NUMBERS
from assistant.reading.language import plain

Of = Literal["appraised", "value", "other"]

_N = r"\d+(?:,\d{3})*(?:\.\d+)?(?!\d)"
MONEY = re.compile(
    rf"(?:\$|\busd\s?)\s?{_N}(?:\s*(?:k|m|mm|thousand|grand|million|mil)\b)?"
    rf"|\b{_N}\s*(?:k|thousand|grand|million|mil)?\s*(?:dollars|usd|bucks)\b"
    rf"|\b{_N}\s?(?:k|grand|million|mil)\b|\b{_N}mm?\b|\b\d{{1,3}}(?:,\d{{3}})+(?:\.\d\d?)?\b|\b\d{{4,9}}(?:\.\d\d)?\b"
    r"|\b\d{1,3}(?:\.\d{3})+(?=\s?(?:eur|euros?|€))"
)
SCALES = {"k": 3, "thousand": 3, "grand": 3, "m": 6, "mm": 6, "mil": 6, "million": 6}
#: The fixed limbs of the law: in a comparison they are no value of goods.
CAPS = (Decimal(10_000), Decimal(100_000))
#: A value stands at most this many characters from the word that makes it one.
_NEAR = 45
#: And within these many behind it, the word is this amount's and not the next one's.
_DIRECT = 12
_NUMBERS = {word: number for word, number in NUMBERS.items() if number} | {
    "single": 1,
    "both": 2,
    "a couple of": 2,
}
_RELEASES = re.compile(
    rf"(?<![$\d.,])\b(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})\s+(?!million|thousand|grand|dollars)(?:\w+\s+){{0,2}}?(?:releases?|entries|shipments?)\b"
)
#: The value is that of each release, whatever else is asked for in total.
_APIECE = re.compile(
    r"\beach(?: (?:one|release|entry|shipment))?(?: (?:is|was|were|worth|of|at|appraised|valued))* \$"
    r"|\$[\d,.]+k? (?:each|apiece)\b"
)
#: Without one of these, two amounts are no two releases' values.
_SEVERAL = re.compile(
    r"\b(?:releases|entries|shipments|each|both|respectively|another|(?:the |an)other|(?:the|a) (?:second|third)|and one)\b"
)
_APPRAISED = re.compile(
    r"\b(?:re-?)?apprais\w*(?:\s+values?)?|\bappr\.? value\b|\bav\b|\b(?:cbp|customs|specialist|officer|port|center)\s+(?:\w+\s+)?(?:put|set|valued|fixed"
    r"|determined)\b"
)
_OTHER = re.compile(
    r"\b(?:entered|declared|invoiced?|transaction|purchase|sell(?:ing)?|sales?|resale|retail|market|insured|insurance|book|reported"
    r"|stated|paid|contract|unit)\s+(?:value|price|amount|total|figure|worth)s?\b|\b(?:declared|invoiced?|paid|pays?|bought|sold|insured|entered)\b"
    r"|\b(?:dut(?:y|ies)|tax(?:es)?|tariffs?|fees?|mpf|hmf|freight|shipping|insurance|bond|deposit\w*|costs?|price|profit|margin"
    r"|refund\w*|loss of revenue|revenue|exposure|interest|legal bill|settle\w*)\b"
)
#: Of these, what somebody may take for the appraised value.
_WORTH = re.compile(
    r"(?!paid|pay|bought|sold|insur|bond|contract)\w+ (?:value|price|figure|worth)|(?:declared|invoice|entered)"
)
#: "A $2 million release".
_OF_GOODS = re.compile(rf"(?:{MONEY.pattern})\s+(?P<of>release|shipment|consignment|entry)\b")
#: What may stand between an amount and the word right behind it that says what it is of.
_BEHIND = re.compile(
    r"[\s(]*(?:(?:in|of|as|is|was|the|its|total|for|by us|by the importer|usd|that|we|i)\s+)*"
)
_TAKES = re.compile(r"[\s:=]*(?:(?:value|it|them|the|goods|was|is|of|at|as|to|for|about|only|just)\s+)*[$\d]")
_BREAK = re.compile(r"[?!;]|\.\s|\.$")
_BETWEEN = re.compile(r"[?!;\d]|\.\s")
_CLAUSE = re.compile(r"[,()]|\bbut\b|\band\b|\bwhile\b|\bversus\b|\bvs\b")
_LISTED = re.compile(
    r"\s*(?:,|,?\s*and|,?\s*or|&)?\s*(?:(?:the\s+|an?)?(?:other|second|third|next|one)\s+(?:\w+\s+){0,2}?)?(?:at|of|is|was|for|worth)?\s*"
)
_FOREIGN = (
    r"(?:eur|euros?|€|gbp|£|sterling|pounds?|quid|cad|canadian|cdn|aud|australian|hkd|hong kong|twd|sgd|singapore|nzd|mxn|mexican"
    r"|pesos?|yen|jpy|¥|rmb|cny|yuan|renminbi|chf|(?:swiss )?francs?|won|krw|rupees?|inr|sek|nok|dkk|kron(?:a|or|er)|zloty|pln"
    r"|baht|thb|dong|vnd|brl|reais|real|rand|zar|lira|try)"
)
_FOREIGN_BEFORE = re.compile(
    rf"(?:\b{_FOREIGN}\s*|[€£¥]\s*|(?<![a-z])(?:c|ca|cdn|a|au|hk|nt|s|nz|mex|mx|r))$"
)
_FOREIGN_BEHIND = re.compile(rf"\s*(?:k|m|thousand|million)?\s*(?:{_FOREIGN}\b|[€£¥])")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount at its place; ``of`` is what it is of, ``label`` the words that say so."""

    text: str
    start: int
    end: int
    of: Of
    label: str = ""
    foreign: bool = False


def values_of(text: str, words: PenaltyWords) -> tuple[tuple[Decimal, ...], list[str], str]:
    """The appraised value of each release, what to show back, and why it is not clear, if so."""
    plainly = without_citations(plain(text))
    money = _told(plainly, text, words)
    counted = [one for one in money if one.of == "appraised"] or [one for one in money if one.of == "value"]
    aside = [one for one in money if one.of == "other"]
    if any(re.search(r"(?:^|[\s$(])-\$?$", plainly[: one.start]) for one in counted):
        return (), [], "A value below zero was given."
    if foreign := [one for one in counted if one.foreign]:
        if len(foreign) == len(counted):
            return (), [], f"{_listed(foreign)} is no amount in U.S. dollars."
        counted = [one for one in counted if not one.foreign]
    if not counted:
        named = [one for one in aside if _WORTH.match(one.label)]
        verb = "were" if len(named) > 1 else "was"
        return (), [], f"{_listed(named)} {verb} not taken for the appraised value." if named else ""
    verb = "were" if len(aside) > 1 else "was"
    notes = [f"{_listed(aside)} {verb} not counted: only the appraised value is."] if aside else []
    values, note, unclear = _each([amount(one.text) for one in counted], counted[0].text, plainly, words)
    return values, [*([note] if note else []), *notes] if values else [], unclear


def _each(
    values: Sequence[Decimal], first: str, plainly: str, words: PenaltyWords
) -> tuple[tuple[Decimal, ...], str, str]:
    """One value for each release that was named."""
    releases = count_of(plainly)
    several = bool(_SEVERAL.search(plainly))
    if releases <= 1 and not several:
        values = list(dict.fromkeys(values))
    if len(values) == 1 and releases > 1:
        if "total" in words.phrases.names(plainly) and not _APIECE.search(plainly):
            return (), "", f"{first} is the value of {releases} releases together."
        note = f"{dollars_of(values[0])} was read as the appraised value of each of the {releases} releases."
        return tuple(values) * releases, note, ""
    counted = releases == len(values) or (releases <= 1 and several)
    if len(values) > 1 and not counted:
        number = releases or 1
        return (), "", f"{len(values)} values were given for {number} release{'s' * (number > 1)}."
    shown = [dollars_of(value) for value in values]
    told = " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
    as_ = "was read as the appraised value of the release"
    if len(values) > 1:
        as_ = f"were read as the appraised values of {len(values)} releases"
    return tuple(values), f"{told} {as_}.", ""


def only_amount(text: str, words: PenaltyWords) -> tuple[tuple[Decimal, ...], list[str], str]:
    """The one amount in dollars beside a fault and the question for its maximum: nothing else is priced."""
    plainly = without_citations(plain(text))
    amounts = list(MONEY.finditer(plainly))
    if len(amounts) != 1 or not re.search(r"[$]|dollars|usd|bucks", amounts[0].group()):
        return (), [], ""
    if any(one.of == "other" for one in _told(plainly, text, words)):
        return (), [], ""
    if _compares(plainly, amounts[0]) or amount(amounts[0].group()) in CAPS or _PRICED.search(plainly):
        return (), [], ""
    found = _RELEASES.search(plainly)
    return values_of(
        f"{found.group() if found else ''} appraised at {_with_currency(plainly, amounts[0])}", words
    )


def lone_amount(text: str, words: PenaltyWords) -> tuple[tuple[Decimal, ...], list[str], str]:
    """The one amount of a reply to the question for a value."""
    plainly = without_citations(plain(text))
    amounts = list(MONEY.finditer(plainly))
    if len(amounts) != 1:
        return (), [], ""
    return values_of(f"appraised at {_with_currency(plainly, amounts[0])}", words)


#: An amount that somebody has named for the penalty itself.
_PRICED = re.compile(r"\b(?:settl\w*|offer\w*|paid|pay|fined|capped|bill\w*|assessed|invoice\w*)\b")


def count_of(text: str) -> int:
    """How many releases were named; 0 where none were counted."""
    found = _RELEASES.search(text)
    return (_NUMBERS.get(found["n"]) or int(found["n"])) if found else 0


def amount(text: str) -> Decimal:
    """An amount as written, in units: "1.2 million" is 1200000."""
    found = re.search(r"(\d[\d,]*(?:\.\d+)?)\s*([a-z]*)", text)
    assert found is not None
    value = Decimal(found[1].replace(",", "")) * Decimal(10) ** SCALES.get(found[2], 0)
    whole = value.to_integral_value()
    return whole if whole == value else value


def dollars_of(value: Decimal) -> str:
    """An amount as it is shown back."""
    return f"${value:,.2f}"


def _listed(money: Sequence[Money]) -> str:
    told = [f"{one.text} ({one.label})" if one.label and not one.foreign else one.text for one in money]
    return " and ".join(dict.fromkeys(told))


def _told(plainly: str, text: str, words: PenaltyWords) -> list[Money]:
    """The amounts that are said to be of something, in order."""
    labels = _labels(plainly, text, words)
    found: list[Money] = []
    unsaid: list[Money] = []
    last = used = 0
    for match in MONEY.finditer(plainly):
        if not _may_be_value(plainly, match):
            continue
        of = _of(plainly, match, labels, used)
        if of is None and found and found[-1].end == last and _LISTED.fullmatch(plainly, last, match.start()):
            of = found[-1].of, found[-1].label, 0
        if (
            of
            and of[0] == "appraised"
            and not found
            and unsaid
            and _LISTED.fullmatch(plainly, last, match.start())
        ):
            found += [replace(one, of=of[0], label=of[1]) for one in unsaid]
        last = match.end()
        used = of[2] if of and last < of[2] <= last + len(of[1]) + _DIRECT else last
        if of is None:
            unsaid.append(Money(match.group(), match.start(), match.end(), "value"))
        if of is None or (of[0] != "other" and _is_cap(plainly, match, labels)):
            continue
        foreign = bool(
            _FOREIGN_BEFORE.search(plainly[: match.start()]) or _FOREIGN_BEHIND.match(plainly, match.end())
        )
        shown = _with_currency(plainly, match) if foreign else match.group()
        found.append(Money(shown, match.start(), match.end(), of[0], of[1], foreign))
    return found


def _labels(plainly: str, text: str, words: PenaltyWords) -> list[tuple[Of, int, int]]:
    """The words that say what an amount is of; a plain "value" only where nothing says which."""
    found: list[tuple[Of, int, int]] = [("other", *match.span()) for match in _OTHER.finditer(plainly)]
    found += [("appraised", *match.span()) for match in _APPRAISED.finditer(plainly)]
    generic = [(one.start, one.end) for one in words.phrases.find(text) if one.name == "value"]
    generic += [match.span("of") for match in _OF_GOODS.finditer(plainly)]
    found += [
        ("value", a, b) for a, b in generic if not any(start < b and a < end for _, start, end in found)
    ]
    return found


def _of(
    plainly: str, match: re.Match[str], labels: Sequence[tuple[Of, int, int]], used: int
) -> tuple[Of, str, int] | None:
    """What an amount is of: by the nearest word for it in its sentence, none of another amount's.

    With it comes where the word ends.
    """
    start, end = match.span()
    bare = not re.search(r"[$a-z,]", match.group())
    best: tuple[int, Of, str, int] | None = None
    for of, a, b in labels:
        if b <= start:
            between = plainly[b:start]
            if a < used or len(between) > _NEAR or _BREAK.search(between):
                continue
            cost = len(between) + 15 * len(_CLAUSE.findall(between))
        elif a >= end:
            behind = _BEHIND.match(plainly, end)
            direct = behind is not None and behind.end() == a
            if direct and (of == "value" or not _TAKES.match(plainly, b)):
                cost = 2 if of != "value" else 4
            elif of == "value" and not bare and a - end <= _NEAR and not _BETWEEN.search(plainly[end:a]):
                cost = 200 + a - end
            else:
                continue
        else:
            continue
        if best is None or cost < best[0]:
            best = cost, of, plainly[a:b], b
    return best[1:] if best else None


def _may_be_value(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    if re.match(r"\s*(?:%|percent)", text[end:]) or re.fullmatch(r"(?:19|20)\d\d", match.group()):
        return False
    return not re.search(r"(?:fine|penalty|cap|capped|limit)\w*\s+(?:of|is|at|to)\s+$", text[:start])


def _is_cap(text: str, match: re.Match[str], labels: Sequence[tuple[Of, int, int]]) -> bool:
    """Whether an amount is a fixed limb of the law that is compared with a share."""
    if amount(match.group()) not in CAPS or not _compares(text, match):
        return False
    start = match.start()
    return not any(
        0 <= start - b <= 12 and not re.search(r"\b(?:or|and)\b", text[b:start])
        for of, _, b in labels
        if of != "other"
    )


def _compares(text: str, match: re.Match[str]) -> bool:
    measures = measure(text)
    return bool(measures.compare or measures.percents) or bool(
        re.search(r"\b(?:cap|capped|max|maximum|up to|limit|tops out)\b[^.]{0,15}$", text[: match.start()])
    )


def _with_currency(text: str, match: re.Match[str]) -> str:
    """An amount with the currency that stands at it."""
    before = _FOREIGN_BEFORE.search(text[: match.start()])
    behind = _FOREIGN_BEHIND.match(text, match.end())
    start = before.start() if before else match.start()
    return text[start : behind.end() if behind else match.end()].strip().upper()
