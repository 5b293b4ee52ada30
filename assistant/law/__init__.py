"""The law as values: citations, spans of time, documents, provisions, passages. Pure; no I/O."""

from assistant.law.citation import Citation, find_citations
from assistant.law.document import Document, Passage, Provision, Statement
from assistant.law.time import Span

__all__ = ["Citation", "Document", "Passage", "Provision", "Span", "Statement", "find_citations"]
