"""Each scorer on replies made by hand: that it passes the right one, and that it can fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant.answering.reply import Claim, Finding, Hit, Quote, Reply, Usage
from assistant.law import Citation, Document, Provision, Span
from assistant.retention.values import Amount, Missing
from evals import scorers, soundness
from evals.cases import TODAY as DAY
from evals.cases import Case
from evals.findings import FORBIDDEN
from evals.run import agreement_addresses
from evals.scorers import satisfies

WORDS = "(a) Keep them. (b) Packing lists: 60 calendar days."
AT = Citation.parse("19 CFR 163.4(b)(2)")
START = WORDS.index("60")
DOCUMENT = Document(
    id="some@2025",
    title="Some",
    citation=Citation.parse("19 CFR 163.4"),
    tier="digest",
    edition="2025",
    in_force=Span(),
    text=WORDS,
    sha256="0" * 64,
    address="https://example.org/",
    provisions=(
        Provision(Citation.parse("19 CFR 163.4(a)"), "", 0, 14, Span()),
        Provision(AT, "", 15, len(WORDS), Span()),
    ),
)
QUOTE = Quote(AT, DOCUMENT.id, "60 calendar days", START, START + 16)
CLAIM = Claim("Packing lists are kept for 60 calendar days.", "quote", (AT,), (QUOTE,))
REPLY = Reply("How long?", DAY, DAY, "answer", "**Packing lists: 60 calendar days.**", claims=(CLAIM,))
CASE = Case(
    id="a",
    kind="how_long",
    question="How long?",
    why="163.4(b)(2)",
    outcome="answer",
    citations=("19 CFR 163.4(b)(2)",),
    must_say=("60 calendar",),
    must_not_say=("5 years",),
)
REFUSAL = Reply("?", DAY, DAY, "refusal", "No.", reason="advice")
ASKS = Reply("?", DAY, DAY, "clarification", "Which?", missing=(Missing("agreement", "Which?"),))


def case(**changes: Any) -> Case:
    """A case of any outcome; gold citations only where it is an answer."""
    base: dict[str, Any] = {"id": "a", "kind": "what", "question": "?", "why": "w", "outcome": "answer"}
    if changes.get("outcome", "answer") == "answer":
        base["citations"] = ("19 CFR 163.4(b)(2)",)
    return Case(**base | changes)


def kinds(found: Any) -> list[str]:
    return [finding.kind for finding in found]


def test_a_right_reply_has_no_finding() -> None:
    assert scorers.findings(CASE, REPLY, {DOCUMENT.id: DOCUMENT}) == ()


@pytest.mark.parametrize(
    ("cited", "gold", "met"),
    [
        ("19 CFR 163.4(b)(2)", "19 CFR 163.4(b)(2)", True),
        ("19 CFR 163.4(b)(2)", "19 CFR 163.4(b)", True),
        ("19 CFR 163.4(b)(2)", "19 CFR Part 163", True),
        ("19 CFR 163.4(b)", "19 CFR 163.4(b)(2)", True),
        # The whole section or part would always be right.
        ("19 CFR 163.4", "19 CFR 163.4(b)(2)", False),
        ("19 CFR Part 163", "19 CFR 163.4", False),
        ("19 CFR 163.4(b)(3)", "19 CFR 163.4(b)(2)", False),
        ("19 U.S.C. § 1508(i)(3)", "19 U.S.C. § 1508(j)(3)", False),
        ("19 U.S.C. § 1508 note", "19 U.S.C. § 1508", False),
    ],
)
def test_when_a_citation_meets_the_gold_one(cited: str, gold: str, met: bool) -> None:
    assert satisfies(Citation.parse(cited), Citation.parse(gold)) == met


@pytest.mark.parametrize(
    ("wanted", "reply", "found"),
    [
        (case(), REPLY, []),
        (case(), REFUSAL, ["outcome"]),
        (case(), ASKS, ["outcome"]),
        (case(outcome="refusal"), REFUSAL, []),
        (case(outcome="refusal", reason="advice"), REFUSAL, []),
        (case(outcome="refusal", reason="unlawful"), REFUSAL, ["reason"]),
        (case(outcome="refusal", reason="unlawful"), REPLY, ["outcome"]),
        (case(outcome="clarification"), REPLY, ["outcome"]),
    ],
)
def test_outcome_and_reason(wanted: Case, reply: Reply, found: list[str]) -> None:
    assert kinds(scorers.outcome(wanted, reply)) == found


def test_the_facts_asked_for() -> None:
    assert not scorers.asked(case(outcome="clarification", missing=("agreement",)), ASKS)
    found = scorers.asked(case(outcome="clarification", missing=("agreement", "year")), ASKS)
    assert [str(finding) for finding in found] == ["not_asked_for: year"]


def test_all_of_citations_and_one_of_any_citation() -> None:
    assert not scorers.citations(case(any_citation=("19 CFR 163.6", "19 CFR 163.4(b)")), REPLY)
    found = scorers.citations(case(any_citation=("19 CFR 163.6(a)", "19 CFR 163.4(a)")), REPLY)
    assert [finding.detail for finding in found] == ["19 CFR 163.6(a) or 19 CFR 163.4(a)"]
    assert kinds(scorers.citations(case(citations=("19 CFR 163.4(b)(2)", "19 CFR 163.5")), REPLY)) == [
        "not_cited"
    ]


def test_what_must_be_said_may_stand_anywhere_in_the_text() -> None:
    assert kinds(scorers.said(case(must_say=("60 calendar", "/from the end/")), REPLY)) == ["not_said"]


def test_a_wrong_statement_is_looked_for_in_claims_and_their_citations_only() -> None:
    wrong = replace(REPLY, claims=(replace(CLAIM, text="Packing lists are kept for 5 years."),))
    assert kinds(scorers.wrong_statements(CASE, wrong)) == ["wrong_statement"]
    assert kinds(scorers.wrong_statements(case(must_not_say=(r"/163\.4\(b\)/",)), REPLY)) == [
        "wrong_statement"
    ]
    # One claim is one wrong statement, however many of the patterns it meets.
    assert kinds(scorers.wrong_statements(case(must_not_say=("5 years", "kept")), wrong)) == [
        "wrong_statement"
    ]
    # A caveat may name what is not so.
    assert not scorers.wrong_statements(CASE, replace(REPLY, text="Not 5 years.", caveats=("Not 5 years.",)))


@pytest.mark.parametrize(
    ("gold", "given", "found"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), []),
        # 29 February and three years: a day early is a wrong date.
        (date(2027, 3, 1), date(2027, 2, 28), ["wrong_date"]),
        (date(2027, 3, 1), None, ["no_date"]),
        # A date that was not asked for is not judged in an answer.
        (None, date(2027, 3, 1), []),
    ],
)
def test_dates(gold: date | None, given: date | None, found: list[str]) -> None:
    assert kinds(scorers.dates(case(keep_through=gold), replace(REPLY, keep_through=given))) == found
    assert kinds(scorers.dates(case(due_by=gold), replace(REPLY, due_by=given))) == found


def test_a_date_where_a_fact_is_missing_is_wrong() -> None:
    dated = replace(REPLY, keep_through=date(2027, 3, 1))
    assert kinds(scorers.dates(case(outcome="clarification"), dated)) == ["wrong_date"]
    assert kinds(scorers.dates(case(outcome="refusal"), dated)) == ["wrong_date"]
    # And so is a due date beside the right last day.
    both = replace(dated, due_by=date(2027, 3, 1))
    assert kinds(scorers.dates(case(keep_through=date(2027, 3, 1)), both)) == ["wrong_date"]


def _amounts(*values: str) -> Reply:
    return replace(
        REPLY, amounts=tuple(Amount("r", Decimal(value), "lesser_of", (), (AT,)) for value in values)
    )


@pytest.mark.parametrize(
    ("gold", "given", "found"),
    [
        ("8000.00", ("8000",), []),
        ("8000.00", ("8000.01",), ["wrong_amount"]),
        ("8000.00", ("8000", "10000"), ["wrong_amount"]),
        ("8000.00", (), ["no_amount"]),
        (None, ("8000",), []),
    ],
)
def test_amounts(gold: str | None, given: tuple[str, ...], found: list[str]) -> None:
    assert kinds(scorers.amounts(case(amount=gold), _amounts(*given))) == found


def test_an_amount_where_a_fact_is_missing_is_wrong() -> None:
    assert kinds(scorers.amounts(case(outcome="clarification"), _amounts("8000"))) == ["wrong_amount"]
    assert kinds(scorers.amounts(case(outcome="refusal"), _amounts("8000"))) == ["wrong_amount"]
    # Asking back where an answer is due, it may show the right amount beside another, and none else.
    both = replace(ASKS, amounts=_amounts("8000", "15000").amounts)
    assert kinds(scorers.amounts(case(amount="15000.00"), both)) == ["no_amount"]
    assert kinds(scorers.amounts(case(amount="7200.00"), both)) == ["wrong_amount"] * 2 + ["no_amount"]
    # Asking back, it may say what each answer would come to.
    asks = replace(ASKS, amounts=_amounts("8000", "15000").amounts)
    assert not scorers.amounts(case(outcome="clarification"), asks)


@pytest.mark.parametrize(
    ("lead", "text", "found"),
    [
        ("60 calendar", "**Packing lists: 60 calendar days.**\n\nElse five years.", []),
        # Right, but only second.
        ("60 calendar", "**Entry records: five years.**\n\nPacking lists: 60 calendar days.", ["not_first"]),
        ("/60 .*days/", "**Packing lists: 60 calendar\ndays.**", ["not_first"]),
    ],
)
def test_what_must_come_first(lead: str, text: str, found: list[str]) -> None:
    assert kinds(scorers.leads(case(lead=(lead,)), replace(REPLY, text=text))) == found


def test_of_several_outcomes_and_reasons_any_is_right() -> None:
    either = case(
        outcome="refusal", outcomes=("refusal", "clarification"), reasons=("ungrounded", "not_in_corpus")
    )
    assert not scorers.findings(either, replace(REFUSAL, reason="ungrounded"), {})
    assert not scorers.findings(either, replace(REFUSAL, reason="not_in_corpus"), {})
    assert not scorers.findings(either, ASKS, {})
    assert kinds(scorers.findings(either, REFUSAL, {})) == ["reason"]
    assert kinds(scorers.outcome(either, REPLY)) == ["outcome"]
    # What an answer must cite and compute is not asked of a question back that is right too.
    answer = case(outcomes=("answer", "clarification"), keep_through=DAY, amount="1.00", lead=("x",))
    assert not scorers.findings(answer, ASKS, {})
    assert "no_date" in kinds(scorers.findings(answer, REPLY, {}))


@pytest.mark.parametrize(
    "quote",
    [
        replace(QUOTE, text="60 Calendar days"),
        replace(QUOTE, start=QUOTE.start + 1, end=QUOTE.end + 1),
        replace(QUOTE, document="another@2025"),
        # The words stand in the document, but not in the provision they are cited to.
        replace(QUOTE, citation=Citation.parse("19 CFR 163.4(a)")),
        replace(QUOTE, citation=Citation.parse("19 CFR 163.5")),
        replace(QUOTE, text="", end=QUOTE.start),
    ],
)
def test_a_quote_that_does_not_verify(quote: Quote) -> None:
    altered = replace(REPLY, claims=(replace(CLAIM, quotes=(QUOTE, quote)),))
    assert kinds(soundness.quotes(altered, {DOCUMENT.id: DOCUMENT})) == ["unverified_quote"]


def test_a_claim_without_a_citation_is_found_even_if_it_was_forced_into_being() -> None:
    claim = replace(CLAIM)
    object.__setattr__(claim, "citations", ())
    found = soundness.quotes(replace(REPLY, claims=(claim,)), {DOCUMENT.id: DOCUMENT})
    assert kinds(found) == ["uncited_claim"]


def _hits(*citations: str) -> Reply:
    hits = tuple(Hit(text, Citation.parse(text), "some@2025", 1.0) for text in citations)
    return replace(REPLY, passages=hits)


def test_the_first_five_passages_count_as_retrieved() -> None:
    others = ["19 CFR 163.5(a)"] * 4
    assert scorers.retrieved(case(), _hits(*others, "19 CFR 163.4(b)(2)")) == (True,)
    assert scorers.retrieved(case(), _hits(*others, "19 CFR 163.5(b)", "19 CFR 163.4(b)(2)")) == (False,)
    # Five for each question of the message.
    assert scorers.retrieved(case(questions=2), _hits(*others, *others, "19 CFR 163.4(b)(2)")) == (True,)
    assert scorers.retrieved(case(), replace(REPLY, passages=())) == (False,)
    assert scorers.retrieved(case(keep_through=DAY), _hits()) == ()
    # A reply that rests on sums alone was not searched for; one that has passages was.
    sums = _amounts("1")
    assert scorers.retrieved(case(), sums) == ()
    assert scorers.retrieved(case(), replace(sums, passages=_hits("19 CFR 163.5(a)").passages)) == (False,)
    # An answer or a question back: the question back has no gold.
    either = case(outcomes=("answer", "clarification"))
    assert scorers.retrieved(either, ASKS) == ()
    assert scorers.retrieved(either, replace(REPLY, passages=())) == (False,)


@pytest.mark.parametrize(
    ("cited", "names"),
    [
        (["19 U.S.C. § 1508(i)(3)"], ("korea",)),
        (["19 U.S.C. § 1508(f)(3)", "19 CFR 10.430(c)(1)"], ("chile",)),
        (["19 U.S.C. § 1508(j)(3)", "19 U.S.C. § 1508(k)(3)"], ("colombia", "panama")),
        # The penalty of all six, and the general rule, are of none.
        (["19 U.S.C. § 1508(l)", "19 CFR 163.4(a)"], ()),
    ],
)
def test_whose_provisions_are_cited(cited: list[str], names: tuple[str, ...]) -> None:
    claims = tuple(Claim("Words.", "digest", (Citation.parse(text),)) for text in cited)
    assert scorers.agreements(replace(REPLY, claims=claims), agreement_addresses()) == names


def test_what_grounding_threw_away_of_our_own_must_never_be() -> None:
    thrown = replace(REPLY, findings=(Finding("It is 7 years.", "the period 7 years has no support"),))
    (found,) = scorers.findings(CASE, thrown, {DOCUMENT.id: DOCUMENT})
    assert found.kind == "thrown_away" and "7 years" in found.detail
    assert found.kind in FORBIDDEN
    of_a_model = replace(thrown, usage=Usage("openai:scripted", 1))
    assert scorers.findings(CASE, of_a_model, {DOCUMENT.id: DOCUMENT}) == ()
