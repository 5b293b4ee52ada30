"""The search as a LangChain retriever: a thin shell, for chains of others' making.

Kept apart from the search itself because importing LangChain's retrievers takes longer than
answering a question.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.law import find_citations
from assistant.search.searcher import Query, Ranked


class PassageRetriever(BaseRetriever):
    """The search as a LangChain retriever: the question in, passages as documents out.

    ``page_content`` is the passage's own words; ``metadata`` has ``id``, ``citation``, ``document``,
    ``start``, ``end``, ``score``, and the `Ranked` value itself under ``ranked``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Any
    day: date
    k: int = 10
    query: Any = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        wanted = self.query or Query(
            query, self.day, citations=tuple(citation for citation, _, _ in find_citations(query))
        )
        return [as_document(ranked) for ranked in self.searcher.search(wanted)[: self.k]]


def as_document(ranked: Ranked) -> LangChainDocument:
    """A search result in LangChain's form."""
    passage = ranked.passage
    return LangChainDocument(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "id": passage.id,
            "citation": str(passage.citation),
            "document": passage.document,
            "start": passage.start,
            "end": passage.end,
            "score": ranked.score,
            "ranked": ranked,
        },
    )
