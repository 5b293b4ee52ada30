"""The README says what the program does: its commands parse, its answer is the real one."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.faces.cli import COMMANDS
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCED = re.findall(r"```(?:\w*)\n(.*?)```", README, flags=re.DOTALL)
COMMAND_LINES = [
    line.removeprefix("$ ").split("   #")[0].split(" > ")[0].strip()
    for block in FENCED
    for line in block.splitlines()
    if line.removeprefix("$ ").startswith("python -m assistant")
]

pytestmark = pytest.mark.docs


def _run(line: str) -> subprocess.CompletedProcess[str]:
    words = shlex.split(line)
    return subprocess.run(
        [sys.executable, *words[1:]],
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": ""},
        capture_output=True,
        text=True,
        timeout=400,
    )


def test_the_readme_shows_every_command() -> None:
    shown = {shlex.split(line)[3] for line in COMMAND_LINES}
    assert shown == set(COMMANDS)


def test_the_answer_near_the_top_is_the_real_answer() -> None:
    block = next(block for block in FENCED if block.startswith("$ python -m assistant ask"))
    line, _, answer = block.partition("\n\n")
    printed = _run(line.removeprefix("$ ")).stdout
    assert printed.startswith(answer.strip())


#: What needs a file that is not here, or serves until it is stopped.
NOT_RUN = ("questions.jsonl", "entries.csv", "assistant serve", "assistant slack")


@pytest.mark.parametrize("line", [line for line in COMMAND_LINES if not any(no in line for no in NOT_RUN)])
def test_each_command_of_the_readme_runs(line: str) -> None:
    done = _run(line)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "" or " index" in line
    assert done.stdout.strip()


VALUES = {"RECORDKEEPING_CHAT_MODEL": "openai:name", "RECORDKEEPING_PRIVATE": "1"}


def test_each_setting_of_the_readme_is_read(tmp_path: Path) -> None:
    named = set(re.findall(r"^\| `(RECORDKEEPING_\w+)`", README, flags=re.MULTILINE))
    changed = set()
    for name in named:
        read = Settings.from_environment({name: VALUES.get(name, str(tmp_path))})
        changed |= {one.name for one in fields(Settings) if getattr(read, one.name) != one.default}
    others = {f"chat_{name}" for name in ("url", "key", "timeout", "price")} | {"tracing"}
    models = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    assert changed == {one.name for one in fields(Settings)} - others
    assert [name for name in others if f"RECORDKEEPING_{name.upper()}" not in models] == []


def test_every_file_the_readme_points_to_exists() -> None:
    linked = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    named = re.findall(r"`((?:corpus|assistant|evals|docs)/[\w/.]*)`", README)
    assert linked and named
    for path in linked + named:
        assert (ROOT / path).exists(), path
