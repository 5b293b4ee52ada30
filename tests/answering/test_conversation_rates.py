# ruff: noqa: E501  A table is easier to check with one row a line.
"""A special rate lost with the record: the two days as told, and what they ask of 19 U.S.C. § 1509(g)(2)(C)."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.conversation_rates import Lapse, two_years_before
from assistant.wiring import Assistant
from tests.conftest import TODAY

TOLD = [
    ("the entry liquidated 2025-03-03 and the demand came 2026-10-10", "2025-03-03", "2026-10-10"),
    ("the demand arrived June 6, 2026, the entry was liquidated on May 5, 2025", "2025-05-05", "2026-06-06"),
    ("liquidated 2025-03-03, they asked for it 2026-10-10", "2025-03-03", "2026-10-10"),
    ("on 2025-03-03 it was liquidated", "2025-03-03", ""),
    ("the demand came 2026-10-10", "", "2026-10-10"),
    ("it was reliquidated 2025-03-03", "", ""),
    ("it was entered 2025-03-03. It is not liquidated", "", ""),
    ("liquidated in March 2025", "", ""),
    ("liquidated 30 February 2025", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "liquidated", "demanded"), TOLD)
def test_each_day_goes_to_the_event_beside_it(text: str, liquidated: str, demanded: str) -> None:
    told = Lapse().told(text, TODAY)
    assert [str(day or "") for day in (told.liquidated, told.demanded)] == [liquidated, demanded]


WORDS = [
    ("2025-03-03", "2026-10-10", "within the 2-year", "within that period"),
    ("2024-10-11", "2026-10-10", "within the 2-year", "within that period"),
    ("2024-10-10", "2026-10-10", "", "at the edge"),  # the text does not say whether that day is in it
    ("2024-10-09", "2026-10-10", "more than two years", "before that period"),
    ("2026-10-10", "2026-10-10", "", "at the edge"),
    ("2026-10-11", "2026-10-10", "unliquidated", "after the demand"),
]  # fmt: skip


@pytest.mark.parametrize(("liquidated", "demanded", "words", "note"), WORDS)
def test_the_two_days_decide_what_is_asked(liquidated: str, demanded: str, words: str, note: str) -> None:
    lapse = Lapse(date.fromisoformat(liquidated), date.fromisoformat(demanded))
    assert words in lapse.words and bool(words) == bool(lapse.words) and note in lapse.note


def test_without_the_demand_nothing_is_compared() -> None:
    assert Lapse(demanded=TODAY).words == Lapse().words == Lapse(liquidated=TODAY).note == ""
    assert "within the 2-year" in Lapse(liquidated=TODAY).words


def test_a_year_has_no_february_29() -> None:
    assert two_years_before(date(2024, 2, 29)) == date(2022, 3, 1)


SAID = [
    ("customs demanded the certificate behind our special rate claim and it's lost | the entry liquidated 2025-03-03 and the demand came 2026-10-10", "is reliquidated|shall be reliquidated"),
    ("customs demanded the certificate behind our special rate claim and it's lost | the entry liquidated 2024-03-03 and the demand came 2026-10-10", "more than two years before"),
    ("our special rate record is gone, the entry liquidated 2025-03-03 and the demand came 2026-10-10 | what if it was liquidated a year earlier?", "more than two years before"),
    ("our special rate record is gone, the entry liquidated 2024-03-03 and the demand came 2026-10-10 | no, liquidated 2025-03-03", "is reliquidated|shall be reliquidated"),
    ("what's reliquidated if we lost the certificate? liquidated 2025-03-03, demand 2026-10-10", "is reliquidated|shall be reliquidated"),
    ("customs demanded the certificate behind our special rate claim and it's lost | is that instead of the fine", "in addition to any penalty"),
]  # fmt: skip


@pytest.mark.parametrize(("conversation", "said"), SAID)
def test_what_follows_from_the_days_leads(assistant: Assistant, conversation: str, said: str) -> None:
    *before, last = conversation.split(" | ")
    history = tuple(turn for text in before for turn in (("user", text), ("assistant", "…")))
    reply = assistant.ask(last, as_of=TODAY, today=TODAY, history=history)
    assert any(words in reply.claims[0].text for words in said.split("|"))
    assert reply.keep_through is None and not reply.deadlines


def test_a_drawback_claim_counts_from_its_own_liquidation(assistant: Assistant) -> None:
    history = (("user", "how long do we keep drawback records with a special rate"), ("assistant", "…"))
    reply = assistant.ask(
        "the claim liquidated 2024-05-01, keep until?", as_of=TODAY, today=TODAY, history=history
    )
    assert reply.keep_through == date(2027, 5, 1)
