"""Opening: what is made, what is refused, and that nothing that is there is ever harmed."""

from __future__ import annotations

import os
import resource
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from assistant.conversations import Store, opening, tables
from assistant.conversations.opening import FORMS, VERSION_TABLE
from assistant.errors import StoreError
from assistant.settings import Settings
from assistant.wiring import open_store
from tests.conftest import PATIENCE, ROOT
from tests.conversations.conftest import BACKENDS
from tests.conversations.samples import NOW, a_reply


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_what_people_asked_is_for_the_owners_eyes_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = open_store(Settings(conversations=str(tmp_path / "kept" / "c.sqlite")))
        store.append(store.begin(owner="a"), a_reply(), owner="a", corpus="", now=NOW)
    finally:
        os.umask(before)
    assert _mode(tmp_path / "kept") == 0o700
    files = sorted((tmp_path / "kept").iterdir())
    assert len(files) >= 3, "with the log and its index"
    assert {path.name: _mode(path) for path in files} == {path.name: 0o600 for path in files}
    store.close()


def test_a_file_that_others_could_read_is_closed_to_them_and_a_folder_that_is_there_is_let_be(
    tmp_path: Path,
) -> None:
    path = tmp_path / "c.sqlite"
    path.touch(mode=0o644)
    tmp_path.chmod(0o755)
    Store.open(str(path)).close()
    assert (_mode(path), _mode(tmp_path)) == (0o600, 0o755)


def test_sqlite_is_set_to_keep_what_it_acknowledges(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "c.sqlite"))
    with store._engine.connect() as connection:
        said = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    store.close()
    full = 2
    assert said == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 30_000,
    }


def test_the_migrations_make_the_tables_the_program_uses(store: Store) -> None:
    with store._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True},
        )
        assert compare_metadata(context, tables.metadata) == []
        assert context.get_current_revision() == FORMS[-1]


def test_the_forms_the_program_knows_are_its_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(opening.__file__).with_name("migrations")))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()][::-1] == list(FORMS)


def test_opening_again_changes_nothing(place: str, store: Store) -> None:
    conversation = store.begin(owner="a")
    store.append(conversation, a_reply(), owner="a", corpus="", now=NOW)
    for _ in range(3):
        again = Store.open(place)
        assert len(again.turns(conversation, owner="a")) == 1
        again.close()


_OPEN = """
import sys
from datetime import UTC, datetime
from assistant.conversations import Store
print("ready", flush=True)
sys.stdin.readline()
store = Store.open(sys.argv[1])
print(store.begin(owner="a", key="same"), store.seen("event", now=datetime(2026, 11, 22, tzinfo=UTC)))
"""


@pytest.mark.parametrize("backend", BACKENDS)
def test_processes_that_open_a_new_place_at_once(backend: str, new_place: Callable[[str], str]) -> None:
    address = new_place(backend)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _OPEN, address],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=PATIENCE) for process in processes]
    assert [err for _, err in said] == [""] * 4
    assert len({out.split()[0] for out, _ in said}) == 1
    assert sorted(out.split()[1] for out, _ in said) == ["False", "False", "False", "True"]


def test_a_newer_form_is_refused_and_left_alone(place: str, store: Store) -> None:
    conversation = store.begin(owner="a")
    store.append(conversation, a_reply(), owner="a", corpus="", now=NOW)
    with store._writing.begin() as database:
        database.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer release .*form 9999.* nothing was changed") as error:
        Store.open(place)
    assert "\n" not in str(error.value)
    assert "not-shown-anywhere" not in str(error.value)
    assert len(store.turns(conversation, owner="a")) == 1


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE invoices (number)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"something else .*'invoices'"):
        Store.open(str(path))
    assert path.read_bytes() == before


def test_a_shared_postgresql_is_used_beside_others(new_place: Callable[[str], str]) -> None:
    import psycopg

    address = new_place("postgresql")
    with psycopg.connect(address) as other:
        other.execute("CREATE TABLE invoices (number int); CREATE TABLE alembic_version (version_num text)")
    store = Store.open(address)
    assert store.begin(owner="a")
    store.close()
    taken = new_place("postgresql")
    with psycopg.connect(taken) as other:
        other.execute("CREATE TABLE turn (number int)")
    with pytest.raises(StoreError, match=r"something else .*'turn'"):
        Store.open(taken)


DAMAGE: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("no database", lambda data: b"these are the minutes of the meeting of March 3\n" * 500),
    ("its first page overwritten", lambda data: b"\xff" * 4096 + data[4096:]),
    ("its pages overwritten", lambda data: data[:4096] + b"\xa5" * (len(data) - 4096)),
]


