"""Two processes write to one store and ``kill -9`` takes one of them, again and again.

What a process had acknowledged is there, whole; what it had not is there whole or not at all.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.conversations import Store
from tests.at_length import count
from tests.conftest import PATIENCE, ROOT
from tests.conversations.conftest import BACKENDS
from tests.conversations.samples import a_reply

pytestmark = [pytest.mark.slow, pytest.mark.length]
_KILLS = count(3, 10)
_WRITE = """
import sys
from datetime import UTC, datetime
from assistant.conversations import Store
from tests.conversations.samples import a_reply
address, conversation, name = sys.argv[1:]
store = Store.open(address)
number = 0
while True:
    turn = f"{name}-{number}"
    reply, now = a_reply(turn, "They are kept. " * 400), datetime.now(UTC)
    store.append(conversation, reply, owner="a", corpus="c", now=now, turn=turn)
    store.feedback(turn, owner="a", good=False, reason=turn, now=now, face="test")
    print(turn, flush=True)
    number += 1
"""


def _start(address: str, conversation: str, name: str, acknowledged: Path) -> subprocess.Popen[bytes]:
    """A writer; what it was told is kept goes into a file, which outlives it."""
    with acknowledged.open("wb") as out:
        return subprocess.Popen(
            [sys.executable, "-c", _WRITE, address, conversation, name],
            cwd=ROOT,
            stdout=out,
            stderr=subprocess.PIPE,
        )


def _await(path: Path, lines: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while path.read_bytes().count(b"\n") < lines:
        assert process.poll() is None, process.stderr and process.stderr.read()
        assert time.monotonic() < until
        time.sleep(0.005)


@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_acknowledged_is_lost(
    backend: str, new_place: Callable[[str], str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(1508)
    address = new_place(backend)
    store = Store.open(address)
    conversation = store.begin(owner="a")
    lasting = _start(address, conversation, "lasting", tmp_path / "lasting")
    request.addfinalizer(lasting.kill)  # also when the test fails
    _await(tmp_path / "lasting", 1, lasting)
    acknowledged: set[str] = set()
    for number in range(_KILLS):
        path = tmp_path / f"killed-{number}"
        process = _start(address, conversation, f"killed-{number}", path)
        _await(path, 2, process)
        time.sleep(chance.uniform(0, 0.15))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        acknowledged |= set(path.read_text().split("\n")[:-1])
        turns = store.turns(conversation, owner="a")  # every one is read whole, or this raises
        assert acknowledged <= {turn.id for turn in turns}
    going_on = (tmp_path / "lasting").read_bytes().count(b"\n")
    _await(tmp_path / "lasting", going_on + 5, lasting)  # nobody's death holds up the other
    lasting.send_signal(signal.SIGKILL)
    lasting.communicate()
    acknowledged |= set((tmp_path / "lasting").read_text().split("\n")[:-1])
    store.close()

    again = Store.open(address)
    turns = again.turns(conversation, owner="a")
    judged = {one.turn: one.reason for one in again.judged()}
    again.close()
    assert len(acknowledged) > 2 * _KILLS, "each of those that were killed had two, and the other some"
    assert acknowledged <= {turn.id for turn in turns}
    assert {turn: turn for turn in acknowledged}.items() <= judged.items()
    for turn in turns:
        assert turn.reply == a_reply(turn.id, "They are kept. " * 400)
    for name in ("lasting", *(f"killed-{number}" for number in range(_KILLS))):
        kept = [int(turn.id.rpartition("-")[2]) for turn in turns if turn.id.startswith(f"{name}-")]
        assert kept == list(range(len(kept))), "in order, without a gap"
