"""Whether a drafted sentence says what its support says, and nothing else.

It does when every part of it is a clause of one passage, word for word but for the rewrites that keep the
sense (`equivalences`, `rewrites`) and for what may be left out (`clauses`). What is not understood is
refused: the answer composed without a model stands behind every draft.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.grounding.derivation import faults_of
from assistant.answering.grounding.support import Support
from assistant.answering.grounding.tokens import Row, read

_EDITION = frozenset(("former", "then"))


def faults(text: str, support: Support) -> list[str]:
    """Everything that the sentence says and its support does not; empty when it is borne out."""
    found: list[str] = []
    for said in _readings(read(text), support):
        wrong = faults_of(said, support.passages)
        if not wrong:
            return []
        found = found or wrong
    return found


def _readings(said: Row, support: Support) -> Iterator[Row]:
    """The sentence; without the cited address it opens with; without a "former" that is true."""
    yield said
    if said and said[0].value in ("under", "by", "in"):
        end = next((place for place, token in enumerate(said) if token.kind == "comma"), 0)
        opening = [token for token in said[1:end] if token.kind != "free"]
        if opening and all(token.kind == "value" and token.value in support.cited for token in opening):
            yield said[end + 1 :]
    if support.former:
        yield tuple(token for token in said if token.value not in _EDITION)
