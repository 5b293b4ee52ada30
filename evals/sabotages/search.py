"""Search spoilt: one leg, one filter, or the questions that statements are found by."""

from __future__ import annotations

from pathlib import Path

from assistant.answering.chain import Answering
from assistant.answering.question import QuestionReader
from assistant.answering.triage import Triage
from assistant.law import Document
from assistant.reading.language import Language
from assistant.search.searcher import Legs, Searcher
from evals.sabotages.edits import without_entries
from evals.sabotages.spoil import Sabotage


def no_asked(corpus: Path) -> None:
    """The questions that people put are gone; statements are found by their own words."""
    for path in (corpus / "language" / "asked").glob("*.toml"):
        path.unlink()


def no_silence(corpus: Path) -> None:
    """What the texts do not say, and the wishes kept beside it, are not said anywhere."""
    without_entries(corpus / "sources.toml", "source", 'file = "digest/silent.md"')
    for name in ("silent.toml", "unlawful.toml"):
        (corpus / "language" / "asked" / name).unlink()


def no_spelling(
    reader: QuestionReader,
    triage: Triage,
    language: Language,
    searcher: Searcher,
    documents: dict[str, Document],
    *rest: object,
) -> Answering:
    """Misspelt words stay as they are."""
    return Answering(reader, Triage(language), language, searcher, documents)


SEARCH = (
    Sabotage(name="no-bm25", says="BM25 is off", kinds=("robust",), legs=Legs(lexical=False)),
    Sabotage(name="no-dense", says="embeddings are off", kinds=("robust",), legs=Legs(dense=False)),
    Sabotage(
        name="no-citation-leg",
        says="citation look-up is off",
        kinds=("as_of", "penalty"),
        legs=Legs(citation=False),
    ),
    Sabotage(
        name="no-router",
        says="the agreement named does not decide: the agreement router is off",
        kinds=("agreement",),
        legs=Legs(router=False),
    ),
    Sabotage(
        name="no-in-force",
        says="law of any day is found: the in-force filter is off",
        kinds=("as_of", "change"),
        legs=Legs(in_force=False),
    ),
    Sabotage(
        name="no-asked-questions",
        says="the questions people put are removed",
        kinds=("how_long",),
        corpus=no_asked,
    ),
    Sabotage(
        name="no-silence",
        says="what the texts are silent on is removed",
        kinds=("unanswerable",),
        corpus=no_silence,
    ),
    Sabotage(
        name="no-spelling",
        says="misspelt words are not mended",
        kinds=("robust", "adversarial"),
        make=no_spelling,
    ),
)
