"""A Reply cannot be built wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.answering.reply import Claim, Quote, Reply
from assistant.law import Citation
from assistant.retention.values import Missing
from tests.conftest import TODAY

ONE = Citation.parse("163.4(a)")
QUOTE = Quote(ONE, "d@1", "words", 0, 5)
CLAIM = Claim("Kept.", "digest", (ONE,))


@pytest.mark.parametrize(
    ("text", "basis", "citations", "quotes"),
    [
        ("", "digest", (ONE,), ()),
        (" ", "digest", (ONE,), ()),
        ("x", "digest", (), ()),
        ("x", "quote", (ONE,), ()),
    ],
)
def test_claims_that_cannot_exist(text: str, basis: Any, citations: Any, quotes: Any) -> None:
    with pytest.raises(ValueError, match="claim"):
        Claim(text, basis, citations, quotes)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("answer", {}),
        ("answer", {"claims": (CLAIM,), "reason": "advice"}),
        ("clarification", {}),
        ("clarification", {"missing": (Missing("year", "Which?"),), "reason": "advice"}),
        ("refusal", {}),
        ("refusal", {"claims": (CLAIM,)}),
    ],
)
def test_replies_that_cannot_exist(outcome: Any, words: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"a refusal|an answer|a clarification"):
        Reply("q", TODAY, TODAY, outcome, "t", **words)


def test_the_json_has_every_field_of_the_contract_in_order() -> None:
    claims = (Claim("A.", "quote", (ONE, ONE.child("1")), (QUOTE,)), CLAIM)
    reply = Reply("q", TODAY, TODAY, "answer", "A.", id="7", claims=claims)
    found = json.loads(json.dumps(reply.to_json()))
    assert (
        list(found)
        == (
            "id question as_of today outcome text claims citations deadlines amounts keep_through due_by"
            " missing reason caveats passages model findings usage timings"
        ).split()
    )
    assert found["citations"] == ["19 CFR 163.4(a)", "19 CFR 163.4(a)(1)"], "each once, the first one first"
    assert found["claims"][0]["quotes"] == [
        {"citation": "19 CFR 163.4(a)", "document": "d@1", "text": "words", "start": 0, "end": 5}
    ]
