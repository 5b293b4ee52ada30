"""The store: conversations of an owner, their turns, what was said of a turn, events seen.

Each call is one transaction. What a call has acknowledged is on disk when it returns, and nobody
sees it before it is whole. A conversation of another owner does not exist for whoever asks.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from assistant.answering.reply import Reply
from assistant.conversations import tables
from assistant.conversations.opening import open_engine, told, writing
from assistant.conversations.values import Judged, Summary, Turn
from assistant.errors import NotKept, StoreError, UsageError

_log = logging.getLogger(__name__)
#: Characters of a title, and of the reason behind a thumb.
TITLE, REASON = 80, 2000
#: How long an event's id is remembered; whoever repeats events gives up within hours.
_REMEMBERED = timedelta(days=7)
_conversation, _turn, _feedback, _event = tables.conversation, tables.turn, tables.feedback, tables.event
_LAST = func.max(_turn.c.asked)
_SUMMARIES = (
    select(
        _conversation.c.owner,
        _conversation.c.id,
        _conversation.c.title,
        func.min(_turn.c.asked),
        _LAST,
        func.count(),
    )
    .join(_turn, _turn.c.conversation == _conversation.c.id)
    .group_by(_conversation.c.owner, _conversation.c.id, _conversation.c.title)
    .order_by(_LAST.desc(), func.max(_turn.c.place).desc())
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Store:
    """Safe for several threads and processes. Instants are given by whoever calls, with their zone."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert

    @classmethod
    def open(cls, url: str) -> Store:
        """A SQLite file, or ``postgresql://…``; made when it is not there, and its tables renewed.

        Raises `StoreError`, in one line, for what cannot be opened; nothing is ever deleted.
        """
        return cls(open_engine(url))

    def close(self) -> None:
        """Let go of the database; the store can be used again, and then opens it again."""
        self._engine.dispose()

    def ready(self) -> None:
        """Ask the database something; `StoreError` when it does not answer."""
        with self._read() as database:
            database.execute(select(_conversation.c.id).limit(1)).all()

    def begin(self, *, owner: str, key: str | None = None, title: str = "") -> str:
        """A conversation's id. ``key`` is a face's own name for it: the same one gives the same id.

        Without a title it takes the first question's words. It is listed once it has a turn.
        """
        row = {
            "id": secrets.token_hex(12),
            "owner": _name("an owner", owner),
            "key": None if key is None else _name("a key", key),
            "title": _short(title, TITLE),
        }
        with self._write() as database:
            database.execute(self._insert(_conversation).values(row).on_conflict_do_nothing())
            if key is None:
                return str(row["id"])
            mine = (_conversation.c.owner == owner) & (_conversation.c.key == key)
            return str(database.execute(select(_conversation.c.id).where(mine)).scalar_one())

    def find(self, *, owner: str, key: str) -> str | None:
        """The conversation that has this key already, or ``None``: asking begins nothing."""
        if not _fits(key):
            return None
        mine = (_conversation.c.owner == owner) & (_conversation.c.key == key)
        with self._read() as database:
            return database.execute(select(_conversation.c.id).where(mine)).scalar()

    def append(
        self,
        conversation: str,
        reply: Reply,
        *,
        owner: str,
        corpus: str,
        now: datetime,
        turn: str | None = None,
    ) -> str:
        """Keep a reply in a conversation of the owner; its turn's id, once it is on disk.

        The same turn again changes nothing.
        """
        id = secrets.token_hex(12) if turn is None else _name("a turn's id", turn)
        row = {
            "id": id,
            "conversation": conversation,
            "reply": json.dumps(reply.to_json()),
            "corpus": corpus,
            "asked": _instant(now),
        }
        untitled = (_conversation.c.id == conversation) & (_conversation.c.title == "")
        with self._write() as database:
            _exists(database, conversation, owner)
            database.execute(self._insert(_turn).values(row).on_conflict_do_nothing())
            kept = select(_turn.c.conversation).where(_turn.c.id == id)
            if database.execute(kept).scalar_one() != conversation:
                raise UsageError(
                    f"the turn {id!r} belongs to another conversation; give each turn its own id"
                )
            title = _short(reply.question, TITLE) or "(no question)"
            database.execute(update(_conversation).where(untitled).values(title=title))
        return id

    def conversations(self, owner: str, *, limit: int = 100) -> tuple[Summary, ...]:
        """The owner's conversations that have a turn, the one last added to first."""
        with self._read() as database:
            found = database.execute(_SUMMARIES.where(_conversation.c.owner == owner).limit(limit))
            return tuple(Summary(*row) for _, *row in found)

    def everyones(self) -> tuple[tuple[str, Summary], ...]:
        """All of them with their owners, for whoever has the database and so has them anyway."""
        with self._read() as database:
            return tuple((owner, Summary(*row)) for owner, *row in database.execute(_SUMMARIES))

    def turns(self, conversation: str, *, owner: str) -> tuple[Turn, ...]:
        """Every turn, oldest first, with the thumb it was given."""
        query = (
            select(
                _turn.c.id, _turn.c.reply, _turn.c.corpus, _turn.c.asked, _feedback.c.good, _feedback.c.reason
            )
            .outerjoin(_feedback, _feedback.c.turn == _turn.c.id)
            .where(_turn.c.conversation == conversation)
            .order_by(_turn.c.place)
        )
        with self._read() as database:
            _exists(database, conversation, owner)
            rows = database.execute(query).all()
        return tuple(
            Turn(id, _reply(id, reply), corpus, asked, good, reason or "")
            for id, reply, corpus, asked, good, reason in rows
        )

    def history(self, conversation: str, *, owner: str, last: int) -> tuple[tuple[str, str], ...]:
        """The ``last`` turns as (role, content), oldest first, as ``Assistant.ask`` takes them."""
        query = (
            select(_turn.c.reply)
            .where(_turn.c.conversation == conversation)
            .order_by(_turn.c.place.desc())
            .limit(last)
        )
        with self._read() as database:
            _exists(database, conversation, owner)
            replies = [json.loads(reply) for reply in database.execute(query).scalars()]
        return tuple(
            said
            for reply in reversed(replies)
            for said in (("user", reply["question"]), ("assistant", reply["text"]))
        )

    def title(self, conversation: str, *, owner: str) -> str:
        """A conversation's title; empty before its first turn, where none was given."""
        with self._read() as database:
            return _exists(database, conversation, owner)

    def rename(self, conversation: str, title: str, *, owner: str) -> None:
        """Give a conversation a title; `UsageError` for one without words."""
        short = _short(title, TITLE)
        if not short:
            raise UsageError("a title has at least one character")
        with self._write() as database:
            renamed = update(_conversation).where(_mine(conversation, owner)).values(title=short)
            if not database.execute(renamed).rowcount:
                raise _not_kept(conversation)

    def delete(self, conversation: str, *, owner: str) -> None:
        """Delete a conversation with its turns and what was said of them, from the file as well."""
        with self._write() as database:
            if not database.execute(delete(_conversation).where(_mine(conversation, owner))).rowcount:
                raise _not_kept(conversation)
        if self._engine.dialect.name == "sqlite":
            # Deleted pages are overwritten (secure_delete), but their former state is in the log,
            # which SQLite cannot empty while somebody reads; it waits for readers, as a writer does.
            with told(self._engine), self._engine.connect() as connection:
                emptied = connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
                busy, *_ = emptied.fetchone() or (1,)
            if busy:
                _log.warning(
                    "a conversation was deleted while its file was being read: its words stay in the file's"
                    " -wal until the next deletion, or until every program that uses it has ended"
                )

    def feedback(
        self, turn: str, *, owner: str, good: bool, reason: str = "", now: datetime, face: str
    ) -> None:
        """What the owner says of a turn; said again, the last word holds."""
        if len(reason) > REASON:
            raise UsageError(f"a reason has at most {REASON:,} characters, and this one has {len(reason):,}")
        row = {
            "turn": turn,
            "good": good,
            "reason": _clean(reason).strip(),
            "face": _name("a face", face),
            "given": _instant(now),
        }
        mine = (
            select(_turn.c.id)
            .join(_conversation, _conversation.c.id == _turn.c.conversation)
            .where(_turn.c.id == turn, _conversation.c.owner == owner)
        )
        said = self._insert(_feedback).values(row)
        with self._write() as database:
            if not _fits(turn) or database.execute(mine).scalar() is None:
                raise NotKept(f"there is no turn {turn[:40]!r}; only a reply that was kept can be judged")
            database.execute(
                said.on_conflict_do_update(
                    index_elements=["turn"],
                    set_={name: said.excluded[name] for name in row if name != "turn"},
                )
            )

    def judged(self, *, good: bool | None = None) -> tuple[Judged, ...]:
        """Every turn that was judged, of all owners, the earliest word first."""
        query = (
            select(
                _turn.c.id,
                _turn.c.conversation,
                _turn.c.reply,
                _feedback.c.good,
                _feedback.c.reason,
                _feedback.c.face,
                _feedback.c.given,
            )
            .join(_feedback, _feedback.c.turn == _turn.c.id)
            .order_by(_feedback.c.given, _turn.c.place)
        )
        if good is not None:
            query = query.where(_feedback.c.good == good)
        with self._read() as database:
            rows = database.execute(query).all()
        return tuple(Judged(id, where, _reply(id, reply), *said) for id, where, reply, *said in rows)

    def seen(self, event: str, *, now: datetime) -> bool:
        """True for the one call, of all processes, that is first to claim an event's id."""
        row = {"id": _name("an event's id", event), "seen": _instant(now)}
        forgotten = _event.c.seen < now - _REMEMBERED
        with self._write() as database:
            database.execute(delete(_event).where(forgotten))
            claim = self._insert(_event).values(row).on_conflict_do_nothing().returning(_event.c.id)
            return database.execute(claim).scalar() is not None

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with told(self._engine), self._engine.connect() as database:
            yield database

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with told(self._engine), self._writing.begin() as database:
            yield database


