"""Put every case to the assistant and hold what comes back to the gate; exit status 1 when it is red."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from assistant.errors import AssistantError, UsageError
from assistant.settings import Settings
from assistant.wiring import open_assistant
from evals import candidates
from evals.cases import Case, Conversation, Kind, check_gold, each_case, load_all
from evals.changes import changes, lines, markdown
from evals.gate import (
    BASELINE,
    Baseline,
    Floor,
    baseline_of,
    faults,
    read_baseline,
    read_floor,
    write_baseline,
)
from evals.junit import junit
from evals.report import as_json, failures, table, whole
from evals.run import Result, run


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when the gate is green, 1 when it is red, 2 for bad usage or a missing index."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        if words[:1] == ["candidates"]:
            return candidates.main(words[1:])
        return _run(_parser().parse_args(words))
    except AssistantError as error:
        print(f"evals: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals",
        description=__doc__,
        epilog="The floor is for all cases together: with --kind or --case only what must never be, and what "
        "was right in the baseline, fails the run. 'python -m evals candidates --help' is about feedback.",
    )
    add = parser.add_argument
    add("--kind", action="append", choices=get_args(Kind), metavar="KIND", help="cases of a kind")
    add("--case", metavar="ID", help="one case or conversation, with the whole replies and what was found")
    add("--failures", action="store_true", help="one line for each case that is not right")
    add("--json", type=Path, metavar="FILE", help="write the figures and every case as JSON")
    add("--junit", type=Path, metavar="FILE", help="write every case as JUnit XML")
    add("--html", type=Path, metavar="FILE", help="write one page with plots and every failure")
    add("--compare", type=Path, metavar="BASE", help="another baseline than evals/baseline.json")
    add("--markdown", type=Path, metavar="FILE", help="write gains and losses against it as Markdown")
    add(
        "--accept",
        action="store_true",
        help="show gains and losses, then make a run without faults the baseline",
    )
    return parser


def _run(arguments: argparse.Namespace) -> int:
    everything = not (arguments.kind or arguments.case)
    if arguments.accept and not everything:
        raise UsageError("--accept is for all cases together, without --kind and --case")
    asked = _chosen(load_all(), arguments.kind, arguments.case)
    floor = read_floor() if everything else None
    if arguments.accept:
        baseline = read_baseline() if BASELINE.exists() else Baseline({}, {})
    else:
        baseline = read_baseline()
    before = read_baseline(arguments.compare) if arguments.compare else baseline
    results, seconds = _results(asked)
    if arguments.accept:
        print(lines(changes(results, baseline)), end="\n\n")
        baseline = accept(results, floor)
    found = faults(results, floor, baseline)
    _write(arguments, results, floor, baseline, before)
    if arguments.case:
        print("\n\n".join(map(whole, results)))
        return 0 if all(result.right for result in results) else 1
    if arguments.failures:
        print(failures(results), end="\n\n")
    print(table(results, floor))
    print(f"\n{len(results)} questions in {seconds:.1f} s")
    print("\n".join(f"FAILED: {line}" for line in found) or "Passed.")
    return 1 if found else 0


def accept(results: Sequence[Result], floor: Floor | None, path: Path = BASELINE) -> Baseline:
    """Make a run the baseline, whatever it lost; but none with a fault that no change excuses."""
    baseline = baseline_of(results)
    if not faults(results, floor, baseline):
        _written(path, lambda path: write_baseline(baseline, path))
    return baseline


def _results(asked: Sequence[Case | Conversation]) -> tuple[list[Result], float]:
    """Everything asked, and the seconds it took; gold that is not held ends the run before it begins.

    Never with a language model, whatever the environment names: `evals.tasks` is for those.
    """
    started = time.perf_counter()
    assistant = open_assistant(replace(Settings.from_environment(os.environ), chat_model=""))
    check_gold(each_case(asked), assistant.documents.values())
    return list(run(assistant, asked)), time.perf_counter() - started


def _write(
    arguments: argparse.Namespace,
    results: Sequence[Result],
    floor: Floor | None,
    baseline: Baseline,
    before: Baseline,
) -> None:
    """The files that were asked for."""
    found = faults(results, floor, baseline)
    if arguments.json:
        text = json.dumps(as_json(results, floor, baseline), indent=2, ensure_ascii=False) + "\n"
        _written(arguments.json, lambda path: path.write_text(text, "utf-8"))
    if arguments.junit:
        tree = junit(results, found)
        _written(arguments.junit, lambda path: tree.write(path, "utf-8", xml_declaration=True))
    if arguments.markdown:
        said = markdown(results, found, before)
        _written(arguments.markdown, lambda path: path.write_text(said, "utf-8"))
    if arguments.html:
        # Plots are drawn by a library that takes a second to load.
        from evals.page import page

        drawn = page(results, found, floor, before)
        _written(arguments.html, lambda path: path.write_text(drawn, "utf-8"))


def _written(path: Path, write: Callable[[Path], object]) -> None:
    try:
        write(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror})") from None


def _chosen(
    asked: Sequence[Case | Conversation], kinds: Sequence[str] | None, id: str | None
) -> tuple[Case | Conversation, ...]:
    chosen = tuple(
        item
        for item in asked
        if (not kinds or ("conversation" if isinstance(item, Conversation) else item.kind) in kinds)
        and (id is None or item.id == id)
    )
    if not chosen:
        raise UsageError(f"there is no case {id!r}{' of that kind' if kinds else ''}; see evals/cases/")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
