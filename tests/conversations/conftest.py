"""The same store twice: in a SQLite file, and in a real PostgreSQL that these tests start themselves."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from assistant.conversations import Store

BACKENDS = ("sqlite", "postgresql")
#: As Debian, Ubuntu and Fedora lay the server's programs out; elsewhere they are on the path.
_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
_PASSWORD = "not-shown-anywhere"
_NOBODY = 65534


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL, without a database, of a server made for this session; there is no test without one."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="recordkeeping-postgresql-"))
    # The server refuses to be run by root, so root runs it as nobody.
    user = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
    (folder / "password").write_text(_PASSWORD, encoding="utf-8")
    if user:
        for path in (folder, folder / "password"):
            os.chown(path, _NOBODY, _NOBODY)
    data, port = folder / "data", _free_port()
    made = subprocess.run(
        [
            *(programs / "initdb", "-D", data, "-U", "keeper", "-E", "UTF8", "--locale=C", "--no-sync"),
            *("--auth=scram-sha-256", f"--pwfile={folder / 'password'}"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        **user,
    )
    assert made.returncode == 0, made.stderr
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [
                *(programs / "postgres", "-D", data, "-p", str(port)),
                *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
                *("-c", "fsync=off"),  # its clients are killed here, the machine is not
            ],
            stdout=log,
            stderr=log,
            cwd=folder,
            **user,
        )
    url = f"postgresql://keeper:{_PASSWORD}@127.0.0.1:{port}"
    try:
        _await(url, server, folder / "log")
        yield url
    finally:
        server.send_signal(signal.SIGQUIT)  # at once: what it holds is thrown away
        server.wait(timeout=60)
        shutil.rmtree(folder)


def _programs() -> Path:
    on_path = shutil.which("postgres")
    found = [Path(on_path).parent] if on_path else []
    found += [path for pattern in _FOLDERS for path in sorted(Path("/").glob(pattern[1:]), reverse=True)]
    for folder in found:
        if (folder / "initdb").exists():
            return folder
    pytest.fail("the tests of the store need PostgreSQL's server: install your system's package 'postgresql'")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _await(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 240
    while True:
        try:
            psycopg.connect(f"{url}/postgres", connect_timeout=20).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                pytest.fail(f"PostgreSQL did not start: {log.read_text()[-500:]}")
            time.sleep(0.05)


_numbers = itertools.count()


@pytest.fixture
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Makes the address of an empty place for conversations."""

    def make(backend: str) -> str:
        number = next(_numbers)
        if backend == "sqlite":
            return str(tmp_path / f"kept-{number}" / "conversations.sqlite")
        server = request.getfixturevalue("postgresql")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE kept_{number}")
        return f"{server}/kept_{number}"

    return make


@pytest.fixture(params=BACKENDS)
def place(request: pytest.FixtureRequest, new_place: Callable[[str], str]) -> str:
    return new_place(request.param)


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    opened = Store.open(place)
    yield opened
    opened.close()
