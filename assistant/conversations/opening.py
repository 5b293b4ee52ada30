"""Opening the database: SQLite by path, PostgreSQL by URL, its tables brought to this program's form.

What people ask is client data: a SQLite file is readable by its owner alone, in a folder that is
made so too, and no text of a person ever stands in an error or a log.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.conversations.tables import metadata
from assistant.errors import StoreError

#: The forms this program knows, oldest first; the last is the one it works with.
FORMS = ("0001",)
VERSION_TABLE = "conversations_form"
#: Seconds a writer waits for another.
PATIENCE = 30
_MIGRATIONS = Path(__file__).with_name("migrations")
#: Any number, as long as no other program that shares the database locks by it.
_LOCK = 1508_0163
_DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")


def open_engine(address: str) -> Engine:
    """An engine over a database whose tables have this program's form; `StoreError` in one line."""
    url = _url(address)
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite:
        _make_file(Path(url.database or ""))
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args={"timeout": PATIENCE} if sqlite else {"connect_timeout": 10},
            pool_pre_ping=not sqlite,
        )
    except ImportError:
        raise StoreError(
            "conversations in PostgreSQL need its client: pip install 'recordkeeping-assistant[postgres]'"
        ) from None
    event.listen(engine, "connect", _on_connect_sqlite if sqlite else _on_connect_postgresql)
    if sqlite:
        event.listen(engine, "begin", _on_begin_sqlite)
    try:
        with told(engine):
            _bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for a transaction that writes: in SQLite it takes its place in line at once."""
    return engine.execution_options(writes=True)


@contextmanager
def told(engine: Engine) -> Iterator[None]:
    """What the database says against it, in one line and without a person's text."""
    try:
        yield
    except (SQLAlchemyError, engine.dialect.loaded_dbapi.Error) as error:
        raise StoreError(_line(engine.url, error)) from None


def _url(address: str) -> URL:
    """A path, ``sqlite:///path``, or ``postgresql://user:password@host/database``."""
    if "://" not in address:
        if not address.strip() or "\0" in address or address == ":memory:":
            raise StoreError(f"{address!r} is no file for conversations; name one, or a database's URL")
        return URL.create("sqlite", database=os.path.abspath(os.path.expanduser(address)))
    scheme, _, rest = address.partition("://")
    try:
        url = make_url(f"{'postgresql' if scheme == 'postgres' else scheme}://{rest}")
    except (ArgumentError, ValueError):
        raise StoreError(
            "the address of the conversations is no database URL; write postgresql://USER@HOST/DATABASE"
        ) from None
    backend = url.drivername.partition("+")[0]
    if backend == "sqlite" and url.database:
        return _url(url.database)
    if backend != "postgresql":
        raise StoreError(
            f"conversations are kept in SQLite or PostgreSQL, not in {backend[:40]!r};"
            " give a file, or postgresql://USER@HOST/DATABASE"
        )
    return url.set(drivername="postgresql+psycopg")


def _make_file(path: Path) -> None:
    """The file and its folder, for the owner's eyes only, before SQLite would make them for all."""
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)  # another may be as quick
            path.parent.chmod(0o700)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if os.fstat(descriptor).st_mode & 0o077:
                os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _unusable(str(path), error) from None


def _unusable(path: str, error: OSError) -> StoreError:
    return StoreError(
        f"conversations cannot be kept in {path} ({error.strerror});"
        " RECORDKEEPING_CONVERSATIONS names another file"
    )


def _on_connect_sqlite(connection: Any, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so, and not before
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "fullfsync = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_connect_postgresql(connection: Any, record: ConnectionPoolEntry) -> None:
    """What is acknowledged is on disk, whatever the server's default is."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    connection.commit()


def _on_begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(engine: Engine) -> None:
    with engine.connect() as connection:
        if _form(connection, engine) == FORMS[-1]:
            return
    with _one_at_a_time(engine), writing(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _form(connection, engine) != FORMS[-1]:
            _migrate(connection)


def _form(connection: Connection, engine: Engine) -> str | None:
    """The form the tables have; ``None`` for a database without them."""
    there = inspect(connection)
    if not there.has_table(VERSION_TABLE):
        taken = there.get_table_names() if engine.dialect.name == "sqlite" else []
        taken = taken or [name for name in metadata.tables if there.has_table(name)]
        if taken:
            raise StoreError(
                f"{shown(engine.url)} holds something else (the table {taken[0]!r});"
                " RECORDKEEPING_CONVERSATIONS names another place for conversations"
            )
        return None
    form = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    if form is not None and form not in FORMS:
        raise StoreError(
            f"the conversations in {shown(engine.url)} were written by a newer release of this program"
            f" (form {form}, this one knows {FORMS[-1]}); use that release; nothing was changed"
        )
    return form


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection, "version_table": VERSION_TABLE})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


@contextmanager
def _one_at_a_time(engine: Engine) -> Iterator[None]:
    """Two processes that find the same new SQLite file take turns; PostgreSQL has locks of its own.

    Going over to WAL is the one step for which SQLite itself does not wait.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    try:
        lock = open(f"{engine.url.database}.lock", "w", opener=_private)  # noqa: SIM115  # closed below
    except OSError as error:
        raise _unusable(str(engine.url.database), error) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with engine.connect() as connection:
            raw = connection.connection.cursor()
            raw.execute("PRAGMA journal_mode = WAL")
            raw.close()
        yield


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def shown(url: URL) -> str:
    """The place in words, without a password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def _line(url: URL, error: Exception) -> str:
    where = shown(url)
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(cause, "sqlite_errorname", ""))
    if name.startswith(_DAMAGED):
        return (
            f"the conversations in {where} are damaged, and were left as they are; put a copy back,"
            " or move the file away to begin anew"
        )
    if name.startswith(_BUSY):
        return f"the conversations in {where} have been in use for over {PATIENCE} seconds; try again"
    # Only the first line: what follows it in PostgreSQL repeats the values of the row.
    said = type(cause).__name__ if isinstance(cause, SQLAlchemyError) else str(cause).strip()
    said = said.partition("\n")[0][:200]
    return f"the conversations in {where} cannot be read or written ({said}); nothing was changed"
