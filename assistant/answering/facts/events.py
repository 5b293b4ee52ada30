"""Which event each date belongs to: the nearest phrase for one, in the same clause before another's.

A date may stand before or after its phrase. Every comma, "and", bracket, sentence and other date
between the two makes them strangers; the pairs are then made from the closest on, each phrase and
each date once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.dates import FoundDate
from assistant.answering.facts.words import Words
from assistant.reading.language import Language, plain

#: Beyond this cost a phrase and a date have nothing to do with each other.
FAR = 75
_COMMA = 15
_SENTENCE = 45
_DATE = 40
_AFTER = 3
_OTHER = 10
_BREAKS = re.compile(r"[,()/]|\band\b|\bthen\b|\bbut\b|\bplus\b")
_STOPS = re.compile(r"[;?!\n]|(?<!\b[a-z])(?<!\bno)(?<!\bapprox)(?<!\bcond)(?<!\brel)(?<!\biss)\.(?=\s|$)")
_BLANKS = re.compile(r" {2,}")
#: "Left Laredo the same week": what happened then has a time of its own, and the date before is another's.
_OWN_TIME = re.compile(
    r"[^.;?!,\x01]{0,30}?\b(?:(?:the|that) (?:very )?(?:same |next |following )?(?:week|month|year)\b"
    r"|(?:the )?(?:next|following) (?:day|morning)\b"
    r"|(?:an?|two|three|four|several|a few|some|\d+) (?:days?|weeks?|months?) (?:later|after|afterwards)\b)"
)
_JOIN = re.compile(
    r"\s*(?:,|&|/|,?\s*and(?:\s+(?:also|again|then|later|finally|lastly|eventually|last))?|or|then|,\s*(?:then|finally))\s*(?:on\s+|of\s+|the\s+|were\s+|was\s+)?"
)
#: "One entered D, the other D": what stands before the second of two that are told apart.
_OTHER_ONE = re.compile(
    r"\s*[,;.:]?\s*(?:(?:and|but|while)\s+)?"
    r"(?:the\s+(?:other|second|third|next|last|later)|(?:an)?other|a\s+(?:second|third)|one)"
    r"(?:\s+(?:one|entry|shipment|claim|release|demand|was|is|on|of|from|came|went|in|dated|made|filed|entered)){0,4}"
    r"\s+(?:on\s+|of\s+)?"
)
#: "Entry no. 114 dated D", "entry number 231-… of D".
_NUMBERED_ENTRY = re.compile(
    r"\bentry\s+(?:no\.?\s*|numbers?\s*|#\s*)?(?=[\w-]*\d)[\w-]+,?\s+(?:was\s+)?(?:dated|of|from|filed|made)\b"
)
_SAME_DAY = re.compile(
    r"\s+(?:(?:it|them|with cbp|with customs)\s+)?(?:on\s+)?(?:the|that)\s+(?:very\s+)?same\s+(?:day|date)\b"
)
#: "Filed, and the duty paid on D": what stands between an event's words and another's that share a day.
_SHARED = re.compile(
    r",?\s*(?:and|&|with)\s+(?:(?:the|all|our|its|estimated)\s+)?"
    r"(?:(?:goods|merchandise|cargo|duty|duties|shipment|freight|container|it|they)\s+)?(?:(?:was|were|got)\s+)?"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An event's words at a place; ``own`` where the record counts from it, ``note`` to be shown."""

    event: str
    start: int
    end: int
    own: bool
    note: str = ""
    near: bool = False
    neutral: bool = False
    paper: bool = False


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
    spans: list[tuple[bool, Phrase]] = []
    notes = {one.event: one.note for one in words.other if one.event and one.fits(record, agreement)}
    for one in (*language.events.find(text), *words.event_phrases.find(text)):
        own = one.name in mine
        note = "" if own else notes.get(one.name, "")
        spans.append((not own, Phrase(one.name, one.start, one.end, own, note)))
    for kind, tells in (("own", words.local), ("near", words.near), ("other", words.other)):
        for tell in tells:
            own = kind != "other"
            if not tell.say or not tell.fits(record, agreement) or (own and tell.event not in mine):
                continue
            for found in words.phrases(tell).find(text):
                spans.append(
                    (False, Phrase(tell.event, found.start, found.end, own, tell.note, kind == "near"))
                )
    for thing in words.neutral.find(text):
        spans.append((False, Phrase("", thing.start, thing.end, False, neutral=True)))
    if "redelivery_due" in mine:
        for match in _REDELIVER.finditer(plain(text)):
            spans.append((False, Phrase("redelivery_due", *match.span("by"), True)))
    if "entry" in mine:
        for match in _NUMBERED_ENTRY.finditer(plain(text)):
            spans.append((False, Phrase("entry", *match.span(), True)))
    kept = [_paper(text, one, words) for one in _others_verbs(text, _longest(spans))]
    return [part for one in kept for part in _summary(text, one, words)]


