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


def all_right(members: Sequence[Result]) -> bool:
    """Whether each of the wordings has a right reply."""
    return all(result.right for result in members)


def one_conclusion(members: Sequence[Result]) -> bool:
    """The same outcome, dates, amounts and facts asked for; and where nothing is computed, the same
    authority first, or the same first claim.

    Stricter than `all_right` in this: two authorities that say the same are two conclusions.
    """
    replies = [result.reply for result in members if result.reply is not None]
    if len(replies) < len(members) or len({_decided(reply) for reply in replies}) > 1:
        return False
    one = replies[0]
    if one.keep_through or one.due_by or one.amounts:
        return True
    return _one_place(replies) or len({_first(reply) for reply in replies}) == 1


def _decided(reply: Reply) -> tuple[object, ...]:
    """What a person would act on."""
    amounts = frozenset(amount.value for amount in reply.amounts)
    facts = frozenset(missing.fact for missing in reply.missing)
    return reply.outcome, reply.reason, reply.keep_through, reply.due_by, amounts, facts


def _one_place(replies: Sequence[Reply]) -> bool:
    """Whether the first citations are one, or subdivisions of the one among them that is broadest."""
    first = {citation for reply in replies for citation in reply.citations[:1]}
    return all(reply.citations for reply in replies) and any(
        all(broad.contains(citation) for citation in first) and (len(first) == 1 or broad.path)
        for broad in first
    )


def _first(reply: Reply) -> str:
    return reply.claims[0].text if reply.claims else ""
