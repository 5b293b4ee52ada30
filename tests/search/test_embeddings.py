"""The exported model gives sentence-transformers' vectors, without torch and without a network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelMissing
from assistant.search.embeddings import OnnxEmbedder, revision, weight_files
from assistant.search.generations import current
from assistant.search.tuning import LEARNED
from assistant.settings import DEFAULT_MODEL, Settings
from tests.conftest import PATIENCE, ROOT, environment
from tests.search.models import TEXTS


def _compare(folder: Path, expected: Path) -> None:
    embedder = OnnxEmbedder(folder)
    for text, vector in zip(TEXTS, np.load(expected), strict=True):
        ours = embedder.embed(text)
        assert ours.shape == vector.shape
        assert np.abs(ours - vector).max() < 1e-4, text[:40]
        assert np.linalg.norm(ours) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.slow
def test_vectors_equal_sentence_transformers(exported_model: Path, made: Path) -> None:
    assert np.load(made / "default.npy").shape == (len(TEXTS), 384)
    _compare(exported_model, made / "default.npy")


@pytest.mark.slow
def test_a_model_without_a_normalising_step_is_normalised(made: Path) -> None:
    _compare(current(made / "index") / "model", made / "tiny.npy")


_SERVE = """
import socket, sys
def refuse(*arguments, **words):
    raise OSError("no network in this test")
socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.create_connection = refuse
socket.getaddrinfo = refuse
from assistant.faces.cli import main
status = main(["ask", "How long must drawback records be kept?"])
heavy = sorted({"torch", "transformers", "sentence_transformers", "streamlit"} & set(sys.modules))
print("STATUS", status, "HEAVY", heavy)
"""


def test_serving_needs_neither_torch_nor_a_network(settings: Settings) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SERVE],
        env=environment(settings),
        cwd=ROOT,
        capture_output=True,
        timeout=PATIENCE,
    )
    assert done.stdout.endswith(b"STATUS 0 HEAVY []\n"), (done.stdout[-300:], done.stderr)
    assert b"1508(c)" in done.stdout


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="--rebuild"):
        OnnxEmbedder(tmp_path)


def test_the_revision_is_of_the_weights(tiny_model: Path) -> None:
    files = weight_files(DEFAULT_MODEL)
    assert {"model.safetensors", LEARNED.name} < files.keys()
    assert all(path.is_file() for path in files.values())
    assert revision(DEFAULT_MODEL) != revision(str(tiny_model))
    assert re.fullmatch("[0-9a-f]{16}", revision(str(tiny_model)))
    assert revision("some/model-of-a-hub") == "hub:some/model-of-a-hub"
