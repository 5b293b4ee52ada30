"""Speed and memory beside LangChain's tutorial pipeline, measured in the same run.

Absolute numbers depend on the machine and on what else it does; the ratios are what is promised.
The two sides take turns, so that a slow minute falls on both, and the first turn of each is not
counted. Everything happens in a folder of its own that is removed afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.wiring import held_documents
from evals.cases import TODAY, load_cases
from evals.intervals import percentile

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "How long must we keep records for a drawback claim?"
#: The unit of ``ru_maxrss``: bytes on macOS, kilobytes elsewhere.
_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Process:
    """One process from start to end: seconds on the clock, and the most memory it held, in bytes."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Target:
    """A promise: the value measured, and the most it may be."""

    name: str
    value: float
    most: float
    unit: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.most

    def __str__(self) -> str:
        verdict = "met" if self.met else "NOT MET"
        return f"{self.name:48}{self.value:>9.2f}{self.unit:3} at most {self.most:g}{self.unit:4} {verdict}"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every target is met, 1 when one is not, 2 when nothing could be measured."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="processes of each side (5)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers as JSON")
    parsed = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            targets = measure(Path(folder), max(1, parsed.runs))
    except AssistantError as error:
        print(f"bench: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    if parsed.json:
        numbers = [
            {"name": t.name, "value": t.value, "most": t.most, "unit": t.unit, "met": t.met} for t in targets
        ]
        parsed.json.write_text(json.dumps(numbers, indent=2) + "\n")
    return 0 if all(target.met for target in targets) else 1


def measure(folder: Path, runs: int) -> list[Target]:
    """Measure everything and print it as it comes; the promises with their values."""
    environment = _environment(folder / "index")
    ask = [sys.executable, "-m", "assistant", "ask"]
    tutorial = [sys.executable, "-m", "evals.tutorial", str(folder / "texts.json"), str(folder / "store")]

    # Here as below the first run, which reads the libraries from disk, is not counted.
    _process([sys.executable, "-m", "assistant", "index", "--rebuild"], environment)
    rebuild = _process([sys.executable, "-m", "assistant", "index", "--rebuild"], environment)
    documents = held_documents(Settings.from_environment(environment))
    (folder / "texts.json").write_text(json.dumps({document.id: document.text for document in documents}))
    _process([*tutorial, QUESTION], environment)  # not counted: the imports' first reading from disk
    built = _process([*tutorial, "--build", QUESTION], environment)

    _process([*ask, QUESTION], environment)
    pairs = [
        (_process([*ask, QUESTION], environment), _process([*tutorial, QUESTION], environment))
        for _ in range(runs)
    ]
    ours, theirs = zip(*pairs, strict=True)
    seconds, others = (statistics.median(p.seconds for p in side) for side in (ours, theirs))
    memory, others_memory = (statistics.median(p.memory for p in side) for side in (ours, theirs))

    questions = [case.question for case in load_cases() if case.gold]
    # One after the other: a process that still loads would slow the one that answers.
    with _answering([*ask, "--batch", "-", "--today", TODAY.isoformat()], environment) as one:
        warm = arrivals(one, questions)
    with _answering([*tutorial, "-"], environment) as other:
        warm_others = arrivals(other, questions)

    print(f"{'':48}{'assistant':>12}{'tutorial':>12}{'ratio':>9}")
    rows = [
        ("one question, a process, store built: s", seconds, others),
        ("the same, the tutorial's store to build: s", seconds, built.seconds),
        ("index --rebuild, the tutorial's build and ask: s", rebuild.seconds, built.seconds),
        ("peak memory of the process: MB", memory / 1e6, others_memory / 1e6),
        (f"warm, {len(warm)} questions, median: ms", statistics.median(warm), statistics.median(warm_others)),
        ("warm, 95 of 100 within: ms", percentile(warm, 95), percentile(warm_others, 95)),
    ]
    for name, mine, yours in rows:
        print(f"{name:48}{mine:>12.2f}{yours:>12.2f}{mine / yours:>9.3f}")
    print()
    targets = [
        Target("process, of the tutorial's with its store built", seconds / others, 0.25),
        Target("peak memory, of the tutorial's", memory / others_memory, 0.5),
        Target("warm question to Reply, median", statistics.median(warm), 15, " ms"),
        Target("warm question to Reply, 95 of 100", percentile(warm, 95), 30, " ms"),
        Target("index --rebuild", rebuild.seconds, 30, " s"),
    ]
    for target in targets:
        print(target)
    return targets


def arrivals(process: subprocess.Popen[str], questions: Iterable[str]) -> list[float]:
    """Milliseconds from writing each line to having read its answer; the first five warm up."""
    times = []
    questions = list(questions)
    for number, question in enumerate([*questions[:5], *questions]):
        started = time.perf_counter()
        _write(process.stdin, json.dumps({"id": str(number), "question": question}))
        line = process.stdout.readline() if process.stdout else ""
        times.append((time.perf_counter() - started) * 1000)
        if not line.startswith(("{", "[")):
            raise AssistantError(f"{_name(process.args)} stopped answering at {question!r}")
    return times[5:]


def _write(stream: IO[str] | None, line: str) -> None:
    assert stream is not None
    stream.write(line + "\n")
    stream.flush()


@contextmanager
def _answering(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process that reads questions and writes answers until its input is closed."""
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        assert process.stdin and process.stdout
        process.stdin.close()
        process.wait()
        process.stdout.close()


def _process(command: Sequence[str], environment: Mapping[str, str]) -> Process:
    """Run to the end; what it printed is shown only when it failed."""
    with tempfile.TemporaryFile("w+") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            last = (said.read().strip().splitlines() or ["it said nothing"])[-1]
            raise AssistantError(f"{_name(command)} failed: {last}")
    return Process(seconds, usage.ru_maxrss * _UNIT)


def _name(command: object) -> str:
    return " ".join(map(str, command[1:4])) if isinstance(command, list | tuple) else str(command)


def _environment(index: Path) -> dict[str, str]:
    """Both sides alike: no network, no telemetry, and bytecode kept, without which torch crawls."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "RECORDKEEPING_INDEX": str(index),
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "ANONYMIZED_TELEMETRY": "False",
        "LANGSMITH_TRACING": "false",
    }


if __name__ == "__main__":
    sys.exit(main())
