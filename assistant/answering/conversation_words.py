"""A follow-up put into words that stand alone: what it takes over of subject, agreement, role and day."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.conversation_state import State, Turn
from assistant.answering.dates import find_dates
from assistant.answering.facts import Told
from assistant.answering.facts.words import read_words
from assistant.answering.question import Question, QuestionReader
from assistant.reading.language import Language, Phrases

#: Facets that any question may open with; alone they do not make one.
WEAK = frozenset({"define", "who", "scope", "where"})
#: What a message may ask for and still be one about a date.
OF_DATES = frozenset({"how_long", "produce", "change"}) | WEAK
#: The subjects that an agreement goes with; any other leaves it behind.
UNDER_AGREEMENTS = frozenset(
    "certificate fta_export fta_import importer_claim certificate_disclosure usmca_vehicle penalties"
    " storage definitions history drawback".split()
)
#: Those of them that mostly have rules of their own: a question that turns to one leaves it behind too.
_LOOSELY = frozenset({"drawback", "storage"})
#: What is asked, though it is told like a subject.
ASKED = frozenset({"penalties", "history", "definitions"})
#: A message of no more words says too little without the one before it.
_FEW = 3
#: Records that are named best by who keeps them.
_KEEPERS = {"fta_import": "importer", "fta_export": "exporter"}
#: Of those who keep records, the ones that 19 U.S.C. § 1509(a)(2)(A) names for what they are.
_SUMMONED = {
    ("usmca_vehicle", ""): "vehicle producer",
    ("usmca_vehicle", "usmca"): "vehicle producer",
    ("fta_export", "usmca"): "exporter of certified goods",
}
#: Who may call for papers is asked of a summons as of a demand.
_MAY_ASK = re.compile(
    r"\b(?:who|whom|which officer)\b[^.?!\n]{0,30}\b(?:may|can|could|allowed|entitled|right)\b[^.?!\n]{0,20}"
    r"\b(?:ask|demand|require|request|call|issue|sign|order)\b.*",
    re.IGNORECASE,
)
_OURSELVES = re.compile(r"\b(?:we|us|i|me)\b", re.IGNORECASE)
_CAPITALS = ("usmca", "nafta", "cafta-dr")
_DENIED = re.compile(r",?\s*\b(?:and\s+)?not\s+(?:as\s+)?(?:the|an?|its|our|your)\s+$", re.IGNORECASE)
_OPENING = re.compile(r"^\W*(?:and|or|but|so|then)\s+", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?<=\bof )(?:it|them)\b"
    r"|(?<!\bis )(?<!\bare )(?<!\btell )(?<!\bnotify )(?<!\bask )(?<!\binform )(?<!\bpay )(?<!\bwith )"
    r"(?<!\bto )(?<=\w )(?:it|them)(?=\W*$)",
    re.IGNORECASE,
)
#: "They can ask" tells of a demand, and names none.
_TELLS = re.compile(
    r"(?:can|may|could|will|we|i|they|you|cbp|customs|do|does|did|to|has|have)\b", re.IGNORECASE
)
_ASKING = re.compile(r"\W*(?:and |but |so )*(?:is|are|do|does|did|can|may|must|should|will)\b", re.IGNORECASE)


class Words:
    """What a message takes from the state, as a question and in words."""

    def __init__(self, reader: QuestionReader, language: Language) -> None:
        self._reader = reader
        self._language = language

    def carry(self, state: State, own: Question, turn: Turn) -> Question:
        """The message's own reading with what it does not say taken from the state's."""
        before, told = state.question, state.only
        record = told.record if told else None
        names = own.abouts - ASKED
        if names and _adds(turn) and not record:
            own, names = replace(own, abouts=own.abouts | before.abouts), frozenset()
        if record and not names:
            other = "fta_export" if record == "fta_import" else "fta_import"
            about = record if same_side(record, own.roles) else other
            before = replace(before, abouts=frozenset({about}))
        elif not names:
            before = replace(before, abouts=_sides(before.abouts, own.roles))
        tells = "fta_import" in before.abouts and not turn.whole and not turn.question.facets
        of_the_file = {"entry"} if tells or (record or "").startswith("fta_") else set()
        under = names <= UNDER_AGREEMENTS | of_the_file
        keeps = under and not (own.agreements or own.unheld) and not _leaves(before, own, turn)
        known = frozenset({told.agreement}) if told and told.agreement else before.agreements
        question = replace(
            own,
            agreements=known if keeps else own.agreements,
            unheld=before.unheld if keeps else own.unheld,
            named=before.named if keeps else own.named,
            countries=own.countries or (before.countries if keeps else frozenset()),
            abouts=own.abouts if names else own.abouts | before.abouts,
            roles=own.roles or (frozenset() if names else before.roles),
            facets=_facets(before, turn),
            citations=own.citations or (() if names else before.citations),
            expansion=own.expansion if names else f"{own.expansion} {before.expansion}".strip(),
        )
        if own.day_read or "now" in turn.cues or "change" in own.facets or not before.day_read:
            return question
        return replace(question, day=before.day, day_read=True)

    @staticmethod
    def as_told(state: State, text: str, question: Question) -> str:
        """A question whether "we" may be summoned, with what the person was told to be before."""
        if "summons" not in question.abouts or question.roles - {"importer", "importer_of_record"}:
            return text
        if not _OURSELVES.search(text):
            return text
        told = (*state.told, *state.shelf)
        found = (_SUMMONED.get((one.record or "", one.agreement or "")) for one in told)
        who = next((words for words in found if words), "")
        return f"{text} ({who})" if who else text

    def without_denied_roles(self, text: str) -> str:
        """The text without the roles it only denies beside another: "the broker, not the importer"."""
        found = self._language.roles.find(text)
        spans = [(m.start(), f.end) for f in found if (m := _DENIED.search(text[: f.start]))]
        if not spans or len(spans) == len(found):
            return text
        for start, end in sorted(spans, reverse=True):
            text = text[:start] + text[end:]
        return text

    def named(self, text: str) -> str:
        """The words of a text for its subjects, without its agreements."""
        language = self._language
        subjects = ", ".join(text[f.start : f.end] for f in language.abouts.find(text) if f.name not in ASKED)
        found = in_place(subjects, "", language.agreements, language.countries)
        parts = list(dict.fromkeys(part for part in found.split(", ") if part.strip()))
        return ", ".join([part for part in parts if not _TELLS.match(part)] or parts)

    def topic(self, before: State, state: State) -> str:
        """The words for the subject of a state: those of before, unless another subject was named."""
        named, known = state.question.abouts - ASKED, before.question.abouts
        if state.only and state.only.record:
            return _record_words(state.only)
        if before.topic and named <= known:
            return before.topic
        return self.named(state.question.text) or before.topic

    @staticmethod
    def of_now(question: Question, turn: Turn) -> Question:
        """The question of the day asked about, where the message asks for the law of now."""
        return replace(question, day=turn.as_of, day_read=False) if "now" in turn.cues else question

    def worded(self, state: State, turn: Turn) -> State:
        """One more question on the same subject, put in words of its own."""
        text, carried = self._text(state, turn)
        question = replace(self.carry(state, turn.question, turn), text=text)
        notes = (f"Carried over from before: {carried}.",) if carried else ()
        shelf = (*state.told, *state.shelf)
        others = self._wordings(state, turn, text)
        return State(question, shelf=shelf, notes=notes, cues=turn.cues, follows=True, wordings=others)

    def _wordings(self, state: State, turn: Turn, text: str) -> tuple[str, ...]:
        """The same question with each name of its subject alone, or in the words that asked before."""
        before, own = _base(state), turn.question
        parts = [part for part in state.topic.split(", ") if part]
        found = []
        if text.endswith(f"({', '.join(parts)})") and len(parts) > 1:
            found += [f"{turn.words} ({part})" for part in parts]
        names_only = own.abouts - ASKED and not turn.whole and not set(own.facets) - WEAK - own.abouts
        if (
            names_only
            and (found_who := _MAY_ASK.search(before))
            and own.abouts & {"summons", "demand", "audit"}
        ):
            named = words_of(turn.words, self._language.abouts)
            found.append(f"{before[: found_who.start()]}who may issue or make the {named}?")
        if names_only and "now" not in turn.cues and self._language.abouts.find(before):
            found.append(in_place(before, turn.words, self._language.abouts))
        return tuple(one for one in found if one != text)

    def otherwise(self, state: State, turn: Turn, found: State) -> tuple[Question, ...]:
        """What a message may ask besides, for where what it was read as finds nothing."""
        if found.read or found.penalty:
            return ()
        if not found.follows:
            return (self.worded(state, turn).question,)
        alone = replace(
            turn.question,
            agreements=found.question.agreements,
            unheld=found.question.unheld,
            countries=found.question.countries,
            day=found.question.day,
        )
        return (alone,) if turn.words != found.question.text and turn.count > _FEW else ()

    def _text(self, state: State, turn: Turn) -> tuple[str, str]:
        """The message as a question that stands alone, and the words it took for that."""
        own, before, language = turn.question, _base(state), self._language
        strong, same = set(own.facets) - WEAK, "swap" in turn.cues
        agreement = own.agreements or own.unheld or own.countries
        named = own.abouts - ASKED
        swaps = not strong or (same and not turn.whole)
        if _adds(turn):
            named, swaps = frozenset(), False
        if named and named <= state.question.abouts | {"entry"} and only_tells(turn) and not state.told:
            return f"{before}\n{turn.words}", self._reader.subject(before)
        if (own.day_read or "now" in turn.cues) and not (own.abouts or agreement or own.roles or strong):
            return before, self._reader.subject(before)
        if (agreement or own.roles) and not own.abouts and not strong and (not turn.whole or same):
            if state.only and state.only.record not in _KEEPERS and not agreement:
                return f"{turn.words} (how long)", _SHOWN["how_long"]
            text = in_place(before, turn.words, language.agreements, language.countries)
            text = in_place(text, turn.words, language.roles)
            return text, _asked_before(state)
        if named and swaps:
            cues = asking(language, before)
            under = named <= UNDER_AGREEMENTS and not agreement
            names = self._agreement(state.question) if under else ""
            carried = "; ".join(filter(None, [cues and _asked_before(state), names]))
            added = ", ".join(filter(None, [cues, names]))
            return f"{turn.words} ({added})" if added else turn.words, carried
        if "since" in turn.cues and turn.count <= _FEW + 1 and not own.abouts:
            return f"{before}\n{turn.words}", self._reader.subject(before)
        subject = self._subject(state, turn, named)
        count = len(_OPENING.sub("", turn.words).split())
        says = (
            strong
            or own.facets
            or turn.whole
            or count > _FEW
            or (count == _FEW and _ASKING.match(turn.words))
        )
        if says and subject:
            words = turn.words if turn.whole else _PRONOUN.sub(f"the {subject.split(',')[0]}", turn.words)
            if state.only and state.only.record in _KEEPERS:
                words = turn.words
            whole = words == turn.words or turn.words.endswith(")")
            return (f"{words} ({subject})" if whole else words), self._shown(state, own)
        if strong and named and (turn.count > _FEW or turn.whole):
            return turn.words, ""
        return f"{before}\n{turn.words}", self._reader.subject(before)

    def _subject(self, state: State, turn: Turn, named: frozenset[str]) -> str:
        """The words for what was spoken of, as far as a message does not name it itself."""
        own, record = turn.question, state.only.record if state.only else None
        if record and not same_side(record, own.roles):
            return self._agreement(state.question)
        if state.only and state.only.record and (not named or state.only.record in _KEEPERS):
            return _record_words(state.only)
        found = [] if named else [state.topic]
        free = own.agreements or own.unheld or own.countries or _leaves(state.question, own, turn)
        if not free and named <= UNDER_AGREEMENTS:
            found.append(self._agreement(state.question))
        if not any(found) and not own.roles and not named:
            found = [words_of(state.question.text, self._language.roles)]
        return ", ".join(dict.fromkeys(filter(None, found)))

    def _shown(self, state: State, own: Question) -> str:
        """What was taken over of subject and agreement, as it is shown."""
        known, kept = read_words().record_words, state.question
        abouts = () if own.abouts - ASKED else sorted(kept.abouts - ASKED)
        named = own.agreements or own.unheld or own.countries
        names = [known.get(about, about.replace("_", " ")) for about in abouts]
        names = [name for name in names if not any(f" {name}" in other for other in names)]
        if state.only and state.only.record:
            names = [known[state.only.record]]
        return "; ".join(filter(None, [*names, "" if named else self._agreement(kept)]))

    def _agreement(self, question: Question) -> str:
        """The agreement's name, and the country's where one was named."""
        names = sorted(question.agreements | question.unheld)
        names = [name.upper() if name in _CAPITALS else name.capitalize() for name in names]
        return ", ".join(
            [*names, *(country.replace("-", " ").title() for country in sorted(question.countries))]
        )


#: What was asked, as it is shown where a message leaves it out.
_SHOWN = {"how_long": "the question how long", "penalty": "the question of the penalty"}


def _asked_before(state: State) -> str:
    """What was asked before, in a few words."""
    return next((words for name, words in _SHOWN.items() if name in state.question.facets), "the question")


def _base(state: State) -> str:
    """The question before; of dates that were computed, the one that they answer."""
    told = state.only
    if told is None or told.record is None:
        return state.question.text
    if told.record in _KEEPERS:
        under = told.agreement or "an agreement"
        return f"how long must the {_KEEPERS[told.record]} keep records under {under}"
    return f"how long must {read_words().record_words[told.record]} be kept"


def _leaves(before: Question, own: Question, turn: Turn) -> bool:
    """Whether a question with a subject of its own leaves the agreement spoken of behind."""
    return turn.whole and bool(own.abouts & _LOOSELY - before.abouts)


def _sides(abouts: frozenset[str], roles: frozenset[str]) -> frozenset[str]:
    """The subjects spoken of, with the other party's records where only that party is named."""
    for one, other in (("fta_export", "fta_import"), ("fta_import", "fta_export")):
        if one in abouts and other not in abouts and not same_side(one, roles):
            return abouts - {one} | {other}
    return abouts


