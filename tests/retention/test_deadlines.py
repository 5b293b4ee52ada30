"""Facts in, dates out: one row a fact, in ``cases.txt``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.errors import UsageError
from assistant.retention.deadlines import compute, decide
from assistant.retention.rules import rulebook
from assistant.retention.schema import Caveat, Question
from assistant.retention.values import Computed, Facts
from assistant.retention.vocabulary import check
from tests.conftest import TODAY
from tests.retention.table import Case, cases

CASES = cases()
BOOK = rulebook()


def _computed(case: Case) -> Computed:
    return compute(case.given(), today=TODAY)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.line.partition(" | ")[0] + "|" + c.line.split("|")[1])
def test_case(case: Case) -> None:
    computed = _computed(case)
    if case.kind == "ask":
        assert computed.outcome == "clarification"
        assert tuple(m.fact for m in computed.missing) == case.asked
        assert tuple(d.date for d in computed.deadlines) == case.dates
        assert computed.keep_through is computed.due_by is None
    else:
        assert computed.outcome == "answer"
        assert computed.missing == ()
        assert {"keep": computed.keep_through, "due": computed.due_by}[case.kind] == case.dates[0]
        assert {"keep": computed.due_by, "due": computed.keep_through}[case.kind] is None
    spoken = "\n".join(
        [*map(str, computed.citations), *computed.caveats, *(m.question for m in computed.missing)]
        + [step for d in computed.deadlines for step in d.steps]
    )
    for words in case.said:
        assert words in spoken


def test_there_are_enough_rows_and_every_branch_has_one() -> None:
    assert len(CASES) >= 200
    reached = {id(decide(BOOK, case.given())) for case in CASES}
    missed = [(b.record, b.agreement, b.when) for b in BOOK.branches if id(b) not in reached]
    assert missed == []


def test_every_rule_that_yields_a_date_has_a_row() -> None:
    computed = {d.rule for case in CASES for d in _computed(case).deadlines}
    dated = {rule.id for rule in BOOK.rules.values() if rule.bound != "ceiling"}
    assert computed == dated


def _said(texts: Mapping[str, Caveat] | Mapping[str, Question], sentences: set[str]) -> set[str]:
    """Which of the texts are among the sentences, whatever stands in their places."""
    patterns = {
        name: re.compile(".+".join(map(re.escape, re.split(r"\{\w+\}", text.text))))
        for name, text in texts.items()
    }
    return {name for name, pattern in patterns.items() if any(map(pattern.fullmatch, sentences))}


def test_every_caveat_and_every_question_is_said_of_some_row() -> None:
    computed = [_computed(case) for case in CASES]
    assert _said(BOOK.caveats, {one for c in computed for one in c.caveats}) == set(BOOK.caveats)
    assert _said(BOOK.questions, {m.question for c in computed for m in c.missing}) == set(BOOK.questions)


@pytest.mark.parametrize("case", [c for c in CASES if c.kind == "ask"], ids=lambda c: c.line)
def test_a_clarification_ends_when_what_it_asks_is_given(case: Case) -> None:
    """Each answer is a plausible one; an agreement that was doubted is confirmed."""
    days = {"usmca": date(2021, 5, 5), "canada": date(1992, 5, 5)}
    then = days.get(case.agreement or "", date(2019, 5, 5))
    old_claim = "2015" in case.line
    plausible = {
        "claim_filed": date(2013, 5, 5) if old_claim else date(2021, 5, 5),
        "claim_paid": date(2014, 5, 5) if old_claim else date(2022, 4, 5),
        "exportation": then,
        "entry": then,
    }
    events, facts = dict(case.events), dict(case.facts)
    for missing in compute(case.given(), today=TODAY).missing:
        if missing.fact in BOOK.events:
            events[missing.fact] = plausible.get(missing.fact, date(2022, 5, 5))
        elif missing.fact == "country":
            facts["country"] = "el-salvador"
        elif missing.fact == "admitted_free":
            facts["admitted_free"] = "yes"
        else:
            assert missing.fact == "agreement"  # confirmed as it is; the date beside it was wrong
    assert compute(check(case.record, case.agreement, events, facts), today=TODAY).outcome == "answer"


def test_prose_has_no_iso_date_and_every_question_asks() -> None:
    for case in CASES:
        computed = _computed(case)
        prose = [*computed.caveats, *(m.question for m in computed.missing)]
        prose += [step for d in computed.deadlines for step in d.steps]
        for sentence in prose:
            assert not re.search(r"\d{4}-\d\d-\d\d", sentence), case.line
            assert "{" not in sentence, case.line
            assert sentence[-1] in ".?", case.line
        assert all("?" in m.question for m in computed.missing), case.line


def test_the_same_facts_in_another_order_give_the_same() -> None:
    for case in CASES:
        given, computed = case.given(), _computed(case)
        events = dict(reversed(list(given.events.items())))
        turned = compute(replace(given, events=events), today=TODAY)
        assert (turned.deadlines, turned.missing) == (computed.deadlines, computed.missing), case.line


@pytest.mark.parametrize(
    ("as_of", "cited"),
    [
        (None, "19 U.S.C. § 1508(c)(2)"),
        (date(2020, 7, 1), "19 U.S.C. § 1508(c)(2)"),
        (date(2020, 6, 30), "19 U.S.C. § 1508(c)(3)"),
        (date(2012, 1, 1), "19 U.S.C. § 1508(c)(3)"),
    ],
)
def test_as_of_numbers_the_citation_and_decides_nothing_else(as_of: date | None, cited: str) -> None:
    facts = check(
        "drawback", events={"claim_filed": date(2021, 1, 10), "claim_liquidated": date(2024, 2, 29)}
    )
    computed = compute(facts, today=TODAY, as_of=as_of)
    assert computed.keep_through == date(2027, 3, 1)
    own = ["19 CFR 190.15"] if as_of is None or as_of >= date(2018, 12, 17) else []
    assert [str(c) for c in computed.citations] == [cited, *own, "19 CFR 163.4(b)(5)"]


@pytest.mark.parametrize("as_of", [date(2012, 1, 1), date(2021, 1, 1), TODAY])
def test_as_of_never_overrides_the_date_of_export(as_of: date) -> None:
    exported = {"certificate_signed": date(2019, 5, 5), "exportation": date(2020, 6, 30)}
    computed = compute(check("fta_export", "nafta", exported), today=TODAY, as_of=as_of)
    assert computed.keep_through == date(2024, 5, 5)
    exported["exportation"] = date(2020, 7, 1)
    assert (
        compute(check("fta_export", "nafta", exported), today=TODAY, as_of=as_of).outcome == "clarification"
    )


@pytest.mark.parametrize(
    ("today", "status", "left"),
    [
        (date(2026, 3, 14), "running", 1),
        (date(2026, 3, 15), "running", 0),
        (date(2026, 3, 16), "past", -1),
    ],
)
def test_status_turns_the_day_after(today: date, status: str, left: int) -> None:
    (deadline,) = compute(check("entry", events={"entry": date(2021, 3, 15)}), today=today).deadlines
    assert (deadline.status, deadline.days_left) == (status, left)
    assert deadline.to_json()["days_left"] == left


def test_the_json_of_the_contract() -> None:
    found = compute(check("entry", events={"entry": date(2020, 2, 29)}), today=TODAY).to_json()
    assert set(found) == {"outcome", "deadlines", "keep_through", "due_by", "missing", "caveats", "citations"}
    (deadline,) = found["deadlines"]
    assert deadline == {
        "kind": "keep_through",
        "rule": "entry",
        "record": "entry",
        "trigger": {"event": "entry", "date": "2020-02-29"},
        "period": "P5Y",
        "bound": "fixed",
        "date": "2025-03-01",
        "citations": ["19 CFR 163.4(a)", "19 U.S.C. § 1508(c)(1)"],
        "steps": [
            "The period runs from the entry: February 29, 2020.",
            "That day is not counted; a period of 5 years ends on its 5th anniversary, in 2025.",
            "2025 has no February 29, so the anniversary is taken on March 1, 2025.",
            "The records are kept through March 1, 2025, that day included;"
            " the first day after this period is March 2, 2025.",
        ],
        "status": "past",
        "days_left": (date(2025, 3, 1) - TODAY).days,
    }


def test_the_last_day_of_the_calendar_can_be_a_result_and_no_later_one() -> None:
    assert compute(check("entry", events={"entry": date(9994, 12, 31)}), today=TODAY).keep_through == date.max
    for record, event, day in (
        ("entry", "entry", date(9995, 1, 1)),
        ("packing_list", "release_end", date.max - timedelta(days=59)),
        ("storage_notice", "implementation", date(1, 1, 30)),
    ):
        with pytest.raises(UsageError, match=f"^{event}: .*where no date is"):
            compute(check(record, events={event: day}), today=TODAY)


def test_facts_that_bear_on_nothing_are_left_aside() -> None:
    facts = Facts(
        "entry", events={"entry": date(2021, 3, 15)}, facts={"year": "2021", "culpability": "willful"}
    )
    assert compute(facts, today=TODAY).keep_through == date(2026, 3, 15)
