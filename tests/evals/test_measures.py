"""Intervals, the study's two scores, wordings, and search by rank, on results made by hand."""

from __future__ import annotations

import math
import statistics
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answering.reply import Hit, Reply
from assistant.law import Citation
from evals import study
from evals.intervals import Mean, Rate, _bootstrap, p95, percentile
from evals.retrieval import retrieval
from evals.run import Result
from evals.scorers import retrieved
from evals.wordings import all_right, groups, one_conclusion
from tests.evals.made import ANSWER, ASKS, CLAIM, DAY, REFUSAL, case, result


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (9, 10, 0.596, 0.982),
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (285, 300, 0.919, 0.969),
        (0, 0, 0, 1),
    ],
)
def test_wilsons_interval(hits: int, total: int, low: float, high: float) -> None:
    assert Rate(hits, total).interval == pytest.approx((low, high), abs=0.001)


def test_the_bootstrap_is_the_same_every_time_and_about_that_of_the_normal() -> None:
    values = tuple(float(n) for n in range(100))
    mean = Mean(values)
    low, high = mean.interval
    error = statistics.stdev(values) / math.sqrt(100)
    assert (low, high) == pytest.approx((49.5 - 1.96 * error, 49.5 + 1.96 * error), abs=1)
    _bootstrap.cache_clear()
    assert Mean(values).interval == (low, high), "drawn again, and from the same seed"
    assert (mean.value, mean.total) == (49.5, 100)
    low, high = Mean(values, p95).interval
    assert low < 94 < high
    assert Mean(()).value is None


def test_the_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0], 95) == 3.0
    assert percentile([float(n) for n in range(1, 101)], 95) == 95.0


@pytest.mark.parametrize(
    ("reply", "found", "correct", "grounded"),
    [
        (ANSWER, (), "correct", "grounded"),
        (ANSWER, ("not_said",), "incorrect", "grounded"),
        (ANSWER, ("wrong_date",), "incorrect", "grounded"),
        (ANSWER, ("not_cited",), "correct", "misgrounded"),
        (ANSWER, ("wrong_edition",), "correct", "misgrounded"),
        (ANSWER, ("wrong_statement", "miscited"), "incorrect", "misgrounded"),
        (ANSWER, ("uncited_claim",), "correct", "ungrounded"),
        # An answer where a refusal was due is not correct, however well it is cited.
        (ANSWER, ("outcome",), "incorrect", "grounded"),
        (REFUSAL, (), "refused", "ungrounded"),
        (REFUSAL, ("outcome",), "refused", "ungrounded"),
        (ASKS, (), "refused", "ungrounded"),
        (replace(ASKS, claims=(CLAIM,)), (), "refused", "grounded"),
        (None, ("error",), "refused", "ungrounded"),
    ],
)
def test_correct_and_grounded_are_judged_apart(
    reply: Reply | None, found: tuple[str, ...], correct: str, grounded: str
) -> None:
    one = result(None, reply, *found)
    assert (study.correctness(one), study.groundedness(one)) == (correct, grounded)
    assert study.table([one])[correct] == {grounded: 1}  # type: ignore[index]


def test_another_agreements_provision_is_misgrounded() -> None:
    korea = case(agreement="korea")
    assert study.groundedness(result(korea, agreements=("korea", "peru"))) == "misgrounded"
    assert study.groundedness(result(korea, agreements=("korea",))) == "grounded"


def _said(citation: str = "19 CFR 163.4(a)", text: str = "Five years.", **changes: Any) -> Reply:
    claim = replace(CLAIM, text=text, citations=(Citation.parse(citation),))
    return replace(ANSWER, claims=(claim,), **changes)


@pytest.mark.parametrize(
    ("replies", "one"),
    [
        ([_said(), _said()], True),
        ([_said("19 CFR 163.4(b)"), _said("19 CFR 163.4(b)(2)", "60 days.")], True),
        ([_said("19 CFR 163.4(b)(2)"), _said("19 CFR 163.4(b)")], True),
        # The same statement may stand on either of two citations; two statements may not.
        ([_said("19 CFR 163.4(a)"), _said("19 U.S.C. § 1508(c)(1)")], True),
        ([_said("19 CFR 163.4(a)"), _said("19 U.S.C. § 1508(c)(1)", "Ten years.")], False),
        # A whole section is not one place with each of its parts.
        ([_said("19 CFR 163.4"), _said("19 CFR 163.4(b)(2)", "60 days.")], False),
        ([_said(), REFUSAL], False),
        ([_said(keep_through=DAY), _said("19 CFR 163.5(a)", "Else.", keep_through=DAY)], True),
        ([_said(keep_through=DAY), _said(keep_through=date(2026, 11, 23))], False),
        ([_said(keep_through=DAY), _said()], False),
        ([_said(due_by=DAY), _said(due_by=date(2026, 11, 23))], False),
        ([REFUSAL, REFUSAL], True),
        ([REFUSAL, replace(REFUSAL, reason="unlawful")], False),
        ([ASKS, ASKS], True),
        ([_said(), None], False),
    ],
)
def test_wordings_of_one_question_are_concluded_alike(replies: list[Reply | None], one: bool) -> None:
    assert one_conclusion([result(None, reply) for reply in replies]) == one


def test_a_group_has_two_wordings_at_least_and_is_right_when_each_is() -> None:
    two, one = case(group="two"), case(group="one")
    found = groups([result(two), result(one), result(two, ANSWER, "not_said"), result()])
    assert {name: len(members) for name, members in found.items()} == {"two": 2}
    assert not all_right(found["two"])
    assert all_right(found["two"][:1])


def _found(*citations: str, **changes: Any) -> Result:
    hits = tuple(Hit(str(n), Citation.parse(text), "some@2025", 1.0) for n, text in enumerate(citations))
    one, reply = case(**changes), replace(ANSWER, passages=hits)
    return replace(result(one, reply), retrieved=retrieved(one, reply))


def test_search_by_rank() -> None:
    two = {"citations": ("19 CFR 163.4(a)", "19 CFR 163.5(a)"), "id": "two"}
    values = retrieval(
        [
            # The second passage meets the same gold again, and finds nothing new.
            _found("19 CFR 163.4(a)", "19 CFR 163.4(a)", "19 CFR 163.5(a)", **two),
            _found("19 CFR 163.6(a)", "19 CFR 163.4(a)", id="second"),
            _found("19 CFR 163.6(a)", id="nothing"),
            result(case("broke"), None, "error"),
        ]
    )
    assert values["recall_1"] == (0.5, 0.0, 0.0, 0.0)
    assert values["recall_3"] == (1.0, 1.0, 0.0, 0.0)
    assert values["mrr_10"] == (1.0, 0.5, 0.0, 0.0)
    ideal = 1 + 1 / math.log2(3)
    assert values["ndcg_10"] == pytest.approx(((1 + 1 / math.log2(4)) / ideal, 1 / math.log2(3), 0.0, 0.0))


def test_search_is_not_measured_where_a_rule_answers_or_several_questions_are_asked() -> None:
    found = [_found("19 CFR 163.4(a)", keep_through=DAY), _found("19 CFR 163.4(a)", questions=2)]
    assert set(retrieval(found).values()) == {()}
    assert set(retrieval([result(case(outcome="refusal"), REFUSAL)]).values()) == {()}
