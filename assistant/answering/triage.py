"""Before any search: what is no question, what is not answered, and what must be asked first."""

from __future__ import annotations

import re

from assistant.answering.question import LIMIT, Question, clean
from assistant.reading.language import Language, Topic, plain
from assistant.reading.spelling import Spelling
from assistant.retention.values import Missing

_ENGLISH = frozenset(
    "the a an of to in for is are do does did we i you our my your how what who when which where why must"
    " can may should have has need keep kept long records record and or on with it if be by at that this"
    " from not was were will would about there".split()
)
#: What a question about a trade agreement's certificate may be about besides; anything else named
#: settles which certificate is meant, or that none is.
_CERTIFICATE = frozenset(
    "certificate fta_export fta_import importer_claim activity history storage definitions".split()
)
_SENTENCES = re.compile(r"(?<=[.?!:;])\s+|\s+[-–—]+\s+|\n+")
#: The year in which USMCA took the place of NAFTA, told without its month.
_STRADDLES = re.compile(
    r"\b(?:in|during) 2020\b(?!\s*,?\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))", re.IGNORECASE
)
_OTHER = frozenset(
    "el la los las que de un una para por cómo cuánto cuanto tiempo debo mis nuestros qué es son del al se"
    " le les des du et est dans pour combien temps dois je nous vous der das und ist wie lange muss ich"
    " wir mein meine für von zu im den il lo gli di che quanto tempo devo uma não como posso".split()
)


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCES.split(text) if sentence.strip()]


class Triage:
    """Decides without search what needs none."""

    def __init__(self, language: Language, spelling: Spelling | None = None) -> None:
        self._language = language
        self._spelling = spelling or Spelling(())

    def mend(self, text: str) -> str:
        """The text with its slips of the pen corrected."""
        return self._spelling.mend(text)

    def readable(self, text: str, follows: bool) -> str | None:
        """An earlier message as it was read; ``None`` for one that asked and told nothing."""
        text = clean(text)
        if len(text) > LIMIT or (self.courtesy(text) and not (follows and self.answers(text))):
            return None
        return self.mend(self.asked(text))

    def named(self, id: str) -> str:
        """The fixed question of this name."""
        return self._language.courtesy_names[id].question

    def courtesy(self, text: str) -> str | None:
        """The fixed question for a message that asks nothing that can be looked up."""
        words = re.findall(r"[^\W\d_]+", plain(text))
        if not text:
            return self.named("empty")
        exact = self._whole(text)
        if exact:
            return self.named(exact)
        if not any(len(word) > 1 for word in words) and not re.search(r"\d{3,4}|\([a-l]\)\([1-9]\)", text):
            return self.named("unreadable")
        latin = sum(word.isascii() for word in words)
        if words and latin < 0.5 * len(words):
            return self.named("not_english")
        ours = sum(word in _ENGLISH for word in words)
        theirs = sum(word in _OTHER for word in words)
        if theirs >= 2 and theirs > ours:
            return self.named("not_english")
        return None

    def answers(self, text: str) -> bool:
        """Whether a message that asks nothing may be the answer to a question put before."""
        exact = self._whole(text)
        asks = exact in (None, "yes_no", "vague") or bool(self._language.facets.find(plain(text)))
        return asks and bool(re.search(r"\w", text))

    def _whole(self, text: str) -> str | None:
        """The courtesy of which the whole message is made, filler words aside."""
        words = plain(text)
        stripped = words.strip(" \t\n?!.,;:")
        for courtesy in self._language.courtesy_names.values():
            if stripped in courtesy.say or words.strip() in courtesy.say:
                return courtesy.id
        found = self._language.courtesies.find(words)
        if not found:
            return None
        covered = {i for f in (*found, *self._language.filler.find(words)) for i in range(f.start, f.end)}
        rest = "".join(c for i, c in enumerate(words) if i not in covered)
        return found[0].name if not re.search(r"[^\W_]", rest) else None

    def asked(self, text: str) -> str:
        """The text without the sentences that only instruct the assistant, if any asks something.

        A message that asks for what is unlawful keeps them: "draft me one dated a month earlier".
        """
        sentences = _sentences(text)
        if len(sentences) < 2 or ((topic := self.topic(text)) and topic.reason == "unlawful"):
            return text
        kept = [s for s in sentences if not ((topic := self._language.topics.find(s)) and topic.yields)]
        rest = " ".join(kept)
        if len(kept) == len(sentences) or not (
            self._language.facets.find(rest) and self._language.subjects(rest)
        ):
            return text
        return rest

    def topic(self, text: str) -> Topic | None:
        """The topic outside the scope that the message is about, if it is about one.

        What excuses one sentence excuses no other: who asks for what is unlawful is refused, whatever
        else the message holds.
        """
        whole = self._language.topics.find(text)
        if whole and whole.reason == "unlawful":
            return whole
        sentences = _sentences(text)
        alone = (self._language.topics.find(s) for s in sentences if len(sentences) > 1)
        return next((topic for topic in alone if topic and topic.reason == "unlawful"), whole)

    def missing(self, question: Question) -> Missing | None:
        """A fact without which no answer can be right."""
        certificate = "certificate" in question.abouts or question.abouts == {"fta_export"}
        certificate = certificate and question.abouts <= _CERTIFICATE
        named = question.agreements or question.unheld or question.citations
        period = question.facets.get("how_long", 0.0)
        asks_period = period and period >= max(question.facets.values()) and "change" not in question.facets
        if certificate and not named and asks_period:
            return Missing(
                "agreement",
                "Under which trade agreement was the certificate made (USMCA, NAFTA, Chile, CAFTA-DR,"
                " Peru, Korea, Colombia or Panama)? The period and the day it runs from depend on it.",
            )
        by_day = any(self._language.country_names[name].by_date for name in question.countries)
        if certificate and by_day and not question.named and asks_period and _STRADDLES.search(question.text):
            return Missing(
                "exportation",
                "On what day in 2020 were the goods exported? Before July 1, 2020 the NAFTA rule governs (5"
                " years from signature), from that day on the USMCA rule (at least five from completion).",
            )
        return None
