"""The inspect-ai task, run for real: it says what the gate says of the same cases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from assistant.settings import Settings
from assistant.wiring import Assistant
from evals.cases import each_case, load_all
from evals.figures import rates
from evals.run import run
from tests.conftest import PATIENCE, ROOT, environment

#: What the task is given, and its value.
ASKED = {"case": "conv-correct-record", "kind": "define"}


_EVAL = """
import sys
import inspect_ai
from evals.tasks import recordkeeping
tasks = [recordkeeping(case=sys.argv[1]), recordkeeping(kind=sys.argv[2])]
inspect_ai.eval(tasks, model="none/none", log_dir=sys.argv[3], log_format="json", display="none")
"""


@pytest.fixture(scope="module")
def logs(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What inspect-ai wrote of each of `ASKED`, in one process."""
    folder = tmp_path_factory.mktemp("logs")
    done = subprocess.run(
        [sys.executable, "-c", _EVAL, *ASKED.values(), str(folder)],
        cwd=ROOT,
        env={**environment(settings), "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    logs = [json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")]
    found = {option: log for log in logs for option in ASKED if log["eval"]["task_args"].get(option)}
    assert found.keys() == ASKED.keys()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("option", ASKED)
def test_inspect_says_what_the_gate_says(
    logs: dict[str, dict[str, Any]], assistant: Assistant, option: str
) -> None:
    log, value = logs[option], ASKED[option]
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


def test_a_split_that_is_none_is_bad_usage() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from evals.tasks import recordkeeping; recordkeeping(split='none')"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert "no case is of the split none" in done.stderr
