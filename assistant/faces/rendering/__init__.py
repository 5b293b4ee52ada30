"""One Reply for every face: as Markdown, terminal text, chips, and the passage behind each of them.

Pure functions from values to text; no law, no decisions, no framework, so that no face can drift.
Whatever comes from a document or a person is untrusted here and is escaped.
"""

from assistant.faces.rendering.chips import Chip, chips, document_chip, is_former
from assistant.faces.rendering.markdown import reply_markdown
from assistant.faces.rendering.passage import passage_html
from assistant.faces.rendering.pieces import Piece, pieces
from assistant.faces.rendering.plain import reply_plain
from assistant.faces.rendering.words import REASONS, TIER_NAMES, span_words
from assistant.law.english import long_date

__all__ = [
    "REASONS",
    "TIER_NAMES",
    "Chip",
    "Piece",
    "chips",
    "document_chip",
    "is_former",
    "long_date",
    "passage_html",
    "pieces",
    "reply_markdown",
    "reply_plain",
    "span_words",
]
