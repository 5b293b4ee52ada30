"""Numbers, dates, sums and addresses of a sentence, each read into one normal form."""

from __future__ import annotations

import re

from assistant.law import find_citations

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen"
)
_TENS = {
    ten: 10 * n for n, ten in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_NUMBERS = {word: value for value, word in enumerate(_UNITS.split())} | _TENS
_NUMBERS |= {f"{one} hundred": value * 100 for one, value in list(_NUMBERS.items())[1:10]}
_NUMBERS |= {f"{word} and twenty": value + 20 for word, value in _NUMBERS.items() if value >= 100}
_NUMBERS |= {f"{ten}-{one}": _NUMBERS[ten] + _NUMBERS[one]
             for ten in _TENS for one in _UNITS.split()[1:10]}  # fmt: skip
_ORDINALS = dict(
    zip("first second third fourth fifth sixth seventh eighth ninth tenth".split(), range(1, 11), strict=True)
)
_MONTHS = "january february march april may june july august september october november december".split()
_WORDS = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_VALUE = re.compile(
    "|".join(
        (
            rf"(?P<date>\b(?:{'|'.join(_MONTHS)}) \d{{1,2}}, \d{{4}}|\b\d{{4}}-\d{{2}}-\d{{2}})",
            r"(?P<amount>\$\s?\d+(?:,\d{3})*(?:\.\d+)?)",
            rf"(?P<percent>\b(?:\d[\d,.]*|{_WORDS})\s?(?:%|percent\b|per cent\b))",
            rf"(?P<anniversary>\b(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})(?= anniversar))",
            r"(?P<level>(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\))+)",
            rf"(?P<number>\b(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{_WORDS})(?=-(?:calendar|business|year|month|day)|\b))",
        )
    )
)


def number_words() -> dict[str, int]:
    """Every number that is read in words, with its value."""
    return dict(_NUMBERS)


def plain(text: str) -> str:
    """Lower case, straight quotes, plain dashes and spaces; as many characters as before."""
    table = {"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "‑": "-", "\u00a0": " ", "\n": " "}
    return "".join(table.get(c, c.lower() if len(c.lower()) == 1 else c) for c in text)


def masked(text: str) -> tuple[str, tuple[str, ...]]:
    """The plain text with ``@n`` in the place of each value, and the values in their order.

    A citation is read before its letters are lowered: ``(B)`` and ``(b)`` are two levels.
    """
    values: list[str] = []
    lower, parts, after = plain(text).replace("@", " "), [], 0
    for citation, start, end in find_citations(text):
        parts += [_numbers(lower[after:start], values), f"@{len(values)}{_apart(lower, end)}"]
        values.append(str(citation))
        after = end
    parts.append(_numbers(lower[after:], values))
    return "".join(parts), tuple(values)


def _numbers(text: str, values: list[str]) -> str:
    def value(match: re.Match[str]) -> str:
        values.append(_normal(match))
        return f"@{len(values) - 1}{_apart(text, match.end())}"

    return _VALUE.sub(value, text)


def _apart(text: str, end: int) -> str:
    """A space where the number of a value would run together with what follows it."""
    return " " if end < len(text) and (text[end] == "-" or text[end].isdigit()) else ""


def _normal(match: re.Match[str]) -> str:
    kind, text = match.lastgroup or "", match[0]
    if kind == "date" and not text[0].isdigit():
        month, day, year = text.replace(",", "").split()
        return f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}"
    if kind == "amount":
        return "$" + re.sub(r"[$,\s]", "", text).removesuffix(".00")
    if kind == "percent":
        number = re.sub(r"\s?(?:%|percent|per cent)$", "", text)
        return f"{_NUMBERS.get(number, number)}%"
    if kind == "anniversary":
        return str(_ORDINALS.get(text) or re.sub(r"\D", "", text))
    if kind == "number":
        return str(_NUMBERS.get(text, text.replace(",", "")))
    return text