def same_side(record: str, roles: frozenset[str]) -> bool:
    """Whether those who are named keep the record spoken of, and not the other party's."""
    sides = {"fta_import": {"importer", "importer_of_record"}, "fta_export": {"exporter", "producer"}}
    named = {side for side, keepers in sides.items() if roles & keepers}
    return not named or record in named


def _record_words(told: Told) -> str:
    if told.record in _KEEPERS:
        return f"{told.agreement or ''} {_KEEPERS[told.record]}".strip()
    return read_words().record_words[told.record or ""]


def _facets(before: Question, turn: Turn) -> dict[str, float]:
    """What is asked: the message's own, or what was asked before of something else."""
    own = turn.question.facets
    if turn.whole or (set(own) - WEAK and "swap" not in turn.cues):
        return own
    strong = {name: weight for name, weight in before.facets.items() if name not in WEAK}
    return {**(strong or before.facets), **own}


def _adds(turn: Turn) -> bool:
    """Whether a message supposes something more of the same, rather than another subject."""
    return "suppose" in turn.cues and turn.count > _FEW and not set(turn.question.facets) - WEAK


def only_tells(turn: Turn) -> bool:
    """Whether a message with a day tells something and asks nothing: what was asked before is asked of it."""
    asks = read_words().ask.names(turn.words) - {"keep", "opening", "trigger"}
    told = any(one.date for one in find_dates(turn.words, turn.today))
    return told and not asks and not turn.text.rstrip().endswith("?")


