"""The conversations that are kept: the page's, Slack's and those over HTTP, of everybody.

A reply is shown as it was given, with what changed since in the law or the texts; deleting a
conversation deletes its replies and what was said of them. RECORDKEEPING_CONVERSATIONS names the
file or the database; whoever may read it may read all that is in it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import NotKept, UsageError
from assistant.faces.asked import clock, day, whole

if TYPE_CHECKING:
    from assistant.conversations import Store, Summary, Turn
    from assistant.law import Document

EXAMPLES = """  python -m assistant conversations list
  python -m assistant conversations show 3f2a
  python -m assistant conversations rename 3f2a "Drawback, spring claims"
  python -m assistant conversations export 3f2a --out drawback.md
  python -m assistant conversations delete 3f2a

a conversation is named by its id, or by as many of its first characters as tell it from the others"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=type(parser))
    listed = actions.add_parser("list", help="titles, newest first")
    listed.add_argument("--limit", type=_limit, default=100, metavar="N", help="at most so many (100)")
    shown = actions.add_parser("show", help="every question and answer, with what changed since")
    renamed = actions.add_parser("rename", help="give a conversation another title")
    exported = actions.add_parser("export", help="write a conversation as Markdown, with its citations")
    deleted = actions.add_parser("delete", help="delete a conversation for good")
    for action in (shown, renamed, exported, deleted):
        action.add_argument("conversation", metavar="ID", help="the id, or its first characters")
    renamed.add_argument("title", metavar="TITLE")
    exported.add_argument("--out", type=Path, metavar="FILE.md", help="the file (standard output)")
    for action in (listed, shown):
        action.add_argument("--json", action="store_true", help="as JSON, replies whole")
    for action in (shown, exported):
        action.add_argument(
            "--today", type=day, metavar="DATE", help="the day treated as today (the clock's)"
        )
    listed.add_argument("--owner", metavar="OWNER", help="only those of one owner, or of one face: page")


def run(arguments: argparse.Namespace) -> int:
    from assistant.settings import Settings
    from assistant.wiring import held_documents, open_store

    settings = Settings.from_environment(os.environ)
    store = open_store(settings)
    try:
        if arguments.action == "list":
            return _list(store, arguments)
        owner, kept = _find(store, arguments.conversation)
        if arguments.action == "rename":
            store.rename(kept.id, arguments.title, owner=owner)
        elif arguments.action == "delete":
            store.delete(kept.id, owner=owner)
        else:
            turns = store.turns(kept.id, owner=owner)
            documents = {document.id: document for document in held_documents(settings)}
            write = _show if arguments.action == "show" else _export
            return write(arguments, kept, turns, documents)
        print(f"{kept.id} {arguments.action}d")
        return 0
    finally:
        store.close()


def _list(store: Store, arguments: argparse.Namespace) -> int:
    named = arguments.owner
    found = [
        (owner, one)
        for owner, one in store.everyones()
        if named is None or owner == named or owner.startswith(f"{named}:")
    ][: arguments.limit]
    if arguments.json:
        rows = [{"owner": owner, **one.to_json()} for owner, one in found]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for owner, one in found:
        turns = f"{one.turns} {'turn' if one.turns == 1 else 'turns'}"
        face = owner.partition(":")[0][:8]
        print(f"{one.id}  {one.last.astimezone():%Y-%m-%d %H:%M}  {face:<8}  {turns:>9}  {one.title}")
    if not found:
        print("no conversations are kept")
    return 0


def _find(store: Store, words: str) -> tuple[str, Summary]:
    """The one conversation that the first characters of an id name, with its owner."""
    found = [(owner, one) for owner, one in store.everyones() if words and one.id.startswith(words)]
    if len(found) > 1:
        raise UsageError(f"{len(found)} conversations begin with {words!r}; give more of the id")
    if not found:
        raise NotKept(
            f"there is no conversation {words[:40]!r};"
            " 'python -m assistant conversations list' shows those there are"
        )
    return found[0]


def _show(
    arguments: argparse.Namespace,
    kept: Summary,
    turns: tuple[Turn, ...],
    documents: dict[str, Document],
) -> int:
    from assistant.conversations.changes import changed
    from assistant.faces.rendering import reply_plain
    from assistant.faces.rendering.conversation import CHANGED, conversation_json
    from assistant.faces.rendering.words import clean

    today = clock(arguments.today)
    if arguments.json:
        whole = conversation_json(turns, documents, id=kept.id, title=kept.title, today=today)
        print(json.dumps(whole, ensure_ascii=False, indent=2))
        return 0
    width = min(100, os.get_terminal_size().columns) if sys.stdout.isatty() else 100
    print(clean(kept.title))
    for number, turn in enumerate(turns, 1):
        print(f"\n{number}. {clean(turn.reply.question).strip()}\n")
        if lines := changed(turn, documents, today=today):
            print("\n".join([f"{CHANGED}:", *(f"  ! {line}" for line in lines), ""]))
        print(reply_plain(turn.reply, width=width))
    return 0


def _export(
    arguments: argparse.Namespace,
    kept: Summary,
    turns: tuple[Turn, ...],
    documents: dict[str, Document],
) -> int:
    from assistant.faces.rendering.conversation import export_markdown

    text = export_markdown(turns, documents, title=kept.title, today=clock(arguments.today))
    if arguments.out is None:
        print(text, end="")
        return 0
    try:
        arguments.out.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{arguments.out} cannot be written ({error.strerror}); name another file") from None
    print(f"{kept.id} exported to {arguments.out}")
    return 0


def _limit(text: str) -> int:
    return whole("--limit", text, 1, 1_000_000)
