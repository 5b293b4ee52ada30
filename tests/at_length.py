"""The figures that are promised, at their whole length; the suite shows the same on fewer.

python -m tests.at_length           # every such test; some ten minutes
python -m tests.at_length -k kill   # with any words for pytest
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_ASKED = "TESTS_AT_LENGTH"


def count(in_the_suite: int, promised: int) -> int:
    """How many a test takes."""
    return promised if os.environ.get(_ASKED) else in_the_suite


def main(words: list[str]) -> int:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "length", "-p", "no:xdist", "-v", "-s", "--timeout=0", *words],
        env={**os.environ, _ASKED: "1"},
        cwd=Path(__file__).parents[1],
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
