# ruff: noqa: E501  A list of words is easier to check unbroken.
"""What a message denies, does not know or corrects, before any of its dates is taken for an event's.

An event that has not happened, or whose day is not known, takes no date, however near one stands. What a
person corrects in the same breath ("not March 1 but March 11"), "not … until D" and the two ends of a
range are written so that a date stands beside its event, character for character, so that offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal

from assistant.answering.dates import FoundDate, find_dates
from assistant.answering.facts.events import Phrase
from assistant.reading.language import plain

Denial = Literal["absent", "open"]
Double = Literal["either", "corrected", "both"]

#: A date in the opaque text.
_D = "\x01+"
_NT = r"(?:(?<=is)|(?<=was)|(?<=are)|(?<=were)|(?<=has)|(?<=have)|(?<=had)|(?<=did))n'?t\b"
_NOT = rf"(?:\bnot\b|\bnever\b|{_NT})"
#: "Did not export" is read as "not exported".
_BASE = re.compile(
    r"\b(?:do|does|did)(?:\s+not|n'?t)\s+(?:yet\s+|ever\s+|actually\s+)?(?P<verb>receive|export|import|enter|file|get"
    r"|sign|issue|complete|leave|redeliver|revoke|remove|withdraw|liquidate|pay|ship|arrive|clear|learn|submit)\b"
)
_PAST = {
    "get": "got", "leave": "left", "withdraw": "withdrawn", "pay": "paid", "ship": "shipped",
    "submit": "submitted",
}  # fmt: skip
_TURN = (
    r"(?:but|rather|instead|actually|it(?:'s| is| was)|that(?:'s| was)|they were|was|is|really|in fact"
    r"|the right (?:date|day|one) is)"
)
_SORRY = (
    r"(?:no|nope|oops|sorry|correction|corrected|scratch that|strike that|i mean|i meant|i should say|make that"
    r"|make it|wait|hold on|actually|typo|rather|or rather|excuse me|my mistake|my bad)"
)
#: Corrections within a sentence; the groups ``o1`` … are taken out.
_CORRECTED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<o1>{_NOT})[^.;?!\x01]{{0,40}}?(?P<o2>{_D}[\s,;:.-]*(?:{_TURN}[\s,:]+)+)(?:(?:on|of|made|filed|dated|the)\s+)*(?={_D})",
        rf"(?P<o1>{_D})\s*,?\s*(?:is|was)(?P<o2>n'?t| not)\b[^.;?!\x01]{{1,40}}[,;.-]\s*(?:{_TURN}\s+)?(?={_D})",
        rf"(?P<o1>{_D}[\s,.;:(-]*(?:{_SORRY}\b[\s,.:;!-]*)+(?:it(?:'s| is| was)\s+|that's\s+)?)(?:on\s+)?(?={_D})",
        rf"(?P<o1>[\s,(]*\b(?:and |but )?(?:not|instead of|rather than)\s+(?:on\s+|of\s+|from\s+)?{_D})",
    )
)
_UNTIL = re.compile(
    rf"(?P<o1>{_NOT})(?P<gap>[^.;?!,\x01]{{2,70}}?)(?P<o2>\b(?:until|till|til|before)\b)\s*(?:on\s+)?(?={_D})"
)
_KEEPING = re.compile(
    r"\b(?:keep\w*|kept|shred\w*|toss\w*|destroy\w*|dispos\w*|discard\w*|purg\w*|delet\w*|need|must|due|ha(?:ve|s|d) to"
    r"|allowed|be|hold|store\w*|retain\w*|expire\w*|thrown?)\b"
)
_PLURAL = (
    r"(?:entries|imports|importations|shipments|exports|exportations|releases|claims|certs|certificates|coos"
    r"|certifications|withdrawals|removals|recons|reconciliations|summaries|7501s|activities|filings|demands)"
)
_ENDS = r"(?:through|thru|to|until|till|til|up to|and|-|--)"
_RANGE = re.compile(
    rf"(?:\b{_PLURAL}\b(?P<gap>[^.;?!\x01]{{0,40}}?)|\b(?:ran|run|running|runs|entered|imported|exported|filed|withdrawn|removed)\s+(?:on\s+)?)(?P<o1>(?:\b(?:between|from|ranging))?)\s*"
    rf"(?P<first>{_D})\s*,?\s*(?P<to>{_ENDS})\s*(?P<last>{_D})"
)
_SPAN = re.compile(
    rf"\b(?:release|conditional release)(?: period)?\b[^.;?!\x01]{{0,25}}?(?P<o1>\b(?:from|between)?\s*{_D}"
    rf"\s*(?:through|thru|to|until|till|and|-)\s*)(?={_D})"
)

#: What may stand between a denial and what is denied.
_FILL = (
    r"(?:been|be|being|yet|ever|actually|officially|formally|even|have|has|had|any|an?|the|our|my|its|their|your|such"
    r"|that|this|of|to|it|them|us|made|make|filed|done|done|received|gotten|got|get|last|final|drawback|claim|claims"
    r"|goods|merchandise|formal|consumption|for|proper|separate|single|one|so far|cbp|customs|from|date|day|demand|it's)"
)
_BEFORE = re.compile(
    rf"(?P<word>{_NOT}|\b(?:no|without|neither|nor|yet to|still to|awaiting|await|waiting (?:for|on)|pending|lacks?|lacking))"
    rf"\s+(?:{_FILL}\s+){{0,5}}$"
)
_KNOW = (
    r"(?:(?:don'?t|do not|doesn'?t|does not|didn'?t|did not|cannot|can'?t|can not|couldn'?t|could not|nobody|no one"
    r"|unable to|not able to|never)\s+(?:\w+\s+){0,2}?(?:knows?|find|found|tell|say|recall|remember|remembers|locate|see"
    r"|have|has|determine|establish|work out|figure out|read|note[d]?|written)|not (?:sure|certain|known)|unsure|unclear"
    r"|unknown|uncertain|no idea|no clue|forgot(?:ten)?|lost|no record|no note|nobody knows|missing)"
)
_UNKNOWN = re.compile(
    rf"\b{_KNOW}\b[^.;?!,\x01]{{0,25}}\b(?:when|day|date|dates|dt)\b(?P<rest>[^.;?!,\x01]{{0,30}})$"
)
_AFTER = re.compile(
    rf"^\S+(?:\s+(?:dates?|day|period|itself|claims?|goods|filing|entry|certifications?|summary|of it|was|is|are|were"
    rf"|has|have|had|it|they|we|still|currently|so far)|\s*[:(-])*\s*"
    rf"(?:{_NOT}\s+(?:yet|ended|over|expired|filed|made|known|happened|occurred|taken|been|done|complete|completed"
    r"|available|set|fixed|determined|decided|final|finali[sz]ed|submitted|there|come|started|stated|given|recorded|begun"
    r"|on file|in (?:the|our) files?|to be found|found|finished|up|ready|out)\b"
    r"|(?:date\s+(?:is\s+|was\s+|:\s*)?|(?:is|are|was|remains?)\s+(?:still\s+)?|still\s+)(?:unknown|pending|outstanding|open"
    r"|tbd|tba|running|ongoing|missing|lost|illegible|blank|unclear|uncertain|anyone's guess)\b"
    r"|(?:unknown|pending|tbd|tba|unclear|uncertain|yet to|still to|to be (?:determined|made|filed|decided|confirmed))\b"
    r"|(?:which|that|when)?\s*(?:nobody|no one|(?:we|i)\s+(?:don'?t|do not|can'?t|cannot|couldn'?t))\s+(?:know|knows|find)\b)"
)
#: What makes an event's word the name of a thing: "no entry number".
_THING = re.compile(
    r"^\s*(?:numbers?|no\.|nos\.|files?|docs?|documents?|paperwork|papers?|copy|copies|clerk|types?)\b"
)
#: What a "no" before it does not deny: it is the answer to what was asked.
_DONE = re.compile(r"\w+(?:ed|sent|made|left|got)\b")
#: "Was supposed to be filed on D but was not", "planned for D, was cancelled".
_FELL = re.compile(
    rf"^[^.;?!\x01]{{0,40}}{_D}\s*,?\s*(?:(?:but|and|though|however|which)\s+)?(?:(?:it|they|that|we|this)\s+)?"
    r"(?:(?:was|were|did)(?:\s+not|n'?t)(?:\s+(?:filed|made|done|happen|happened|accepted))?\s*(?=$|[.,;?!])"
    r"|never\s+(?:was|did|happened|were)\b|(?:was|were|got)\s+(?:later\s+|then\s+)?(?:cancell?ed|rejected|voided|deleted)\b"
    r"|fell through\b)"
)
_ABOUT = re.compile(
    r"\b(?:around|about|approx\.?|approximately|circa|ca\.|roughly|sometime around|somewhere around|near|maybe|possibly"
    r"|probably|perhaps|(?:the )?week (?:of|beginning|starting|ending)|week commencing)\s+(?:on\s+|the\s+)?$"
)
#: "Isn't the entry of D over yet?" asks, and denies nothing.
_ASKED = re.compile(r"(?:^|[.?!;]\s*)(?:is|was|are|were|has|have|did)$")
_OR = re.compile(
    r"\s*,?\s*\(?(?:or|vs\.?|versus|maybe|possibly|perhaps)"
    r"(?:\s+(?:on|maybe|possibly|perhaps|else|even|was it|it was|is it|it could be|could be|might be|the))*\s*"
)
_PER = re.compile(
    r"\s*,?\s*\(?(?:per|according to|in ace\b|in abi\b|by (?:our|the) (?:broker|carrier|books|file))"
)
_SAYS = re.compile(
    r"\b(?:says|said|shows?|showed|reads?|states?|lists?|has|have|gives?|gave|claims|thinks)"
    r"(?:\s+(?:it was|it's|on|(?:the |an )?(?:entry |filing )?(?:date|day) (?:is|was|of)))?\s*:?\s*$"
)
#: A day that somebody held for right, and no longer does.
_ONCE = re.compile(
    r"\b(?:first|initially|originally|previously|formerly|wrongly|mistakenly|at first|misread|mis-read|had thought"
    r"|used to (?:think|say)|thought)\b[^.;?!\x01]{0,60}$"
)
_THEN = re.compile(r"\b(?:but|however|though|now|actually|really|whereas|yet)\b|;")
_MENDS = re.compile(
    rf"(?:^|[\s,.;:(-])(?:(?!no\b|rather than\b|actually (?:a|an|the|no)\b){_SORRY}|no(?!\.\s?\d)(?=\s*(?:[,.;:!-]|$)|\s+(?:it|that|they|wait|sorry|make|i)\b)|corrected to|should (?:be|have been|read)|turned? out to be|wrong|incorrect|mistaken|in error)\b"
)
_TO = re.compile(r"\s*,?\s*(?:through|thru|to|until|up to|-|--)\s*(?:and including\s+)?")
_BESIDE = re.compile(r"^\s*(?:(?:date|day|dated|of|on|is|was|made|filed|:|-)\s*){0,3}\x01")


def opaque(text: str, dates: Sequence[FoundDate]) -> str:
    """The text in plain form with its dates as marks that no pattern of words meets."""
    words = plain(text)
    for found in dates:
        words = words[: found.start] + "\x01" * (found.end - found.start) + words[found.end :]
    return words


def settled(text: str, today: date, events: Callable[[str], object]) -> str:
    """The text with what it corrects, "not … until" and its ranges written out; of the same length.

    ``events`` tells whether a text names an event: only an event can be "not … until" a day.
    """
    for match in _BASE.finditer(plain(text)):
        short = f"not {_past(match['verb'])}".ljust(len(match[0]))[: len(match[0])]
        text = f"{text[: match.start()]}{short}{text[match.end() :]}"
    for pattern in _CORRECTED:
        text = _without(text, pattern, today)
    text = _without(text, _SPAN, today)
    text = _until(text, today, events)
    return _ranges(text, today)


def _past(verb: str) -> str:
    return _PAST.get(verb) or (f"{verb}d" if verb.endswith("e") else f"{verb}ed")


def _without(text: str, pattern: re.Pattern[str], today: date) -> str:
    """The text without the groups ``o1`` and ``o2`` of every match."""
    for _ in range(3):
        match = pattern.search(opaque(text, _days(text, today)))
        if match is None:
            break
        for name in (name for name in match.groupdict() if name.startswith("o") and match[name]):
            start, end = match.span(name)
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _days(text: str, today: date) -> list[FoundDate]:
    return [one for one in find_dates(text, today) if one.kind in ("date", "no_year", "impossible")]


def _until(text: str, today: date, events: Callable[[str], object]) -> str:
    for match in _UNTIL.finditer(opaque(text, _days(text, today))):
        gap = text[match.start("gap") : match.end("gap")]
        if match["o2"] == "before" or _KEEPING.search(match["gap"].replace("been", "")) or not events(gap):
            continue
        for name in ("o1", "o2"):
            start, end = match.span(name)
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _ranges(text: str, today: date) -> str:
    """ "Entries of March 1 through June 30" as "March 1, June 30"; five years later is no range's end."""
    days = _days(text, today)
    at = {one.start: one for one in days}
    for match in _RANGE.finditer(opaque(text, days)):
        first, last = at.get(match.start("first")), at.get(match.start("last"))
        if first is None or last is None or _KEEPING.search(match["gap"] or ""):
            continue
        if match["to"] == "and" and match["o1"] != "between":
            continue
        if _proposed(first.date, last.date):
            continue
        start, end = match.span("to")
        text = f"{text[:start]}{','.ljust(end - start)}{text[end:]}"
        start, end = match.span("o1")
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def doubles(text: str, dates: Sequence[FoundDate]) -> list[tuple[FoundDate, FoundDate, Double]]:
    """Two days in a row that may be of one thing, and how the second stands to the first.

    "March 1 or March 4", "March 1 per the broker, March 4 per ACE" leave open which is right; "March 1,
    correction: it was March 4" does not; "March 1 to March 4" is both.
    """
    words = opaque(text, dates)
    days = [one for one in dates if one.kind in ("date", "no_year")]
    found: list[tuple[FoundDate, FoundDate, Double]] = []
    for one, other in pairwise(days):
        between, behind = words[one.end : other.start], words[other.end : other.end + 30]
        before = words[max(0, one.start - 60) : one.start]
        if len(between) > 90 or re.search(r"[?!]", between):
            continue
        says, said = _SAYS.search(before), _SAYS.search(between)
        per, also = _PER.match(between), _PER.match(behind)
        if _TO.fullmatch(between) and not _proposed(one.date, other.date):
            found.append((one, other, "both"))
        elif _MENDS.search(between) or (_ONCE.search(before) and _THEN.search(between)):
            found.append((one, other, "corrected"))
        elif _OR.fullmatch(between) or said or (per and also) or (says and also):
            found.append((one, other, "either"))
    return found


