"""Evidence: which statements answer the question, by what search found and what the words name.

A statement is scored by a handful of features, each about between -1 and 1, with weights that were
fitted on questions of our own (`evals`), and are few enough to be read. What depends on the
statement alone is laid out once, when the index is opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.answering.measures import Measures, measure
from assistant.answering.question import Question, without_citations
from assistant.law import Passage, Statement
from assistant.search.lexical import tokenize
from assistant.search.searcher import Ranked

_Row = NDArray[np.float64]

#: Subjects that an ordinary question is about without naming them; any other that a statement
#: names and the question does not makes the statement narrower than the question.
_BROAD = frozenset(
    "entry activity definitions penalties demand certificate fta_export fta_import storage program"
    " history audit summons".split()
)
#: Roles that an ordinary question does not mean unless it names them.
_SPECIAL = frozenset(
    "broker vehicle_producer ftz_operator warehouse_proprietor traveler laboratory carrier consignee"
    " third_party_recordkeeper certified_recordkeeper bonded_custodian purchaser drawback_claimant".split()
)
#: Words (stems) of which one is in most questions on this law and in few on anything else.
_FIELD = frozenset(
    "record custom import export recordkeep drawback audit summon broker entri certif cert usmca nafta"
    " korus cafta penalti merchandis".split()
)
CORRECTS = ("It is a mistake", "It is not correct")


#: Fitted like the weights: two of six hundred questions of ours fall below it, and four in five of
#: the questions on other matters do.
BELONGS = 0.51


#: From this cosine on, what is asked is hardly more than another wording of a statement's own question.
CLOSE = 0.75


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts."""

    #: What search found: nearness in meaning, BM25, the share of the question's words that stand
    #: in the statement, the best of the people's phrases for it, the citation named.
    cosine: float = 1.35
    asked: float = 1.85
    asked_close: float = 4.0
    lexical: float = 0.65
    coverage: float = 1.1
    phrase: float = 0.6
    cited: float = 0.9
    #: What is asked, against what the statement answers, and first of all answers.
    facet: float = 0.6
    facet_first: float = 0.25
    trouble_unasked: float = -0.05
    history_unasked: float = 0.0
    #: The subject, the agreement and the role.
    about: float = 0.3
    about_missing: float = 0.0
    about_narrower: float = -0.15
    about_other: float = -0.5
    agreement: float = 0.55
    agreement_unasked: float = -0.85
    role: float = 0.0
    role_other: float = -0.4
    role_narrower: float = 0.0
    #: The statement itself: it corrects a belief, names the number asked about, is one that many
    #: others rest on, is commentary, or is not law but an inference.
    correction: float = 0.13
    measures: float = 0.0
    central: float = 0.35
    commentary: float = -0.6
    unsure: float = -0.3


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement that was found, with its score."""

    ranked: Ranked
    statement: Statement
    score: float


class Evidence:
    """The statements, laid out for scoring."""

    def __init__(self, passages: Iterable[Passage], weights: Weights | None = None) -> None:
        self.weights = weights or Weights()
        held = [
            (passage, passage.statement)
            for passage in passages
            if passage.statement and not passage.statement.silent
        ]
        statements = [statement for _, statement in held]
        self._row = {passage.id: number for number, (passage, _) in enumerate(held)}
        self._facets = _Names([s.facets for s in statements])
        self._firsts = _Names([s.facets[:1] for s in statements])
        self._abouts = _Names([s.about for s in statements])
        self._roles = _Names([s.roles for s in statements])
        self._agreements = _Names([s.agreements for s in statements])
        self._narrow = self._abouts.hot * ~np.isin(self._abouts.names, list(_BROAD))
        self._special = np.array([bool(s.roles) and _SPECIAL.issuperset(s.roles) for s in statements])
        self._corrects = np.array([passage.text.startswith(CORRECTS) for passage, _ in held])
        self._measures = [measure(without_citations(passage.text)) for passage, _ in held]
        self._trouble = np.array([s.facets[:1] in (("penalty",), ("relief",)) for s in statements])
        self._history = np.array(["history" in s.about or s.facets[:1] == ("change",) for s in statements])
        leading = Counter(id for s in statements for id in s.companions)
        self._central = np.array([min(1.0, np.log1p(leading[s.id]) / 3) for s in statements])
        self._commentary = np.array([float(passage.tier == "commentary") for passage, _ in held])
        self._unsure = np.array([float(s.sure in ("unverified", "inference")) for s in statements])

    def score(self, question: Question, found: Sequence[Ranked]) -> list[Scored]:
        """The statements among what search found, the best answer first."""
        kept = [ranked for ranked in found if ranked.passage.id in self._row]
        if not kept:
            return []
        values = self.features(question, kept)
        total = sum(getattr(self.weights, name) * value for name, value in values.items())
        scored = [
            Scored(ranked, ranked.passage.statement, float(score))
            for ranked, score in zip(kept, np.asarray(total), strict=True)
            if ranked.passage.statement
        ]
        return sorted(scored, key=lambda s: (-s.score, s.statement.id))

    @staticmethod
    def belongs(question: Question, found: Sequence[Ranked], known: float) -> bool:
        """Whether the question is about this law at all.

        The nearest statement's cosine decides, helped by a subject or a word of the field, and hurt
        by words that no text here has; ``known`` is the share of the words that one has.
        """
        near = max((max(ranked.cosine, ranked.asked) for ranked in found), default=0.0)
        fits = near + 0.25 * (known - 0.7)
        fits += 0.08 * bool(question.abouts)
        fits += 0.08 * (not _FIELD.isdisjoint(tokenize(question.text)))
        return fits >= BELONGS or bool(question.citations)

    def features(self, question: Question, found: Sequence[Ranked]) -> dict[str, _Row]:
        """The features of statements for one question, by the names in `Weights`."""
        rows = np.array([self._row[ranked.passage.id] for ranked in found])
        legs = np.array([(r.cosine, r.lexical, r.coverage, r.phrase, r.cited, r.asked) for r in found])
        asked = question.facets
        wanted = question.agreements | question.unheld
        shared = self._abouts.count(question.abouts, rows)
        own = self._agreements.sizes[rows]
        ours = self._agreements.count(wanted, rows) > 0
        bound = self._roles.count(question.roles, rows) > 0
        has_role = self._roles.sizes[rows] > 0
        named = bool(question.abouts)
        extra = self._narrow[rows] @ ~np.isin(self._abouts.names, list(question.abouts))
        corrects = self._corrects[rows] * (1.0 if question.premise else -1.0)
        return {
            "cosine": legs[:, 0],
            "lexical": legs[:, 1] / (legs[:, 1].max() or 1.0),
            "coverage": legs[:, 2],
            "phrase": legs[:, 3],
            "cited": legs[:, 4],
            "asked": legs[:, 5],
            "asked_close": np.maximum(0.0, legs[:, 5] - CLOSE),
            "facet": self._facets.best(asked, rows),
            "facet_first": self._firsts.best(asked, rows),
            "trouble_unasked": self._trouble[rows] * float(not asked.keys() & {"penalty", "relief"}),
            "history_unasked": self._history[rows] * float("change" not in asked),
            "about": np.minimum(1.0, shared / max(1, min(2, len(question.abouts)))),
            "about_missing": (shared == 0) * float(named),
            "about_other": float(bool(question.abouts - _BROAD))
            * (shared == 0)
            * np.where(extra > 0, 1.0, 0.5),
            "about_narrower": (extra > 0) * 1.0,
            "agreement": ours / np.sqrt(np.maximum(own, 1.0)) * (1.0 if question.named else 0.6),
            "agreement_unasked": (own > 0) * (legs[:, 4] == 0) * float(not wanted),
            "role": bound * 1.0,
            "role_other": (has_role & ~bound) * float(bool(question.roles)),
            "role_narrower": (self._special[rows] & ~bound) * 1.0,
            "correction": corrects,
            "measures": self._shared_measures(question.measures, rows),
            "central": self._central[rows],
            "commentary": self._commentary[rows],
            "unsure": self._unsure[rows],
        }

    def _shared_measures(self, asked: Measures, rows: NDArray[np.int_]) -> _Row:
        if not (asked.periods or asked.amounts or asked.percents):
            return np.zeros(len(rows))
        return np.array(
            [
                float(
                    bool(
                        asked.periods & m.periods or asked.amounts & m.amounts or asked.percents & m.percents
                    )
                )
                for m in (self._measures[row] for row in rows)
            ]
        )


class _Names:
    """Which statement has which names, as a table of zeros and ones."""

    def __init__(self, of: Sequence[Iterable[str]]) -> None:
        names = sorted({name for each in of for name in each})
        self.names = np.array(names or [""])
        self._place = {name: number for number, name in enumerate(names)}
        self.hot = np.zeros((len(of), max(1, len(names))), dtype=bool)
        for row, each in enumerate(of):
            for name in each:
                self.hot[row, self._place[name]] = True
        self.sizes = self.hot.sum(axis=1).astype(float)

    def count(self, wanted: Iterable[str], rows: NDArray[np.int_]) -> _Row:
        """How many of the wanted names each row has."""
        places = [self._place[name] for name in wanted if name in self._place]
        counted: _Row = self.hot[rows][:, places].sum(axis=1).astype(float)
        return counted

    def best(self, weighted: dict[str, float], rows: NDArray[np.int_]) -> _Row:
        """The highest weight among each row's names."""
        places = [self._place[name] for name in weighted if name in self._place]
        if not places:
            return np.zeros(len(rows))
        weights = np.array([weighted[str(self.names[place])] for place in places])
        best: _Row = (self.hot[rows][:, places] * weights).max(axis=1)
        return best


NAMES = tuple(field.name for field in fields(Weights))
