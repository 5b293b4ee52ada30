"""Drafting: a language model may phrase what was found; what it cannot show is not said.

The composed answer always comes first. A draft replaces words of it only when every sentence was
checked and nothing of the conclusion is lost; otherwise the composed answer stands.
"""

from assistant.answering.drafting.drafter import Drafter

__all__ = ["Drafter"]
