"""What needs no gold: each check passes the right claim, and fails one that was made wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from assistant.answering.reply import Claim, Quote, Reply
from assistant.law import Citation, Document, Provision, Span
from assistant.retention.values import Amount, Deadline
from evals import soundness
from evals.cases import Turn
from tests.evals.made import DAY, case

OLD, NEW = Citation.parse("19 U.S.C. § 1508(c)(3)"), Citation.parse("19 U.S.C. § 1508(c)(2)")
WORDS = "(3) Drawback records are kept for 3 years."
DOCUMENT = Document(
    id="usc@2011",
    title="Some",
    citation=Citation.parse("19 U.S.C. § 1508"),
    tier="statute",
    edition="2011",
    in_force=Span(),
    text=WORDS,
    sha256="0" * 64,
    address="https://example.org/",
    provisions=(Provision(OLD, "", 0, len(WORDS), Span(date(2011, 10, 21), date(2020, 6, 30))),),
)
HELD = {DOCUMENT.id: DOCUMENT}
QUOTE = Quote(OLD, DOCUMENT.id, "kept for 3 years", WORDS.index("kept"), WORDS.index("."))


def says(text: str, **changes: object) -> Reply:
    claim = replace(Claim(text, "quote", (OLD,), (QUOTE,)), **changes)  # type: ignore[arg-type]
    return Reply("?", DAY, DAY, "answer", text, claims=(claim,))


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("They are kept for 3 years.", []),
        ("They are kept for three years.", []),
        ("Under 19 U.S.C. § 1508(c)(3) and 19 CFR 163.4(b)(1) they are kept for 3 years.", []),
        ("They are kept for 5 years.", ["5"]),
        ("They are kept for five years, not 3.", ["5"]),
        ("They are kept, or the penalty is $10,000.", ["10000"]),
    ],
)
def test_every_number_of_a_claim_stands_in_its_quotes(text: str, lacking: list[str]) -> None:
    found = [finding.detail.split(" in ")[0] for finding in soundness.unsupported(says(text))]
    assert found == lacking


def test_a_computed_claim_may_say_what_its_steps_say() -> None:
    steps = ("3 years after March 1, 2024 is March 1, 2027.",)
    deadline = Deadline(
        "keep_through", "r", "drawback", "claim_liquidated", DAY, "P3Y", "until", DAY, (NEW,), steps, DAY
    )
    reply = replace(
        says("Keep through March 1, 2027.", basis="rule", citations=(NEW,), quotes=()), deadlines=(deadline,)
    )
    assert soundness.unsupported(reply) == soundness.miscited(reply) == []
    late = replace(reply, claims=(replace(reply.claims[0], text="Keep through March 2, 2027."),))
    assert [finding.kind for finding in soundness.unsupported(late)] == ["unsupported"]
    left = replace(reply, claims=(replace(reply.claims[0], text="0 days are left, until March 1, 2027."),))
    assert soundness.unsupported(left) == []
    # Steps are no support for what claims to rest on words.
    words = replace(reply, claims=(replace(reply.claims[0], basis="digest", quotes=(QUOTE,)),))
    assert [finding.kind for finding in soundness.unsupported(words)] == ["unsupported"]


def test_a_claim_cites_where_its_quotes_stand_or_its_sums_rest() -> None:
    assert soundness.miscited(says("3 years.")) == []
    assert [f.kind for f in soundness.miscited(says("3 years.", citations=(OLD, NEW)))] == ["miscited"]
    amount = Amount("r", Decimal("1"), "cap", (), (NEW,))
    assert soundness.miscited(replace(says("3 years.", citations=(NEW,)), amounts=(amount,))) == []


@pytest.mark.parametrize(
    ("asked", "text", "right"),
    [
        ({"as_of": date(2015, 6, 1)}, "They are kept for 3 years.", True),
        ({}, "They are kept for 3 years.", False),
        # The words of present law: they say of no sentence that it is past.
        ({}, "They are kept until the 3rd anniversary of liquidation.", False),
        ({}, "They are kept for 3 years, and shown before release.", False),
        ({}, "Drawback is paid, then they are kept for 3 years.", False),
        ({}, "They are kept for no longer than 3 years.", False),
        ({}, "A lost one is replaced, an old one or a previous one kept for 3 years.", False),
        ({}, "They are kept for 3 years, until November 23, 2026.", False),
        ({}, "Until November 22, 2026 they were kept for 3 years.", True),
        ({}, "The law then in force had 3 years.", True),
        ({}, "Under the former (c)(3) they were kept for 3 years.", True),
        ({}, "Through June 30, 2020 they were kept for 3 years.", True),
        ({"question": "What was it in 2015?"}, "They are kept for 3 years.", True),
        ({"history": (Turn("user", "In 2015?"),)}, "They are kept for 3 years.", True),
        ({"question": "What is it in 2025?"}, "They are kept for 3 years.", False),
        ({"as_of": date(2020, 6, 30)}, "They are kept for 3 years.", True),
        ({"as_of": date(2020, 7, 1)}, "They are kept for 3 years.", False),
    ],
)
def test_what_is_quoted_was_law_on_the_day_or_is_said_not_to_be(
    asked: dict[str, Any], text: str, right: bool
) -> None:
    found = soundness.editions(case(**asked), says(text), HELD)
    assert [finding.kind for finding in found] == ([] if right else ["wrong_edition"])


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("They are kept for 3 years.", []),
        ("No. They are kept for three years.", []),
        # The restatement supports its own number, and the law beside it has another.
        ("They are kept for 5 years.", ["unsupported"]),
        ("They are kept for a while.", ["unsupported"]),
    ],
)
def test_a_restatement_has_the_numbers_of_the_law_it_quotes(text: str, kinds: list[str]) -> None:
    restated = Quote(OLD, "digest", text.removeprefix("No. "), 0, len(text))
    assert [f.kind for f in soundness.unsupported(says(text, quotes=(QUOTE, restated)))] == kinds
    # A sentence that restates nothing may say a part of a long quotation.
    assert soundness.unsupported(says("They are kept.")) == []
