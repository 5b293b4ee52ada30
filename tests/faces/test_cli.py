"""The command line: exit statuses, one line for what is wrong, help that shows how."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.faces.asked import day
from assistant.faces.cli import COMMANDS, main
from assistant.settings import Settings
from tests.conftest import ROOT, Runner, environment


@pytest.fixture(autouse=True)
def _use(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(settings.index))


BAD: list[tuple[list[str], str]] = [
    (["nonsense"], "nonsense"),
    (["--", "documents"], "invalid choice"),
    (["ask"], "give a question or --batch"),
    (["ask", "a", "--batch", "b"], "one of the two"),
    (["ask", "How", "long"], "long"),
    (["ask", "a", "--colour"], "--colour"),
    (["ask", "a", "--as-of", "2023-02-29"], "2023-02-29"),
    (["ask", "a", "--as-of", "20230228"], "YYYY-MM-DD"),
    (["ask", "a", "--as-of", "2023-W01-1"], "YYYY-MM-DD"),
    (["ask", "a", "--today", "tomorrow"], "tomorrow"),
    (["ask", "a", "--today"], "--today"),
    (["ask", "--batch", "/nowhere/at/all.jsonl"], "cannot be read"),
    (["ask", "--batch", "/"], "cannot be read"),
    (["show"], "DOCUMENT"),
    (["show", "gibberish"], "is not a citation"),
    (["show", ""], "is not a citation"),
    (["show", "26 U.S.C. 6001"], "nothing is held"),
    (["show", "x\ny"], "is not a citation"),
    (["documents", "--all"], "--all"),
    (["index", "--reindex"], "--reindex"),
]


@pytest.mark.parametrize(("words", "said"), BAD, ids=[" ".join(words) for words, _ in BAD])
def test_bad_usage(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("assistant: ")
    assert err.count("\n") == 1
    assert said in err


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    out = capsys.readouterr().out
    assert "examples:" in out
    assert f"python -m assistant {name}" in out.split("examples:")[1]
    assert "\x1b" not in out


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_the_overview_names_every_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if words:
        with pytest.raises(SystemExit, match="0"):
            main(words)
    else:
        assert main(words) == 0
    out = capsys.readouterr().out
    for name, line in COMMANDS.items():
        assert name in out
        assert line.split(",")[0] in out


@pytest.mark.parametrize("text", ["2020-02-29", "0001-01-01", "9999-12-31"])
def test_days(text: str) -> None:
    assert day(text).isoformat() == text


def test_no_index_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(tmp_path / "none"))
    assert main(["ask", "How long?"]) == 2
    err = capsys.readouterr().err
    assert "make index" in err
    assert err.count("\n") == 1
    assert not (tmp_path / "none").exists(), "ask never builds"
    assert main(["documents"]) == 0, "what is held is known without an index"


def test_a_fault_of_the_program_is_one_line(
    small_corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RECORDKEEPING_CORPUS", str(small_corpus))
    monkeypatch.setenv("RECORDKEEPING_INDEX", str(tmp_path / "none"))
    (small_corpus / "rules.md").write_text("altered")
    assert main(["documents"]) == 2
    err = capsys.readouterr().err
    assert "checksum" in err
    assert err.count("\n") == 1


def test_bytes_that_are_no_text(settings: Settings, run: Runner) -> None:
    done = run(settings, "ask", b"How long must \xff\xfe entry records be kept?", "--json")
    assert done.returncode == 0, done.stderr
    assert b"\\udcff" in done.stdout, "shown escaped, as JSON allows"
    assert done.stderr == b""
    assert run(settings, "show", b"\xff").returncode == 2


def test_a_reader_that_goes_away(settings: Settings) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "show", "usc-19-1508@2011-10-21"],
        env=environment(settings),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=400) == 0
    assert b"Traceback" not in said


def test_a_plain_locale(settings: Settings, run: Runner) -> None:
    done = run(settings, "show", "1508(i)(3)", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert "§" in done.stdout.decode("utf-8")