def _others_verbs(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """ "Prior disclosure submitted": the verb right behind another matter's name is that matter's own."""
    kept: list[Phrase] = []
    for phrase in phrases:
        last = kept[-1] if kept else None
        happened = not phrase.own and _HAPPENED.fullmatch(plain(text[phrase.start : phrase.end]))
        if last and last.own and happened and _OBJECT.fullmatch(plain(text), last.end, phrase.start):
            kept[-1] = replace(last, end=phrase.end)
            continue
        verb = phrase.own and _VERB.fullmatch(plain(text[phrase.start : phrase.end]))
        if last and verb and not (last.own or last.event) and _AUX.fullmatch(text, last.end, phrase.start):
            kept[-1] = replace(last, end=phrase.end)
        else:
            kept.append(phrase)
    return kept


_VERB = re.compile(
    r"(?:filed|submitted|transmitted|lodged|made|sent in|put in|filed in ace|received|issued|dated)"
)
_HAPPENED = re.compile(r"took place|happened|occurred|(?:was )?done(?: on)?|carried out")
#: "Liquidation of the drawback claim took place": whose event it is.
_OBJECT = re.compile(
    r"\s+(?:(?:of|for|on|the|our|this|that|its|cbp's|drawback|claim|claims|entry|goods|merchandise|shipment|certification"
    r"|certificate|origin|was|itself|finally|then|only)\s+)*"
)
_AUX = re.compile(r"\s+(?:(?:was|were|is|has been|had been|that was|we|being|later|then)\s+)*", re.IGNORECASE)
_REDELIVER = re.compile(
    r"\bre-?deliver\w*\b[^.;?!]{0,45}?\b(?P<by>no later than|not later than|by|before|until)"
    r"\s+(?=\d|[a-z]+\s+\d)"
)


def _paper(text: str, phrase: Phrase, words: Words) -> Phrase:
    """A paper's name, of which a day told with "on" is none: "a demand for the invoice on March 3"."""
    paper = not phrase.own and words.papers.find(text[phrase.start : phrase.end])
    return replace(phrase, paper=True) if paper else phrase


def _summary(text: str, phrase: Phrase, words: Words) -> list[Phrase]:
    """ "The summary for the entry was filed": a summary's day stands for the entry's unless that is told."""
    verb = phrase.own and phrase.event == "entry" and _FILED.search(plain(text[phrase.start : phrase.end]))
    if not verb or not _SUMMARY.search(plain(text[: phrase.start + verb.start()])):
        return [phrase]
    note = next(tell.note for tell in words.near if tell.event == "entry")
    start = phrase.start + verb.start()
    filed = replace(phrase, start=start, near=True, note=note)
    return [replace(phrase, end=start), filed] if start > phrase.start else [filed]


_FILED = re.compile(r"(?:(?:was|were)\s+)?(?:filed|submitted|transmitted)(?:\s+(?:in ace|on|it))?$")
_SUMMARY = re.compile(r"\bsummar(?:y|ies)\s+(?:for|of|on|to)\b[^.;?!]{0,60}$")
_BRACKETS = re.compile(r"\([^()]*\)")


def _longest(spans: list[tuple[bool, Phrase]]) -> list[Phrase]:
    """The longer of two that overlap, but other records' events come last; neutral words fall out.

    Of the same words, a note that their date is not the event's decides ("demand dated").
    """
    kept: list[Phrase] = []
    for _, one in sorted(
        spans,
        key=lambda item: (
            item[0],
            item[1].start - item[1].end,
            item[1].own or not item[1].note,
            not item[1].own,
            not item[1].near,
        ),
    ):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted((one for one in kept if not one.neutral), key=lambda one: one.start)


def pairs_of(text: str, dates: Sequence[FoundDate], phrases: Sequence[Phrase]) -> list[Pair]:
    """Each date with its event, as far as the words say."""
    opaque = blank(text, dates)
    costs = sorted(
        (cost, i, j)
        for i, found in enumerate(dates)
        for j, phrase in enumerate(phrases)
        if (cost := _cost(opaque, found, phrase, dates)) <= FAR
    )
    of: dict[int, Phrase] = {}
    used: set[int] = set()
    for _, i, j in costs:
        if i not in of and j not in used:
            of[i] = phrases[j]
            used.add(j)
    pairs = [Pair(phrase, dates[i]) for i, phrase in of.items()]
    pairs += _lists(opaque, dates, of)
    pairs += _joined(opaque, phrases, used, pairs)
    pairs = [_surer(opaque, pair, phrases, used) for pair in pairs]
    return sorted(pairs, key=lambda pair: (pair.date.start, pair.phrase.start))


def _surer(opaque: str, pair: Pair, phrases: Sequence[Phrase], used: set[int]) -> Pair:
    """ "Mailed the demand on March 3": the word that says what happened, not the name of the thing."""
    if not pair.phrase.near:
        return pair
    for j, other in enumerate(phrases):
        start, end = min(other.end, pair.date.start), max(other.end, pair.date.start)
        said = bool(other.note) and not (other.own or other.near or other.event) and j not in used
        if said and end - start <= FAR and not _STOPS.search(opaque, start, end):
            return Pair(other, pair.date)
    return pair


def blank(text: str, dates: Sequence[FoundDate]) -> str:
    """The text in plain form with its dates made opaque, character for character."""
    words = plain(text)
    for found in dates:
        words = words[: found.start] + "x" * (found.end - found.start) + words[found.end :]
    return words


def sentence_of(text: str, one: FoundDate, dates: Sequence[FoundDate]) -> str:
    """The sentence in which a date stands."""
    opaque = blank(text, dates)
    start = max((m.end() for m in _STOPS.finditer(opaque, 0, one.start)), default=0)
    stop = _STOPS.search(opaque, one.end)
    return text[start : stop.start() if stop else len(text)]


def _cost(opaque: str, found: FoundDate, phrase: Phrase, dates: Sequence[FoundDate]) -> int:
    first = phrase.end <= found.start
    start, end = (phrase.end, found.start) if first else (found.end, phrase.start)
    if start > end or end - start > 3 * FAR:
        return FAR + 1
    between = _outside(opaque, start, end, dates)
    if not first and _OWN_TIME.match(opaque, phrase.end):
        return FAR + 1
    if len(between) > FAR or (phrase.paper and first and re.search(r"\bon\s*$", between)):
        return FAR + 1
    stops = len(_STOPS.findall(between))
    if stops and not phrase.own:
        return FAR + 1
    crossed = sum(start <= other.start and other.end <= end for other in dates)
    cost = (
        len(_BLANKS.sub(" ", between))
        + _COMMA * len(_BREAKS.findall(between))
        + _SENTENCE * stops
        + _DATE * crossed
    )
    return cost + (0 if first else _AFTER) + (0 if phrase.own else _OTHER)


def _outside(opaque: str, start: int, end: int, dates: Sequence[FoundDate]) -> str:
    """What stands between two places, without whole brackets that hold no date."""
    between = opaque[start:end]
    if "(" not in between:
        return between
    for match in reversed(list(_BRACKETS.finditer(between))):
        a, b = start + match.start(), start + match.end()
        if not any(a <= one.start < b for one in dates):
            between = between[: match.start()] + between[match.end() :]
    return between


def _lists(opaque: str, dates: Sequence[FoundDate], of: dict[int, Phrase]) -> list[Pair]:
    """ "Entries of March 3 and April 4": the second date shares the first one's event."""
    found = []
    for i in range(1, len(dates)):
        free = i not in of or not of[i].event
        if (
            free
            and i - 1 in of
            and of[i - 1].own
            and any(p.fullmatch(opaque, dates[i - 1].end, dates[i].start) for p in (_JOIN, _OTHER_ONE))
        ):
            of[i] = of[i - 1]
            found.append(Pair(of[i], dates[i]))
    return found


def _joined(opaque: str, phrases: Sequence[Phrase], used: set[int], pairs: list[Pair]) -> list[Pair]:
    """ "Imported and entered on March 3": both events share the date."""
    found = []
    for j, phrase in enumerate(phrases):
        if j in used or not phrase.own:
            continue
        before = [pair for pair in pairs if pair.date.end <= phrase.start]
        if before and _SAME_DAY.match(opaque, phrase.end):
            found.append(Pair(phrase, max(before, key=lambda pair: pair.date.start).date))
            continue
        for pair in pairs:
            start, end = phrase.end, pair.phrase.start
            if end < start:
                start, end = pair.phrase.end, phrase.start
            shared = not pair.phrase.own and phrase.end <= pair.phrase.start < pair.date.start
            joins = (_JOIN, _SHARED) if shared else (_JOIN,)
            fits = any(join.fullmatch(opaque, start, max(start, end)) for join in joins)
            if pair.phrase.event != phrase.event and fits:
                found.append(Pair(phrase, pair.date))
                break
    return found
