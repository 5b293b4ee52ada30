"""The inspect-ai task, run for real: it says what the gate says of the same cases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.wiring import Assistant
from evals.cases import each_case, load_all
from evals.figures import rates
from evals.run import run
from tests.conftest import ROOT, environment

TALK = "conv-correct-record"


@pytest.mark.slow
@pytest.mark.parametrize(("option", "value"), [("case", TALK), ("kind", "define")])
def test_inspect_says_what_the_gate_says(
    settings: Settings, assistant: Assistant, tmp_path: Path, option: str, value: str
) -> None:
    program = Path(sys.executable).with_name("inspect")
    done = subprocess.run(
        [
            program,
            *("eval", "evals/tasks.py", "--model", "none/none", "-T", f"{option}={value}"),
            *("--log-dir", str(tmp_path), "--log-format", "json", "--display", "none"),
        ],
        cwd=ROOT,
        env={**environment(settings), "PYTHONPATH": "", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = tmp_path.glob("*.json")
    log = json.loads(path.read_text("utf-8"))
    assert log["status"] == "success"
    asked = [
        item
        for item in load_all()
        if (item.id == value if option == "case" else next(each_case([item])).kind == value)
    ]
    results = list(run(assistant, asked))
    scores = {each["name"]: each["metrics"] for each in log["results"]["scores"]}
    for name, rate in rates(results).items():
        if rate.value is not None:
            assert scores["grounded"][name]["value"] == pytest.approx(rate.value), name
    assert scores["grounded"]["drafted"]["value"] == 0
    wrong = {each["id"] for each in log["samples"] if each["scores"]["right"]["value"] == "I"}
    assert wrong == {r.conversation or r.case.id for r in results if not r.right}


def test_a_split_that_is_none_is_bad_usage(settings: Settings, tmp_path: Path) -> None:
    del settings
    done = subprocess.run(
        [sys.executable, "-c", "from evals.tasks import recordkeeping; recordkeeping(split='none')"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "no case is of the split none" in done.stderr
