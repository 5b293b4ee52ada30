# ruff: noqa: E501  A list of words is easier to check unbroken.
"""What a message says is not so: a record, a claim or an agreement that the dates are none of.

"We never filed drawback", "not a USMCA claim" and "the section 321 release wasn't used" name a thing only
to set it aside. The whole denial is blanked, character for character, before the record is told; a denial
of what happened to the thing ("the claim was never paid") is another matter, and stays. Whether the person
owns or bought the goods is read here too, because a denial of it decides the rule (19 CFR 163.4(b)(3)).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.reading.language import plain

_NOT = r"(?:\b(?:not|never|no|without|nor|neither|nobody|none|no one)\b|n't\b)"
_FILL = (
    r"(?:a|an|any|the|our|its|this|that|these|those|it|them|us|one|such|ever|even|actually|been|be|being|was|were|is|are|has|have"
    r"|had|file|filed|filing|make|made|making|claim|claimed|claiming|use|used|using|submit|submitted|receive|received"
    r"|get|got|gotten|getting|seek|sought|apply|applied|request|requested|lodge|lodged|enter|under|as|part|by|with|of|to"
    r"|for|from|on|in|subject|covered|cbp|customs|formal|written|separate|kind|sort|type|qualify|go|came|come|concern"
    r"|concerning|involve|involved|involving|about|preference|preferential|treatment|claims|benefit|benefits|party|else)"
)
#: What belongs to the thing denied.
_TAIL = (
    r"(?:claims?|entry|entries|shipments?|releases?|imports?|importations?|preference|treatment|benefits?|goods|parcels?"
    r"|certificates?|certifications?|certs?|declarations?|matter|case|letters?|notices?|records?|agreement|fta"
    r"|origin|of|for|the|from|cbp|customs|entry records)"
)
_DENIED = (
    r"(?:filed|made|used|claimed|received|issued|submitted|requested|applied|apply|taken|relevant|applicable|involved|lodged"
    r"|sought|available|possible|allowed|an option|accepted|granted|eligible|ever filed|ever made|at issue|in play|part of (?:it|this))"
)
#: What happens to a thing that exists: a denial of it does not deny the thing.
_EVENT = (
    r"\s+(?:has|have|had|was|were|is|are)?\s*(?:not\s+)?(?:been|yet|ever)?\s*(?:paid|liquidated|revoked|ended|released"
    r"|denied|redelivered|withdrawn|removed|signed|completed|yet)\b"
)
_OPEN = r"(?=[ ,]*(?:yet|so far|until|till|still)\b(?!\s+(?:when|what|which)))"


def without_denied(text: str, things: Iterable[tuple[int, int]]) -> str:
    """The text without what it denies as a whole; ``things`` are the places of what can be denied."""
    words = plain(text)
    for start, end in things:
        span = _before(words, start, end) or _after(words, start, end)
        if span:
            text = f"{text[: span[0]]}{' ' * (span[1] - span[0])}{text[span[1] :]}"
    return text


def _before(words: str, start: int, end: int) -> tuple[int, int] | None:
    """ "No drawback was ever filed", "not a USMCA claim": the denial stands before the thing."""
    opens = re.search(rf"{_NOT}\s+(?:{_FILL}\s+){{0,7}}$", words[:start])
    if opens is None:
        return None
    tail = re.match(rf"(?:\s+{_TAIL}\b){{0,4}}", words[end:])
    end += tail.end() if tail else 0
    if re.match(_EVENT, words[end:]) or re.match(_OPEN, words[end:]):
        return None
    verb = re.match(
        rf"(?:\s+(?:was|were|is|has|have|had|been|ever|being|at all|there|{_DENIED}))+\b", words[end:]
    )
    end += verb.end() if verb else 0
    if re.match(_OPEN, words[end:]):
        return None
    return _subject(words, opens.start()), end


def _after(words: str, start: int, end: int) -> tuple[int, int] | None:
    """ "The section 321 release of D wasn't used", "drawback was never filed"."""
    closes = re.match(
        rf"(?:\s+{_TAIL}\b){{0,3}}(?:\s+(?:on|of)\s+[\d/.-]+)?\s+(?:(?:was|were|is|are|has|have|had|did|does|do)\s*)?"
        rf"{_NOT}\s*(?:been\s+|being\s+|ever\s+|actually\s+)*{_DENIED}\b",
        words[end:],
    )
    if closes is None or re.match(_OPEN, words[end + closes.end() :]):
        return None
    return start, end + closes.end()


def _subject(words: str, start: int) -> int:
    """Where the denial's clause begins: "there was never a", "we did", "it was"."""
    lead = re.search(
        r"(?:\b(?:there|we|i|it|they|this|that|cbp|customs|nobody)\s+)?(?:\b(?:was|were|is|are|has|have|had|did|do|does)\s*)?$",
        words[:start],
    )
    return lead.start() if lead else start


_OWNER = re.compile(r"\b(?:(?P<noun>owners?|purchasers?|buyers?)|bought|purchased?|own|owned|paid for)\b")
_CLAUSE = re.compile(r"[.;?!:,(\n]|\bbut\b|\balthough\b|\bthough\b")
_ONLY = re.compile(r"\bnot (?:only|just|merely)\b")
_SELF = re.compile(
    r"(?:(?:\b(?:am|are|as|also|both|and|consignee is|consignees are|consignee was)|(?:i'm|we're))\s+)"
    r"(?:(?:also|both|the|a|an|its|their|legal|actual|owners?|purchasers?|buyers?|consignees?|importers?|and|or)\s+)*$"
)
_DOES = re.compile(
    r"\b(?:we|i|who|that|consignee|also|and|did|do|have|had|actually|really|ourselves|myself)\s+"
    r"(?:(?:also|actually|really|have|had|did|do|ourselves|later|then)\s+)*$"
)


def owns(text: str) -> bool:
    """Whether the person says to own or to have bought the goods; a denial, or another's, does not."""
    words = plain(text)
    for found in _OWNER.finditer(words):
        start = max((cut.end() for cut in _CLAUSE.finditer(words, 0, found.start())), default=0)
        before = words[start : found.start()]
        if re.search(_NOT, _ONLY.sub("", before)):
            continue
        if found["noun"] and re.match(
            r"\s+(?:is|was|are|owns?|bought|lives?|keeps?|in)\b", words[found.end() :]
        ):
            continue
        if (_SELF if found["noun"] else _DOES).search(f" {before}"):
            return True
    return False
