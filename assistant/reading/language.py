"""People's words, from ``corpus/language/``: what they mean in the law, and what lies outside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from assistant.errors import CorpusError
from assistant.reading.files import Strict, read_toml
from assistant.reading.remembered import remembered

_TOKEN = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")
_SET = re.compile(r"\{(\w+)\}")
_STRAIGHT = str.maketrans("‘’‛“”„–—‑‐−\u00a0", "'''\"\"\"----- ")


class Term(Strict, frozen=True, kw_only=True):
    say: tuple[str, ...]
    means: str


class Named(Strict, frozen=True, kw_only=True):
    """A name of the rules or digests, with the words people use for it."""

    name: str
    say: tuple[str, ...]


class Agreement(Named, frozen=True, kw_only=True):
    held: bool = True


class Country(Named, frozen=True, kw_only=True):
    agreement: str
    by_date: bool = False


class Topic(Strict, frozen=True, kw_only=True):
    """Something this assistant does not answer, what signals it, and the text that says so."""

    id: str
    say: tuple[str, ...]
    answer: str
    reason: Literal["out_of_scope", "not_in_corpus", "advice", "unlawful"]
    unless: tuple[str, ...] = ()
    yields: bool = False


class Courtesy(Strict, frozen=True, kw_only=True):
    """A fixed question back for a message that asks nothing."""

    id: str
    say: tuple[str, ...]
    question: str


class _Terms(Strict, frozen=True, kw_only=True):
    spelling: tuple[Term, ...]
    term: tuple[Term, ...]
    agreement: tuple[Agreement, ...]
    country: tuple[Country, ...]
    role: tuple[Named, ...]
    about: tuple[Named, ...]
    event: tuple[Named, ...]
    facet: tuple[Named, ...]


class _TopicFile(Strict, frozen=True, kw_only=True):
    topic: tuple[Topic, ...]
    set: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    wish: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)

    def expanded(self) -> tuple[Topic, ...]:
        """The topics with the choices written out for every ``{name}`` of a set."""
        return tuple(
            msgspec.structs.replace(
                topic,
                say=tuple(" + ".join(self._choices(part) for part in say.split(" + ")) for say in topic.say),
                unless=tuple(phrase for said in topic.unless for phrase in self._choices(said).split("|")),
            )
            for topic in self.topic
        )

    def _choices(self, part: str, within: tuple[str, ...] = ()) -> str:
        done: list[str] = []
        for choice in part.split("|"):
            name = _SET.search(choice)
            if name is None:
                done.append(choice)
                continue
            if name[1] not in self.set or name[1] in within:
                fault = f"set {name[1]} holds itself" if name[1] in within else f"no set {name[1]}"
                raise CorpusError(f"out_of_scope.toml: {part!r}: {fault}")
            before, after = choice[: name.start()], choice[name.end() :]
            for word in self.set[name[1]]:
                inner = self._choices(word, (*within, name[1]))
                done += [self._choices(f"{before}{w}{after}", within) for w in inner.split("|")]
        return "|".join(done)


class _Filler(Strict, frozen=True, kw_only=True):
    say: tuple[str, ...]


class _Courtesies(Strict, frozen=True, kw_only=True):
    filler: _Filler
    reply: tuple[Courtesy, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found in a text: the name it stands for and its place."""

    name: str
    start: int
    end: int
    tokens: int


