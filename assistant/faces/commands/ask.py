"""Ask a question about U.S. customs recordkeeping law and get a cited, verified answer.

No network and no key are needed. The index must exist (make index). A language model may phrase the
answer where one is named (RECORDKEEPING_CHAT_MODEL, or --model); see docs/models.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError, UsageError
from assistant.faces.asked import clock, day, day_of
from assistant.faces.logs import line_of

if TYPE_CHECKING:
    from assistant.wiring import Assistant

EXAMPLES = """  python -m assistant ask "How long must we keep records for a drawback claim?"
  python -m assistant ask "Who kept NAFTA certificates, and for how long?" --as-of 2015-06-01
  python -m assistant ask --batch questions.jsonl > replies.jsonl
  echo '{"id": "1", "question": "Must packing lists be kept 5 years?"}' | python -m assistant ask --batch -"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="?", metavar="QUESTION")
    parser.add_argument("--batch", metavar="FILE", help="JSON lines in, JSON lines out; - is standard input")
    parser.add_argument("--as-of", type=day, metavar="DATE", help="the day whose law is asked about (today)")
    parser.add_argument("--today", type=day, metavar="DATE", help="the day treated as today (the clock's)")
    chat = parser.add_mutually_exclusive_group()
    chat.add_argument("--model", metavar="PROVIDER:MODEL", help="the language model that may phrase answers")
    chat.add_argument("--no-model", action="store_true", help="no language model, whatever is set")
    parser.add_argument("--json", action="store_true", help="the whole Reply as JSON")


def run(arguments: argparse.Namespace) -> int:
    from assistant.settings import Settings, chat_model
    from assistant.wiring import open_assistant

    if (arguments.question is None) == (arguments.batch is None):
        raise UsageError(
            "give a question or --batch FILE, one of the two; see 'python -m assistant ask --help'"
        )
    today = clock(arguments.today)
    as_of = arguments.as_of or today
    settings = Settings.from_environment(os.environ)
    if arguments.model is not None or arguments.no_model:
        settings = replace(settings, chat_model=chat_model(arguments.model or ""))
    if arguments.batch is not None:
        with _lines(arguments.batch) as lines, closing(open_assistant(settings)) as assistant:
            for line in lines:
                if line.strip():
                    answer = _answer_line(assistant, line, as_of, today)
                    print(json.dumps(answer, ensure_ascii=False), flush=True)
        return 0
    with closing(open_assistant(settings)) as assistant:
        reply = assistant.ask(arguments.question, as_of=as_of, today=today)
    if arguments.json:
        print(json.dumps(reply.to_json(), ensure_ascii=False, indent=2))
        return 0
    from assistant.faces.rendering import reply_plain

    terminal = sys.stdout.isatty()
    width = min(100, os.get_terminal_size().columns) if terminal else 100
    print(reply_plain(reply, colour=terminal and "NO_COLOR" not in os.environ, width=width))
    return 0


@contextmanager
def _lines(path: str) -> Iterator[Iterable[bytes]]:
    """The lines as bytes, so that one that is not UTF-8 spoils only itself."""
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        stream = open(path, "rb")  # noqa: SIM115  # closed below; only its opening may fail here
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read ({error.strerror}); give a file of JSON lines, or -"
        ) from None
    with stream:
        yield stream


def _answer_line(assistant: Assistant, line: bytes, as_of: date, today: date) -> dict[str, Any]:
    """A Reply for one batch line, or an error object in its place."""
    id: str | None = None
    try:
        asked = _object(line)
        id = _id(asked.get("id"))
        if not isinstance(asked.get("question"), str):
            raise UsageError("the line has no question")
        own_today, own_as_of = _day(asked, "today"), _day(asked, "as_of")
        reply = assistant.ask(
            asked["question"],
            as_of=own_as_of or own_today or as_of,
            today=own_today or today,
            id=id,
            history=_history(asked.get("history")),
        )
        return reply.to_json()
    except AssistantError as error:
        return {"id": id, "error": line_of(error)}


def _object(line: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(f"the line is not UTF-8 ({error.reason} at byte {error.start})") from None
    except (ValueError, RecursionError) as error:  # ValueError also for a number of thousands of digits
        raise UsageError(f"the line is not JSON ({str(error)[:120]})") from None
    if not isinstance(asked, dict):
        raise UsageError("a line is a JSON object with a question")
    return asked


def _day(asked: dict[str, Any], name: str) -> date | None:
    value = asked.get(name)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"{name} is not a date in the form YYYY-MM-DD")
    return None if value is None else day_of(name, value)


def _id(value: object) -> str | None:
    return value if isinstance(value, str) else None if value is None else json.dumps(value)


def _history(value: object) -> tuple[tuple[str, str], ...]:
    """The turns before, oldest first; anything that is not a turn is an error of the line."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise UsageError("history is a list of turns")
    turns = []
    for turn in value:
        if (
            not isinstance(turn, dict)
            or turn.get("role") not in ("user", "assistant")
            or not isinstance(turn.get("content"), str)
        ):
            raise UsageError('a turn of the history is {"role": "user" or "assistant", "content": text}')
        turns.append((turn["role"], turn["content"]))
    return tuple(turns)
