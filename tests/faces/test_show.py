"""``show`` and ``documents``: with them anybody can check every quote."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.faces.cli import main
from assistant.settings import Settings

STATUTE = "usc-19-1508@2011-10-21"


@pytest.fixture(autouse=True)
def _use(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out)


def test_documents(capsys: pytest.CaptureFixture[str]) -> None:
    rows = _json(capsys, "documents")
    assert STATUTE in {row["id"] for row in rows}
    for row in rows:
        assert list(row) == ["id", "title", "citation", "tier", "edition", "in_force", "sha256"]
        assert row["tier"] in ("statute", "regulation", "agency", "commentary", "digest", "user")
        assert set(row["in_force"]) == {"from", "to"}
    assert main(["documents"]) == 0
    out = capsys.readouterr().out
    assert all(row["id"] in out for row in rows)


def test_a_document(capsys: pytest.CaptureFixture[str]) -> None:
    shown = _json(capsys, "show", STATUTE)
    assert list(shown) == ["document", "title", "tier", "edition", "in_force", "citation", "text"]
    assert shown["document"] == STATUTE
    assert shown["citation"] == "19 U.S.C. § 1508"


@pytest.mark.parametrize("target", ["1508(c)(3)", "19 U.S.C. § 1508(C)(3)", "19 usc 1508 (c) (3)"])
def test_a_citation(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = _json(capsys, "show", target, "--as-of", "2015-06-01")
    assert shown["document"] == STATUTE
    assert shown["citation"] == "19 U.S.C. § 1508(c)(3)"
    assert shown["text"][shown["start"] : shown["end"]].strip()
    whole = _json(capsys, "show", STATUTE)
    assert shown["text"] == whole["text"], "always the whole document"
    assert main(["show", target, "--as-of", "2015-06-01"]) == 0
    assert shown["text"][shown["start"] : shown["end"]][:40] in capsys.readouterr().out


def test_every_document_and_provision_can_be_shown(
    capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    from assistant.wiring import held_documents

    held = {document.id: document for document in held_documents(settings)}
    for document in held.values():
        assert _json(capsys, "show", document.id)["text"] == document.text
        for provision in document.provisions[::25]:
            shown = _json(capsys, "show", str(provision.citation))
            there = held[shown["document"]]
            assert (shown["text"], shown["citation"]) == (there.text, str(provision.citation))
            if there.citation != provision.citation:
                slices = {(p.start, p.end) for p in there.provisions if p.citation == provision.citation}
                assert (shown["start"], shown["end"]) in slices


def test_every_quote_of_a_reply_can_be_checked(capsys: pytest.CaptureFixture[str]) -> None:
    reply = _json(capsys, "ask", "How long must drawback records be kept?")
    quotes = [quote for claim in reply["claims"] for quote in claim["quotes"]]
    assert quotes
    for quote in quotes:
        text = _json(capsys, "show", quote["document"])["text"]
        assert text[quote["start"] : quote["end"]] == quote["text"]
