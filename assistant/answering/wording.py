"""The words of a Reply: Markdown made of its claims, steps, caveats and questions, nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.answering.reply import Claim
from assistant.law import Citation
from assistant.law.english import long_date as long_date
from assistant.retention.values import Amount, Deadline, Missing

#: What is said when nothing held supports an answer.
UNGROUNDED = (
    "I found nothing in the texts I hold that answers this, so I will not guess. I cover 19 U.S.C. § 1508"
    " and § 1509, 19 CFR Part 163, and CBP's Recordkeeping Compliance Program; try naming the record, the"
    " agreement or the section you mean."
)
#: What follows the sentence that says what the texts do not.
SILENT = (
    "So I will not guess: a neighbouring rule is not an answer. CBP, or a customs attorney, can say how the"
    " matter is handled."
)
#: What is said when the question is about something else altogether.
ELSEWHERE = (
    "That is outside what I cover: U.S. customs recordkeeping under 19 U.S.C. § 1508 and § 1509, 19 CFR"
    " Part 163, and CBP's Recordkeeping Compliance Program."
)


_NTH = ("first", "second", "third", "fourth", "fifth", "sixth")


def left_open(asked: Sequence[object], unanswered: Sequence[object]) -> list[str]:
    """The sentence that says which of a message's several questions got no answer; none of a single one."""
    which = [_NTH[number] for number, one in enumerate(asked) if one in unanswered]
    if len(asked) < 2 or not which:
        return []
    questions = f"{' and '.join(which)} question" + ("s" if len(which) > 1 else "")
    return [f"To the {questions} in this message the texts I hold give no answer, so I will not guess."]


def not_held(places: Iterable[Citation]) -> str:
    """That of a place named nothing is held."""
    return f"Nothing in the texts I hold is cited to {joined(places)} itself."


def joined(citations: Iterable[Citation]) -> str:
    return "; ".join(str(citation) for citation in citations)


def answer_text(
    claims: Sequence[Claim],
    deadlines: Sequence[Deadline],
    amounts: Sequence[Amount],
    missing: Sequence[Missing],
    caveats: Sequence[str],
) -> str:
    """The Markdown of an answer or a clarification: conclusion, support, steps, questions, caveats."""
    blocks = []
    for number, claim in enumerate(claims):
        words = f"**{claim.text}**" if number == 0 else claim.text
        blocks.append(f"{words} [{joined(claim.citations)}]")
        blocks += [
            f"> “{_one_line(quote.text)}” — {quote.citation}"
            for quote in claim.quotes
            if quote.text not in claim.text
        ]
    steps = [step for deadline in deadlines for step in deadline.steps]
    steps += [step for amount in amounts for step in amount.steps]
    if steps:
        blocks.append("\n".join(f"{number}. {step}" for number, step in enumerate(dict.fromkeys(steps), 1)))
    blocks += [f"**{_literal(item.question)}**" for item in missing]
    if caveats:
        blocks.append("\n".join(f"- *{_literal(caveat)}*" for caveat in caveats))
    return "\n\n".join(blocks)


def _literal(text: str) -> str:
    """A question or a caveat in Markdown: it can repeat a person's words, of which no mark-up may come."""
    return re.sub(r"([\\`*_\[\]<>~])", r"\\\1", _one_line(text))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