def in_place(text: str, other: str, *kinds: Phrases) -> str:
    """A text with its names of some kinds taken out, and those of another message put in."""
    found = [f for kind in kinds for f in kind.find(other)]
    if not found and other:
        return text
    new = ", ".join(dict.fromkeys(other[f.start : f.end] for f in found))
    spans: list[tuple[int, int]] = []
    for one in sorted((f for kind in kinds for f in kind.find(text)), key=lambda f: (f.start, -f.end)):
        if not spans or one.start >= spans[-1][1]:
            spans.append((one.start, one.end))
    for number, (start, end) in reversed(list(enumerate(spans))):
        text = f"{text[:start]}{'' if number else new}{text[end:]}"
    if new:
        article = "an" if new[:1].lower() in "aeiou" and not new.lower().startswith(("us", "eu")) else "a"
        text = re.sub(
            rf"\b(a)n?(?= {re.escape(new)})", lambda m: article.replace("a", m[1], 1), text, flags=re.I
        )
    return _tidy(text) if spans or not new else f"{text} ({new})"


def _tidy(text: str) -> str:
    """A text without the commas and brackets that names taken out of it have left."""
    text = re.sub(r"(?:,\s*)+(?=[,)])|(?<=\()\s*(?:,\s*)+", "", " ".join(text.split()))
    return " ".join(re.sub(r"\(\s*\)", "", text).split())


def words_of(text: str, phrases: Phrases) -> str:
    """The words of a text that name something of a kind, each once."""
    return ", ".join(dict.fromkeys(text[f.start : f.end] for f in phrases.find(text)))


def asking(language: Language, text: str) -> str:
    """The words by which a text asks ("how long", "penalty"), and not those that name its subject."""
    abouts = [f for f in language.abouts.find(text) if f.name not in ASKED]
    found = [
        f
        for f in language.facets.find(text)
        if not any(f.start < about.end and about.start < f.end for about in abouts)
    ]
    found = [f for f in found if f.name not in WEAK] or found
    return " ".join(dict.fromkeys(text[f.start : f.end] for f in found))
