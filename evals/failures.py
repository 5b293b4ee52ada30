"""One reply that is not right, as HTML: what was asked, what came back, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from assistant.answering.reply import Claim, Reply
from assistant.faces.rendering.html import piece_html
from assistant.faces.rendering.pieces import Piece, quotes_to_show, steps_of, unaccounted
from assistant.law.english import long_date
from evals.findings import FORBIDDEN
from evals.run import Result
from evals.words import FINDINGS


def failure(result: Result, earlier: Sequence[Result] = ()) -> str:
    """Folded to the question and the first fault; ``earlier`` are the turns before it."""
    case = result.case
    first = FINDINGS[(result.has(*FORBIDDEN) or result.findings)[0].kind]
    grave = "grave" if result.has(*FORBIDDEN) else "fault"
    summary = (
        f'<summary><span class="asked">{escape(case.question)}</span> '
        f'<span class="{grave}">{escape(first)}</span> <code>{escape(case.id)}</code></summary>'
    )
    said = _reply(result.reply) if result.reply else "<p>None.</p>"
    findings = "".join(
        f'<li><b>{FINDINGS[fault.kind]}.</b> <span class="detail">{escape(fault.detail)}</span></li>'
        for fault in result.findings
    )
    return (
        f'<details class="case" id="{escape(case.id)}">{summary}{_before(result, earlier)}'
        f"<h4>What is wrong</h4><ul>{findings}</ul>"
        f"<h4>What is right</h4><p>{_gold(result)}</p>"
        f'<h4>The reply</h4><div class="reply">{said}</div></details>\n'
    )


def _gold(result: Result) -> str:
    """The gold in a sentence, and when it was asked."""
    case = result.case
    as_of, today = case.asked_on
    parts = [f"{' or '.join(case.accepted).capitalize()}: {case.why}."]
    if case.gold:
        parts.append("Authority: " + "; ".join(" or ".join(map(str, unit)) for unit in case.gold) + ".")
    parts += [f"Keep through {long_date(case.keep_through)}."] if case.keep_through else []
    parts += [f"Due by {long_date(case.due_by)}."] if case.due_by else []
    parts += [f"Amount: ${case.amount}."] if case.amount else []
    parts += [f"To be asked for: {', '.join(case.missing)}."] if case.missing else []
    day = f"Asked about the law of {long_date(as_of)}"
    parts.append(f"{day}, on {long_date(today)}." if as_of != today else f"{day}.")
    return escape(" ".join(parts).replace("..", "."))


def _before(result: Result, earlier: Sequence[Result]) -> str:
    """What was said before it: of a conversation the questions, of a fixed history all turns."""
    turns: list[tuple[str, str]] = [(turn.role, turn.content) for turn in result.case.history]
    turns += [("user", before.case.question) for before in earlier]
    if not turns:
        return ""
    listed = "".join(
        f"<li>{'' if role == 'user' else '<i>replied:</i> '}{escape(said)}</li>" for role, said in turns
    )
    return f"<h4>Said before</h4><ol>{listed}</ol>"


def _reply(reply: Reply) -> str:
    return "".join(map(piece_html, _pieces(reply)))


def _pieces(reply: Reply) -> Iterator[Piece]:
    """The reply in the order in which it is read, citations as words."""
    for number, claim in enumerate(reply.claims):
        yield Piece("support" if number else "conclusion", (_cited(claim),), (), quotes_to_show(claim))
    for paragraph in unaccounted(reply):
        yield Piece("words", (paragraph,))
    if steps := steps_of(reply):
        yield Piece("steps", steps)
    for missing in reply.missing:
        yield Piece("question", (missing.question,))
    if reply.caveats:
        yield Piece("caveats", reply.caveats)


def _cited(claim: Claim) -> str:
    return f"{claim.text} [{'; '.join(map(str, claim.citations))}]"
