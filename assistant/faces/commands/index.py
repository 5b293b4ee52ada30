"""Build the search index, or bring it up to date. Safe to repeat, and safe to kill: until the last
step the index that was there before answers."""

from __future__ import annotations

import argparse
import os
import sys
import time

EXAMPLES = """  python -m assistant index              # embed only what changed
  python -m assistant index --rebuild    # start from nothing"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rebuild", action="store_true", help="trust nothing that is there")


def run(arguments: argparse.Namespace) -> int:
    from assistant.settings import Settings
    from assistant.wiring import build_index

    settings = Settings.from_environment(os.environ)
    started = time.monotonic()
    manifest, embedded = build_index(settings, rebuild=arguments.rebuild, progress=_progress)
    seconds = time.monotonic() - started
    print(
        f"{manifest.passages} passages of {len(manifest.documents)} documents, {embedded} embedded anew,"
        f" in {seconds:.1f} s"
    )
    if not manifest.exported:
        print(
            f"{manifest.model} cannot be exported, so it is served by sentence-transformers;"
            " each start takes some seconds longer"
        )
    return 0


def _progress(step: str, done: int, total: int) -> None:
    """A line that counts on a terminal; in a log, a line a step."""
    if sys.stderr.isatty():
        print(f"\r{step}: {done} of {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
    elif done in (0, total):
        print(f"{step}{'' if done else ' …'}{' done' if done else ''}", file=sys.stderr, flush=True)