def plain(text: str) -> str:
    """Lower case with straight quotes and dashes, character for character, so that offsets hold."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_STRAIGHT)


@remembered
def _spans(text: str) -> list[tuple[str, int, int]]:
    """The tokens of a text with their places; every set of phrases asks for those of one message."""
    return [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(plain(text))]


class Phrases:
    """Phrases looked up by token, so that a long text costs no more than its words.

    A phrase matches whole words; a trailing ``*`` lets its last word end in any way. Where two
    overlap, the longer one wins.
    """

    def __init__(self, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], bool, str]]] = defaultdict(list)
        self._by_pair: dict[tuple[str, str], list[tuple[tuple[str, ...], bool, str]]] = defaultdict(list)
        self._prefixes: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, say in entries:
            for phrase in say:
                open_end = phrase.endswith("*")
                tokens = tuple(_TOKEN.findall(plain(phrase.removesuffix("*"))))
                if len(tokens) == 1 and open_end:
                    self._prefixes[tokens[0][:2]].append((tokens[0], name))
                elif len(tokens) > 2 or (len(tokens) == 2 and not open_end):
                    self._by_pair[tokens[0], tokens[1]].append((tokens, open_end, name))
                elif tokens:
                    self._by_first[tokens[0]].append((tokens, open_end, name))

    @property
    def words(self) -> set[str]:
        """Every whole word of the phrases."""
        kept = (*self._by_first.values(), *self._by_pair.values())
        return {token for phrases in kept for tokens, _, _ in phrases for token in tokens}

    def find(self, text: str) -> list[Found]:
        """Every phrase in the text, in order; a span that several names claim yields each of them."""
        matches = sorted(self._matches(_spans(text)), key=lambda f: (f.start - f.end, f.start))
        taken: list[Found] = []
        for match in matches:
            overlapping = [t for t in taken if t.start < match.end and match.start < t.end]
            if all((t.start, t.end) == (match.start, match.end) for t in overlapping):
                taken.append(match)
        return sorted(taken, key=lambda f: (f.start, f.end))

    def names(self, text: str) -> set[str]:
        """The names of all phrases in the text, whether or not they overlap."""
        return {found.name for found in self._matches(_spans(text))}

    def _matches(self, spans: list[tuple[str, int, int]]) -> Iterator[Found]:
        words = tuple(token for token, _, _ in spans)
        for at, (token, start, end) in enumerate(spans):
            for prefix, name in self._prefixes.get(token[:2], ()):
                if token.startswith(prefix):
                    yield Found(name, start, end, 1)
            following = words[at + 1] if at + 1 < len(words) else ""
            for tokens, open_end, name in (
                *self._by_first.get(token, ()),
                *self._by_pair.get((token, following), ()),
            ):
                last = at + len(tokens) - 1
                if last >= len(words) or words[at:last] != tokens[:-1]:
                    continue
                if words[last] == tokens[-1] or (open_end and words[last].startswith(tokens[-1])):
                    yield Found(name, start, spans[last][2], len(tokens))


class Topics:
    """What is not answered, with a small grammar over phrases.

    `` + `` joins parts that must all be present, in any order; ``|`` separates the choices of a
    part. The first topic, in the file's order, that is met and not excused by its ``unless`` decides.
    """

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics = tuple(topics)
        #: By a phrase's key, the conditions that it opens: which topic, and all that must be present.
        self._opened: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        entries: list[tuple[str, tuple[str, ...]]] = []
        for rank, topic in enumerate(self._topics):
            for number, say in enumerate(topic.say):
                parts = []
                for place, part in enumerate(say.split(" + ")):
                    key = f"{topic.id}:{number}:{place}"
                    entries.append((key, tuple(choice.strip() for choice in part.split("|"))))
                    parts.append(key)
                self._opened[parts[0]].append((rank, frozenset(parts)))
            entries.append((f"{topic.id}:unless", topic.unless))
        self._phrases = Phrases(entries)

    def find(self, text: str) -> Topic | None:
        """The topic the text is about, if it is one of those."""
        present = self._phrases.names(text)
        met = {rank for key in present for rank, parts in self._opened.get(key, ()) if parts <= present}
        for rank in sorted(met):
            if f"{self._topics[rank].id}:unless" not in present:
                return self._topics[rank]
        return None


@dataclass(frozen=True, slots=True)
class Language:
    """All that is known of people's words."""

    terms: Phrases
    agreements: Phrases
    countries: Phrases
    roles: Phrases
    abouts: Phrases
    events: Phrases
    facets: Phrases
    topics: Topics
    courtesies: Phrases
    filler: Phrases
    wishes: Phrases
    agreement_names: dict[str, Agreement]
    country_names: dict[str, Country]
    courtesy_names: dict[str, Courtesy]
    spellings: dict[str, str]

    def subjects(self, text: str) -> bool:
        """Whether the text names a record, a subject or an agreement."""
        return bool(self.abouts.find(text) or self.agreements.find(text) or self.countries.find(text))

    @property
    def words(self) -> set[str]:
        """Every word of the phrases that name what is asked, of whom and about what."""
        names = (self.agreements, self.countries, self.roles, self.abouts, self.events)
        return {word for phrases in (self.terms, *names, self.facets) for word in phrases.words}


def read_language(corpus: Path) -> Language:
    """Read ``corpus/language/``; anything not in the schema is a `CorpusError`."""
    folder = corpus / "language"
    terms = read_toml(folder / "terms.toml", _Terms)
    outside = read_toml(folder / "out_of_scope.toml", _TopicFile)
    topics = outside.expanded()
    courtesies = read_toml(folder / "greetings.toml", _Courtesies)
    unknown = {country.agreement for country in terms.country} - {a.name for a in terms.agreement}
    if unknown:
        raise CorpusError(f"{folder / 'terms.toml'}: no agreement {', '.join(sorted(unknown))} for a country")
    return Language(
        terms=Phrases((term.means, term.say) for term in terms.term),
        agreements=Phrases((a.name, a.say) for a in terms.agreement),
        countries=Phrases((c.name, c.say) for c in terms.country),
        roles=Phrases((r.name, r.say) for r in terms.role),
        abouts=Phrases((a.name, a.say) for a in terms.about),
        events=Phrases((e.name, e.say) for e in terms.event),
        facets=Phrases((f.name, f.say) for f in terms.facet),
        topics=Topics(topics),
        courtesies=Phrases((c.id, c.say) for c in courtesies.reply),
        filler=Phrases([("filler", courtesies.filler.say)]),
        wishes=Phrases(outside.wish.items()),
        agreement_names={a.name: a for a in terms.agreement},
        country_names={c.name: c for c in terms.country},
        courtesy_names={c.id: c for c in courtesies.reply},
        spellings={wrong: spelling.means for spelling in terms.spelling for wrong in spelling.say},
    )
