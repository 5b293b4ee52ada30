"""Real parts for the tests: the corpus, an index, and models small enough to build on the spot."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import IndexDamaged, IndexMissing
from assistant.search.index import open_index
from assistant.settings import Settings
from assistant.wiring import Assistant, build_index, open_assistant

ROOT = Path(__file__).resolve().parent.parent
#: The day treated as today wherever a test does not say another.
TODAY = date(2026, 11, 22)
#: Seconds after which something hangs; a slow and loaded machine is given them all.
PATIENCE = 400

#: Of what a shell says of models, stores and services, what is the tests' too; the rest could spoil them.
_KEPT = {"RECORDKEEPING_CORPUS", "RECORDKEEPING_INDEX", "RECORDKEEPING_EMBEDDINGS"}
_FORGOTTEN = ("RECORDKEEPING_", "LANGSMITH_", "LANGCHAIN_", "SLACK_", "OPENAI_", "ANTHROPIC_")
#: Files and folders that take longest, longest first; a folder's files share a server.
_LONG = (
    "tests/faces/test_browser.py",
    "tests/faces/slack/",
    "tests/conversations/",
    "tests/faces/test_http.py",
    "tests/search/test_killed.py",
    "tests/answering/drafting/test_real_model.py",
    "tests/search/test_index.py",
    "tests/faces/page/",
    "tests/answering/drafting/test_lies.py",
    "tests/answering/drafting/test_faults.py",
    "tests/answering/drafting/test_privacy.py",
    "tests/evals/test_tasks.py",
)

_RULES = """# Rules

Tiny records of an entry are kept 5 years from the day of entry.
{#tiny-entry cite="19 CFR 163.4(a)" sure=text facet=how_long about=entry terms="how long, keep"}

Tiny packing lists are kept 60 days from the end of the release period.
{#tiny-packing cite="19 CFR 163.4(b)(2)" sure=text facet=how_long about=packing_list with="tiny-entry"}
"""
_NOTES = """# Notes

A tiny note says that a person makes, keeps, and renders for examination the records that it owes.
{#tiny-note sure=text facet=who about=entry}
"""
_ENTRY = """[[source]]
id = "{id}"
file = "{file}"
title = "{title}"
{citation}tier = "digest"
edition = "2025-01-01"
in_force = {{ from = 1998-06-16 }}
verified_on = 2026-11-22
sha256 = "{sha256}"
address = "https://example.org/"

"""


def pytest_configure(config: pytest.Config) -> None:
    """Nobody's own conversations are opened, and no model that is set in a shell is asked."""
    for name in [name for name in os.environ if name.startswith(_FORGOTTEN) and name not in _KEPT]:
        del os.environ[name]
    kept = tempfile.TemporaryDirectory(prefix="recordkeeping-tests-")
    config.add_cleanup(kept.cleanup)
    os.environ["RECORDKEEPING_CONVERSATIONS"] = str(Path(kept.name, "conversations.sqlite"))
    if hasattr(config, "workerinput"):
        # Beside other workers a second thread of a worker's own only waits, and takes a core to do it.
        os.environ["OMP_NUM_THREADS"] = "1"
        os.cpu_count = lambda: 1


def _place(nodeid: str) -> tuple[int, str]:
    """What one worker does: a file, or a folder whose files share a server; and its turn."""
    file = nodeid.partition("::")[0]
    for number, start in enumerate(_LONG):
        if file.startswith(start):
            return number, start
    return len(_LONG), file


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones begin first, so that no worker is left with one at the end."""
    items.sort(key=lambda item: _place(item.nodeid)[0])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class Places(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _place(nodeid)[1]

    config.option.loadscopereorder = False
    return Places(config, log)


def write_sources(corpus: Path) -> None:
    """Write ``sources.toml`` for the two files as they stand."""
    entries = []
    for id, file, title, citation in (
        ("tiny-rules@2025-01-01", "rules.md", "Tiny rules", 'citation = "19 CFR Part 163"\n'),
        ("tiny-notes@2025-01-01", "notes.md", "Tiny notes", ""),
    ):
        sha256 = hashlib.sha256((corpus / file).read_bytes()).hexdigest()
        entries.append(_ENTRY.format(id=id, file=file, title=title, citation=citation, sha256=sha256))
    (corpus / "sources.toml").write_text("".join(entries), encoding="utf-8")


def make_corpus(folder: Path) -> Path:
    """A corpus of two documents and three statements, with the real words of people."""
    folder.mkdir(parents=True)
    (folder / "rules.md").write_text(_RULES, encoding="utf-8")
    (folder / "notes.md").write_text(_NOTES, encoding="utf-8")
    shutil.copytree(ROOT / "corpus" / "rules", folder / "rules")
    shutil.copytree(ROOT / "corpus" / "language", folder / "language", ignore=shutil.ignore_patterns("asked"))
    write_sources(folder)
    return folder


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "corpus")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The real corpus with the index that is there and up to date, else with one built for the tests."""
    found = Settings.from_environment(os.environ)
    try:
        opened = open_index(found.index, found.model)
        held = {document.id: document.sha256 for document in opened.documents.values()}
        opened.close()
        from assistant.reading.corpus import read_sources

        if held == {source.id: source.sha256 for source in read_sources(found.corpus)}:
            return found
    except (IndexMissing, IndexDamaged):
        pass
    own = Settings(found.corpus, tmp_path_factory.mktemp("index"), found.model)
    build_index(own, rebuild=False, progress=lambda step, done, total: None)
    return own


@pytest.fixture(scope="session")
def assistant(settings: Settings) -> Assistant:
    return open_assistant(settings)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `tests.search.models` makes, in a process that loads torch, so that no worker has to."""

    def make(folder: Path) -> None:
        make_corpus(folder / "corpus")
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "tests.search.models", str(folder)],
            env={**os.environ, "HF_HUB_OFFLINE": "1"},
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )

    return once(tmp_path_factory, "models", make)


@pytest.fixture(scope="session")
def tiny_model(made: Path) -> Path:
    """A sentence-transformers model of one small layer."""
    return made / "tiny"


@pytest.fixture(scope="session")
def exported_model(settings: Settings) -> Path:
    """The real model as exported for the index."""
    from assistant.search.generations import current

    return current(settings.index) / "model"


@pytest.fixture
def small(made: Path, tmp_path: Path) -> Settings:
    """Settings of a small corpus with its index, both copies of the test's own."""
    shutil.copytree(made / "corpus", tmp_path / "corpus")
    shutil.copytree(made / "index", tmp_path / "index")
    return Settings(tmp_path / "corpus", tmp_path / "index", str(made / "tiny"))


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker to need it makes, and the others wait for."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            make(folder)
            (folder / "made").touch()
    return folder


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of a process that uses these settings."""
    return {
        **os.environ,
        "RECORDKEEPING_CORPUS": str(settings.corpus),
        "RECORDKEEPING_INDEX": str(settings.index),
        "RECORDKEEPING_EMBEDDINGS": settings.model,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "default",
        **more,
    }


Runner = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def run() -> Iterator[Runner]:
    """``python -m assistant …`` as a process of its own."""

    def runner(settings: Settings, *words: str | bytes, **more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "assistant", *words],
            env=environment(settings, **more),
            cwd=ROOT,
            capture_output=True,
            timeout=PATIENCE,
        )

    yield runner
