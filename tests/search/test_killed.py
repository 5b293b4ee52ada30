"""``kill -9`` at random moments of real builds: what was there before answers, the next build mends."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant.errors import IndexMissing
from assistant.search.index import open_index
from assistant.settings import Settings
from assistant.wiring import open_assistant
from tests.conftest import ROOT, TODAY, Runner, environment, write_sources

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
_QUESTION = "How long must tiny packing lists be kept?"
_KILLS = 10


def _start(settings: Settings, *flags: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "assistant", "index", *flags],
        env=environment(settings),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _kill(process: subprocess.Popen[bytes], after: float, line: bytes | None) -> bool:
    """Kill ``after`` seconds from the start, or from the line of progress; whether it still ran."""
    assert process.stderr is not None
    while line is not None:
        said = process.stderr.readline()
        if not said or said.startswith(line):
            break
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def _reply(settings: Settings) -> dict[str, object]:
    reply = open_assistant(settings).ask(_QUESTION, as_of=TODAY, today=TODAY).to_json()
    return {name: value for name, value in reply.items() if name != "timings"}


def _litter(index: Path) -> list[str]:
    return sorted(path.name for path in index.iterdir() if path.name.startswith("tmp-"))


def _moments(seed: int, whole: float) -> list[tuple[float, bytes | None]]:
    """Half of them anywhere in the build, half in its last steps: writing and swapping."""
    chance = random.Random(seed)
    anywhere = [(chance.uniform(0, whole), None) for _ in range(_KILLS // 2)]
    late = [(chance.uniform(0, 0.5), b"embedding done") for _ in range(_KILLS - _KILLS // 2)]
    return [*anywhere, *late]


def _time(settings: Settings, *flags: str) -> float:
    started = time.monotonic()
    process = _start(settings, *flags)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return time.monotonic() - started


def test_in_a_rebuild(small: Settings, run: Runner) -> None:
    before = _reply(small)
    assert before["outcome"] == "answer"
    whole = _time(small, "--rebuild")
    killed = 0
    for after, line in _moments(1, whole):
        killed += _kill(_start(small, "--rebuild"), after, line)
        assert _reply(small) == before
    assert killed >= _KILLS // 2
    asked = run(small, "ask", _QUESTION)
    assert (asked.returncode, b"60 days" in asked.stdout) == (0, True), asked.stderr
    assert run(small, "index").returncode == 0
    assert _litter(small.index) == []
    assert len(list(small.index.glob("generation-*"))) == 1
    assert _reply(small) == before


def test_in_an_index_after_a_change(small: Settings, run: Runner) -> None:
    rules = small.corpus / "rules.md"
    text = rules.read_text(encoding="utf-8")
    old = _reply(small)
    new = old
    whole = 2.0
    for number, (after, line) in enumerate(_moments(2, whole)):
        rules.write_text(text.replace("60 days", f"{number + 61} days"), encoding="utf-8")
        write_sources(small.corpus)
        _kill(_start(small), after, line)
        found = _reply(small)
        words = f"{number + 61} days"
        # Killed after the swap, the new words answer; before it, those that answered last.
        assert found == new or words in str(found["text"])
        new = found
    assert run(small, "index").returncode == 0
    assert _litter(small.index) == []
    asked = run(small, "ask", _QUESTION)
    assert (asked.returncode, f"{_KILLS + 60} days".encode() in asked.stdout) == (0, True), asked.stderr


def test_in_the_very_first_build(small: Settings, tmp_path: Path, run: Runner) -> None:
    first = Settings(small.corpus, tmp_path / "first", small.model)
    for after, line in ((0.2, None), (0.0, b"preparing"), (0.0, b"preparing the embedding model done")):
        assert _kill(_start(first), after, line)
        with pytest.raises(IndexMissing, match="make index"):
            open_index(first.index, first.model)
    assert run(first, "index").returncode == 0
    assert _litter(first.index) == []
    assert "60 days" in str(_reply(first)["text"])
