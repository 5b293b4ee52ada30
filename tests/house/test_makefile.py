"""The Makefile has the targets that are promised, says what they do, and says what is missing."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
#: Those that say what they do.
PROMISED = set(re.findall(r"^([a-z]+):.*## \S", MAKEFILE, re.MULTILINE))


def _make(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *words], cwd=folder, env=inherited | environment, capture_output=True, text=True, check=False
    )


@pytest.mark.docs
@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_target_a_document_names_is_there(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    code = re.findall(r"^```.*?^```|`[^`\n]+`", text, re.MULTILINE | re.DOTALL)
    named = {target for part in code for target in re.findall(r"(?:^|[`\s])make ([a-z]+)", part)}
    assert named, f"{document} names no target: is this test still reading it?"
    assert named <= TARGETS


def test_make_alone_lists_every_target() -> None:
    listed = re.findall(r"^  ([a-z]+) +\S", _make(ROOT).stdout, re.MULTILINE)
    assert set(listed) == PROMISED >= {"ask", "chat", "check", "evals", "index", "test"}


@pytest.mark.parametrize(
    ("words", "environment", "said"),
    [
        # An old interpreter, and one that is not there.
        (["index"], {"PYTHON": "./old"}, r"Python 3\.11 or later is needed, and './old' is Python 3\.9\.2"),
        (["index"], {"PYTHON": "./none"}, r"Python 3\.11 or later is needed, and './none' is .*missing"),
    ],
)
def test_set_up_says_in_one_line_what_is_missing(
    tmp_path: Path, words: list[str], environment: dict[str, str], said: str
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    old = tmp_path / "old"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    done = _make(tmp_path, *words, **environment)
    assert done.returncode == 2
    first, *rest = done.stderr.splitlines()
    assert re.match(said, first)
    assert all(line.startswith("make: ***") for line in rest)
    assert not (tmp_path / ".venv").exists()


def test_asking_nothing_says_how_to_ask() -> None:
    done = _make(ROOT, "ask", Q="")
    assert done.returncode == 2
    assert done.stderr.startswith("Say what to ask: make ask Q=")
