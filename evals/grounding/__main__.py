"""Print how drafted sentences are told apart: `python -m evals.grounding [--list]`.

Exit status 1 when a figure is under its floor in `evals/grounding/floor.toml`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from assistant.errors import AssistantError
from assistant.reading.corpus import read_corpus
from assistant.settings import Settings
from evals.grounding.measure import figures, measure, read_floor, shortfalls


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every floor holds, 1 when one does not, 2 for bad usage or a corpus that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.grounding", description=__doc__)
    parser.add_argument("--list", action="store_true", help="every sentence that was judged wrongly")
    options = parser.parse_args(arguments)
    try:
        documents = {d.id: d for d in read_corpus(Settings.from_environment(os.environ).corpus)}
        measured = measure(documents)
    except AssistantError as error:
        print(f"evals.grounding: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    if options.list:
        for line in measured.mistakes:
            print(line)
        print()
    print("\n".join(figures(measured)))
    short = shortfalls(measured, read_floor())
    print("\n" + "\n".join(f"FAILED: {line}" for line in short) if short else "\nPassed.")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
