"""Many open sessions on one page process, over Streamlit's own websocket: how long until an answer is shown?

    python -m tests.faces.load                            # 200 sessions, a question every 30 s, 5 minutes
    python -m tests.faces.load --sessions 20 --seconds 20 --every 5

Each session is one connection that says what a browser's tab says, with what its widgets hold. An
answer is shown once the run of the script is over that brought a new turn, finished, with its
conclusion. The client runs on the same machine and takes its share of it: its processor time and the
machine's load stand beside the figures, which mean little when others keep the machine busy. What a
question costs the server in processor time depends less on them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

ROOT = Path(__file__).resolve().parents[2]
#: Seconds until a question counts as unanswered.
PATIENCE = 60.0
_SAID = ('class="conclusion"', 'class="words"', 'class="question"')
#: What the page says to its script of the latest turn: which it is, and that it is finished.
_FINISHED = re.compile(r'\.answered\("(\w+)", true\)')


@dataclass(slots=True)
class Figures:
    """What was measured. ``waits`` are seconds from a question to its shown answer."""

    sessions: int
    opened: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    processor: float = 0.0
    client: float = 0.0
    messages: int = 0
    received: int = 0

    def to_json(self) -> dict[str, object]:
        waits = sorted(self.waits)
        each = max(1, len(waits))
        return {
            "sessions": self.sessions,
            "opened_median_s": round(statistics.median(self.opened), 3) if self.opened else None,
            "answers": len(waits),
            "median_s": round(statistics.median(waits), 3) if waits else None,
            "p95_s": round(waits[int(0.95 * (len(waits) - 1))], 3) if waits else None,
            "worst_s": round(waits[-1], 3) if waits else None,
            "sessions_lost": len(self.lost),
            "lost": self.lost[:5],
            "memory_mb": {"start": self.memory[0], "end": self.memory[-1], "peak": max(self.memory)},
            "server_cpu_s": round(self.processor, 1),
            "server_cpu_s_per_answer": round(self.processor / each, 4),
            "messages_per_answer": round(self.messages / each, 1),
            "kb_per_answer": round(self.received / each / 1000, 1),
            "client_cpu_s": round(self.client, 1),
            "machine_load": [round(load, 1) for load in os.getloadavg()],
        }


@dataclass(slots=True)
class Tab:
    """One session: the widget for questions, what came so far, the messages it need not be sent again.

    ``finished`` are the turns that the page called finished; ``said`` and ``problem`` are of the last run.
    """

    connection: ClientConnection
    patience: float = PATIENCE
    widget: str = ""
    query: str = ""
    finished: set[str] = field(default_factory=set)
    said: int = 0
    problem: str = ""
    messages: int = 0
    received: int = 0
    cached: set[str] = field(default_factory=set)

    async def ask(self, question: str) -> None:
        """Until the answer is shown; what ended without one is an error."""
        before = len(self.finished)
        await self.run(question)
        if len(self.finished) != before + 1 or not self.said:
            raise RuntimeError(
                f"a run ended without an answer to {question!r}: {self.problem or 'no reason said'}"
            )

    async def run(self, question: str = "") -> None:
        """Ask for a run of the script, with a question or without, and read until it is over."""
        self.said, self.problem = 0, ""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.cached_message_hashes.extend(self.cached)
        message.rerun_script.context_info.url = "http://127.0.0.1/"
        if question:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self.widget
            state.chat_input_value.data = question
        await self.connection.send(message.SerializeToString())
        async with asyncio.timeout(self.patience):
            while True:
                received = await self.connection.recv()
                if isinstance(received, bytes) and self._read(received):
                    return

    def _read(self, received: bytes) -> bool:
        """Take in a message; whether the run is over."""
        self.messages += 1
        self.received += len(received)
        message = ForwardMsg()
        message.ParseFromString(received)
        if message.metadata.cacheable and message.hash:
            self.cached.add(message.hash)
        kind = message.WhichOneof("type")
        if kind == "delta":
            element = message.delta.new_element
            shown = element.WhichOneof("type")
            if shown == "chat_input":
                self.widget = element.chat_input.id
            elif shown == "alert":
                self.problem = element.alert.body
            elif shown == "html":
                self.said += any(mark in element.html.body for mark in _SAID)
                self.finished.update(_FINISHED.findall(element.html.body))
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        return bool(kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY)


async def session(
    address: str,
    until: float,
    every: float,
    most: float,
    patience: float,
    questions: list[str],
    figures: Figures,
) -> None:
    """Open the page, then ask at each turn; whatever ends it early is a session lost."""
    await asyncio.sleep(random.uniform(0, every))
    try:
        url = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        started = time.monotonic()
        async with connect(url, subprotocols=[Subprotocol("streamlit")], max_size=None) as connection:
            tab = Tab(connection, patience)
            await tab.run()
            figures.opened.append(time.monotonic() - started)
            while (started := time.monotonic()) < until and len(tab.finished) < most:
                sent, got = tab.messages, tab.received
                await tab.ask(random.choice(questions))
                figures.waits.append(time.monotonic() - started)
                figures.messages += tab.messages - sent
                figures.received += tab.received - got
                await asyncio.sleep(max(0.0, every - (time.monotonic() - started)))
    except (ConnectionClosed, OSError, TimeoutError, RuntimeError) as error:
        figures.lost.append(f"{type(error).__name__}: {error}")


async def measure(
    address: str,
    process: int,
    *,
    sessions: int,
    every: float,
    questions: list[str],
    seconds: float = math.inf,
    most: float = math.inf,
    patience: float = PATIENCE,
) -> Figures:
    """All sessions at once, begun over the first interval; each asks for so long, or so many questions."""
    figures = Figures(sessions, memory=[_memory(process)])
    until = time.monotonic() + seconds + every
    running = [
        asyncio.create_task(session(address, until, every, most, patience, questions, figures))
        for _ in range(sessions)
    ]
    while not all(task.done() for task in running):
        await asyncio.sleep(1)
        figures.memory.append(_memory(process))
    await asyncio.gather(*running)
    figures.processor = _processor(process)
    figures.client = time.process_time()
    return figures


@contextmanager
def page(**environment: str) -> Iterator[tuple[str, int]]:
    """The page's own process on a free port, with conversations of its own; its address and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"]
    command += ["--server.port", str(port), "--server.headless", "true", "--server.fileWatcherType", "none"]
    with tempfile.TemporaryDirectory() as folder:
        kept = {"RECORDKEEPING_CONVERSATIONS": str(Path(folder, "conversations.sqlite"))}
        log = Path(folder, "log")
        with log.open("wb") as out:
            server = subprocess.Popen(
                command, cwd=ROOT, env={**os.environ, **kept, **environment}, stdout=out, stderr=out
            )
            try:
                _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server, log)
                yield f"http://127.0.0.1:{port}", server.pid
            finally:
                server.terminate()
                server.wait(timeout=30)


def eval_questions() -> list[str]:
    """The questions of the evals: as people ask."""
    found = []
    for file in sorted((ROOT / "evals" / "cases").glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        found += [case["question"] for case in table.get("case", []) if case.get("question", "").strip()]
    return found


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"the page did not start:\n{log.read_text(errors='replace')[-2000:]}")


def _memory(process: int) -> int:
    """Resident megabytes."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) // 1024
    return 0


def _processor(process: int) -> float:
    """Seconds of processor time the process has taken."""
    times = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    return (int(times[11]) + int(times[12])) / float(os.sysconf("SC_CLK_TCK"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sessions", type=int, default=200)
    parser.add_argument("--every", type=float, default=30.0, help="seconds between a session's questions")
    parser.add_argument("--seconds", type=float, default=300.0)
    arguments = parser.parse_args()
    with page() as (address, process):
        figures = asyncio.run(
            measure(
                address,
                process,
                sessions=arguments.sessions,
                seconds=arguments.seconds,
                every=arguments.every,
                questions=eval_questions(),
            )
        )
    print(json.dumps(figures.to_json(), indent=2))


if __name__ == "__main__":
    main()
