"""Search: citation look-up, BM25 and embeddings, fused by rank, for the law of one day.

The agreements' subsections are nearly identical in wording, so distance cannot tell them apart;
the agreement that the question names decides, before any score does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.law import Citation, Passage
from assistant.search.index import Index
from assistant.search.lexical import tokenize
from assistant.search.passages import findable

#: How many passages the two scored legs each put forward.
DEPTH = 120
#: How many vectors tell a wish from a question.
_NEIGHBOURS = 64
_FEW = 5
#: The constant of reciprocal rank fusion: how much the very first ranks count over the next.
_RRF = 20.0


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for: the words, their expansion, citations named, the day, the agreements.

    ``agreements`` empty means that none was named; a passage of another agreement than those
    named is not returned at all.
    """

    text: str
    day: date
    expansion: str = ""
    citations: tuple[Citation, ...] = ()
    agreements: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with its fused score and what each leg found.

    Cosine, BM25, the citation's match, the share of the question's words that the passage has,
    how much of one of its phrases they make up, and the cosine of the nearest question that it
    answers; all but BM25 from 0 to 1.
    """

    passage: Passage
    score: float
    cosine: float
    lexical: float
    cited: float
    coverage: float = 0.0
    phrase: float = 0.0
    asked: float = 0.0


@dataclass(frozen=True, slots=True)
class Near:
    """How near a text is to known wishes for what is unlawful, and to the questions that are none.

    Each is the mean cosine of the five nearest; ``refusal`` is the text that refuses the nearest wish.
    """

    wishes: float
    others: float
    refusal: str


@dataclass(frozen=True, slots=True)
class Legs:
    """Which legs take part; all of them, unless an ablation is measured."""

    citation: bool = True
    lexical: bool = True
    dense: bool = True
    router: bool = True
    in_force: bool = True


class Searcher:
    """Search over an opened index."""

    def __init__(
        self, index: Index, agreement_of: dict[str, frozenset[str]], legs: Legs | None = None
    ) -> None:
        """``agreement_of`` gives, by passage id, the agreements a passage belongs to."""
        self._index = index
        self.passages = index.passages
        self._citations = frozenset(p.citation for p in index.passages)
        self._legs = legs or Legs()
        own = [agreement_of.get(p.id, frozenset()) for p in index.passages]
        self._general = np.array([not names for names in own], dtype=bool)
        self._of = {
            name: np.array([name in names for names in own], dtype=bool) for name in frozenset().union(*own)
        }
        self._starts = np.array([_ordinal(p.in_force.start, 0) for p in index.passages])
        self._ends = np.array([_ordinal(p.in_force.end, 4_000_000) for p in index.passages])
        self._found = np.array([findable(p) for p in index.passages], dtype=bool)

    def search(self, query: Query) -> list[Ranked]:
        """The passages in force on the query's day, best first."""
        passages = self._index.passages
        allowed = self._allowed(query)
        cosine, asked = np.zeros(len(passages)), np.zeros(len(passages))
        if self._legs.dense:
            vector = self._index.embedder.embed(query.text).tolist()
            for number, is_question, similarity in self._index.nearest(vector, 2 * DEPTH):
                leg = asked if is_question else cosine
                leg[number] = max(leg[number], similarity)
        lexical = coverage = phrases = np.zeros(len(passages))
        if self._legs.lexical:
            said = tokenize(query.text)
            tokens = dict.fromkeys([*said, *tokenize(query.expansion)])
            words = self._index.lexical
            legs = np.zeros((3, len(passages)))
            legs[:, self._found] = words.scores(tokens), words.coverage(said), words.phrases(said)
            lexical, coverage, phrases = legs
        cited = np.zeros(len(passages))
        if self._legs.citation and query.citations:
            matches = {citation: _match(citation, query.citations) for citation in self._citations}
            cited = np.array([matches[p.citation] for p in passages])
        fused = np.zeros(len(passages))
        dense = np.maximum(cosine, asked)
        for scores, weight in ((dense, 1.0), (lexical, 1.0), (cited, 2.0)):
            fused += weight * _reciprocal_ranks(np.where(allowed, scores, 0.0))
        order = np.argsort(-fused, kind="stable")[: 2 * DEPTH]
        order = order[fused[order] > 0]
        signs = np.stack((fused, cosine, lexical, cited, coverage, phrases, asked), axis=1)[order].tolist()
        return [Ranked(passages[n], *read) for n, read in zip(order.tolist(), signs, strict=True)]

    def wishes(self, text: str) -> Near:
        """How near a text is to wishes for what is unlawful; a kind not among the nearest is as far as
        the farthest of them."""
        wishes: list[float] = []
        others: list[float] = []
        refusal, farthest = "", 0.0
        vector = self._index.embedder.embed(text[:1000]).tolist()
        for number, is_question, farthest in self._index.nearest(vector, _NEIGHBOURS):
            statement = self.passages[number].statement
            if is_question and statement and statement.reason == "unlawful":
                refusal = refusal or self.passages[number].text
                wishes.append(farthest)
            elif is_question:
                others.append(farthest)
        wishes, others = ((each + [farthest] * _FEW)[:_FEW] for each in (wishes, others))
        return Near(sum(wishes) / _FEW, sum(others) / _FEW, refusal)

    def known(self, text: str) -> float:
        """The share of a text's words that any passage has."""
        return self._index.lexical.known(tokenize(text))

    def _allowed(self, query: Query) -> NDArray[np.bool_]:
        """What is in force on the day, and of the agreements named or in a paragraph that is named."""
        number = query.day.toordinal()
        allowed = self._found.copy()
        if self._legs.in_force:
            allowed &= (self._starts <= number) & (number <= self._ends)
        if self._legs.router and query.agreements:
            ours = [self._of[name] for name in query.agreements if name in self._of]
            exact = [citation for citation in query.citations if len(citation.path) > 1]
            addressed = np.array([bool(exact) and _match(p.citation, exact) == 1.0 for p in self.passages])
            allowed &= np.logical_or.reduce([self._general, *ours, addressed])
        return allowed


def _ordinal(day: date | None, default: int) -> int:
    return day.toordinal() if day else default


def _match(citation: Citation, named: Sequence[Citation]) -> float:
    """1 for the very address or what lies inside it, less for what contains it."""
    if any(name.contains(citation) for name in named):
        return 1.0
    return 0.5 if any(citation.contains(name) and citation.path for name in named) else 0.0


def _reciprocal_ranks(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """``1 / (k + rank)`` for the positive scores, equal scores sharing a rank; 0 for the rest."""
    result = np.zeros(len(scores))
    positive = np.flatnonzero(scores > 0)
    if len(positive) > DEPTH:
        positive = positive[np.argsort(-scores[positive], kind="stable")[:DEPTH]]
    values, inverse = np.unique(-scores[positive], return_inverse=True)
    first = np.searchsorted(np.sort(-scores[positive]), values)
    result[positive] = 1.0 / (_RRF + 1 + first[inverse])
    return result


def passage_agreements(passages: Iterable[Passage], named_in: Any) -> dict[str, frozenset[str]]:
    """By passage id, the agreements it belongs to.

    A statement says so itself; a provision of a verbatim text belongs to the agreement its
    headings name. ``named_in`` finds agreement names in a text.
    """
    found = {}
    for passage in passages:
        if passage.statement:
            found[passage.id] = frozenset(passage.statement.agreements)
        elif not passage.citation.note:
            found[passage.id] = frozenset(named_in(passage.context))
    return found
