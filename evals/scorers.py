"""What is right and what is wrong about one reply, by its gold.

Small pure functions, each with its own test; `evals.soundness` has those that need no gold. A
scorer takes a case and the Reply to it, and gives the `Finding`s it has; no findings at all means
that the reply is right. `retrieved` is apart: a reply may be right although search was poor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.answering.reply import Reply
from assistant.law import Citation, Document
from evals import soundness
from evals.cases import Case, compiled
from evals.findings import Finding

#: How many passages count as retrieved, for each question that a case asks.
DEPTH = 5


def satisfies(cited: Citation, gold: Citation) -> bool:
    """Whether a citation meets the gold one: it lies inside it, or is a subdivision around it.

    A whole section or part is no answer to a subdivision: it would always be right.
    """
    return gold.contains(cited) or (bool(cited.path) and cited.contains(gold))


def met(gold: Iterable[Citation], cited: Iterable[Citation]) -> bool:
    """Whether one of the gold citations is met by one of those cited."""
    cited = tuple(cited)
    return any(satisfies(citation, wanted) for wanted in gold for citation in cited)


def outcome(case: Case, reply: Reply) -> list[Finding]:
    """The outcome itself, and the reason of a refusal where the case names one."""
    if reply.outcome not in case.accepted:
        got = f"{reply.outcome} ({reply.reason})" if reply.reason else reply.outcome
        return [Finding("outcome", f"{got}, not {' or '.join(case.accepted)}")]
    if reply.reason and case.accepted_reasons and reply.reason not in case.accepted_reasons:
        return [Finding("reason", f"{reply.reason}, not {' or '.join(case.accepted_reasons)}")]
    return []


def otherwise(case: Case, reply: Reply) -> bool:
    """Whether the reply has another outcome than the one counted on, and that one is right too.

    What must be cited, computed or asked for belongs to the outcome counted on.
    """
    return reply.outcome != case.expected and reply.outcome in case.accepted


def asked(case: Case, reply: Reply) -> list[Finding]:
    """The facts that a clarification must ask for."""
    if otherwise(case, reply):
        return []
    facts = {missing.fact for missing in reply.missing}
    return [Finding("not_asked_for", fact) for fact in case.missing if fact not in facts]


def citations(case: Case, reply: Reply) -> list[Finding]:
    """Each gold citation, or one of those of which any will do."""
    if otherwise(case, reply):
        return []
    return [
        Finding("not_cited", " or ".join(map(str, gold)))
        for gold in case.gold
        if not met(gold, reply.citations)
    ]


def said(case: Case, reply: Reply) -> list[Finding]:
    """What a person must be able to read in the text."""
    return [
        Finding("not_said", pattern) for pattern in case.must_say if not compiled(pattern).search(reply.text)
    ]


def conclusion(reply: Reply) -> str:
    """What a person reads first: the first paragraph, which is the first claim or the first question."""
    return reply.text.strip().split("\n\n", 1)[0]


def leads(case: Case, reply: Reply) -> list[Finding]:
    """What the conclusion itself must say; that it stands further down is not enough."""
    if otherwise(case, reply):
        return []
    first = conclusion(reply)
    return [Finding("not_first", pattern) for pattern in case.lead if not compiled(pattern).search(first)]


def wrong_statements(case: Case, reply: Reply) -> list[Finding]:
    """Claims that say what must not be said; a claim's citations count as its words."""
    claims = [f"{claim.text} [{'; '.join(map(str, claim.citations))}]" for claim in reply.claims]
    found = []
    for claim in claims:
        patterns = [pattern for pattern in case.must_not_say if compiled(pattern).search(claim)]
        if patterns:
            found.append(Finding("wrong_statement", f"{', '.join(patterns)} in {claim!r}"))
    return found


def dates(case: Case, reply: Reply) -> list[Finding]:
    """The dates to the day, and no other; none at all where the reply should ask or refuse."""
    found = []
    for name, gold, given in (
        ("keep_through", case.keep_through, reply.keep_through),
        ("due_by", case.due_by, reply.due_by),
    ):
        if given is None and gold is not None and not otherwise(case, reply):
            found.append(Finding("no_date", f"{name} {gold}"))
        elif given is not None and given != gold and (case.computed or "answer" not in case.accepted):
            found.append(Finding("wrong_date", f"{name} {given}, not {gold or 'a date'}"))
    return found


def amounts(case: Case, reply: Reply) -> list[Finding]:
    """The amount to the cent, and no other; none stated outright where the reply should ask or refuse.

    A clarification may show what each answer to its question would come to, the right one among them.
    """
    given = {f"{amount.value:.2f}" for amount in reply.amounts}
    if reply.outcome == "clarification":
        wrong = given if case.amount and case.amount not in given else set()
    else:
        wrong = given - {case.amount} if case.amount or "answer" not in case.accepted else set()
    found = [Finding("wrong_amount", f"{value}, not {case.amount or 'an amount'}") for value in sorted(wrong)]
    if case.amount and not otherwise(case, reply) and (not given or reply.outcome == "clarification"):
        found.append(Finding("no_amount", case.amount))
    return found


def retrieved(case: Case, reply: Reply) -> tuple[bool, ...]:
    """For each gold citation, whether it is met among the first five passages of each question.

    A Reply lists the best passage of every question in turn, then the second of each, and so on.
    Empty where search has no part in it: where a date or an amount is asked for, or where a reply
    rests on sums alone, its authority comes from a rule; and another outcome that is right too has
    no gold.
    """
    sums_alone = not reply.passages and bool(reply.deadlines or reply.amounts)
    if case.computed or sums_alone or otherwise(case, reply):
        return ()
    first = [hit.citation for hit in reply.passages[: DEPTH * case.questions]]
    return tuple(met(gold, first) for gold in case.gold)


def agreements(reply: Reply, addresses: Mapping[str, Iterable[Citation]]) -> tuple[str, ...]:
    """The agreements whose provisions a reply cites. ``addresses`` are those of each agreement."""
    return tuple(
        name
        for name, places in addresses.items()
        if any(place.contains(citation) for place in places for citation in reply.citations)
    )


def thrown_away(reply: Reply) -> tuple[Finding, ...]:
    """What grounding found in our own words; where a model was asked, the findings are of its drafts."""
    own = () if reply.usage else reply.findings
    return tuple(Finding("thrown_away", f"{found.fault}: {found.claim!r}") for found in own)


def findings(case: Case, reply: Reply, documents: Mapping[str, Document]) -> tuple[Finding, ...]:
    """Everything that is wrong with a reply; nothing when it is right."""
    return (
        *wrong_statements(case, reply),
        *soundness.quotes(reply, documents),
        *soundness.miscited(reply),
        *soundness.unsupported(reply),
        *soundness.editions(case, reply, documents),
        *thrown_away(reply),
        *outcome(case, reply),
        *asked(case, reply),
        *citations(case, reply),
        *said(case, reply),
        *leads(case, reply),
        *dates(case, reply),
        *amounts(case, reply),
    )
