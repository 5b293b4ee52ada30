"""Whether wordings of one question are concluded alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answering.reply import Reply
from evals.run import Result


def groups(results: Iterable[Result]) -> dict[str, list[Result]]:
    """The results of each group that has at least two wordings."""
    found: dict[str, list[Result]] = {}
    for result in results:
        if result.case.group:
            found.setdefault(result.case.group, []).append(result)
    return {name: members for name, members in found.items() if len(members) > 1}


def one_conclusion(members: Sequence[Result]) -> bool:
    """The same outcome, the same dates and amounts or facts asked for, and the same authority first.

    Where another citation comes first, the same first claim will do: one statement may stand on
    either of two citations.
    """
    replies = [result.reply for result in members]
    given = [reply for reply in replies if reply is not None]
    return (
        len(given) == len(replies)
        and len({_decided(reply) for reply in given}) == 1
        and (
            len({reply.citations[:1] for reply in given}) == 1 or len({_first(reply) for reply in given}) == 1
        )
    )


def _decided(reply: Reply) -> tuple[object, ...]:
    """What a person would act on."""
    amounts = frozenset(amount.value for amount in reply.amounts)
    facts = frozenset(missing.fact for missing in reply.missing)
    return reply.outcome, reply.reason, reply.keep_through, reply.due_by, amounts, facts


def _first(reply: Reply) -> str:
    return reply.claims[0].text if reply.claims else ""