def _proposed(first: date | None, last: date | None) -> bool:
    """Whether the second day is the end of a period of years that somebody has in mind for the first."""
    if first is None or last is None:
        return False
    years, over = divmod((last - first).days, 365.25)
    return last <= first or (years + (over > 360) >= 1 and (over <= 5 or over > 360))


def about(text: str, found: FoundDate, dates: Sequence[FoundDate]) -> bool:
    """Whether a day is said to be no more than near the right one."""
    return bool(_ABOUT.search(opaque(text, dates)[: found.start]))


def denied(text: str, dates: Sequence[FoundDate], phrases: Sequence[Phrase]) -> dict[Phrase, Denial]:
    """The mentions of events that did not happen, or whose day is not known."""
    words = opaque(text, dates)
    found: dict[Phrase, Denial] = {}
    for phrase in phrases:
        denial = _denial(words, phrase)
        if denial:
            found[phrase] = denial
    return found


def beside(text: str, phrase: Phrase, found: FoundDate, dates: Sequence[FoundDate]) -> bool:
    """Whether a date stands right at an event's words: only then does it hold against a denial."""
    words = opaque(text, dates)
    first = phrase.end <= found.start
    between = words[phrase.end : found.start] if first else words[found.end : phrase.start]
    return len(" ".join(between.split())) <= 25 and not re.search(r"[,;.?!(\x01]", between)


def _denial(words: str, phrase: Phrase) -> Denial | None:
    behind = words[phrase.end : phrase.end + 70]
    if _THING.match(behind):
        return None
    before = words[max(0, phrase.start - 70) : phrase.start]
    match = _BEFORE.search(before)
    if match and _ASKED.search(before[: match.start()]) and _BESIDE.match(behind):
        match = None
    if match and not (match["word"] == "no" and (_BESIDE.match(behind) or _DONE.match(words, phrase.start))):
        return "absent" if match["word"] in ("no", "without", "never") else "open"
    said = words[phrase.start : phrase.end]
    unknown = _UNKNOWN.search(f"{before}{said}")
    if unknown and not _KEEPING.search(unknown["rest"]) and not _BESIDE.match(behind):
        return "open"
    if _FELL.match(behind):
        return "open"
    after = f"{said.split()[-1] if said.split() else said}{behind}"
    return "open" if _AFTER.match(after) else None


def open_events(denials: dict[Phrase, Denial], told: Collection[str]) -> dict[str, Denial]:
    """The events of the record that are denied, and that nothing else in the message tells."""
    return {phrase.event: how for phrase, how in denials.items() if phrase.own and phrase.event not in told}
