"""Prompts are Markdown files, reviewed as prose; a variable that is missing or not known raises."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).resolve().parent.parent / "prompts"


@lru_cache(maxsize=16)
def _template(name: str) -> Template:
    return Template((_FOLDER / f"{name}.md").read_text(encoding="utf-8"))


def prompt(name: str, **variables: str) -> str:
    """The prompt with its ``$variables`` filled in; `KeyError` for one that is not given.

    `ValueError` for one that the file does not have: a prompt that lost its place for the evidence
    must not be sent without it.
    """
    template = _template(name)
    unused = variables.keys() - set(template.get_identifiers())
    if unused:
        raise ValueError(f"prompts/{name}.md has no place for {', '.join(sorted(unused))}")
    return template.substitute(variables).strip()
