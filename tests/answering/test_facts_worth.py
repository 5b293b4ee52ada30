# ruff: noqa: E501  A table is easier to check with one row a line.
"""Which of the sums of money in a message is the appraised value, and whose fault a failure was.

19 U.S.C. 1509(g)(2) measures by the appraised value alone. A row is a message and the fault with the appraised
values that must be read, or ``?`` with what must be asked for. Another sum is named, and never multiplied.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.computing import maxima
from assistant.answering.facts import more_penalty, read_penalty
from assistant.answering.question import QuestionReader
from assistant.reading.language import read_language

LANGUAGE = read_language(Path(__file__).parents[2] / "corpus")
READER = QuestionReader(LANGUAGE)
TODAY = date(2026, 11, 22)

TOLD = [
    # beside the entered value, the duty and the price
    ("The broker entered it at $16,000; Customs appraised the goods at $18,500; duty $1,200. Negligent. Max penalty?", "negligent 18500"),
    ("Appraised value $140,000, duty 7,000, wilful. What is the ceiling of the penalty?", "willful 140000"),
    ("Release appraised at $12,400 (declared: 9,900), destroyed deliberately. Maximum penalty?", "willful 12400"),
    ("Our invoice says $19,500 but CBP put the goods at $22,000. Negligent. Most they can fine?", "negligent 22000"),
    ("Declared at $30,000, appraised by CBP at $34,000, freight $2,100, carelessness. Top penalty figure?", "negligent 34000"),
    ("Invoice price $15,000, appraised value $15,750, careless loss. Max fine?", "negligent 15750"),
    ("Appraised $50,000, entered $45,000, unpaid duties of $2,500, on purpose: max penalty?", "willful 50000"),
    ("We paid $1,500 in duty on goods worth $20,000, and lost the demanded file by accident. Max fine?", "negligent 20000"),
    ("$9,800 declared, $11,300 appraised, misplaced. Max penalty?", "negligent 11300"),
    # no appraised value told
    ("Entered value 20,000, duty 3,000, negligent. Max penalty? The appraisement I do not know.", "negligent ?appraised_value"),
    ("Negligent, declared value $20,000. Max penalty?", "negligent ?appraised_value"),
    ("Duty was $3,000 and we negligently lost the demanded papers. Max fine in dollars?", "negligent ?appraised_value"),
    # other money than dollars
    ("Careless, goods appraised at EUR 18,000. Most they can fine?", "negligent ?appraised_value"),
    ("Careless, goods appraised at €18,000. Most they can fine?", "negligent ?appraised_value"),
    ("Careless, goods valued at 18.000 euros. Most they can fine?", "negligent ?appraised_value"),
    ("Careless, goods worth 20,000 Canadian dollars. Max fine?", "negligent ?appraised_value"),
    ("Careless, appraised at C$20,000. Max fine?", "negligent ?appraised_value"),
    ("Careless, appraised at 3 million yen. Max fine?", "negligent ?appraised_value"),
    ("Careless, appraised at $20,000 (about CAD 27,000). Max fine?", "negligent 20000"),
    # how many releases
    ("Two releases, one appraised at $5,000, the other at $40,000, negligent. Maximum on each?", "negligent 5000 40000"),
    ("One release appraised at $20,000 and another at $90,000, careless on both. Max penalty?", "negligent 20000 90000"),
    ("Appraised at $18,000, then reappraised at $21,000. Negligent. Max penalty?", "negligent ?appraised_value"),
    ("One release, appraised value $20,000. Again: $20,000 appraised. Negligent. Max penalty?", "negligent 20000"),
    # whose fault, in everyday words
    ("Sloppy filing, nothing on purpose, shipment appraised at $50,000. Worst case fine?", "negligent 50000"),
    ("Nobody did it deliberately. Appraised at $11,000. Maximum penalty?", "negligent 11000"),
    ("A temp threw the demanded 7501 out. Appraised at $11,000. Maximum penalty?", "negligent 11000"),
    ("Somebody screwed up and the file is gone; appraised at $8,000; most it can cost us?", "negligent 8000"),
    ("Misplaced in a move, nobody meant it. Goods appraised at $8,000. Max penalty?", "negligent 8000"),
    ("Not careless but deliberate, they say. Appraised at $8,000. Max penalty?", "willful 8000"),
    ("It was not merely careless, it was on purpose. Appraised at $8,000. Max penalty?", "8000 ?culpability"),
    ("A temp threw it out deliberately. Appraised at $8,000. Max penalty?", "8000 ?culpability"),
    ("We did not keep the records on purpose. Appraised at $8,000. Max penalty?", "8000 ?culpability"),
    ("CBP has not said whether it was willful or negligent. Appraised at $8,000. Max penalty?", "8000 ?culpability"),
    ("Knowingly withheld; appraised at 90 thousand dollars; duty 4,500. Max penalty?", "willful 90000"),
    ("We chose to shred the demanded file. Appraised at $8,000. Max penalty?", "willful 8000"),
]  # fmt: skip


def read(text: str) -> str:
    found = read_penalty(text, READER.read(text, TODAY, TODAY))
    assert found is not None
    told = [found.culpability] if found.culpability else []
    return " ".join([*told, *(f"{v:f}" for v in found.values), *(f"?{one.fact}" for one in found.missing)])


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_only_the_appraised_value_in_dollars_counts(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Negligent: appraised at $5,000, entered value $4,000, duty $200. Max penalty?", "$4,000 (entered value) and $200 (duty) were not counted: only the appraised value is."),
        ("Negligent: appraised at $5,000, we declared $4,000. Max penalty?", "$4,000 (declared) was not counted: only the appraised value is."),
    ],
)  # fmt: skip
def test_other_sums_are_named_as_not_counted(text: str, note: str) -> None:
    found = read_penalty(text, READER.read(text, TODAY, TODAY))
    assert found is not None
    assert note in found.notes


def test_a_foreign_amount_is_named_and_asked_in_dollars() -> None:
    text = "Careless, goods appraised at EUR 18,000. Most they can fine?"
    before = read_penalty(text, READER.read(text, TODAY, TODAY))
    assert before is not None
    assert before.missing[0].question.startswith("EUR 18,000 is no amount in U.S. dollars.")
    again = more_penalty("GBP 15,000 then", before)
    assert again is not None
    assert not again.values
    after = more_penalty("19,800 dollars", before)
    assert after is not None
    assert [f"{value:f}" for value in after.values] == ["19800"]


def test_the_sum_of_several_releases_can_be_redone_by_hand() -> None:
    text = "Two releases, one appraised at $5,000, the other at $40,000, negligent. Maximum on each?"
    found = read_penalty(text, READER.read(text, TODAY, TODAY))
    assert found is not None
    amounts = maxima(found).amounts
    assert amounts[-1].steps[-1] == "For the 2 releases together: $2,000.00 + $10,000.00 = $12,000.00."
    assert "together" not in " ".join(amounts[0].steps)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Under 1509(g)(2)(A) our exposure on a $2 million release is $1.5 million, says counsel. Maximum in dollars?", "willful 2000000"),
        ("1509(g)(2)(B), appraised value $8,000: maximum penalty in dollars?", "negligent 8000"),
    ],
)  # fmt: skip
def test_a_subdivision_of_one_fault_tells_the_fault(text: str, expected: str) -> None:
    assert read(text) == expected
