"""BM25 over passages, with a tokenizer that keeps ``(c)(3)`` and ``163.4(b)(1)``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from assistant.law import Passage
from assistant.search.passages import searchable

_TOKEN = re.compile(r"\d+(?:\.\d+)+(?:\([0-9a-z]+\))*|\d+[a-z]?(?:\([0-9a-z]+\))+|\([0-9a-z]{1,5}\)|\d[\d,]*|[a-z]+(?:-[a-z]+)*")
_STOP = frozenset(
    "a an and are as at be by can do does for from had has have how i if in is it its me my of on or our"
    " shall should so that the their them there they this to us was we were what when where which who"
    " will with would you your am been being did get".split()
)
_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


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
    """A BM25 index held in memory; a thousand short passages are indexed in a few milliseconds."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        corpus = [tokenize(f"{p.citation} {searchable(p)}") for p in passages]
        self._vocabulary = {token for tokens in corpus for token in tokens}
        self._engine = bm25s.BM25(k1=1.2, b=0.5)
        self._size = len(passages)
        if corpus:
            self._engine.index(corpus, show_progress=False)

    def scores(self, tokens: Iterable[str]) -> NDArray[np.float32]:
        """A score for every passage, in their order; zeros where no word is shared."""
        known = [token for token in tokens if token in self._vocabulary]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._engine.get_scores(known)
        return scores
