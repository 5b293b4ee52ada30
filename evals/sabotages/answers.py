"""Answers spoilt: what is refused and asked, what is heard, and what is said after grounding."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from assistant.answering.chain import Answering, Request
from assistant.answering.question import Question, QuestionReader
from assistant.answering.reply import Claim, Reply
from assistant.answering.triage import Triage
from assistant.reading.language import Language
from assistant.retention.values import Missing
from evals.cases import Case
from evals.sabotages.edits import without_entries
from evals.sabotages.spoil import Asked, Sabotage


class _Unsuspecting(QuestionReader):
    """Takes no question for one that asserts something."""

    def read(self, text: str, day: date, today: date) -> Question:
        return replace(super().read(text, day, today), premise=False)


class _NeverAsks(Triage):
    """Never asks which agreement a certificate was made under."""

    def __init__(self, language: Language, triage: Triage) -> None:
        super().__init__(language)
        self._triage = triage

    def mend(self, text: str) -> str:
        return self._triage.mend(text)

    def missing(self, question: Question) -> Missing | None:
        return None


def _unsuspecting(reader: QuestionReader, triage: Triage, language: Language, *rest: Any) -> Answering:
    return Answering(_Unsuspecting(language), triage, language, *rest)


def _guesses(reader: QuestionReader, triage: Triage, language: Language, *rest: Any) -> Answering:
    return Answering(reader, _NeverAsks(language, triage), language, *rest)


class _Today(Answering):
    """Answers every question by the law of today."""

    def answer(self, request: Request) -> Reply:
        return replace(super().answer(replace(request, as_of=request.today)), as_of=request.as_of)


class _Forgetful(Answering):
    """Hears each message of a conversation as the first."""

    def answer(self, request: Request) -> Reply:
        return super().answer(replace(request, history=()))


class _Failing(Answering):
    """Fails on one question in a hundred."""

    def answer(self, request: Request) -> Reply:
        if crc32(request.question.encode()) % 100 == 0:
            raise RuntimeError("out of memory")
        return super().answer(request)


class _Spoken(Answering):
    """What is said is not what was grounded: ``spoil`` changes each claim, and the text with it."""

    @staticmethod
    def spoil(claim: Claim) -> Claim:
        return claim

    def answer(self, request: Request) -> Reply:
        reply = super().answer(request)
        claims = tuple(map(self.spoil, reply.claims))
        text = reply.text
        for said, claim in zip(reply.claims, claims, strict=True):
            text = text.replace(said.text, claim.text)
        return replace(reply, claims=claims, text=text)


class _Denying(_Spoken):
    """A composer that loses "not", with nothing after it that checks."""

    @staticmethod
    def spoil(claim: Claim) -> Claim:
        return replace(claim, text=re.sub(r"\b(?:not|no) ", "", claim.text) or claim.text)


class _Shifted(_Spoken):
    """Quotes begin and end a character late."""

    @staticmethod
    def spoil(claim: Claim) -> Claim:
        quotes = tuple(replace(quote, start=quote.start + 1, end=quote.end + 1) for quote in claim.quotes)
        return replace(claim, quotes=quotes)


class _Rounded(_Spoken):
    """Numbers are said about right."""

    @staticmethod
    def spoil(claim: Claim) -> Claim:
        return replace(claim, text=re.sub(r"\b(\d)(?= (?:calendar )?(?:years|days))", "about 10", claim.text))


class _Shuffled(Answering):
    """Each claim carries the citations of the one before it."""

    def answer(self, request: Request) -> Reply:
        reply = super().answer(request)
        cited = [claim.citations for claim in reply.claims]
        moved = [*cited[-1:], *cited[:-1]]
        claims = tuple(replace(c, citations=m) for c, m in zip(reply.claims, moved, strict=True))
        return replace(reply, claims=claims)


def _no_topics(has: str) -> Callable[[Path], None]:
    return lambda corpus: without_entries(corpus / "language" / "out_of_scope.toml", "topic", has)


def _nothing_unlawful(corpus: Path) -> None:
    """Neither a phrase nor a meaning is refused as unlawful."""
    _no_topics('reason = "unlawful"')(corpus)
    path = corpus / "language" / "out_of_scope.toml"
    before, wishes, after = re.split(
        r"(?<=\[wish\]\n)|(?=\n\[\[topic\]\])", path.read_text("utf-8"), maxsplit=2
    )
    path.write_text(before + re.sub(r"\[.+\]", '["no such word"]', wishes) + after, "utf-8")


def _fewer(asked: Asked) -> Asked:
    """Without the first case of each kind, whose gold somebody did not like."""
    first = {item.kind: item.id for item in reversed(asked) if isinstance(item, Case)}
    return tuple(item for item in asked if item.id not in first.values())


ANSWERS = (
    Sabotage(
        name="no-refusals", says="nothing is out of scope", kinds=("refusal",), corpus=_no_topics("say = ")
    ),
    Sabotage(
        name="no-unlawful",
        says="what is unlawful is not refused",
        kinds=("refusal",),
        corpus=_nothing_unlawful,
    ),
    Sabotage(
        name="agreement-guessed",
        says="which agreement a certificate was made under is not asked",
        kinds=("clarification",),
        make=_guesses,
    ),
    Sabotage(
        name="no-premises",
        says="a question that asserts something is read like any other",
        kinds=("premise",),
        make=_unsuspecting,
    ),
    Sabotage(
        name="as-of-ignored",
        says="every question is answered by today's law",
        kinds=("as_of", "change"),
        make=_Today,
    ),
    Sabotage(
        name="history-ignored",
        says="what was said before is not heard",
        kinds=("conversation",),
        make=_Forgetful,
    ),
    Sabotage(
        name="fails-sometimes", says="one question in a hundred raises", kinds=("how_long",), make=_Failing
    ),
    Sabotage(
        name="not-dropped",
        says="grounding is off, and a composer drops “not”",
        kinds=("premise", "scope"),
        make=_Denying,
    ),
    Sabotage(
        name="quotes-shifted", says="grounding is off, and quotes begin a character late", make=_Shifted
    ),
    Sabotage(
        name="claims-shuffled",
        says="grounding is off, and claims carry each other's citations",
        make=_Shuffled,
    ),
    Sabotage(
        name="numbers-rounded",
        says="grounding is off, and a composer says “about 10” for a number",
        kinds=("how_long",),
        make=_Rounded,
    ),
    Sabotage(name="cases-removed", says="the first case of each kind is not asked any more", asked=_fewer),
)
