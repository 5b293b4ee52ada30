"""Grounding: every claim is checked against what it rests on before anybody sees it."""

from assistant.answering.grounding.ground import Finding, Ground

__all__ = ["Finding", "Ground"]
