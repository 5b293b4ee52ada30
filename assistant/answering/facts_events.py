"""Which event each date belongs to: the nearest phrase for one, in the same clause before another's.

A date may stand before or after its phrase. Every comma, "and", bracket, sentence and other date
between the two makes them strangers; the pairs are then made from the closest on, each phrase and
each date once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.dates import FoundDate
from assistant.answering.facts_words import Words
from assistant.reading.language import Found, Language, Phrases, plain

#: Beyond this cost a phrase and a date have nothing to do with each other.
FAR = 75
_COMMA = 15
_SENTENCE = 45
_DATE = 40
_AFTER = 3
_OTHER = 14
_BREAKS = re.compile(r"[,()/]|\band\b|\bthen\b|\bbut\b|\bplus\b")
_STOPS = re.compile(r"[;?!\n]|(?<!\b[a-z])(?<!\bno)(?<!\bapprox)(?<!\bcond)(?<!\brel)(?<!\biss)\.(?=\s|$)")
_JOIN = re.compile(r"\s*(?:,|&|/|and|and also|or|,\s*and)\s*(?:on\s+|of\s+|the\s+|were\s+|was\s+)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """An event's words at a place; ``own`` where the record counts from it, ``note`` to be shown."""

    event: str
    start: int
    end: int
    own: bool
    note: str = ""
    near: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A date with the event it belongs to."""

    phrase: Phrase
    date: FoundDate


def phrases_of(
    text: str, record: str, agreement: str | None, words: Words, language: Language
) -> list[Phrase]:
    """Every event's words in a text, as the record understands them."""
    mine = words.own(record, agreement)
    local = [one for one in words.local if one.fits(record, agreement) and one.event in mine]
    near = [one for one in words.near if one.fits(record, agreement)]
    other = [one for one in words.other if one.fits(record, agreement)]
    notes = {one.event: one.note for one in other if one.event}
    spans: list[tuple[bool, Phrase]] = []

    def add(general: bool, found: Sequence[Found], own: bool, note: str = "", near: bool = False) -> None:
        for one in found:
            spans.append(
                (general, Phrase(one.name, one.start, one.end, own, note or notes.get(one.name, ""), near))
            )

    known = [*language.events.find(text), *words.event_phrases.find(text)]
    add(False, [one for one in known if one.name in mine], True)
    add(False, Phrases((one.event, one.say) for one in local).find(text), True)
    for one in near:
        add(False, Phrases([(one.event, one.say)]).find(text), True, one.note, True)
    add(True, [one for one in known if one.name not in mine], False)
    for one in other:
        add(False, Phrases([(one.event, one.say)]).find(text), False, one.note)
    add(False, words.neutral.find(text), False, "neutral")
    return _longest(spans)


def _longest(spans: list[tuple[bool, Phrase]]) -> list[Phrase]:
    """The longer of two that overlap, but other records' events come last; neutral words fall out."""
    kept: list[Phrase] = []
    for _, one in sorted(spans, key=lambda item: (item[0], item[1].start - item[1].end, not item[1].own)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted((one for one in kept if one.note != "neutral"), key=lambda one: one.start)


def pairs_of(text: str, dates: Sequence[FoundDate], phrases: Sequence[Phrase]) -> list[Pair]:
    """Each date with its event, as far as the words say."""
    blank = _blank(plain(text), dates)
    costs = sorted(
        (cost, i, j)
        for i, found in enumerate(dates)
        for j, phrase in enumerate(phrases)
        if (cost := _cost(blank, found, phrase, dates)) <= FAR
    )
    of: dict[int, Phrase] = {}
    used: set[int] = set()
    for _, i, j in costs:
        if i not in of and j not in used:
            of[i] = phrases[j]
            used.add(j)
    pairs = [Pair(phrase, dates[i]) for i, phrase in of.items()]
    pairs += _lists(blank, dates, of)
    pairs += _joined(blank, phrases, used, pairs)
    return sorted(pairs, key=lambda pair: (pair.date.start, pair.phrase.start))


def _blank(words: str, dates: Sequence[FoundDate]) -> str:
    for found in dates:
        words = words[: found.start] + "x" * (found.end - found.start) + words[found.end :]
    return words


def _cost(blank: str, found: FoundDate, phrase: Phrase, dates: Sequence[FoundDate]) -> int:
    first = phrase.end <= found.start
    start, end = (phrase.end, found.start) if first else (found.end, phrase.start)
    if start > end:
        return FAR + 1
    between = blank[start:end]
    stops = len(_STOPS.findall(between))
    if stops and not phrase.own:
        return FAR + 1
    crossed = sum(start <= other.start and other.end <= end for other in dates)
    cost = len(between) + _COMMA * len(_BREAKS.findall(between)) + _SENTENCE * stops + _DATE * crossed
    return cost + (0 if first else _AFTER) + (0 if phrase.own else _OTHER)


def _lists(blank: str, dates: Sequence[FoundDate], of: dict[int, Phrase]) -> list[Pair]:
    """ "Entries of March 3 and April 4": the second date shares the first one's event."""
    found = []
    for i in range(1, len(dates)):
        if i not in of and i - 1 in of and _JOIN.fullmatch(blank, dates[i - 1].end, dates[i].start):
            of[i] = of[i - 1]
            found.append(Pair(of[i], dates[i]))
    return found


def _joined(blank: str, phrases: Sequence[Phrase], used: set[int], pairs: list[Pair]) -> list[Pair]:
    """ "Imported and entered on March 3": both events share the date."""
    found = []
    for j, phrase in enumerate(phrases):
        if j in used or not phrase.own:
            continue
        for pair in pairs:
            start, end = phrase.end, pair.phrase.start
            if end < start:
                start, end = pair.phrase.end, phrase.start
            if pair.phrase.event != phrase.event and _JOIN.fullmatch(blank, start, max(start, end)):
                found.append(Pair(phrase, pair.date))
                break
    return found
