"""The parts of drafting one by one: settings, prompts, slots, the form, the words of a fault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.answering.drafting.binding import filled
from assistant.answering.drafting.form import RESPONSE_FORMAT, Draft, read_draft
from assistant.answering.drafting.marking import Marker, unmarked
from assistant.answering.drafting.pack import SLOT, marks, pack
from assistant.answering.drafting.prompts import prompt
from assistant.answering.grounding import Ground
from assistant.answering.reply import Reply
from assistant.errors import UsageError
from assistant.settings import Settings
from assistant.wiring import Assistant
from tests.answering.drafting.lies import honest
from tests.answering.drafting.server import ScriptedModel
from tests.conftest import TODAY, Runner


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("under 19 U.S.C. § 1508(c)(2) and", [("19 U.S.C. § 1508(c)(2)", "citation")]),
        ("paragraph (b) of part 163", [("paragraph (b)", "citation"), ("part 163", "citation")]),
        ("since July 1, 2020, and 2025-03-18", [("July 1, 2020", "date"), ("2025-03-18", "date")]),
        ("in January 2025 or 1988", [("January 2025", "date"), ("1988", "date")]),
        ("$10,000, or $1.5 million", [("$10,000", "amount"), ("$1.5 million", "amount")]),
        ("T.D. 98-56 and CBP Dec. 24-18", [("T.D. 98-56", "citation"), ("CBP Dec. 24-18", "citation")]),
        ("90 FR 42418", [("90 FR 42418", "citation")]),
        # these are the law's words, and stay
        ("5 years, 60 calendar days, 75 percent, the 3rd anniversary, 30 days", []),
        ("it may march on", []),
    ],
)
def test_what_becomes_a_slot(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], kind) for start, end, kind in marks(text)] == expected


def test_every_slot_of_every_statement_goes_back_to_its_words(assistant: Assistant) -> None:
    from assistant.answering.compose import claim_of

    marker = Marker(Ground(assistant.documents))
    passages = [passage for passage in assistant.searcher.passages if passage.statement]
    assert len(passages) > 300
    for passage in passages[::7]:
        source = pack("q", TODAY, [claim_of(passage, assistant.documents)], marker).sources[0]
        restored = [filled(unmarked(words), source.slots) for words in source.words]
        assert restored == [quote.text for quote in source.claim.quotes]
        for words in source.words:
            assert not marks(SLOT.sub(" ", unmarked(words))), words


def test_prompts_name_their_variables() -> None:
    with pytest.raises(KeyError):
        prompt("again")
    with pytest.raises(ValueError, match="no place for more"):
        prompt("draft", more="x")
    assert "$" not in prompt("draft")
    assert "- a fault" in prompt("again", findings="- a fault")


def test_the_prompt_shows_the_form_that_is_read() -> None:
    shown = next(line for line in prompt("draft").splitlines() if line.startswith("{"))
    assert isinstance(read_draft(shown), Draft)
    fields = RESPONSE_FORMAT["json_schema"]["schema"]["properties"]["claims"]["items"]["required"]
    assert fields == list(json.loads(shown)["claims"][0])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('{"claims": []}', True),
        ('```json\n{"claims": []}\n```', True),
        (' \n{"claims": []}\n', True),
        ("", False),
        ("null", False),
        ("{}", False),
        ('{"claims": [], "note": 1}', False),
        ('{"claims": [{"text": "x", "passages": "s1", "quotes": []}]}', False),
        ('{"claims": []} {"claims": []}', False),
        ("[" * 100_000, False),
        ('{"claims": [{"text": "\ud800"}]}', False),
    ],
)
def test_the_form(text: str, read: bool) -> None:
    assert isinstance(read_draft(text), Draft) is read


@pytest.mark.parametrize(
    ("environment", "fields"),
    [
        ({}, {"chat_model": "", "chat_timeout": 20.0, "private": False, "chat_price": None}),
        ({"CHAT_MODEL": "ollama:qwen3:4b"}, {"chat_model": "ollama:qwen3:4b"}),
        ({"CHAT_URL": "http://127.0.0.1:8080/v1"}, {"chat_url": "http://127.0.0.1:8080/v1"}),
        ({"CHAT_TIMEOUT": "7.5"}, {"chat_timeout": 7.5}),
        ({"CHAT_PRICE": "0.40/1.60"}, {"chat_price": (Decimal("0.40"), Decimal("1.60"))}),
        ({"PRIVATE": "1", "TRACING": "0"}, {"private": True, "tracing": False}),
        ({"CHAT_MODEL": "", "CHAT_TIMEOUT": ""}, {"chat_model": "", "chat_timeout": 20.0}),
    ],
)
def test_settings(environment: Mapping[str, str], fields: dict[str, object]) -> None:
    read = Settings.from_environment({f"RECORDKEEPING_{name}": value for name, value in environment.items()})
    assert {name: getattr(read, name) for name in fields} == fields


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CHAT_MODEL", "gpt-4"),
        ("CHAT_MODEL", "openai:"),
        ("CHAT_MODEL", ":m"),
        ("CHAT_URL", "127.0.0.1:8080"),
        ("CHAT_URL", "file:/etc/passwd"),
        ("CHAT_TIMEOUT", "soon"),
        ("CHAT_TIMEOUT", "0"),
        ("CHAT_TIMEOUT", "-1"),
        ("CHAT_TIMEOUT", "nan"),
        ("CHAT_TIMEOUT", "1e9"),
        ("CHAT_PRICE", "1"),
        ("CHAT_PRICE", "1/2/3"),
        ("CHAT_PRICE", "-1/2"),
        ("CHAT_PRICE", "nan/1"),
        ("PRIVATE", "maybe"),
    ],
)
def test_settings_that_cannot_be(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"RECORDKEEPING_{name}") as error:
        Settings.from_environment({f"RECORDKEEPING_{name}": value})
    assert "\n" not in str(error.value)


def test_a_key_is_not_shown() -> None:
    assert "sk-secret" not in repr(Settings(chat_key="sk-secret"))


def test_a_drafted_reply_survives_its_json(speaking: Assistant, model: ScriptedModel) -> None:
    for script in (honest, lambda sent: "prose"):
        model.drafts(script)
        reply = speaking.ask("How long must drawback records be kept?", as_of=TODAY, today=TODAY)
        kept = json.loads(json.dumps(reply.to_json()))
        assert Reply.from_json(kept).to_json() == kept
        assert (Reply.from_json(kept).usage, Reply.from_json(kept).findings) == (reply.usage, reply.findings)


def test_the_command_line(settings: Settings, model: ScriptedModel, run: Runner, tmp_path: Path) -> None:
    """A batch with a model, one line of it wrong; a flag overrules the environment."""
    model.drafts(honest)
    lines = [
        '{"id": "1", "question": "How long must drawback records be kept?"}',
        "not JSON",
        '{"id": "3", "question": "What is the HTS classification of a rubber duck?"}',
    ]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(lines))
    url = {"RECORDKEEPING_CHAT_URL": model.url, "RECORDKEEPING_CHAT_TIMEOUT": "60"}
    done = run(settings, "ask", "--batch", str(batch), "--model", "openai:m", **url)
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert (replies[0]["model"], replies[0]["usage"]["calls"]) == ("openai:m", 1)
    assert "error" in replies[1]
    assert (replies[2]["outcome"], replies[2]["usage"]) == ("refusal", None)
    wrong = run(settings, "ask", "How long?", "--model", "m", **url)
    assert wrong.returncode == 2
    assert wrong.stderr.count(b"\n") == 1
    both = run(settings, "ask", "How long?", "--model", "openai:m", "--no-model", **url)
    assert both.returncode == 2
