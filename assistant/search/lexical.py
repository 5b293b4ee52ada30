"""BM25 over passages, with a tokenizer that keeps ``(c)(3)`` and ``163.4(b)(1)``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from assistant.law import Passage
from assistant.search.passages import searchable

_TOKEN = re.compile(
    r"\d+(?:\.\d+)+(?:\([0-9a-z]+\))*|\d+[a-z]?(?:\([0-9a-z]+\))+|\([0-9a-z]{1,5}\)|\d[\d,]*|[a-z]+(?:-[a-z]+)*"
)
_STOP = frozenset(
    "a an and are as at be by can do does for from had has have how i if in is it its me my of on or our"
    " shall should so that the their them there they this to us was we were what when where which who"
    " will with would you your am been being did get".split()
)
#: It remembers no words: they could be a person's.
_stemmer = Stemmer.Stemmer("english", 0)
#: Stems of everyday words that are one here, so that how a thing is called does not decide.
_SAME = {
    stem: means
    for means, stems in {
        "record": "document doc paperwork paper folder",
        "keep": "kept retain retent hold held preserv maintain",
        "penalti": "fine penal penalis punish",
        "custom": "cbp",
        "purchas": "buy buyer bought",
        "audit": "auditor",
        "year": "yr",
        "produc": "product",
        "import": "importat",
        "export": "exportat",
    }.items()
    for stem in stems.split()
}


def _stem(word: str) -> str:
    stem = str(_stemmer.stemWord(word))
    return _SAME.get(stem, stem)


def tokenize(text: str) -> list[str]:
    """Words stemmed, citations and subdivisions kept whole, and their parts added after them."""
    tokens = []
    for token in _TOKEN.findall(text.lower()):
        if token in _STOP:
            continue
        if token[0].isalpha():
            tokens += [_stem(part) for part in token.split("-") if part and part not in _STOP]
        else:
            tokens.append(token)
            if "(" in token and token[0] != "(":
                tokens.append(token.split("(")[0])
    return tokens


class Lexical:
    """Words in memory: BM25, the share of a question's words that a passage has, and phrases.

    A thousand short passages are laid out in a few milliseconds.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        corpus = [tokenize(f"{p.citation} {searchable(p)}") for p in passages]
        #: Every whole word of the passages, as it is written.
        self.words = {word for p in passages for word in re.findall(r"[a-z]+", searchable(p).lower())}
        self._engine = bm25s.BM25(k1=1.2, b=0.5)
        self._size = len(passages)
        if corpus:
            self._engine.index(corpus, show_progress=False)
        self._places = _places(corpus)
        said = (t for t, p in zip(corpus, passages, strict=True) if not (p.statement and p.statement.silent))
        self._said = frozenset(token for tokens in said for token in tokens)
        self._rarity = {
            token: math.log(1 + self._size / (len(places) + 0.5)) for token, places in self._places.items()
        }
        phrases: list[list[str]] = []
        self._first = np.zeros(len(passages), dtype=int)
        for number, passage in enumerate(passages):
            self._first[number] = len(phrases)
            terms = passage.statement.terms if passage.statement else ""
            phrases += [tokenize(phrase) for phrase in terms.split(",")]
        self._phrases = _places(phrases)
        #: What a phrase's words weigh together; the 2 keeps a single common word from being a whole.
        self._weights = np.array([2.0 + sum(self._rarity.get(t, 0.0) for t in set(p)) for p in phrases])

    def scores(self, tokens: Iterable[str]) -> NDArray[np.float32]:
        """A score for every passage, in their order; zeros where no word is shared."""
        known = [token for token in tokens if token in self._places]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._engine.get_scores(known)
        return scores

    def known(self, tokens: Iterable[str]) -> float:
        """The share of these words that any passage has, but for those on which the texts are silent."""
        distinct = set(tokens)
        return len(distinct & self._said) / len(distinct) if distinct else 0.0

    def coverage(self, tokens: Iterable[str]) -> NDArray[np.float64]:
        """For every passage the share of these words that it has, rare words counting for more."""
        scores, whole = np.zeros(self._size), 0.0
        for token in set(tokens) & self._places.keys():
            scores[self._places[token]] += self._rarity[token]
            whole += self._rarity[token]
        return scores / whole if whole else scores

    def phrases(self, tokens: Iterable[str]) -> NDArray[np.float64]:
        """For every passage the best of its people's phrases: how much of it these words have."""
        if not self._size:
            return np.zeros(0)
        scores = np.zeros(len(self._weights))
        for token in set(tokens) & self._phrases.keys() & self._rarity.keys():
            scores[self._phrases[token]] += self._rarity[token]
        best: NDArray[np.float64] = np.maximum.reduceat(scores / self._weights, self._first)
        return best


def _places(texts: Sequence[Iterable[str]]) -> dict[str, NDArray[np.int_]]:
    """By token, the numbers of the texts that have it."""
    found: dict[str, list[int]] = {}
    for number, tokens in enumerate(texts):
        for token in set(tokens):
            found.setdefault(token, []).append(number)
    return {token: np.array(numbers) for token, numbers in found.items()}
