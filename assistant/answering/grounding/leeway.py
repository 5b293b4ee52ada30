"""What of a statement a draft may leave out and what it may move, found by asking the judge.

A writer cannot know which spans `entailment` lets go, so they are shown to it. Nothing here decides: it only
guesses at spans of the text, between commas, joins and the words that open a phrase, and asks of each whether
the statement without it, or with it elsewhere, passes. What does not pass together with the others is not
offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.grounding.clauses import finite
from assistant.answering.grounding.frames import main_verb
from assistant.answering.grounding.inflection import RELATIVE
from assistant.answering.grounding.tokens import read

Span = tuple[int, int]
Judge = Callable[[str], bool]

_JOIN = re.compile(r" (?=(?:and|or|so|because) )")
_OPENER = re.compile(
    r"(?<!\S)(?:from(?= the (?:date|day|end|time)\b)|after|following|before|until|through|within|during|upon"
    r"|under|if|when|once|unless|except|since|no later|not later|(?:for|in|on|at)(?= (?:at least|at most|\d))"
    r")(?= )|^where(?= )",
    re.I,
)
_CONDITION = re.compile(r"(?:if|when|where|once|unless|except|until)\b", re.I)
_OPENING = re.compile(rf"{_OPENER.pattern}|(?:for|in|on|at|as|by|to) ", re.I)
#: What points back at words before it.
_POINTS = re.compile(
    r"(?:\S+ ){0,5}(?:it|its|they|their|them|this|these|such|same)\b|(?:that|so|also)\b", re.I
)
#: What only adds; other spans behind a comma or a join are members of a list, or halves.
_ADDED = re.compile(
    r"(?:,|;)? ?(?:\(|including|such as|for example|not|which|so|because|although|in addition)"
)
#: Where a member of a list ends although no comma stands there.
_VERB = re.compile(r" (?=(?:must|may|is|are|was|were|has|have|does|do|will) )")
_POINT = re.compile(r"[,;:]\s|\s[—–]\s|\.\s|\.$|\)(?=\s)")
_STOP = re.compile(r"[;:]\s|\.\s|\.$")
#: How many ends are tried for one beginning, and spans tried in all: a statement is asked about once.
_ENDS, _MOST = 6, 70
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Leeway:
    """Spans of one text, in order: any of ``leave`` may be left out, and one of ``move`` be moved.

    Spans nest or stand apart, and none crosses another. A phrase is moved to the front or the end of its
    sentence, or of its part of it before or behind a semicolon.
    """

    leave: tuple[Span, ...] = ()
    move: tuple[Span, ...] = ()


def leeway(text: str, whole: Sequence[Span], passes: Judge) -> Leeway:
    """What may be left out of and moved in ``text``; no span ends within one of ``whole``."""
    left: list[Span] = []
    verb = _stated(text)
    for span in _apart(_leavable(text), whole, text):
        if _crosses(span, left) or _union(span, left) or not _says(text, *span):
            continue
        if not (verb or text[span[0]] == ";" or _ADDED.match(text, span[0])):
            continue
        pairs = [[span, other] for other in left if not _inside(other, span)]
        forms = [one for some in ([span], *pairs, [*left, span]) for one in without(text, some)]
        if all(_stated(one) >= verb and passes(one) for one in forms):
            left.append(span)
    move: list[Span] = []
    for span in _apart(_movable(text), whole, text):
        if _crosses(span, [*left, *move]) or any(_inside(span, other) for other in [*left, *move]):
            continue
        beside = [[], *([one] for one in left), left] if left else [[]]
        forms = [one for some in beside for one in moved(text, span, some)]
        if forms and all(map(passes, forms)):
            move.append(span)
    return Leeway(tuple(sorted(left)), tuple(sorted(move)))


def _stated(text: str) -> bool:
    """Whether it has a verb: a span that takes the only one leaves no sentence."""
    return main_verb(read(text)) is not None


def without(text: str, spans: Collection[Span]) -> list[str]:
    """The sentence without the spans: the comma behind each kept, and taken too."""
    plain = _tidy(_cut(text, 0, len(text), spans))
    bare = _cut(text, 0, len(text), [(a, b + (text[a : a + 1] == text[b : b + 1] == ",")) for a, b in spans])
    return list(dict.fromkeys((plain, _tidy(bare))))


def moved(text: str, span: Span, left_out: Collection[Span] = ()) -> list[str]:
    """The sentence with the phrase at the front and at the end of its part, where it is not there already."""
    start, end = span
    stops = [match.end() for match in _STOP.finditer(text)]
    first = max((place for place in stops if place <= start), default=0)
    last = min((match.start() for match in _STOP.finditer(text) if match.start() >= end), default=len(text))
    phrase = _cut(text, start, end, left_out).strip(" ,")
    before = _cut(text, first, start, left_out).rstrip(" ,")
    after = _cut(text, end, last, left_out).strip(" ,")
    rest = " ".join(part for part in (before, after) if part)
    if not _stated(rest):
        return []
    head, tail = _cut(text, 0, first, left_out), _cut(text, last, len(text), left_out)
    forms = []
    if before:
        forms.append(f"{head}{phrase}, {_lowered(rest)}{tail}")
    if after:
        forms += [f"{head}{rest}{comma} {_lowered(phrase)}{tail}" for comma in ("", ",")]
    return [_tidy(form) for form in forms]


def _leavable(text: str) -> Iterator[Span]:
    """Spans that a writer may think of leaving out: shorter ones first, and last what opens the text."""
    points = [match.start() for match in _POINT.finditer(text)]
    ends = [place for place in points if text[place] not in ":)"]
    starts = [place for place in points if text[place] in ",; "]
    joins = [match.start() for match in _JOIN.finditer(text) if text[match.start() - 1] not in ",;"]
    loose = [match.start() for match in _VERB.finditer(text)]
    loose += [match.start() - 1 for match in _OPENER.finditer(text) if match.start()]
    loose = sorted({*ends, *(place for place in loose if text[place - 1] != ",")})
    found = set(_bracketed(text))
    for start in starts:
        if _opened(text, start):
            continue
        found |= {(start, end) for end in [p for p in ends if p > start][:_ENDS]}
    for start in joins:
        found |= {(start, end) for end in [p for p in loose if p > start + _SHORTEST][:3]}
    for match in _POINT.finditer(text):
        if text[match.start()] in ",;." and match.end() < len(text):
            joined = re.match(r"and ", text[match.end() :])
            end = match.end() + (joined.end() if joined else 0)
            if not _POINTS.match(text, end):
                found.add((0, end))
    yield from sorted(found, key=lambda span: (not span[0], span[1] - span[0], span))[:_MOST]


def _says(text: str, start: int, end: int) -> bool:
    """Whether it is more than a join, and what stays behind it is not another thing's end."""
    words, after = text[start:end], text[end:]
    if ":" in words and after[:1] not in ";.":
        return False
    if words.startswith(", to ") and not re.match(r",? (?:and|or) |[;.]", after):
        return False
    return bool(re.sub(r"\b(?:and|or|so|because)\b|\W", "", words))


