"""Replies of the command line, every quote verified with what `show --json` prints."""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.faces.cli import main
from evals.cases import TODAY, Case, load_cases
from tests.at_length import count

pytestmark = pytest.mark.length

ROOT = Path(__file__).parents[1]
COUNT = count(30, 100)


def _assistant(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def _shown(document: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(["show", document, "--json"]) == 0
    shown = json.loads(out.getvalue())
    assert shown["document"] == document
    return str(shown["text"])


def _chosen() -> list[Case]:
    """Every third answerable case or so, so that each kind has its share."""
    cases = [case for case in load_cases() if case.gold]
    return [cases[number * len(cases) // COUNT] for number in range(COUNT)]


@pytest.fixture(scope="module")
def replies(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    lines = [
        {
            "id": case.id,
            "question": case.question,
            "as_of": case.asked_on[0].isoformat(),
            "today": case.asked_on[1].isoformat(),
        }
        for case in _chosen()
    ]
    batch = tmp_path_factory.mktemp("batch") / "questions.jsonl"
    batch.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    out = _assistant("ask", "--batch", str(batch), "--today", TODAY.isoformat())
    replies = [json.loads(line) for line in out.splitlines()]
    assert [reply["id"] for reply in replies] == [line["id"] for line in lines]
    assert not [reply for reply in replies if "error" in reply]
    return replies


def test_every_quote_is_what_show_prints(replies: list[dict[str, Any]]) -> None:
    quotes = [quote for reply in replies for claim in reply["claims"] for quote in claim["quotes"]]
    assert len(quotes) >= COUNT / 2
    shown = {document: _shown(document) for document in {quote["document"] for quote in quotes}}
    false = [q for q in quotes if shown[q["document"]][q["start"] : q["end"]] != q["text"] or not q["text"]]
    assert not false


def test_every_claim_has_a_citation_and_a_quoting_one_its_quote(replies: list[dict[str, Any]]) -> None:
    claims = [claim for reply in replies for claim in reply["claims"]]
    assert len(claims) >= COUNT
    assert not [claim for claim in claims if not claim["citations"]]
    assert not [claim for claim in claims if claim["basis"] == "quote" and not claim["quotes"]]


def test_every_citation_of_a_reply_is_that_of_a_claim_or_a_sum(replies: list[dict[str, Any]]) -> None:
    for reply in replies:
        parts = [*reply["claims"], *reply["deadlines"], *reply["amounts"]]
        assert set(reply["citations"]) == {citation for part in parts for citation in part["citations"]}
