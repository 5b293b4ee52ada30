"""Reading a question: what is asked, about which record, agreement and role, for which day.

Nothing is decided here; the reader says what the words say, and leaves open what they leave open.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.dates import find_dates
from assistant.answering.measures import Measures, measure
from assistant.law import Citation, find_citations
from assistant.law.english import MONTHS
from assistant.reading.language import Found, Language, plain
from assistant.reading.remembered import remembered

#: More than this is not one question; the person is asked to cut it down.
LIMIT = 8_000
#: The day on which USMCA replaced NAFTA (Pub. L. 116-113, § 206).
USMCA = date(2020, 7, 1)
#: And on which NAFTA took the place of the agreement of 1988 with Canada.
NAFTA = date(1994, 1, 1)

#: How much each kind of cue says about what is asked; "what is" opens any question, and "who" many.
_FACET_WEIGHT = {
    "define": 0.35,
    "who": 0.7,
    "scope": 0.5,
    "where": 0.6,
    "procedure": 0.6,
    "storage": 0.8,
    "produce": 0.9,
    "change": 0.8,
}
_PREMISE = re.compile(
    r"\bis(?:n.?t)? it (?:really |also |still |not )?(?:true|correct|right|the case|so|accurate)\b|"
    r"\b(?:correct|right|true|yes|yeah|no|huh|innit)\s*\?|"
    r"\b(?:isn't|aren't|doesn't|don't|didn't|wasn't|won't|can't) (?:it|that|they|we|i)\b[^?]*\?|"
    r"\b(?:told|tells|heard|hear|says|said|saying|read|claims|claimed|insists|insisted|thinks|believe|believes|"
    r"swears|argues|assume|assumed|assuming|understand|understood|understanding|thought|think|convinced)\b|"
    r"\btrue or false\b|\bconfirm\b|\bsupposedly\b|\bmyth\b|\bam i (?:right|correct|wrong|not)\b"
    r"|\bi.?m (?:right|correct)\b|\bsince when\b",
)
_YEAR = re.compile(
    r"\b(?:back in|as of|in force in|in effect in|law in|law of|rule in|rules in|during|as it stood in"
    r"|stood in|(?:was|were|did|had|applied|required|said|requirement|period|penalty|law|rule|trigger)\b"
    r"[^.?!]{0,60}?\bin)\s+"
    r"(?:(?P<month>january|february|march|april|may|june|july|august|september|october|november|december)\s+)?"
    r"(?P<year>(?:19[789]|20[0-4])\d)\b",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"^\W*in\s+(?P<year>(?:19[789]|20[0-4])\d)\b", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
#: What stands right before a whole date whose law is asked about …
_LAW_OF = re.compile(
    r"(?:\b(?:as (?:of|at)|as (?:it|they) (?:stood|read|was|were) (?:on|of)|"
    r"(?:in force|in effect|law|laws|rules?|statute|regulations?|text|version|edition) (?:(?:on|of)|as of))"
    r"(?: the day of)?)[\s,(]*$"
)
#: … unless it is an event's after all: "the power of attorney was revoked as of".
_EVENT_OF = re.compile(
    r"\b(?:revoked|inactive|active|removed|released|paperless|live|terminated|cancell?ed|withdrawn|closed|"
    r"effective|liquidated|paid|filed|signed|issued|entered|exported|today'?s? (?:date )?is)"
    r" (?:as )?(?:of|at)[\s,(]*$"
)

#: A word that sets aside the name right after it, in the same clause.
_ASIDE = re.compile(
    r"(?:(?:\bnot|\b(?:is|was|are|were)n't|\binstead of|\brather than|\bother than|\bexcept(?: for)?)"
    r"(?:\s+(?:in|under|with|for|about|to|from|on|the|a|an|part|member|of|any|our|your))*"
    r"|(?:\b(?:do|does|did)(?:n't| not)|\bno longer|\bnever|\bstopped)"
    r"\s+(?:export|ship|sell|send|import|buy|deal|trade|work|mean)\w*(?:\s+\w+){0,2})\s+$"
)
#: A name that the sentence only begins with for comparison: "As with NAFTA, the USMCA exporter …".
_LIKENED = re.compile(r"(?:^|[.!?]\s+)(?:just )?(?:as (?:with|under|for)|unlike|like)\s+(?:the\s+)?$")
#: A paragraph without its section, where the message names no section: it is one of § 1508.
BARE = re.compile(r"(?<![\w.)])(?:\([a-l]\))(?:\([1-9]\))(?:\([A-Za-z]+\))*(?!\()")
#: A past that the message itself sets against today: "in 2010 it was (i). Where did it go?"
_TODAY = re.compile(
    r"\b(?:where (?:did|has|have) (?:it|they|that|this) (?:go|gone|move)"
    r"|where is (?:it|that|this) (?:now|today)|what (?:became|has become) of|what happened to"
    r"|which letter (?:is it )?now|(?:is|does|do|are) (?:it|that|this|they) still|and (?:now|today)\s*\?)"
)
#: Goods that came in and were entered, wherever they come from.
_ENTERED = re.compile(
    r"\b(?:filed?|made|make) (?:(?:an?|the|our|consumption|formal|informal) )*entr(?:y|ies)\b"
    r"|\b(?:american|u\.?s\.?) goods returned\b|\breturned american goods\b"
)
#: What an entry may be about besides: then the country counts.
_PREFERENCE = frozenset(
    "certificate fta_import importer_claim usmca_vehicle certificate_disclosure drawback".split()
)
#: A word that sets aside the record right after it: "our records, other than powers of attorney".
_EXCEPT = re.compile(
    r"(?:\((?:but )?not|\b(?:other than|except(?: for)?|apart from|aside from|excluding|leaving out))"
    r"(?:\s+(?:the|a|an|any|our|your|my|those|about|for))*\s+$"
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question as read.

    ``facets`` are weighted; ``agreements`` holds contract names; ``named`` tells whether an
    agreement itself was named or only a country; ``unheld`` are agreements known by name alone.
    ``leans`` is set where a part of a message is searched with the whole's words for its subject.
    """

    text: str
    day: date
    today: date
    facets: dict[str, float]
    abouts: frozenset[str]
    agreements: frozenset[str]
    unheld: frozenset[str]
    countries: frozenset[str]
    roles: frozenset[str]
    citations: tuple[Citation, ...]
    expansion: str
    premise: bool
    measures: Measures
    named: bool = False
    day_read: bool = False
    leans: bool = False


