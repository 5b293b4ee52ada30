"""What can be wrong about a reply, as a closed list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "error",
    "wrong_statement",
    "wrong_date",
    "wrong_amount",
    "unverified_quote",
    "uncited_claim",
    "miscited",
    "unsupported",
    "wrong_edition",
    "thrown_away",
    "outcome",
    "reason",
    "not_asked_for",
    "not_cited",
    "not_said",
    "not_first",
    "no_date",
    "no_amount",
]
#: What must never happen, whatever the other figures are: one of these fails the run.
FORBIDDEN: tuple[Kind, ...] = (
    "error",
    "wrong_statement",
    "wrong_date",
    "wrong_amount",
    "unverified_quote",
    "uncited_claim",
    "miscited",
    "unsupported",
    "wrong_edition",
    "thrown_away",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a reply."""

    kind: Kind
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"
