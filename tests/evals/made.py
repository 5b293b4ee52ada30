"""Cases, replies and results made by hand, for the tests of what is computed from them."""

from __future__ import annotations

from typing import Any

from assistant.answering.reply import Claim, Reply
from assistant.law import Citation
from assistant.retention.values import Missing
from evals.cases import TODAY, Case
from evals.findings import Finding
from evals.run import Result

DAY = TODAY
CLAIM = Claim("Five years.", "digest", (Citation.parse("19 CFR 163.4(a)"),))
ANSWER = Reply("?", DAY, DAY, "answer", "Five years.", claims=(CLAIM,))
REFUSAL = Reply("?", DAY, DAY, "refusal", "No.", reason="advice")
ASKS = Reply("?", DAY, DAY, "clarification", "Which?", missing=(Missing("agreement", "Which?"),))


def case(id: str = "a", **changes: Any) -> Case:
    """A case of any outcome; gold citations only where it is an answer."""
    base: dict[str, Any] = {"id": id, "kind": "what", "question": "?", "why": "w", "outcome": "answer"}
    if changes.get("outcome", "answer") == "answer":
        base["citations"] = ("19 CFR 163.4(a)",)
    return Case(**base | changes)


def result(
    wanted: Case | None = None,
    reply: Reply | None = ANSWER,
    *found: str,
    agreements: tuple[str, ...] = (),
    ms: float = 1.0,
    conversation: str | None = None,
) -> Result:
    """A result with findings of these kinds."""
    wanted = wanted or case()
    findings = tuple(Finding(kind, "why") for kind in found)  # type: ignore[arg-type]
    retrieved = tuple(bool(reply) for _ in wanted.gold)
    return Result(wanted, reply, findings, retrieved, agreements, ms, conversation)
