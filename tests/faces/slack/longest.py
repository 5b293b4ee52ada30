"""The questions with the longest replies; ``python -m tests.faces.slack.longest`` renews the list.

Kept as a list so that a test of Slack's limits need not ask every question of the evals first.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from assistant.settings import Settings
from assistant.wiring import open_assistant
from evals.cases import TODAY, load_cases

FILE = Path(__file__).with_name("longest.json")
COUNT = 100


def main() -> None:
    """Ask everything, and write down the questions with the longest replies, longest first."""
    assistant = open_assistant(Settings.from_environment(os.environ))
    # Those with "<" are left out: they would have to be typed as Slack escapes them; test_talking has them.
    asked = dict.fromkeys(case.question.strip() for case in load_cases() if "<" not in case.question)
    sizes = {q: len(assistant.ask(q, as_of=TODAY, today=TODAY).text) for q in asked}
    found = sorted(sizes, key=lambda question: -sizes[question])[:COUNT]
    FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(
        f"{len(asked)} questions asked; the longest reply has {sizes[found[0]]:,} characters,"
        f" number {COUNT} has {sizes[found[-1]]:,}"
    )


if __name__ == "__main__":
    main()
