"""The endpoints: from a request's values to a response. Each runs in a thread of its own."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from starlette.responses import Response

from assistant.answering.conversation import REACH
from assistant.answering.reply import Reply
from assistant.conversations import Store
from assistant.errors import UsageError
from assistant.faces.asked import clock, computed, day_of, row, shown, whole
from assistant.faces.http.bodies import Ask, Compute, Judge, Title, read
from assistant.faces.http.metrics import Metrics
from assistant.faces.rendering.conversation import conversation_json, export_markdown
from assistant.law.held import show
from assistant.wiring import Assistant

#: What is sent back is client data: no proxy and no browser keeps it, and none guesses what it is.
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
#: Conversations in a list, at most.
MOST = 1000
_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


@dataclass(frozen=True, slots=True)
class Call:
    """A request that was let in and read: whose it is, its body, and the values of its path and query."""

    assistant: Assistant
    store: Store
    metrics: Metrics
    owner: str
    body: bytes = b""
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def as_json(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Half a character, which JSON can bring, goes back escaped, as on the command line."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(text, status, {**HEADERS, **(headers or {})}, "application/json")


def ask(call: Call) -> Response:
    """The Reply, as ``ask --json`` prints it; in a conversation the turn's id is in ``X-Turn``."""
    asked = read(call.body, Ask)
    if asked.conversation is not None and asked.history is not None:
        raise UsageError("a conversation that is kept has its own history; give one of the two")
    store, assistant = call.store, call.assistant
    history: tuple[tuple[str, str], ...] = tuple((s.role, s.content) for s in asked.history or ())
    if asked.conversation is not None:
        history = store.history(asked.conversation, owner=call.owner, last=REACH)
    today = asked.today or clock(None)
    reply = assistant.ask(
        asked.question, as_of=asked.as_of or today, today=today, id=asked.id, history=history
    )
    call.metrics.reply(reply.outcome)
    if asked.conversation is None:
        return as_json(reply.to_json())
    now = datetime.now(UTC)
    turn = store.append(asked.conversation, reply, owner=call.owner, corpus=assistant.corpus, now=now)
    return as_json(reply.to_json(), headers={"X-Turn": turn})


def deadline(call: Call) -> Response:
    asked = read(call.body, Compute)
    today = clock(asked.today)
    found = computed(asked.record, asked.agreement, asked.events, asked.facts, today=today, as_of=asked.as_of)
    return as_json(found.to_json())


def schedule(call: Call) -> Response:
    """The table as it was sent, computed; ``format`` is the ending of the file that comes back."""
    from assistant.retention.schedule import run  # the columns' library, for this endpoint only

    _only(call.query, "format", "today")
    form = call.query.get("format", "csv")
    if form not in _MEDIA:
        raise UsageError(f"format is one of {', '.join(_MEDIA)}, not {form[:20]!r}")
    today = day_of("today", call.query["today"]) if "today" in call.query else clock(None)
    with tempfile.TemporaryDirectory() as folder:  # 0700
        entries, out = Path(folder, "entries.csv"), Path(folder, f"schedule.{form}")
        entries.write_bytes(call.body)
        try:
            run(entries, out, today=today)
        except UsageError as error:
            raise UsageError(str(error).replace(f"{folder}/", "")) from None
        return Response(out.read_bytes(), 200, HEADERS, _MEDIA[form])


def feedback(call: Call) -> Response:
    """A thumb. A reply that was not kept is kept now, in a conversation of its own."""
    said = read(call.body, Judge)
    if (said.turn is None) == (said.reply is None):
        raise UsageError("give the turn's id or the whole reply, one of the two")
    store, now, turn = call.store, datetime.now(UTC), said.turn
    if turn is None:
        reply = Reply.from_json(said.reply)
        turn = store.append(store.begin(owner=call.owner), reply, owner=call.owner, corpus="", now=now)
    store.feedback(turn, owner=call.owner, good=said.good, reason=said.reason, now=now, face="http")
    return as_json({"turn": turn})


def documents(call: Call) -> Response:
    _only(call.query)
    return as_json([row(document) for document in call.assistant.documents.values()])


def show_text(call: Call) -> Response:
    _only(call.query, "target", "as_of")
    if "target" not in call.query:
        raise UsageError("target is missing: a document's id, or a citation")
    as_of = day_of("as_of", call.query["as_of"]) if "as_of" in call.query else clock(None)
    held = call.assistant.documents.values()
    return as_json(shown(*show(held, call.query["target"], as_of)))


def begin(call: Call) -> Response:
    title = read(call.body, Title).title
    return as_json({"id": call.store.begin(owner=call.owner, title=title)}, 201)


def conversations(call: Call) -> Response:
    _only(call.query, "limit")
    limit = whole("limit", call.query.get("limit", "100"), 1, MOST)
    found = call.store.conversations(call.owner, limit=limit)
    return as_json([one.to_json() for one in found])


def conversation(call: Call) -> Response:
    """Every turn whole, with what changed since; with ``format=markdown`` a file to keep."""
    _only(call.query, "format")
    form = call.query.get("format", "json")
    turns = call.store.turns(call.path["id"], owner=call.owner)
    held, today = call.assistant.documents, clock(None)
    if form == "markdown":
        text = export_markdown(turns, held, title=_title(call), today=today)
        return Response(text.encode("utf-8", "replace"), 200, HEADERS, "text/markdown; charset=utf-8")
    if form != "json":
        raise UsageError(f"format is json or markdown, not {form[:20]!r}")
    return as_json(conversation_json(turns, held, id=call.path["id"], title=_title(call), today=today))


def rename(call: Call) -> Response:
    call.store.rename(call.path["id"], read(call.body, Title).title, owner=call.owner)
    return as_json({"id": call.path["id"], "title": _title(call)})


def delete(call: Call) -> Response:
    call.store.delete(call.path["id"], owner=call.owner)
    return Response(status_code=204, headers=HEADERS)


def _title(call: Call) -> str:
    return call.store.title(call.path["id"], owner=call.owner)


def _only(query: Mapping[str, str], *names: str) -> None:
    for name in query:
        if name not in names:
            takes = f"it takes {', '.join(names)}" if names else "it takes none"
            raise UsageError(f"there is no parameter {name[:40]!r}; {takes}")