def _bracketed(text: str) -> Iterator[Span]:
    """Brackets with the blank before them, where they add to a word."""
    for match in re.finditer(r"(?<=\w) \(", text):
        depth = 0
        for place in range(match.end() - 1, len(text)):
            depth += (text[place] == "(") - (text[place] == ")")
            if not depth:
                yield match.start(), place + 1
                break


def _opened(text: str, comma: int) -> bool:
    """Whether it stands behind what opens the sentence, and the subject comes next; or parts off a verb."""
    if re.match(r", (?:must|may|is|are|was|were|has|have|does|do|will) ", text[comma:]):
        return True
    return bool(_OPENING.match(text)) and not re.search(r",(?! \d{4}\b)", text[:comma])


def _movable(text: str) -> Iterator[Span]:
    """Phrases that say when, where, under what or on what condition, longer ones first."""
    opens = [match.start() for match in _OPENER.finditer(text)]
    points = [match.start() for match in _POINT.finditer(text)]
    found: set[Span] = set()
    for start in opens:
        stop = min((m.start() for m in _STOP.finditer(text) if m.start() > start), default=len(text))
        ends = [p for p in points if start < p <= stop][:4] + [p - 1 for p in opens if start < p <= stop][:2]
        found |= {(start, end) for end in ends if end - start > _SHORTEST and _phrase(text[start:end])}
    yield from sorted(found, key=lambda span: (span[0] - span[1], span))[:_MOST]


def _phrase(text: str) -> bool:
    """Whether it is a condition, or a phrase with no verb of its own but behind a "which"."""
    first, _, more = text.partition(", ")
    if _CONDITION.match(text):
        return bool(re.match(r"and |or |not ", more)) or not any(map(finite, read(more)))
    row = read(text)
    opened = next((place for place, token in enumerate(row) if token.value in RELATIVE), len(row))
    if any(finite(token) or token.value == "and" for token in row[:opened]):
        return False
    return (not more or more.startswith("whichever")) and not first.endswith((" it", " them"))


def _apart(spans: Iterator[Span], whole: Sequence[Span], text: str) -> Iterator[Span]:
    """Those that cut no citation, date, amount or words in quotation marks in two."""
    kept = [*whole, *(match.span() for match in re.finditer(r'"[^"]*"|“[^”]*”', text))]
    for span in spans:
        if not any(a < place < b for place in span for a, b in kept):
            yield span


def _crosses(span: Span, others: Collection[Span]) -> bool:
    return any(a < span[0] < b < span[1] or span[0] < a < span[1] < b for a, b in others)


def _inside(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _union(span: Span, others: Collection[Span]) -> bool:
    """Whether it is what some that follow one another take out already."""
    place = span[0]
    for start, end in sorted(other for other in others if _inside(other, span)):
        place = max(place, end) if start <= place else place
    return place >= span[1]


def _cut(text: str, start: int, end: int, spans: Collection[Span]) -> str:
    """The text from ``start`` to ``end`` without what of it lies in the spans."""
    kept, place = [], start
    for a, b in sorted(spans):
        if b > place and a < end:
            kept.append(text[place : max(place, a)])
            place = max(place, min(b, end))
    return "".join([*kept, text[place:end]])


def _tidy(text: str) -> str:
    """The commas and the first letter that a writer would mend."""
    text = re.sub(r"\s+", " ", text).strip(" ,;:—–")
    text = re.sub(r"\s+(?=[,;.:])", "", text)
    text = re.sub(r"[,;:]+(?=[,;:.])", "", text)
    return (text[:1].upper() + text[1:]).rstrip(".") + "."


def _lowered(text: str) -> str:
    """Without the capital of a first word that is no name: one that has no other capital or figure."""
    first = text.split(" ", 1)[0]
    common = first in ("A", "An", "The", "Any", "Each", "Every", "All", "No", "Records")
    return text[:1].lower() + text[1:] if common or _OPENER.match(text) else text
