"""From evidence to claims: at most as much as is needed, each with the words it rests on."""

from __future__ import annotations

import pytest

from assistant.answering.compose import MOST, claim_of
from assistant.search.passages import cut
from assistant.wiring import Assistant
from tests.conftest import TODAY


def test_every_claim_carries_its_words(assistant: Assistant) -> None:
    for passage in cut(assistant.documents.values()):
        if passage.statement is None:
            continue
        claim = claim_of(passage, assistant.documents)
        assert claim.text == passage.text
        assert claim.citations[0] == passage.citation
        assert (claim.basis == "quote") == bool(passage.statement.quote)
        for quote in claim.quotes:
            assert assistant.documents[quote.document].text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is it true that drawback records must be kept for 7 years after liquidation?", "No. "),
        ("Is it correct that packing lists must be kept for 5 years?", "A packing list is not "),
    ],
)
def test_a_false_premise_is_corrected_first(assistant: Assistant, question: str, begins: str) -> None:
    reply = assistant.ask(question, as_of=TODAY, today=TODAY)
    assert reply.outcome == "answer"
    assert reply.claims[0].text.startswith(begins)


def test_the_conclusion_is_the_first_sentence(assistant: Assistant) -> None:
    reply = assistant.ask("How long must packing lists be kept?", as_of=TODAY, today=TODAY)
    assert reply.text.startswith(f"**{reply.claims[0].text}**")
    assert len(reply.claims) <= MOST
    assert "60 " in reply.claims[0].text


def test_the_rule_of_a_record_without_its_day_stands_beside_the_date_of_another(assistant: Assistant) -> None:
    """Whether both are kept five years has two answers, and one of them has no date yet."""
    asked = "Must the packing list and the invoice both be kept 5 years? The entry was 3/1/2022."
    reply = assistant.ask(asked, as_of=TODAY, today=TODAY)
    assert [one.fact for one in reply.missing] == ["release_end"]
    assert any("60 calendar days" in claim.text for claim in reply.claims)


def test_what_the_conclusion_refers_to_is_shown(assistant: Assistant) -> None:
    """A ceiling in the statute sends the reader to the regulation that sets the duty."""
    reply = assistant.ask("Must I keep import papers 5 years by § 1508(c)(1)?", as_of=TODAY, today=TODAY)
    cited = [str(place) for claim in reply.claims for place in claim.citations]
    assert {"19 U.S.C. § 1508(c)(1)", "19 CFR 163.4(a)"} <= set(cited)
