"""What a sentence asserts that can be checked without a model: periods, amounts, shares, bounds.

The same reader serves the question ("is it true that it is 7 years?"), the statements, and
grounding, so that a number in a claim must stand in what the claim rests on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.law.english import NUMBERS
from assistant.reading.remembered import remembered

_WORDS = NUMBERS | {"a": 1, "an": 1}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_NUMBER = rf"(?P<number>\d{{1,4}}|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_PERIOD = re.compile(
    rf"\b{_NUMBER}(?:\s*\(\d+\))?[\s-]*(?:full |whole )?"
    r"(?P<kind>calendar |business |working )?(?P<unit>year|yr|month|week|day)s?\b",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(
    rf"\b(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_ORDINALS)}))\s+anniversary",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\$\s?(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>k\b|thousand\b|million\b|m\b)?|"
    r"\b(?P<value2>\d[\d,]*(?:\.\d+)?)\s*(?P<scale2>k|thousand|million)?\s*(?:dollars|usd|bucks)\b|"
    r"\b(?P<value3>\d{1,3})k\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\b(\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b|per cent\b|pct\b)", re.IGNORECASE)
_SCALE = {"k": 1_000, "thousand": 1_000, "million": 1_000_000, "m": 1_000_000}
_HIGHER = re.compile(
    r"\b(?:higher|greater|larger|bigger)\s+of\b|whichever\s+(?:\w+\s+){0,2}(?:higher|greater|larger|bigger|more)\b"
    r"|whichever penalty is higher|\bthe (?:higher|greater|larger|bigger)(?: one| amount)?\b",
    re.IGNORECASE,
)
_LESSER = re.compile(
    r"\b(?:lesser|lower|smaller)\s+of\b|whichever\s+(?:\w+\s+){0,3}(?:less|lesser|lower|smaller)\b"
    r"|\bthe (?:lesser|lower|smaller)(?: one| amount)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measures:
    """What was found; ``periods`` are (number, unit) with the unit ``years``, ``months``, ``days``…

    ``compare`` holds ``higher`` and ``lesser`` where a rule picks one of two amounts.
    """

    periods: frozenset[tuple[int, str]] = frozenset()
    amounts: frozenset[Decimal] = frozenset()
    percents: frozenset[Decimal] = frozenset()
    compare: frozenset[str] = frozenset()


@remembered
def measure(text: str) -> Measures:
    """Read every measure in a text; citations must be cut out first where they could be misread."""
    periods = set()
    for match in _PERIOD.finditer(text):
        word = match["number"].lower()
        if word in ("a", "an") and match["unit"].lower() not in ("year", "month", "week"):
            continue
        number = int(word) if word.isdigit() else _WORDS[word]
        unit = {"yr": "year"}.get(match["unit"].lower(), match["unit"].lower())
        kind = (match["kind"] or "").strip().lower()
        business = "business " if kind in ("business", "working") else ""
        periods.add((number, f"{business}{unit}s"))
    for match in _ANNIVERSARY.finditer(text):
        periods.add((int(match["digits"]) if match["digits"] else _ORDINALS[match["word"].lower()], "years"))
    amounts = set()
    for match in _AMOUNT.finditer(text):
        value = match["value"] or match["value2"] or match["value3"]
        scale = (match["scale"] or match["scale2"] or ("k" if match["value3"] else "")).lower()
        amounts.add(Decimal(value.replace(",", "").rstrip(".")) * _SCALE.get(scale, 1))
    compare = set()
    if _HIGHER.search(text):
        compare.add("higher")
    if _LESSER.search(text):
        compare.add("lesser")
    return Measures(
        frozenset(periods),
        frozenset(amounts),
        frozenset(Decimal(p) for p in _PERCENT.findall(text)),
        frozenset(compare),
    )
