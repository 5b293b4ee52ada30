"""Penalty maxima: exact decimals, the right limb, and questions for what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.retention.amounts import money, penalties, penalty

VALUES = st.decimals(0, 10_000_000, places=2)


@pytest.mark.parametrize(
    ("value", "culpability", "maximum"),
    [
        ("20000", "negligent", "8000.00"),
        ("20000", "willful", "15000.00"),
        ("25000", "negligent", "10000.00"),  # the two limbs meet
        ("24999.99", "negligent", "9999.99"),  # 9,999.996 cut to the cent: never above 40 percent
        ("25000.01", "negligent", "10000.00"),
        ("133333.33", "willful", "99999.99"),
        ("133333.34", "willful", "100000.00"),
        ("5000000", "willful", "100000.00"),
        ("5000000", "negligent", "10000.00"),
        ("0", "negligent", "0.00"),
        ("0.01", "willful", "0.00"),
        ("$20,000.00", "negligent", "8000.00"),
    ],
)
def test_the_lesser_of(value: str, culpability: str, maximum: str) -> None:
    assessed = penalty("entry", value, culpability=culpability)
    assert assessed.outcome == "answer"
    (amount,) = assessed.amounts
    assert amount.to_json()["value"] == maximum
    assert amount.bound == "lesser_of"
    assert amount.to_json()["kind"] == "maximum"


@given(VALUES)
def test_a_maximum_never_exceeds_either_limb(value: Decimal) -> None:
    willful, negligent = (a.value for a in penalty("entry", value).amounts)
    assert willful <= min(Decimal(100_000), value * 75 / 100)
    assert negligent <= min(Decimal(10_000), value * 40 / 100)
    assert min(Decimal(100_000), value * 75 / 100) - willful < Decimal("0.01")
    assert min(Decimal(10_000), value * 40 / 100) - negligent < Decimal("0.01")


def test_what_is_missing_is_asked_for_and_what_is_known_is_shown() -> None:
    neither = penalty("entry")
    assert (neither.outcome, neither.amounts) == ("clarification", ())
    assert [m.fact for m in neither.missing] == ["appraised_value", "culpability"]
    no_fault = penalty("entry", "20000")
    assert [m.fact for m in no_fault.missing] == ["culpability"]
    assert [a.to_json()["value"] for a in no_fault.amounts] == ["15000.00", "8000.00"]
    no_value = penalty("entry", culpability="willful")
    assert [m.fact for m in no_value.missing] == ["appraised_value"]


@pytest.mark.parametrize(
    ("kind", "bound", "cite"),
    [
        ("usmca_export", "higher_of", "19 U.S.C. § 1508(e)(1)"),
        ("nafta_export", "higher_of", "19 U.S.C. § 1508(e)(1)"),
        ("canada_export", "cap", "19 U.S.C. § 1508(e)(2)"),
        ("fta_export", "higher_of", "19 U.S.C. § 1508(l)"),
    ],
)
def test_the_export_penalties(kind: str, bound: str, cite: str) -> None:
    assessed = penalty(kind)
    (amount,) = assessed.amounts
    assert (assessed.outcome, amount.bound, str(amount.citations[0])) == ("answer", bound, cite)
    assert amount.to_json()["value"] == "10000.00"
    assert any("not a forecast" in caveat for caveat in assessed.caveats)
    assert ("higher alternative" in " ".join(assessed.caveats)) == (bound == "cap")


def test_an_importer_has_no_amount_of_its_own() -> None:
    assessed = penalty("usmca_import")
    assert assessed.amounts == ()
    assert "no penalty of its own" in assessed.caveats[0]


def test_exceptions_and_the_notice_in_lieu_are_said_for_entry_records() -> None:
    said = " ".join(penalty("entry", "1000", culpability="negligent").caveats)
    for cite in ("§ 1509(g)(3)", "§ 1509(g)(7)(A)", "163.12(d)(1)", "§ 1509(g)(2)(C)", "163.6(b)(2)"):
        assert cite in said


@pytest.mark.parametrize("amount", ["", "much", "-1", "NaN", "Infinity", "1.005", "1e9999999"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(UsageError, match="appraised_value"):
        money(amount)


@pytest.mark.parametrize(("kind", "fault"), [("entri", None), ("entry", "careless")])
def test_unknown_words_are_named(kind: str, fault: str | None) -> None:
    with pytest.raises(UsageError, match="there is no"):
        penalty(kind, culpability=fault)


def test_every_penalty_has_examples_that_hold() -> None:
    for entry in penalties().penalty:
        for example in entry.examples:
            found = penalty(entry.kind, example.get("appraised_value"), culpability=entry.culpability or None)
            assert [a.value for a in found.amounts if a.rule == entry.id] == [example["value"]]
