"""The cases as an inspect-ai task: the same run and the same scorers as the gate, with its viewer.

inspect eval evals/tasks.py --model none/none               no language model: what the gate judges
inspect eval evals/tasks.py --model openai/NAME             that model phrases the answers
inspect eval evals/tasks.py --model none/none -T split=as_of
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

# inspect loads this file by its path, with its folder and not the checkout in front.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import anyio.to_thread
from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessage, ChatMessageAssistant, ChatMessageUser, ModelOutput, get_model
from inspect_ai.scorer import (
    CORRECT,
    INCORRECT,
    NOANSWER,
    Metric,
    SampleScore,
    Score,
    Scorer,
    Target,
    accuracy,
    metric,
    scorer,
    stderr,
)
from inspect_ai.solver import Generate, Solver, TaskState, solver

from assistant.answering.reply import Reply
from assistant.errors import UsageError
from assistant.settings import Settings
from assistant.wiring import Assistant, open_assistant
from evals import study
from evals.cases import Case, Conversation, check_gold, each_case, load_all
from evals.findings import Finding
from evals.gate import figures
from evals.intervals import Rate
from evals.run import Result, agreement_addresses, errored, grade, run


@task
def recordkeeping(split: str | None = None, kind: str | None = None, case: str | None = None) -> Task:
    """Every case and conversation, or those of a split or of a kind, or one."""
    chosen = [item for item in load_all() if _is(item, split, kind, case)]
    if not chosen:
        raise UsageError(f"no case is of the split {split}, of the kind {kind} and named {case}")
    check_gold(each_case(chosen), _assistant("").documents.values())
    return Task(
        dataset=MemoryDataset([_sample(item) for item in chosen], name="recordkeeping"),
        solver=assistant(),
        scorer=[right(), correct(), grounded()],
    )


def _is(item: Case | Conversation, split: str | None, kind: str | None, id: str | None) -> bool:
    cases = list(each_case([item]))
    return (
        (split is None or any(split in case.splits for case in cases))
        and (kind is None or cases[0].kind == kind)
        and (id is None or item.id == id)
    )


def _sample(item: Case | Conversation) -> Sample:
    cases = list(each_case([item]))
    history = item.history if isinstance(item, Case) else ()
    said = [_message(turn.role, turn.content) for turn in history]
    return Sample(
        id=item.id,
        input=[*said, *(ChatMessageUser(content=case.question) for case in cases)],
        target=[f"{' or '.join(case.accepted)}: {case.why}" for case in cases],
        metadata={"kind": cases[0].kind, "splits": list(cases[0].splits)},
    )


@solver
def assistant() -> Solver:
    """The assistant itself; inspect's model, when there is one, is what it drafts with."""
    items = {item.id: item for item in load_all()}

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        item = items[str(state.sample_id)]
        opened = _assistant(_model())
        results = await anyio.to_thread.run_sync(lambda: list(run(opened, [item])))
        state.metadata["replies"] = [_stored(result) for result in results]
        state.messages = [
            *(_message(turn.role, turn.content) for turn in (item.history if isinstance(item, Case) else ())),
            *(message for result in results for message in _said(result)),
        ]
        state.output = ModelOutput.from_content(str(state.model), state.messages[-1].text)
        return state

    return solve


@scorer(metrics=[accuracy(), stderr()])
def right() -> Scorer:
    """Whether every reply is without a fault; the faults are the explanation."""

    async def score(state: TaskState, target: Target) -> Score:
        results = list(_results(state.metadata["replies"]))
        faults = [f"{r.case.id}: {finding}" for r in results for finding in r.findings]
        return Score(
            value=INCORRECT if faults else CORRECT,
            answer=state.output.completion,
            explanation="\n".join(faults) or "without a fault",
        )

    return score


@scorer(metrics=[accuracy(), stderr()])
def correct() -> Scorer:
    """Whether the last reply is correct, incorrect or refused, whatever it cites."""

    async def score(state: TaskState, target: Target) -> Score:
        *_, last = _results(state.metadata["replies"])
        found = study.correctness(last)
        value = {"correct": CORRECT, "incorrect": INCORRECT, "refused": NOANSWER}[found]
        return Score(value=value, explanation=found)

    return score


@metric
def every_figure() -> Metric:
    """The gate's own figures, computed by the gate's own functions.

    And ``drafted``, of the answers those that a language model phrased: one whose drafts are all
    thrown away scores as well as none.
    """

    def compute(scores: list[SampleScore]) -> dict[str, float]:
        stored = [item for score in scores for item in (score.score.metadata or {})["replies"]]
        results = list(_results(stored))
        found = {name: value for name, each in figures(results).items() if (value := each.value) is not None}
        answers = [r.reply for r in results if r.reply and r.reply.outcome == "answer"]
        drafted = Rate(sum(reply.model is not None for reply in answers), len(answers)).value
        return found | ({"drafted": drafted} if drafted is not None else {})

    return compute


@scorer(metrics=[accuracy(), stderr(), every_figure()])
def grounded() -> Scorer:
    """Whether what the last reply cites supports it; with every figure of the gate beside."""

    async def score(state: TaskState, target: Target) -> Score:
        replies = state.metadata["replies"]
        *_, last = _results(replies)
        found = study.groundedness(last)
        value = {"grounded": CORRECT, "misgrounded": INCORRECT, "ungrounded": NOANSWER}[found]
        return Score(value=value, explanation=found, metadata={"replies": replies})

    return score


def _stored(result: Result) -> dict[str, Any]:
    """What a log keeps of a reply: enough to grade it again."""
    return {
        "case": result.case.id,
        "conversation": result.conversation,
        "reply": result.reply.to_json() if result.reply else None,
        "error": "" if result.reply else result.findings[0].detail,
        "ms": result.milliseconds,
    }


def _results(stored: list[dict[str, Any]]) -> Iterator[Result]:
    """The replies graded, by what the gate grades with."""
    cases, documents, addresses = _gold()
    for item in stored:
        case = cases[item["case"]]
        if item["reply"] is None:
            result = errored(case, Finding("error", item["error"]))
        else:
            result = grade(case, Reply.from_json(item["reply"]), documents, addresses, item["ms"])
        yield replace(result, conversation=item["conversation"])


def _said(result: Result) -> list[ChatMessage]:
    answer = result.reply.text if result.reply else result.findings[0].detail
    return [ChatMessageUser(content=result.case.question), ChatMessageAssistant(content=answer)]


def _message(role: str, content: str) -> ChatMessage:
    return ChatMessageUser(content=content) if role == "user" else ChatMessageAssistant(content=content)


def _model() -> str:
    """inspect's ``provider/model`` as the assistant names it; empty for ``none/none``."""
    name = str(get_model())
    return "" if name.startswith("none/") else name.replace("/", ":", 1)


@cache
def _assistant(model: str) -> Assistant:
    settings = Settings.from_environment(os.environ)
    return open_assistant(replace(settings, chat_model=model))


@cache
def _gold() -> tuple[dict[str, Case], Any, Any]:
    cases = {case.id: case for case in each_case(load_all())}
    return cases, _assistant("").documents, agreement_addresses()