class QuestionReader:
    """Reads questions with the words of ``corpus/language/``."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def read(self, text: str, day: date, today: date) -> Question:
        """Read one question. ``day`` is the day asked about unless the words name a year."""
        words = plain(text)
        language = self._language
        asked = asked_day(words, today)
        if asked and _TODAY.search(words):
            asked = None
        if asked:
            day = asked
        agreements, unheld, countries, named = self._agreements(words, day)
        abouts = _named(words, language)
        roles = frozenset(found.name for found in language.roles.find(words))
        if _ENTERED.search(words) and not named and _PREFERENCE.isdisjoint(abouts):
            agreements, abouts, roles = frozenset(), abouts - {"fta_export"}, roles - {"exporter"}
        found_terms = list(dict.fromkeys(found.name for found in language.terms.find(words)))
        return Question(
            text=text,
            day=day,
            today=today,
            facets=self._facets(words),
            abouts=abouts,
            agreements=agreements,
            unheld=unheld,
            countries=countries,
            roles=roles,
            citations=_cited(words),
            expansion=" ".join(found_terms),
            premise=bool(_PREMISE.search(words)),
            measures=measure(without_citations(words)),
            named=named,
            day_read=asked is not None,
        )

    def subject(self, text: str) -> str:
        """The words of a text that name records, agreements or countries, each once."""
        words = plain(text)
        phrases = (self._language.abouts, self._language.agreements, self._language.countries)
        spans = {(f.start, f.end) for kind in phrases for f in kind.find(words)}
        return ", ".join(dict.fromkeys(text[start:end] for start, end in sorted(spans)))

    def _facets(self, words: str) -> dict[str, float]:
        facets: dict[str, float] = {}
        for found in self._language.facets.find(words):
            weight = _FACET_WEIGHT.get(found.name, 1.0)
            facets[found.name] = max(facets.get(found.name, 0.0), weight)
        return facets

    def _agreements(
        self, words: str, day: date
    ) -> tuple[frozenset[str], frozenset[str], frozenset[str], bool]:
        language = self._language
        held: set[str] = set()
        unheld: set[str] = set()
        countries: set[str] = set()
        mentions = meant(words, language)
        for found in language.agreements.find(words):
            if found not in mentions:
                continue
            (held if language.agreement_names[found.name].held else unheld).add(found.name)
        named = bool(held)
        for found in language.countries.find(words):
            if found not in mentions:
                continue
            country = language.country_names[found.name]
            countries.add(country.name)
            if country.by_date:
                if not held & {"usmca", "nafta", "canada"}:
                    held.add(_north_american(country.name, day))
            else:
                held.add(country.agreement)
        return frozenset(held), frozenset(unheld), frozenset(countries), named


def _cited(words: str) -> tuple[Citation, ...]:
    """The citations in a text. A paragraph without its section is of the one section named ("(c)(2) of
    1508"), and of § 1508 where none is."""
    cited = tuple(dict.fromkeys(citation for citation, _, _ in find_citations(words)))
    if len(cited) > 1 or (cited and (cited[0].path or (cited[0].kind, cited[0].title) != ("usc", 19))):
        return cited
    section = cited[0].section if cited else "1508"
    bare = " ".join(f"{section}{match.group()}" for match in BARE.finditer(words))
    return tuple(dict.fromkeys(citation for citation, _, _ in find_citations(bare))) or cited


def _named(words: str, language: Language) -> frozenset[str]:
    """The records and subjects that a text names and does not set aside."""
    return frozenset(f.name for f in language.abouts.find(words) if not _EXCEPT.search(words[: f.start]))


def meant(words: str, language: Language) -> list[Found]:
    """The agreements and countries that a text names and does not set aside.

    "Peru, no sorry, Chile, not Peru" means Chile. What is only set aside is still what is talked
    about: "we have no Chile certificate" means Chile.
    """
    found = [*language.agreements.find(words), *language.countries.find(words)]
    of = {mention: _agreement_of(mention, language) for mention in found}
    aside = {
        of[mention]
        for mention in found
        if _ASIDE.search(words[: mention.start]) or _LIKENED.search(words[: mention.start])
    }
    kept = [mention for mention in found if of[mention] not in aside]
    return kept or found


def _north_american(country: str, day: date) -> str:
    """The agreement that governed exports to Canada or Mexico on a day."""
    if day >= USMCA:
        return "usmca"
    return "canada" if country == "canada" and day < NAFTA else "nafta"


def _agreement_of(mention: Found, language: Language) -> str:
    country = language.country_names.get(mention.name)
    return country.agreement if country and mention.name not in language.agreement_names else mention.name


@remembered
def without_citations(text: str) -> str:
    """The text with its citations blanked out, character for character."""
    result = text
    for _, start, end in find_citations(text):
        result = result[:start] + " " * (end - start) + result[end:]
    return result


def asked_day(words: str, today: date) -> date | None:
    """The day whose law is asked about, when the words name one: of a month or year the last.

    ``None`` too where it is not over yet: the law of this year is the law of today.
    """
    for found in find_dates(words, today):
        before = words[: found.start].lower()
        if found.date and _LAW_OF.search(before) and not _EVENT_OF.search(before):
            return found.date if found.date < today else None
    match = _YEAR.search(words) or _YEAR_FIRST.search(words)
    if match is None:
        return None
    year = int(match["year"])
    month = match.groupdict().get("month")
    number = MONTHS.index(month.capitalize()) + 1 if month else 12
    day = date(year, number, calendar.monthrange(year, number)[1])
    return day if day < today else None


def clean(text: str) -> str:
    """What can be read of a message: no control characters, no links, runs of white space folded."""
    text = _LINK.sub(" ", text)
    kept = "".join(
        " " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") and c != "\n" else c
        for c in text
        if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn")
    )
    return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()


def inherit(part: Question, whole: Question, subject: str) -> Question:
    """A part of a message takes from the whole what it does not name itself.

    ``subject`` are the whole's words for its records and agreements; a part that names none of its
    own ("and what starts the clock?") is searched with them.
    """
    leans = bool(subject) and not (part.abouts or part.agreements or part.unheld or part.citations)
    return replace(
        part,
        text=f"{part.text} ({subject})" if leans else part.text,
        leans=leans,
        agreements=(part.agreements & whole.agreements) or whole.agreements,
        unheld=(part.unheld & whole.unheld) or whole.unheld,
        named=part.named or whole.named,
        roles=part.roles or whole.roles,
        abouts=part.abouts or whole.abouts,
        day=whole.day if whole.day_read and not part.day_read else part.day,
        expansion=part.expansion or whole.expansion,
    )
