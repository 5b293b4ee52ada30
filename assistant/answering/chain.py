"""The steps from a message to a grounded Reply: reading, computing, search, composing, grounding.

No step needs a language model; where there is one it may phrase an answer that is composed already.
`assistant.answering.runnable` has the steps as a LangChain Runnable.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.answering.compose import EACH, MOST, caveats_of, choose, claim_of, verdict
from assistant.answering.computing import Sums, authorities, shown
from assistant.answering.conversation import Following, Memory, State, earlier
from assistant.answering.dates import find_dates
from assistant.answering.evidence import Evidence, Scored
from assistant.answering.further import further, of_kind, together
from assistant.answering.grounding import Ground
from assistant.answering.parts import parts
from assistant.answering.question import LIMIT, Question, QuestionReader, clean, inherit
from assistant.answering.recital import nowhere, recited, recites
from assistant.answering.reply import Claim, Finding, Hit, Reason, Reply
from assistant.answering.silence import named as silence_named
from assistant.answering.silence import signs, speaks
from assistant.answering.stream import Sentence, Step, blocks
from assistant.answering.triage import Triage
from assistant.answering.wish import wish
from assistant.answering.wording import ELSEWHERE, SILENT, UNGROUNDED, answer_text, left_open, not_held
from assistant.law import Document
from assistant.reading.language import Language
from assistant.reading.remembered import Memo, remembering
from assistant.retention.values import Missing
from assistant.search.searcher import Query, Ranked, Searcher

if TYPE_CHECKING:
    from assistant.answering.drafting import Drafter

#: How many passages a Reply lists.
SHOWN = 10
#: Below this score the best statement is not about what was asked.
ENOUGH = 1.5
#: Below this cosine, with no word of the field in the question, it is about something else.
NEAR = 0.45

#: What a message may ask beside a date that is computed.
_BESIDE = frozenset({"penalty", "relief", "who"})
#: What is asked of the law and of no papers: where no day was told, none is asked for.
_OF_THE_LAW = frozenset({"change"})
#: Facts that only an amount turns on.
_PENALTY_FACTS = frozenset({"appraised_value", "culpability"})


@dataclass(frozen=True, slots=True)
class Request:
    """One message with the day whose law is asked about and the day treated as today.

    ``memory`` is the conversation's, where somebody holds it between two messages.
    """

    question: str
    as_of: date
    today: date
    id: str | None = None
    history: tuple[tuple[str, str], ...] = ()
    memory: Memory | None = None


@dataclass(slots=True)
class _Work:
    """What passes from step to step. ``questions`` are those of ``parts`` that are still to be searched.

    ``dropped`` is what grounding threw away of our own: none is said, and each is a fault of ours.
    """

    request: Request
    started: float
    whole: Question | None = None
    state: State | None = None
    parts: list[Question] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    found: list[list[Ranked]] = field(default_factory=list)
    others: list[tuple[Question, list[Ranked]]] = field(default_factory=list)
    sums: Sums = field(default_factory=Sums)
    reply: Reply | None = None
    dropped: list[Finding] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    memo: Memo = field(default_factory=dict)


class Answering:
    """The steps joined over one index and one language."""

    def __init__(
        self,
        reader: QuestionReader,
        triage: Triage,
        language: Language,
        searcher: Searcher,
        documents: Mapping[str, Document],
        drafter: Drafter | None = None,
    ) -> None:
        """``drafter`` may phrase an answer once it is composed; without one nothing is asked."""
        self._reader = reader
        self._triage = triage
        self._language = language
        self._searcher = searcher
        self._documents = documents
        self._ground = Ground(documents, authorities())
        self._evidence = Evidence(searcher.passages)
        self._following = Following(reader, language, triage)
        self._drafter = drafter

    def answer(self, request: Request) -> Reply:
        """Answer one message; never raises for what a person wrote."""
        work = _Work(request, time.perf_counter())
        for _ in self._steps(work):
            pass
        return self._finish(work)

    def stream(self, request: Request) -> Iterator[Step | Sentence | Reply]:
        """The same, told as it happens: steps, then what has been checked, and the Reply last."""
        work = _Work(request, time.perf_counter())
        shown = 0
        for told in self._steps(work):
            shown += isinstance(told, Sentence)
            yield told
        reply = self._finish(work)
        yield from blocks(reply.text)[shown:]
        yield reply

    def _steps(self, work: _Work) -> Iterator[Step | Sentence]:
        for name, step in (
            ("reading", self._read),
            ("computing", self._compute),
            ("search", self._search),
            ("composing", self._compose),
        ):
            started = time.perf_counter()
            if work.reply is None:
                yield Step.named(name)
                with remembering(work.memo):
                    step(work)
            work.timings[name] = round((time.perf_counter() - started) * 1000, 3)
        yield from self._phrase(work)

    def _phrase(self, work: _Work) -> Iterator[Step | Sentence]:
        """Let the model phrase an answer for one day; a question or a refusal has fixed words."""
        days = {question.day for question in work.questions}
        if self._drafter is None or work.reply is None or work.reply.outcome != "answer" or len(days) != 1:
            return
        started = time.perf_counter()
        question = work.whole.text if work.whole else work.request.question
        work.reply = yield from self._drafter.draft(question, days.pop(), work.reply)
        work.timings["drafting"] = round((time.perf_counter() - started) * 1000, 3)

    @staticmethod
    def _finish(work: _Work) -> Reply:
        assert work.reply is not None
        total = round((time.perf_counter() - work.started) * 1000, 3)
        findings = (*dict.fromkeys(work.dropped), *work.reply.findings)
        return replace(work.reply, findings=findings, timings={**work.timings, "total": total})

    def _read(self, work: _Work) -> None:
        request = work.request
        text = clean(request.question)
        turns = earlier(request.history)
        fixed = self._triage.courtesy(text) if len(text) <= LIMIT else self._triage.named("too_long")
        if fixed and not (turns and self._triage.answers(text)):
            work.reply = self._clarification(request, [Missing("question", fixed)])
            return
        text = self._triage.asked(text)
        mended = self._triage.mend(text)
        topic = self._triage.topic(text) or self._triage.topic(mended)
        text = mended
        if topic:
            work.reply = self._refusal(request, topic.reason, topic.answer)
            return
        refusal = wish(text, self._language.wishes, self._searcher.wishes)
        if refusal:
            work.reply = self._refusal(request, "unlawful", refusal)
            return
        work.state = self._following.state(text, turns, request.as_of, request.today, request.memory)
        work.whole = work.state.asked
        if work.state.follows:
            topic = self._triage.topic(work.whole.text)
            if topic:
                work.reply = self._refusal(request, topic.reason, topic.answer)
            work.questions = [work.whole]
            return
        pieces = parts(work.whole.text, self._language)
        subject = self._reader.subject(work.whole.text)
        work.questions = (
            [work.whole]
            if len(pieces) == 1
            else [
                inherit(self._reader.read(piece, work.whole.day, request.today), work.whole, subject)
                for piece in pieces
            ]
        )
        work.parts = work.questions

    def _compute(self, work: _Work) -> None:
        """Dates and amounts come first; a part of the message that they answer is not searched."""
        assert work.whole is not None and work.state is not None
        computed = self._following.sums(work.state, work.request.as_of, work.request.today)
        facets = work.whole.facets.keys()
        told = any(found.date for found in find_dates(work.whole.text, work.request.today))
        if computed and not (computed.deadlines or told) and facets and facets <= _OF_THE_LAW:
            computed = None
        if computed is None:
            work.sums = Sums(caveats=work.state.notes)
            return
        computed = work.sums = shown(computed, work.state.cues)
        dated = computed.deadlines or any(m.fact not in _PENALTY_FACTS for m in computed.missing)
        answered = ({"how_long", "produce"} if dated else set()) | (
            {"penalty"}
            if computed.amounts or any(m.fact in _PENALTY_FACTS for m in computed.missing)
            else set()
        )
        if len(work.questions) == 1:
            left = set(work.whole.facets) & _BESIDE - answered
            work.questions = work.questions if left else []
        else:
            work.questions = [q for q in work.questions if q.facets and not answered & q.facets.keys()]

    def _search(self, work: _Work) -> None:
        work.found = [self._searcher.search(_query(question)) for question in work.questions]
        wordings = work.state.wordings if work.state and len(work.questions) == 1 else ()
        others = [replace(work.questions[0], text=text) for text in wordings]
        work.others = [(question, self._searcher.search(_query(question))) for question in others]

    def _compose(self, work: _Work) -> None:
        request, whole, computed = work.request, work.whole, work.sums
        assert whole is not None
        scores = [self._evidence.score(q, found) for q, found in zip(work.questions, work.found, strict=True)]
        others = [self._evidence.score(question, found) for question, found in work.others]
        if others:
            scores[0] = together([scores[0], *others])
        if work.state and work.state.follows and not work.state.cues & {"again", "shorter"}:
            scores = [further(scored, request.history) for scored in scores]
        if work.state and work.state.cues & {"of_regulations", "of_statutes"}:
            scores = [of_kind(scored, work.state.cues) for scored in scores]
        hits = _hits(scores, work.found)
        asked = self._triage.missing(whole) if not (computed.claims or computed.missing) else None
        if asked:
            work.reply = self._clarification(request, [asked], hits)
            return
        checked = [(c, self._ground.check(c, request.as_of, computed.support)) for c in computed.claims]
        claims = [claim for claim, found in checked if not found]
        work.dropped += [finding for _, found in checked for finding in found]
        silent, unanswered, beside = self._say(work, scores, claims)
        caveats = list(computed.caveats) + beside
        if claims:
            caveats = list(dict.fromkeys([*silent, *left_open(work.parts, unanswered), *caveats]))
        if claims or computed.missing:
            work.reply = Reply(
                request.question,
                request.as_of,
                request.today,
                "clarification" if computed.missing else "answer",
                answer_text(claims, computed.deadlines, computed.amounts, computed.missing, caveats),
                id=request.id,
                claims=tuple(claims),
                deadlines=computed.deadlines,
                amounts=computed.amounts,
                keep_through=computed.keep_through,
                due_by=computed.due_by,
                missing=computed.missing,
                caveats=tuple(caveats),
                passages=hits,
            )
            return
        if silent:
            text = " ".join([*silent, SILENT])
            work.reply = self._refusal(request, "ungrounded", text, hits)
            return
        if work.state and work.state.otherwise:
            question, *rest = work.state.otherwise
            work.state = replace(work.state, wordings=(), otherwise=tuple(rest))
            work.questions = [question]
            self._search(work)
            return self._compose(work)
        near = max(
            (max(ranked.cosine, ranked.asked) for found in work.found for ranked in found), default=0.0
        )
        known = bool(whole.abouts or whole.agreements or whole.citations)
        if near < NEAR and not known:
            work.reply = self._refusal(request, "out_of_scope", ELSEWHERE, hits)
        else:
            work.reply = self._refusal(request, "ungrounded", UNGROUNDED, hits)

    def _say(
        self, work: _Work, scores: list[list[Scored]], claims: list[Claim]
    ) -> tuple[list[str], list[Question], list[str]]:
        """Add what the texts say to each question to ``claims``.

        Beside it stand what they are silent on in words, the questions left open, and caveats.
        """
        asks = list(zip(work.questions, work.found, scores, strict=True))
        if not any(self._evidence.belongs(q, found, self._searcher.known(q.text)) for q, found, _ in asks):
            asks = []
        silent, unanswered, caveats = [], [], []
        for question, found, scored in asks:
            place = recites(question)
            told = recited(question, scored) if place else []
            close = bool(scored) and scored[0].score >= ENOUGH
            if place and not told and nowhere(question, scored):
                unanswered.append(question)
                silent.append(not_held(question.citations))
            elif not told and not (close and speaks(signs(question, scored, found))):
                open_matter = (silence_named(found) or "") if close else ""
                silent.append(open_matter)
                # What follows an answer may be answered with it: "… and what goes in it?"
                unanswered += [question] if open_matter or not claims else []
            elif not (silent and question.leans):  # else it asks on about what the texts are silent on
                most = MOST if len(work.questions) == 1 else EACH
                chosen, grounded = self._grounded(work, question, told or scored, most)
                claims += [claim for claim in grounded if claim not in claims]
                caveats += [not_held(question.citations)] if place and not told else []
                caveats += caveats_of(chosen, self._documents, question)
        return list(dict.fromkeys(text for text in silent if text)), unanswered, caveats

    def _grounded(
        self, work: _Work, question: Question, scored: list[Scored], most: int
    ) -> tuple[list[Scored], list[Claim]]:
        """The chosen statements as claims, without those in which grounding found a fault: it is recorded."""
        kept, claims = [], []
        for number, item in enumerate(choose(question, scored, most)):
            prefix = verdict(question, item) if number == 0 else ""
            claim = claim_of(item.ranked.passage, self._documents, prefix)
            found = self._ground.check(claim, question.day)
            work.dropped += found
            if not found:
                kept.append(item)
                claims.append(claim)
        return kept, claims

    @staticmethod
    def _clarification(request: Request, missing: list[Missing], hits: tuple[Hit, ...] = ()) -> Reply:
        return Reply(
            request.question,
            request.as_of,
            request.today,
            "clarification",
            answer_text((), (), (), missing, ()),
            id=request.id,
            missing=tuple(missing),
            passages=hits,
        )

    @staticmethod
    def _refusal(request: Request, reason: Reason, text: str, hits: tuple[Hit, ...] = ()) -> Reply:
        return Reply(
            request.question,
            request.as_of,
            request.today,
            "refusal",
            text,
            id=request.id,
            reason=reason,
            passages=hits,
        )


def _query(question: Question) -> Query:
    return Query(
        text=question.text[:1000],
        day=question.day,
        expansion=question.expansion,
        citations=question.citations,
        agreements=question.agreements | question.unheld,
    )


def _hits(scores: list[list[Scored]], found: list[list[Ranked]]) -> tuple[Hit, ...]:
    """The first passages of every question in turn, each once: statements by their evidence, then
    the words of the texts as search ranked them."""
    hits: dict[str, Hit] = {}
    lists = [
        [(item.ranked.passage, item.score) for item in scored[: SHOWN - 3]]
        + [(r.passage, r.score) for r in results if r.passage.statement is None][:3]
        for scored, results in zip(scores, found, strict=True)
    ]
    for place in range(SHOWN):
        for passage, score in (one[place] for one in lists if place < len(one)):
            hits.setdefault(passage.id, Hit(passage.id, passage.citation, passage.document, score))
    return tuple(hits.values())[: max(SHOWN, 5 * len(found))]
