"""What a sentence asserts in numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answering.measures import measure


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("5 years", {(5, "years")}),
        ("five (5) years", {(5, "years")}),
        ("a 5-year period", {(5, "years")}),
        ("a five-year period", {(5, "years")}),
        ("a year", {(1, "years")}),
        ("30 calendar days", {(30, "days")}),
        ("30 business days", {(30, "business days")}),
        ("thirty days", {(30, "days")}),
        ("120-day", {(120, "days")}),
        ("the 3rd anniversary", {(3, "years")}),
        ("the third anniversary of liquidation", {(3, "years")}),
        ("60 days and 2 years", {(60, "days"), (2, "years")}),
        ("a day", set()),
        ("the years", set()),
        ("1508 years", {(1508, "years")}),
        ("", set()),
    ],
)
def test_periods(text: str, periods: set[tuple[int, str]]) -> None:
    assert measure(text).periods == periods


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("$10,000", {10_000}),
        ("$100,000.", {100_000}),
        ("$ 10k", {10_000}),
        ("10,000 dollars", {10_000}),
        ("$1.5 million", {1_500_000}),
        ("100k", {100_000}),
        ("$8000.50", {Decimal("8000.50")}),
        ("75 percent", set()),
    ],
)
def test_amounts(text: str, amounts: set[Decimal]) -> None:
    assert measure(text).amounts == {Decimal(amount) for amount in amounts}


@pytest.mark.parametrize(
    ("text", "percents", "compare"),
    [
        ("75 percent, whichever is less", {75}, {"lesser"}),
        ("40% or $10,000, whichever amount is less", {40}, {"lesser"}),
        ("the higher of", set(), {"higher"}),
        ("whichever is greater", set(), {"higher"}),
        ("a high price", set(), set()),
        ("12.5 per cent", {Decimal("12.5")}, set()),
    ],
)
def test_shares_and_comparisons(text: str, percents: set[Decimal], compare: set[str]) -> None:
    found = measure(text)
    assert found.percents == {Decimal(percent) for percent in percents}
    assert found.compare == compare
