"""Every case through the real assistant, one `Result` each."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.answering.reply import Reply
from assistant.law import Citation, Document
from assistant.retention.rules import rulebook
from assistant.wiring import Assistant
from evals import scorers
from evals.cases import Case, Conversation, each_case
from evals.findings import Finding


@dataclass(frozen=True, slots=True)
class Result:
    """A case, the reply to it, and what was found. ``reply`` is ``None`` when the case errored.

    ``retrieved`` has one value a gold citation; ``milliseconds`` is question to Reply;
    ``conversation`` is the id of the one that the case is a turn of.
    """

    case: Case
    reply: Reply | None
    findings: tuple[Finding, ...]
    retrieved: tuple[bool, ...]
    agreements: tuple[str, ...]
    milliseconds: float
    conversation: str | None = None

    @property
    def right(self) -> bool:
        return not self.findings

    def has(self, *kinds: str) -> list[Finding]:
        """The findings of these kinds."""
        return [finding for finding in self.findings if finding.kind in kinds]


def run(assistant: Assistant, asked: Iterable[Case | Conversation]) -> Iterator[Result]:
    """Ask everything in turn, a conversation turn by turn, with one `Result` a question.

    A turn follows the real replies before it, as on the page; one that errored is left out of them.
    An exception is a finding of its case, and the run goes on.
    """
    addresses = agreement_addresses()
    for item in asked:
        history = tuple((turn.role, turn.content) for turn in item.history) if isinstance(item, Case) else ()
        for case in each_case([item]):
            result = ask(assistant, case, history, addresses)
            if result.reply:
                history = (*history, ("user", case.question), ("assistant", result.reply.text))
            yield result if isinstance(item, Case) else replace(result, conversation=item.id)


def ask(
    assistant: Assistant,
    case: Case,
    history: tuple[tuple[str, str], ...],
    addresses: Mapping[str, Iterable[Citation]],
) -> Result:
    """One question after what was said before it, graded."""
    as_of, today = case.asked_on
    started = time.perf_counter()
    try:
        reply = assistant.ask(case.question, as_of=as_of, today=today, id=case.id, history=history)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this case's fault and must be counted
        finding = Finding("error", f"{type(error).__name__}: {' '.join(str(error).split())}")
        return errored(case, finding)
    return grade(case, reply, assistant.documents, addresses, (time.perf_counter() - started) * 1000)


def grade(
    case: Case,
    reply: Reply,
    documents: Mapping[str, Document],
    addresses: Mapping[str, Iterable[Citation]],
    milliseconds: float = 0.0,
) -> Result:
    """A reply with everything the scorers found in it."""
    return Result(
        case,
        reply,
        scorers.findings(case, reply, documents),
        scorers.retrieved(case, reply),
        scorers.agreements(reply, addresses),
        milliseconds,
    )


def agreement_addresses() -> dict[str, tuple[Citation, ...]]:
    """Where each of the six agreements stands: its subsection of § 1508, its sections of 19 CFR."""
    book = rulebook().agreements
    return {
        name: tuple(
            Citation(place.kind, place.title, place.section, place.path if place.kind == "usc" else ())
            for place in map(Citation.parse, (book[name].subsection, *book[name].regulation))
        )
        for name in ("chile", "cafta-dr", "peru", "korea", "colombia", "panama")
    }


def errored(case: Case, finding: Finding) -> Result:
    """A case without a reply; of its gold nothing was retrieved."""
    retrieved = () if case.computed else tuple(False for _ in case.gold)
    return Result(case, None, (finding,), retrieved, (), 0.0)
