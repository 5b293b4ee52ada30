"""The workflows: well-formed, and everything they call is there."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from evals.__main__ import _parser
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([\w./$()]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def jobs(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text("utf-8"))["jobs"])


def runs(path: Path) -> list[str]:
    """Every command of a workflow, with what GitHub puts in for an expression as a word."""
    found = [step["run"] for job in jobs(path).values() for step in job["steps"] if "run" in step]
    return [re.sub(r"\$\{\{.*?\}\}", "x", command) for command in found]


def test_there_are_workflows() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml"]
    assert set(jobs(WORKFLOWS[0])) == {"checks", "evals", "sabotage", "comment"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_command_is_one_that_a_shell_takes(path: Path) -> None:
    for command in runs(path):
        subprocess.run(["bash", "-n"], input=command, text=True, check=True)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_target_of_make_and_every_option_of_the_evals_is_there(path: Path) -> None:
    called = {
        word
        for command in runs(path)
        for line in re.findall(r"\bmake (.+)", command)
        for word in line.split()
    }
    assert called
    assert {word.replace(".venv", "$(VENV)") for word in called} <= TARGETS
    evals = [command.split("-m evals", 1)[1] for command in runs(path) if "-m evals" in command]
    for words in evals:
        _parser().parse_args(shlex.split(words))
    assert len(evals) == 1


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_only_the_job_that_runs_no_code_of_the_change_may_write(path: Path) -> None:
    text = yaml.safe_load(path.read_text("utf-8"))
    assert text["permissions"] == {"contents": "read"}
    writing = {name: job for name, job in jobs(path).items() if "write" in str(job.get("permissions", {}))}
    assert set(writing) == {"comment"}
    for job in writing.values():
        assert not any("checkout" in step.get("uses", "") for step in job["steps"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_no_expression_stands_inside_a_command(path: Path) -> None:
    """A branch's name is a stranger's words: it comes in through the environment."""
    for job in jobs(path).values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_cache_is_kept_by_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    named = [
        name
        for names in re.findall(r"hashFiles\(([^)]*)\)", text)
        for name in re.findall(r"'([^']+)'", names)
    ]
    kept = [name for name in named if not name.startswith("build/")]
    assert kept
    for name in kept:
        assert list(ROOT.glob(name)), name
