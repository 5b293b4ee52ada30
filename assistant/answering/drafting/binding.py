"""From a drafted sentence to a claim: its slots filled, its quotes found, its citations the sources'.

Nothing that a model writes becomes a citation, a date or an amount: those come from the sources
that it names by id. What a claim rests on is the whole of those sources' words, not the piece of
them that the model chose, so that a qualification it left out still counts against it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answering.drafting.form import Sentence
from assistant.answering.drafting.marking import unmarked
from assistant.answering.drafting.pack import SLOT, Pack, Source, marks
from assistant.answering.drafting.telling import NEGATION
from assistant.answering.grounding import Ground
from assistant.answering.reply import Claim, Finding, Quote

#: A quote shorter than this, in words, shows nothing.
SHORTEST = 3
#: Besides these a sentence may have the characters of its sources.
_PLAIN = frozenset(string.ascii_letters + string.digits + " .,;:'\"()%$-/&“”‘’–—§")
_OPENING = re.compile(r"(?:yes|no|correct|incorrect|true|false|right|wrong)\b[^\w\s]", re.I)
_WRITTEN = re.compile(
    r"[$€£¥₩]|\b(?:dollars?|euros?|USD|EUR|pesos?|won|pounds sterling)\b"
    r"|\b(?:hundred|thousand|million|billion)\b"
    r"|U\.\s?S\.\s?C(?![a-z])|\bUSC\b|\bC\.?F\.?R\b|\bPub\. ?L\b|\bFed\. ?Reg\b|§"
    r"|\b(?:January|February|April|June|July|August|September|October|November|December)\b"
    r"|\b(?:March|May) (?:\d|the \w+th|(?:first|second|third)\b)|\b(?:of|in|since|until|by) (?:March|May)\b",
)


def bind(sentence: Sentence, pack: Pack, ground: Ground, day: date) -> Claim | list[Finding]:
    """The sentence as a claim that may be shown, or everything that is wrong with it.

    Marks that the model sent back are taken out first.
    """
    quoted = tuple(map(unmarked, sentence.quotes))
    sentence = Sentence(unmarked(sentence.text), sentence.passages, quoted)
    sources = {source.id: source for source in pack.sources}
    unknown = [id for id in sentence.passages if id not in sources]
    named = [sources[id] for id in dict.fromkeys(sentence.passages) if id in sources]
    faults = [f"no source has the id {id[:40]!r}" for id in unknown]
    if not sentence.text.strip():
        faults.append("it says nothing")
    if not named and not unknown:
        faults.append("it names no source")
    if faults:
        return [Finding(sentence.text, fault) for fault in faults]
    slots = {name: words for source in named for name, words in source.slots.items()}
    faults = [*_written(sentence.text, named), *_unfilled(sentence.text, slots)]
    text = " ".join(filled(sentence.text, slots).split())
    faults += _quotes(sentence.quotes, named, slots)
    faults += _foreign(text, named)
    claim = _claim(text, named)
    found = [Finding(text, fault) for fault in dict.fromkeys(faults)]
    return [*found, *_grounded(claim, ground, day)] or claim


def sources_of(sentence: Sentence, pack: Pack) -> list[Source]:
    """The sources that a sentence names."""
    return [source for source in pack.sources if source.id in sentence.passages]


def filled(text: str, slots: dict[str, str]) -> str:
    """The text with the words behind its slots; a slot that is not known stays as it is."""
    return SLOT.sub(lambda match: slots.get(match[1], match[0]), text)


def _claim(text: str, sources: Sequence[Source]) -> Claim:
    quotes = dict.fromkeys(quote for source in sources for quote in source.claim.quotes)
    citations = dict.fromkeys(c for source in sources for c in source.claim.citations)
    basis = "quote" if any(source.claim.basis == "quote" for source in sources) else "digest"
    return Claim(text, basis, tuple(citations), tuple(quotes))  # type: ignore[arg-type]


def _grounded(claim: Claim, ground: Ground, day: date) -> list[Finding]:
    """A restatement of ours, repeated to the letter, bears itself out; other words must be shown to."""
    repeated = any(" ".join(quote.text.split()) == claim.text for quote in claim.quotes)
    return ground.check(claim, day) if repeated else ground.check_draft(claim, day)


def _written(text: str, sources: Sequence[Source]) -> Iterator[str]:
    """What only the engine writes, written by the model itself; a source may have "one hundred miles"."""
    own = SLOT.sub(" ", text)
    for start, end, kind in marks(own):
        yield f"it writes the {kind} {own[start:end]!r} itself; only a slot may stand for one"
    words = " ".join(SLOT.sub(" ", words) for source in sources for words in source.words)
    for found in _WRITTEN.finditer(own):
        if found[0] not in words:
            yield f"it writes {found[0]!r} itself; a date, an amount or a citation is a slot"
    if _OPENING.match(own.strip()):
        yield "it opens with a yes or a no; the sentence alone says it"


def _unfilled(text: str, slots: dict[str, str]) -> Iterator[str]:
    for match in SLOT.finditer(text):
        if match[1] not in slots:
            yield f"no source that it names has the slot {match[0][:40]!r}"
    if re.search(r"[{}]", SLOT.sub(" ", text)):
        yield "it has a brace that belongs to no slot"


def _foreign(text: str, sources: Sequence[Source]) -> Iterator[str]:
    """What none of the sources has: a character (an emoji, a letter of another script), a denial."""
    words = " ".join(quote.text for source in sources for quote in source.claim.quotes)
    for character in sorted(set(text) - set(words) - _PLAIN):
        yield f"it has the character {character!r} (U+{ord(character):04X}), which its sources have not"
    if (denial := NEGATION.search(text)) and not NEGATION.search(words):
        yield f"it says {denial[0]!r}, and its sources deny nothing"


def _quotes(quotes: Sequence[str], sources: Sequence[Source], slots: dict[str, str]) -> Iterator[str]:
    if not quotes:
        yield "it quotes nothing"
    for words in quotes:
        wanted = filled(words, slots).split()
        if len(words.split()) < SHORTEST:  # as it was sent: a slot is one word, whatever fills it
            yield f"the quote {words[:60]!r} is shorter than {SHORTEST} words"
        elif not any(_stands(wanted, quote) for source in sources for quote in source.claim.quotes):
            yield f"the quote {words[:80]!r} does not stand in the sources named, letter for letter"


def _stands(wanted: list[str], quote: Quote) -> bool:
    """Whether the words stand in a row in the words of a source; only white space may differ."""
    return " ".join(wanted) in " ".join(quote.text.split())
