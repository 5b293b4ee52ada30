"""Several questions in one message: each is answered, with the story that they share.

"We ship to Korea. How long do we keep the file, and what is the fine?" is two questions with one
story; "retention for packing lists vs drawback claims?" is one question about two records.
"""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.law import find_citations
from assistant.reading.language import Found, Language, plain

#: More questions than this in one message are not answered at once.
MOST = 6

_SENTENCE_END = re.compile(r"(?<=[?!])\s+|(?<=[.;])\s+(?=[A-Z\"'“(])|\n+")
#: A full stop after one of these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]|pub|no|nos|sec|secs|par|subsec|inc|co|corp|ltd|llc|dec|stat|reg|fed|vs|v|etc|approx|est|dept|"
    r"mr|mrs|ms|dr|st|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov)|\bi\.e|\be\.g|\bu\.s|\bu\.s\.c|\bc\.f\.r)\.$",
    re.IGNORECASE,
)
_ASK_WORD = (
    r"(?:who|what|which|when|where|how|why|do|does|did|is|are|was|were|can|could|may|must|should|will|would"
    r"|am|has|have)"
)
_NUMBERED = r"(?:\(?[1-9a-d]\)|[1-9]\.)"
_NEXT = (
    rf"(?:{_ASK_WORD}\s+\w+|what's|if\b[^?]*,\s*{_ASK_WORD}\b|the (?:penalt|fine)\w*|penalt\w+|for how long"
    r"|by when|since when|until when)"
)
_BETWEEN = re.compile(
    rf"(?:,|;)?\s+(?:and also|and then|and|also|plus|&)\s+(?:{_NUMBERED}\s*)?(?={_NEXT})"
    rf"|(?:,|;|:)?\s+{_NUMBERED}\s+(?={_ASK_WORD}\b|what's)"
    r"|(?<=\w)[,;]\s+(?=how long (?:for|do|does|must|should|is|are)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W*(?:(?:so|but|and|then|ok|okay|also|now|please|hi|hello|hey),? )*"
    rf"(?:{_ASK_WORD}|what's|who's|how's"
    r"|tell|explain|define|list|describe|need|want|wondering|confirm|give)\b|\?\s*$",
    re.IGNORECASE,
)

#: What joins the entries of a list, and what may stand before one.
_LINK = re.compile(r"\b(?:vs|versus|and|or|plus)\b|[,/&]")
_SMALL = re.compile(
    r"\b(?:the|an?|our|their|for|from|to|of|in|under|with|both|also|then|those|certificates?|records?|ones?"
    r"|agreements?|exports?|imports?|fta|rules?|files?|claims?|entry|regular|ordinary|normal|usual|other|any|all)\b"
    r"|[()\"']"
)


#: The number of an entry in a list of places: "(i) § 1509(g)(2), (ii) § 1508(l)".
_UNNUMBERED = re.compile(r"(?<![\w)])\([ivx1-9]+\) ")
#: What stands before a name that is only compared with: "As with NAFTA, the USMCA exporter …".
_COMPARED = re.compile(r"\b(?:as (?:with|under|for|in)|unlike|like|compared (?:with|to))\s+(?:the\s+)?$")


def parts(text: str, language: Language) -> list[str]:
    """The questions in a message; one that cannot be told apart stays whole."""
    sentences = _sentences(text)
    asks = [s for s in sentences if _ASKS.search(s)]
    story = [s for s in sentences if s not in asks]
    single: list[str] = []
    for ask in asks:
        pieces = [p.strip(" ,;") for p in _BETWEEN.split(ask) if p and p.strip(" ,;:")]
        pieces = [p for p in pieces if len(p.split()) >= 2] or [ask]
        if len(pieces) > 1 and not _ASKS.search(pieces[0]) and len(pieces[0].split()) <= 4:
            pieces = pieces[1:]
        if single and len(ask.split()) == 1:
            single[-1] += f" {ask}"
            continue
        single += pieces
    if len(single) < 2:
        single = [text]
        story = []
    whole = [" ".join([*story, piece]) for piece in single]
    return [one for piece in whole for one in _each(piece, language)][:MOST]


def _sentences(text: str) -> list[str]:
    cuts = [0]
    for end in _SENTENCE_END.finditer(text):
        if "\n" in end.group() or not _ABBREVIATION.search(text[cuts[-1] : end.start()]):
            cuts.append(end.end())
    cuts.append(len(text))
    return [piece for a, b in pairwise(cuts) if (piece := text[a:b].strip())]


def _each(text: str, language: Language) -> list[str]:
    """A question about several agreements or records, once for each of them."""
    words = plain(text)
    for phrases in (language.agreements, language.abouts):
        found = _enumerated(words, phrases.find(words))
        if len(found) > 1 and not _COMPARED.search(words[: found[0].start]):
            spans = [_with_its_gloss(words, kept, language) for kept in found]
            before, behind = text[: spans[0][0]], text[spans[-1][1] :]
            return [before + text[start:end] + behind for start, end in spans]
    places = [Found(str(place), start, end, 1) for place, start, end in find_citations(words)]
    listed = _enumerated(_UNNUMBERED.sub(lambda m: " " * (len(m.group()) - 1) + ",", words), places)
    if len(listed) > 2:
        before, behind = text[: listed[0].start], text[listed[-1].end :]
        return [before + text[kept.start : kept.end] + behind for kept in listed]
    return [text]


def _with_its_gloss(words: str, kept: Found, language: Language) -> tuple[int, int]:
    """A name's span, with the country that it stands in brackets behind: "El Salvador (CAFTA-DR)"."""
    if words[kept.end : kept.end + 1] != ")":
        return kept.start, kept.end
    country = next((c for c in language.countries.find(words) if words[c.end : kept.start] == " ("), None)
    return (country.start, kept.end + 1) if country else (kept.start, kept.end)


def _enumerated(words: str, found: list[Found]) -> list[Found]:
    """The phrases that stand in one list ("Korea and Panama"), one for each name."""
    spans: list[Found] = []
    for item in found:
        if any((item.start, item.end) == (seen.start, seen.end) for seen in spans):
            continue
        if spans and not _linked(words[spans[-1].end : item.start]):
            if len(spans) > 1:
                break
            spans = []
        if item.name not in {seen.name for seen in spans}:
            spans.append(item)
    return spans


def _linked(between: str) -> bool:
    """Whether nothing but a list's own words stands between two of its entries."""
    return bool(_LINK.search(between)) and not _LINK.sub(" ", _SMALL.sub(" ", between)).strip(" .")