def _exists(database: Connection, conversation: str, owner: str) -> str:
    """The title of a conversation that is there; `NotKept` for any other."""
    found = database.execute(select(_conversation.c.title).where(_mine(conversation, owner))).scalar()
    if found is None:
        raise _not_kept(conversation)
    return str(found)


def _mine(conversation: str, owner: str) -> ColumnElement[bool]:
    """What picks a conversation; `NotKept` for what can be no id, which is never put to the database."""
    if not _fits(conversation):
        raise _not_kept(conversation)
    return (_conversation.c.id == conversation) & (_conversation.c.owner == owner)


def _not_kept(conversation: str) -> NotKept:
    return NotKept(
        f"there is no conversation {conversation[:40]!r};"
        " 'python -m assistant conversations list' shows those there are"
    )


def _reply(id: str, stored: str) -> Reply:
    try:
        return Reply.from_json(json.loads(stored))
    except (ValueError, UsageError) as error:
        raise StoreError(
            f"the turn {id} cannot be read by this release ({error}); it was left as it is"
        ) from None


def _name(what: str, value: str) -> str:
    """An id that somebody else made up: kept as it is, or refused."""
    if not _fits(value):
        raise UsageError(f"{what} has 1 to 500 characters and none that cannot be printed")
    return value


def _fits(id: str) -> bool:
    """Whether it could have been kept as an id; one that is cleaned first would be another's."""
    return 0 < len(id) <= 500 and not _CONTROLS.search(id)


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)


def _short(text: str, most: int) -> str:
    """On one line, cut at a word."""
    words = " ".join(_clean(text).split())
    if len(words) <= most:
        return words
    cut = words[: most - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def _instant(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("an instant has a time zone: datetime.now(UTC)")
    return now
