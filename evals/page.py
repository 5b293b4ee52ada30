"""A run as one HTML page that needs no network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evals.gate import Baseline, Floor
from evals.report import failures, table
from evals.run import Result


def page(results: Sequence[Result], faults: Sequence[str], floor: Floor | None, before: Baseline) -> str:
    """The table and the failures."""
    said = "\n\n".join([*faults, table(results, floor), failures(results)])
    return f'<!doctype html><html lang="en"><title>Evals</title><pre>{escape(said)}</pre></html>\n'
