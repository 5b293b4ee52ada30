"""Correctness and groundedness, scored apart as in the published study of legal research tools.

Magesh, Surani, Dahl, Suzgun, Manning and Ho, "Hallucination-Free? Assessing the Reliability of
Leading AI Legal Research Tools" (2024), had lawyers code each reply twice: is what it says right,
and does what it cites support it. Here both follow from the findings, and where the study leaves
room the stricter reading is taken: an answer that leaves out what it must say is not correct, and
one that rests on another authority than the gold is misgrounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

from evals.findings import Kind
from evals.run import Result

Correctness = Literal["correct", "incorrect", "refused"]
Groundedness = Literal["grounded", "misgrounded", "ungrounded"]
CORRECTNESS: tuple[Correctness, ...] = get_args(Correctness)
GROUNDEDNESS: tuple[Groundedness, ...] = get_args(Groundedness)

_SAID_WRONG: tuple[Kind, ...] = (
    "wrong_statement",
    "wrong_date",
    "wrong_amount",
    "outcome",
    "not_said",
    "not_first",
    "no_date",
    "no_amount",
)
_CITED_WRONG: tuple[Kind, ...] = (
    "unverified_quote",
    "miscited",
    "unsupported",
    "wrong_edition",
    "not_cited",
)


def correctness(result: Result) -> Correctness:
    """``refused`` is every reply that gives no answer: a refusal, a question back, an error."""
    if result.reply is None or result.reply.outcome != "answer":
        return "refused"
    return "incorrect" if result.has(*_SAID_WRONG) else "correct"


def groundedness(result: Result) -> Groundedness:
    """``ungrounded`` is what cites nothing, which is also all that a plain refusal can do."""
    if result.reply is None or not result.reply.citations or result.has("uncited_claim"):
        return "ungrounded"
    strangers = result.case.agreement and set(result.agreements) - {result.case.agreement}
    return "misgrounded" if strangers or result.has(*_CITED_WRONG) else "grounded"


def table(results: Iterable[Result]) -> dict[Correctness, Counter[Groundedness]]:
    """How many replies are which, correctness by groundedness."""
    found: dict[Correctness, Counter[Groundedness]] = {name: Counter() for name in CORRECTNESS}
    for result in results:
        found[correctness(result)][groundedness(result)] += 1
    return found
