"""Grounding: every claim is checked against what it rests on before anybody sees it."""

from assistant.answering.grounding.ground import Ground
from assistant.answering.reply import Finding

__all__ = ["Finding", "Ground"]
