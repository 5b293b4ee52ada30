"""``ask`` and ``ask --batch``."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.faces.cli import main
from assistant.settings import Settings
from tests.conftest import ROOT, environment

QUESTION = "How long must drawback records be kept?"


@pytest.fixture(autouse=True)
def _use(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))


def _batch(tmp_path: Path, capsys: pytest.CaptureFixture[str], *lines: bytes) -> list[dict[str, Any]]:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\n".join(lines))
    assert main(["ask", "--batch", str(path), "--today", "2026-11-22"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return [json.loads(line) for line in out.splitlines()]


def test_a_question_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION]) == 0
    out, err = capsys.readouterr()
    assert "1508(c)" in out
    assert err == ""
    assert "\x1b" not in out, "no colours but on a terminal"


def test_a_question_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--json", "--as-of", "2015-06-01", "--today", "2026-11-22"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["as_of"], found["today"], found["question"]) == ("2015-06-01", "2026-11-22", QUESTION)
    assert found["id"] is None


def test_the_day_asked_about_is_today_unless_given(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", QUESTION, "--json", "--today", "2024-02-29"])
    assert json.loads(capsys.readouterr().out)["as_of"] == "2024-02-29"


@pytest.mark.parametrize(
    "question", ["", "hello", "😀", "what is the weather", "How do I backdate an invoice?"]
)
def test_every_reply_is_a_success(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", question]) == 0
    assert capsys.readouterr().out.strip()


BROKEN: list[tuple[bytes, str | None, str]] = [
    (b'{"id": "b1", "question": "\xff"}', None, "not UTF-8"),
    (b"nonsense", None, "not JSON"),
    (b'{"id": "b2", "question"', None, "not JSON"),
    (b"[1, 2]", None, "JSON object"),
    (b"null", None, "JSON object"),
    (b'{"id": "b3"}', "b3", "no question"),
    (b'{"id": "b4", "question": 7}', "b4", "no question"),
    (b'{"id": "b5", "question": null}', "b5", "no question"),
    (b'{"id": "b6", "question": "q", "as_of": "2023-02-29"}', "b6", "2023-02-29"),
    (b'{"id": "b7", "question": "q", "today": 20230101}', "b7", "today"),
    (b'{"id": "b8", "question": "q", "as_of": ""}', "b8", "not a date"),
    (b'{"id": "b9", "question": "q", "history": "none"}', "b9", "history"),
    (b'{"id": "b10", "question": "q", "history": [{"role": "system", "content": "x"}]}', "b10", "turn"),
    (b'{"id": "b11", "question": "q", "history": [{"role": "user"}]}', "b11", "turn"),
    (b'{"id": ' + b"9" * 5000 + b', "question": "q"}', None, "not JSON"),
    (b"[" * 100_000, None, "not JSON"),
]


def test_broken_lines_spoil_only_themselves(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = b'{"id": "good", "question": "How long must drawback records be kept?"}'
    lines = [line for broken, _, _ in BROKEN for line in (broken, good)]
    found = _batch(tmp_path, capsys, *lines)
    assert len(found) == len(lines), "a line for a line, in the same order"
    for (_, id, said), error, reply in zip(BROKEN, found[::2], found[1::2], strict=True):
        assert error.keys() == {"id", "error"}
        assert error["id"] == id
        assert said in error["error"]
        assert len(error["error"]) < 300
        assert reply["id"] == "good"
        assert reply["outcome"] == "answer"


def test_unusual_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = _batch(
        tmp_path,
        capsys,
        b'{"id": null, "question": "hello"}',
        b'{"question": "hello"}',
        b"",
        b'{"id": 7, "question": "hello", "as_of": "2015-06-01"}',
        json.dumps({"id": "big", "question": "x" * 1_000_000}).encode(),
        b'{"id": "sur", "question": "\\ud800 records"}',
        b'{"id": "t", "question": "hello", "today": "2024-02-29", "extra": [1]}\r',
    )
    assert [reply["id"] for reply in found] == [None, None, "7", "big", "sur", "t"]
    assert found[2]["as_of"] == "2015-06-01"
    assert found[4]["question"] == "\ud800 records"
    assert (found[5]["today"], found[5]["as_of"]) == ("2024-02-29", "2024-02-29")


def test_a_batch_remembers_nothing_between_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    history = [{"role": "user", "content": "How long must an exporter keep a Korea certificate of origin?"}]
    follow_up = {"id": "1", "question": "And for Chile?"}
    found = _batch(
        tmp_path,
        capsys,
        json.dumps({**follow_up, "history": history}).encode(),
        json.dumps(follow_up).encode(),
    )
    assert found[0]["outcome"] == "answer"
    assert "Chile" in found[0]["text"]
    assert found[1]["text"] != found[0]["text"]


def test_an_empty_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _batch(tmp_path, capsys, b"") == []


def test_standard_input_is_answered_line_by_line(settings: Settings) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "ask", "--batch", "-"],
        env=environment(settings),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert isinstance(process.stdin, io.BufferedIOBase)
    assert process.stdout is not None
    for number in range(3):
        process.stdin.write(json.dumps({"id": str(number), "question": QUESTION}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == str(number), "before the next line is written"
    out, err = process.communicate(timeout=400)
    assert (out, err, process.returncode) == (b"", b"", 0)