@pytest.mark.parametrize("damage", [damage for _, damage in DAMAGE], ids=[name for name, _ in DAMAGE])
def test_a_damaged_file_is_one_line_and_stays(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "c.sqlite"
    store = Store.open(str(path))
    conversation = store.begin(owner="a")
    for _ in range(40):
        store.append(conversation, a_reply("x" * 5000), owner="a", corpus="", now=NOW)
    store.close()
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    with pytest.raises(StoreError, match="damaged, and were left as they are") as error:
        Store.open(str(path)).turns(conversation, owner="a")
    assert "\n" not in str(error.value)
    assert path.read_bytes() == broken


PLACES: list[tuple[str, str]] = [
    ("", "is no file"),
    ("  ", "is no file"),
    ("a\0b", "is no file"),
    (":memory:", "is no file"),
    ("/", "cannot be kept in /"),
    ("/dev/null/conversations.sqlite", "cannot be kept in"),
    ("/proc/nowhere/conversations.sqlite", "cannot be kept in"),
    ("mysql://u:secret@localhost/x", "not in 'mysql'"),
    ("sqlite://", "not in 'sqlite'|is no file"),
    ("://", "no database URL"),
    ("postgresql://u:secret@127.0.0.1:1/x", r"postgresql://u:\*\*\*@127.0.0.1:1/x cannot be read or written"),
    ("postgres://u:secret@127.0.0.1:notaport/x", "no database URL"),
]


@pytest.mark.parametrize(("address", "said"), PLACES, ids=[repr(address) for address, _ in PLACES])
def test_a_place_that_cannot_be(address: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as error:
        Store.open(address)
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)


@contextmanager
def _without_roots_powers(folder: Path) -> Iterator[None]:
    """As nobody, where the tests are run by root, whom no permission stops."""
    if os.geteuid() != 0:
        yield
        return
    for above in (folder, *folder.parents):
        if above != Path("/") and above != Path("/tmp"):
            above.chmod(above.stat().st_mode | 0o055)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    path = folder / "c.sqlite"
    Store.open(str(path)).close()
    path.chmod(0o444)
    folder.chmod(0o555)
    before = path.read_bytes()
    with (
        _without_roots_powers(folder),
        pytest.raises(StoreError, match=r"cannot be kept in .*Permission denied"),
    ):
        Store.open(str(path))
    assert path.read_bytes() == before
    folder.chmod(0o755)


def test_a_folder_in_which_nothing_may_be_made(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "c.sqlite").touch()
    if os.geteuid() == 0:
        os.chown(folder / "c.sqlite", 65534, 65534)
    folder.chmod(0o555)
    closed = pytest.raises(StoreError, match=r"cannot be (kept in|read or written)")
    with _without_roots_powers(folder), closed as error:
        Store.open(str(folder / "c.sqlite"))
    assert "\n" not in str(error.value)
    folder.chmod(0o755)


def test_postgresql_without_its_client_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'recordkeeping-assistant\[postgres\]'"):
        Store.open("postgresql://u@127.0.0.1:1/x")


def test_a_store_that_is_held_by_another_for_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 1)
    path = tmp_path / "c.sqlite"
    store = Store.open(str(path))
    conversation = store.begin(owner="a")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use for over 1 seconds; try again"):
            store.append(conversation, a_reply(), owner="a", corpus="", now=NOW)
        assert store.turns(conversation, owner="a") == (), "readers do not wait"
        other.execute("ROLLBACK")
    assert store.append(conversation, a_reply(), owner="a", corpus="", now=NOW)
    store.close()


def test_a_full_disk_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    store = Store.open(str(path))
    conversation = store.begin(owner="a")
    store.append(conversation, a_reply("first"), owner="a", corpus="", now=NOW)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (Path(f"{path}-wal").stat().st_size, hard))
    try:
        with pytest.raises(StoreError, match="cannot be read or written") as error:
            store.append(conversation, a_reply("x" * 100_000), owner="a", corpus="", now=NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "\n" not in str(error.value)
    assert "xxxx" not in str(error.value)
    store.append(conversation, a_reply("after"), owner="a", corpus="", now=NOW)
    assert [turn.reply.question for turn in store.turns(conversation, owner="a")] == ["first", "after"]
    store.close()


def test_a_server_that_goes_away_is_one_line(new_place: Callable[[str], str]) -> None:
    import psycopg

    address = new_place("postgresql")
    store = Store.open(address)
    conversation = store.begin(owner="a")
    store.append(conversation, a_reply(), owner="a", corpus="", now=NOW)
    server, _, database = address.rpartition("/")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (database,)
        )
        assert len(store.turns(conversation, owner="a")) == 1, "a connection that was cut is made anew"
        admin.execute(f"DROP DATABASE {database} WITH (FORCE)")
    with pytest.raises(StoreError, match="cannot be read or written") as error:
        store.append(conversation, a_reply(), owner="a", corpus="", now=NOW)
    assert "\n" not in str(error.value)
    assert "not-shown-anywhere" not in str(error.value)


def test_delete_really_deletes(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    store = Store.open(str(path))
    secret, kept = "the Meridian shipment of copper", "an innocent question"
    stays, gone = store.begin(owner="a"), store.begin(owner="a")
    store.append(stays, a_reply(kept), owner="a", corpus="", now=NOW)
    for number in range(30):
        turn = store.append(gone, a_reply(f"{secret} {number}" * 20), owner="a", corpus="", now=NOW)
    store.feedback(turn, owner="a", good=False, reason=secret, now=NOW, face="test")
    assert any(secret.encode() in file.read_bytes() for file in tmp_path.iterdir()), "the test can fail"
    store.delete(gone, owner="a")
    for file in tmp_path.iterdir():
        assert secret.encode() not in file.read_bytes(), file.name
    assert store.turns(stays, owner="a")[0].reply.question == kept
    store.close()


def test_a_delete_that_could_not_empty_the_log_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(opening, "PATIENCE", 0.2)
    path = tmp_path / "c.sqlite"
    store = Store.open(str(path))
    gone, next_one = (store.begin(owner="a") for _ in range(2))
    store.append(gone, a_reply("the Meridian shipment"), owner="a", corpus="", now=NOW)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM turn").fetchall()
        store.delete(gone, owner="a")
        assert "-wal until the next deletion" in caplog.text and "Meridian" not in caplog.text
    caplog.clear()
    store.delete(next_one, owner="a")
    assert caplog.text == ""
    for file in tmp_path.iterdir():
        assert b"Meridian" not in file.read_bytes(), file.name
    store.close()


def test_commands_that_keep_nothing_do_not_load_the_database() -> None:
    program = (
        "import sys, assistant.conversations, assistant.wiring, assistant.faces.cli\n"
        "assert not {'sqlalchemy', 'alembic', 'psycopg'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
