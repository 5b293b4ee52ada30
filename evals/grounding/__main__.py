"""Print how drafted sentences are told apart: `python -m evals.grounding [--list | --shown]`.

Exit status 1 when a figure is under its floor in `evals/grounding/floor.toml`.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from assistant.errors import AssistantError
from assistant.law import Document
from assistant.reading.corpus import read_corpus
from assistant.settings import Settings
from evals.grounding.measure import figures, measure, read_floor, shortfalls
from evals.grounding.shown import shown


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every floor holds, 1 when one does not, 2 for bad usage or a corpus that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.grounding", description=__doc__)
    parser.add_argument("--list", action="store_true", help="every sentence that was judged wrongly")
    parser.add_argument("--shown", action="store_true", help="do what the marks allow to every statement")
    options = parser.parse_args(arguments)
    try:
        documents = {d.id: d for d in read_corpus(Settings.from_environment(os.environ).corpus)}
        if options.shown:
            return _shown(documents)
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


def _shown(documents: Mapping[str, Document]) -> int:
    """0 when all that is shown to a model passes."""
    found = shown(documents)
    print("\n".join(found.refused))
    print(f"{found.marked} of {found.statements} statements have marks: {found.removals} spans to leave out,")
    print(f"{found.moves} to move. Of {found.tried} sentences that follow them {found.passed} pass.")
    return int(found.passed < found.tried)


if __name__ == "__main__":
    sys.exit(main())
