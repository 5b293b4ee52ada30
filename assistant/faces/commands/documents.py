"""List what is held: every document with its citation, tier, edition and the days it is law."""

from __future__ import annotations

import argparse
import json
import os

from assistant.faces.asked import row

EXAMPLES = """  python -m assistant documents
  python -m assistant documents --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON array")


def run(arguments: argparse.Namespace) -> int:
    from assistant.settings import Settings
    from assistant.wiring import held_documents

    documents = held_documents(Settings.from_environment(os.environ))
    if arguments.json:
        print(json.dumps([row(document) for document in documents], ensure_ascii=False, indent=2))
        return 0
    for document in documents:
        span = document.in_force
        days = f"{span.start or 'the beginning'} to {span.end or 'today'}"
        print(f"{document.id}\n  {document.title}\n  {document.citation} · {document.tier} · {days}")
    return 0
