"""Put every case to the assistant and hold the figures to the floor; exit status 1 under it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from assistant.errors import AssistantError, UsageError
from assistant.settings import Settings
from assistant.wiring import open_assistant
from evals.cases import Case, Conversation, Kind, check_gold, each_case, load_all
from evals.figures import read_floor, shortfalls
from evals.report import as_json, failures, table, whole
from evals.run import run


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every figure holds, 1 when one does not, 2 for bad usage or a missing index."""
    try:
        return _run(_parser().parse_args(arguments))
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
        epilog="The floor holds for all cases together; with --kind, only what must never be fails the run.",
    )
    parser.add_argument(
        "--kind", action="append", choices=get_args(Kind), metavar="KIND", help="cases of a kind"
    )
    parser.add_argument("--case", metavar="ID", help="one case, with the whole reply and what was found")
    parser.add_argument("--failures", action="store_true", help="one line for each case that is not right")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures and every case as JSON")
    return parser


def _run(arguments: argparse.Namespace) -> int:
    cases = _chosen(load_all(), arguments.kind, arguments.case)
    everything = not (arguments.kind or arguments.case)
    floor = read_floor() if everything else None
    assistant = open_assistant(Settings.from_environment(os.environ))
    check_gold(each_case(cases), assistant.documents.values())
    results = list(run(assistant, cases))
    if arguments.json:
        try:
            arguments.json.write_text(
                json.dumps(as_json(results, floor), indent=2, ensure_ascii=False) + "\n"
            )
        except OSError as error:
            raise UsageError(f"{arguments.json} cannot be written ({error.strerror})") from None
    if arguments.case:
        print("\n\n".join(map(whole, results)))
        return 0 if all(result.right for result in results) else 1
    if arguments.failures:
        print(failures(results), end="\n\n")
    print(table(results, floor))
    short = shortfalls(results, floor)
    print("\n" + "\n".join(f"FAILED: {line}" for line in short) if short else "\nPassed.")
    return 1 if short else 0


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
