"""The command line: finds the command, keeps tracebacks away from people.

Only the called command's module is imported, so that ``deadline`` answers without the AI stack.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from assistant.errors import AssistantError, UsageError
from assistant.faces.asked import day
from assistant.faces.logs import fault, line_of
from assistant.reading.held import using
from assistant.settings import corpus

#: name -> the line shown in the overview; the module of the same name has the rest.
COMMANDS = {
    "ask": "ask a question, get a cited answer",
    "deadline": "compute until when a record is kept, or by when a duty is due",
    "schedule": "compute a whole table of records",
    "conversations": "list, show, rename, export or delete the conversations that are kept",
    "serve": "answer over HTTP, as JSON",
    "index": "build the search index, or bring it up to date",
    "documents": "list what is held",
    "show": "print a document or the provision at a citation",
    "slack": "answer in Slack: mentions, direct messages and /recordkeeping",
}


class _Parser(argparse.ArgumentParser):
    """Errors in one line that says what to do; the usage block helps nobody in a log."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.register("type", day, _day)  # the error then names the option

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see '{self.prog} --help'")


def _day(text: str) -> date:
    try:
        return day(text)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status: 0 done, 2 bad usage or input."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Half a character of a foreign file name or message is shown escaped, in JSON too.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    try:
        return _run(words)
    except AssistantError as error:
        print(f"assistant: {line_of(error)}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("assistant: stopped", file=sys.stderr)
        return 130
    except Exception as error:  # noqa: BLE001  # the last resort, so that no traceback reaches a person
        said = f"a fault of this program: {fault(error)}: {line_of(error)[:200]}; please report it"
        print(f"assistant: {said}", file=sys.stderr)
        return 2


def _run(words: list[str]) -> int:
    parser = _Parser(
        prog="python -m assistant",
        description="U.S. customs recordkeeping law: answers with their authority, dates with their sum.",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    called = next((word for word in words if not word.startswith("-")), "")
    modules = {}
    for name, line in COMMANDS.items():
        if name != called:
            commands.add_parser(name, help=line)
            continue
        module = importlib.import_module(f"assistant.faces.commands.{name}")
        modules[name] = module
        module.add_arguments(
            commands.add_parser(
                name,
                help=line,
                description=module.__doc__,
                epilog=f"examples:\n{module.EXAMPLES}",
                formatter_class=argparse.RawDescriptionHelpFormatter,
            )
        )
    parsed = parser.parse_args(words)
    if not parsed.command:
        parser.print_help()
        return 0
    with using(corpus(os.environ)):
        return int(modules[parsed.command].run(parsed))
