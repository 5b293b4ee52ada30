"""Evidence: which statements answer the question, by what search found and what the words name.

A statement is scored by a handful of features, each between -1 and 1, with weights that were
fitted on questions of our own (`evals`), and are few enough to be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from assistant.answering.question import Question
from assistant.law import Statement
from assistant.search.retriever import Ranked


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature counts."""

    cosine: float = 1.6
    lexical: float = 0.9
    cited: float = 0.8
    facet: float = 0.35
    facet_missing: float = -0.05
    about: float = 0.3
    about_missing: float = -0.15
    agreement: float = 0.6
    agreement_unasked: float = -0.35
    role: float = 0.2
    role_other: float = -0.15
    measures: float = 0.05
    commentary: float = -0.3
    unsure: float = -0.25


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement that was found, with its score."""

    ranked: Ranked
    statement: Statement
    score: float


def score(question: Question, found: Sequence[Ranked], weights: Weights | None = None) -> list[Scored]:
    """The statements among what search found, the best answer first."""
    weights = weights or Weights()
    top = max((ranked.lexical for ranked in found), default=0.0) or 1.0
    scored = []
    for ranked in found:
        statement = ranked.passage.statement
        if statement is None:
            continue
        values = features(question, ranked, statement, top)
        total = sum(getattr(weights, name) * value for name, value in values.items())
        scored.append(Scored(ranked, statement, total))
    return sorted(scored, key=lambda s: (-s.score, s.statement.id))


def features(question: Question, ranked: Ranked, statement: Statement, top_lexical: float) -> dict[str, float]:
    """The features of one statement for one question, by the names in `Weights`."""
    asked = question.facets
    fit = max((asked.get(facet, 0.0) for facet in statement.facets), default=0.0)
    strongest = max(asked.values(), default=0.0)
    shared = question.abouts & set(statement.about)
    named = bool(question.agreements or question.unheld)
    own = set(statement.agreements)
    ours = own & (question.agreements | question.unheld)
    return {
        "cosine": ranked.cosine,
        "lexical": ranked.lexical / top_lexical,
        "cited": ranked.cited,
        "facet": fit,
        "facet_missing": strongest - fit if strongest else 0.0,
        "about": min(1.0, len(shared) / max(1, min(2, len(question.abouts)))) if shared else 0.0,
        "about_missing": 1.0 if question.abouts and not shared else 0.0,
        "agreement": (1.0 / len(own) ** 0.5 if ours else 0.0) * (1.0 if question.named else 0.6),
        "agreement_unasked": 1.0 if own and not named else 0.0,
        "role": 1.0 if question.roles & set(statement.roles) else 0.0,
        "role_other": 1.0 if question.roles and statement.roles and not question.roles & set(statement.roles) else 0.0,
        "measures": _shared_measures(question, ranked),
        "commentary": 1.0 if ranked.passage.tier == "commentary" else 0.0,
        "unsure": 1.0 if statement.sure in ("unverified", "inference") else 0.0,
    }


def _shared_measures(question: Question, ranked: Ranked) -> float:
    from assistant.answering.measures import measure
    from assistant.answering.question import without_citations

    asked = question.measures
    if not (asked.periods or asked.amounts or asked.percents):
        return 0.0
    own = measure(without_citations(ranked.passage.text))
    both = (asked.periods & own.periods, asked.amounts & own.amounts, asked.percents & own.percents)
    return 1.0 if any(both) else 0.0


NAMES = tuple(field.name for field in fields(Weights))
