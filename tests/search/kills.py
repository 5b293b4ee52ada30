"""``kill -9`` in real builds: what was there before answers, the next build mends."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import open_assistant
from tests.conftest import PATIENCE, ROOT, TODAY, environment, write_sources

QUESTION = "How long must tiny packing lists be kept?"
#: Seconds to wait after a line of progress; ``None`` instead of a line is the start of the process.
Moment = tuple[float, bytes | None]
PREPARING, PREPARED, EMBEDDED = (
    b"preparing the embedding model \xe2",
    b"preparing the embedding model done",
    b"embedding done",
)


def start(settings: Settings, *flags: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "assistant", "index", *flags],
        env=environment(settings),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def kill(process: subprocess.Popen[bytes], moment: Moment) -> bool:
    """Kill at a moment; whether it still ran."""
    after, line = moment
    assert process.stderr is not None
    while line is not None:
        said = process.stderr.readline()
        assert said, f"it ended without saying {line!r}"
        if said.startswith(line):
            break
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def reply(settings: Settings) -> dict[str, object]:
    found = open_assistant(settings).ask(QUESTION, as_of=TODAY, today=TODAY).to_json()
    return {name: value for name, value in found.items() if name != "timings"}


def litter(index: Path) -> list[str]:
    return sorted(path.name for path in index.iterdir() if path.name.startswith("tmp-"))


def mend(settings: Settings) -> None:
    """The next build: it succeeds, and nothing of the killed ones stays."""
    process = start(settings)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert litter(settings.index) == []
    assert len(list(settings.index.glob("generation-*"))) == 1


def in_a_rebuild(settings: Settings, moments: Iterable[Moment]) -> int:
    """Kill rebuilds; how many were killed before their end."""
    before = reply(settings)
    assert before["outcome"] == "answer"
    killed = 0
    for moment in moments:
        killed += kill(start(settings, "--rebuild"), moment)
        assert reply(settings) == before
    mend(settings)
    assert reply(settings) == before
    return killed


def after_a_change(settings: Settings, moments: Iterable[Moment]) -> int:
    """Kill builds that take up a change; how many were killed before their end."""
    rules = settings.corpus / "rules.md"
    text = rules.read_text(encoding="utf-8")
    last = reply(settings)
    killed, words = 0, "60 days"
    for number, moment in enumerate(moments):
        words = f"{number + 61} days"
        rules.write_text(text.replace("60 days", words), encoding="utf-8")
        write_sources(settings.corpus)
        killed += kill(start(settings), moment)
        found = reply(settings)
        # Killed after the swap, the new words answer; before it, those that answered last.
        assert found == last or words in str(found["text"])
        last = found
    mend(settings)
    assert words in str(reply(settings)["text"])
    return killed


def random_moments(count: int, seed: int, whole: float) -> list[Moment]:
    """Half of them anywhere in a build of so many seconds, half in its last steps: writing and swapping."""
    chance = random.Random(seed)
    anywhere: list[Moment] = [(chance.uniform(0, whole), None) for _ in range(count // 2)]
    return [*anywhere, *((chance.uniform(0, 0.3), EMBEDDED) for _ in range(count - count // 2))]
