"""Right sentences made wrong by one word: what a model that is nearly right would write.

Each mutation is a table of words for words; a sentence gets one mutation at one place at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.grounding.values import number_words

_AGREEMENTS = ("USMCA", "NAFTA", "Chile", "Peru", "Colombia", "Panama", "Korea")
#: What "customs" only describes.
_NOUNS = "broker|law|regulation|territory|bond|custody|officer|auditor|duty"
_PHRASE = r"[\w' -]{3,60}?"
_SWAPS: tuple[tuple[str, str, str], ...] = (
    ("modality", r"\b(?:must|shall|has to|have to|is required to|are required to)\b(?! not)", "may"),
    ("modality", r"\bmay\b(?! not)(?=(?:(?!\bno\b).)*$)", "must"),
    ("trigger", r"\bpayment\b", "liquidation"),
    ("trigger", r"\bpaid\b", "liquidated"),
    ("trigger", r"\bliquidation\b", "payment"),
    ("trigger", r"\bliquidated\b", "paid"),
    ("trigger", r"\bissued\b", "signed"),
    ("trigger", r"\bsigned\b", "issued"),
    ("trigger", r"\bdate of entry\b", "date of importation"),
    ("trigger", r"\bimportation\b", "exportation"),
    ("compare", r"\b(?:lesser|lower)\b", "higher"),
    ("compare", r"\bless\b(?! than)", "greater"),
    ("compare", r"\b(?:higher|greater|larger)\b(?! than)", "lesser"),
    ("compare", r"\blater\b(?! than)", "earlier"),
    ("bound", r"\bat least\b", "at most"),
    ("bound", r"\b(?:a minimum of|no less than|no fewer than|not less than)\b", "up to"),
    ("bound", r"\b(?:not to exceed|up to|no more than|not more than|at most)\b", "at least"),
    ("unit", r"\byears\b", "months"),
    ("unit", r"\bcalendar days\b", "business days"),
    ("order", r"\bbefore\b", "after"),
    ("order", r"\bafter\b", "before"),
    ("negation", r"\b(must|may|shall|has to|have to)\b(?! not)", r"\1 not"),
    ("negation", r"\b(?:must|has to|have to|is required to)\b(?! not)", "need not"),
    ("negation", r"\b(is|are|was|were) (?=[a-z]+ed\b)", r"\1 not "),
    ("negation", r"\b(does|do|may|must) not\b", r"\1"),
    ("negation", r"\bNo (?=[a-z])", "A "),
    ("culpability", r"\b[Nn]egligence\b", "willfulness"),
    ("culpability", r"\bnegligent\b", "willful"),
    ("culpability", r"\bwillful\b", "negligent"),
    ("actor", r"\bimporter\b", "exporter"),
    ("actor", r"\bbroker\b", "importer"),
    ("actor", r"\bconsignee\b", "carrier"),
    ("actor", rf"\b(?:CBP|Customs)\b(?! (?:{_NOUNS}))", "the importer"),
    ("exception", r",? (?:unless|except|subject to)\b[^.]*", ""),
    ("exception", r"\bother than\b", "including"),
    ("scope", r"^(?:The r|R)ecords\b", "All records of any kind"),
    ("scope", r"\bonly ", ""),
    ("scope", r"\bformer ", ""),
    ("condition", r",? (?:if|when|where) [^,.;:]*", ""),
    ("condition", r"^(?:If|When|Where|Once) [^,]*, ", ""),
    ("contrast", r", not (?:from|by|in|on|when)\b[^,.;]*(?=,)", ""),
    ("connective", r"(?<!\bon )\band\b", "or"),
    ("connective", r"(?<!\bon )\bor\b", "and"),
    ("culpability", r"\bknowingly ", ""),
    ("reserve", r"[;,] [^;,]*\bour inference\b[^;,.]*", ""),
    ("reserve", r",? as seen in an excerpt,?", ""),
    ("reserve", r"^(?:Our inference is|It is a mistake to think) that ", ""),
    ("agent", rf"^({_PHRASE}) ((?:must|may|is|are|was|were) (?:be )?[a-z]+(?:ed|ept|iven|ade)) by ({_PHRASE})"
              r"(?=[.,]| (?:for|within|until|under|after|before|of)\b)", r"\3 \2 by \1"),
    ("moved", r"^([^,;:]+?) ((?:within|until|before|after) [^,;:]+)(, (?:and|or) [^;]*)\.$", r"\2, \1\3."),
    ("moved", r"^([^,;:]+? (?:who|that|which) [^,;:]*?)(?: (must|may) )([^,;:]*?)"
              r" ((?:under|before|after) [^,;:]+)\.$",
              r"\1 \4 \2 \3."),
)  # fmt: skip


def mutations(sentence: str) -> Iterator[tuple[str, str]]:
    """(kind of fault, sentence) for every swap that applies, once for each place it applies to."""
    for kind, pattern, words in _SWAPS:
        for match in re.finditer(pattern, sentence):
            changed = sentence[: match.start()] + match.expand(words) + sentence[match.end() :]
            if changed != sentence:
                yield kind, changed
    for name in _AGREEMENTS:
        for match in re.finditer(rf"\b{name}\b", sentence):
            other = _AGREEMENTS[(_AGREEMENTS.index(name) + 1) % len(_AGREEMENTS)]
            yield "agreement", sentence[: match.start()] + other + sentence[match.end() :]
    yield from (("number", changed) for changed in _numbers(sentence))


def _numbers(sentence: str) -> Iterator[str]:
    """One more of every period, day of a date, share and amount."""
    for match in re.finditer(r"\$(\d[\d,]*)", sentence):
        more = f"${int(match[1].replace(',', '')) + 1000:,}"
        yield sentence[: match.start()] + more + sentence[match.end() :]
    unit = r"[ -](?:calendar |business )?(?:year|month|day)"
    for match in re.finditer(
        rf"\b(\d{{1,3}})(?= percent|%|{unit}|(?:st|nd|rd|th) anniv|, \d{{4}})", sentence
    ):
        yield f"{sentence[: match.start()]}{int(match[1]) + 1}{sentence[match.end() :]}"
    words = number_words()
    for match in re.finditer(
        rf"\b({'|'.join(words)})(?=[ -](?:calendar |business )?(?:year|month|day))", sentence, re.I
    ):
        after = next(word for word, value in words.items() if value == words[match[1].lower()] + 1)
        yield sentence[: match.start()] + after + sentence[match.end() :]
