"""The exported model gives sentence-transformers' vectors, without torch and without a network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelMissing
from assistant.search.embeddings import OnnxEmbedder, revision, weight_files
from assistant.settings import DEFAULT_MODEL, Settings
from tests.conftest import ROOT, environment

TEXTS = [
    "",
    " ",
    "a",
    "How long must drawback records be kept?",
    "19 U.S.C. § 1508(c)(2)",
    "records " * 2000,
    "supercalifragilistic" * 200,
    "Straße naïve café",
    "記録の保存期間は何年ですか",
    "كم سنة يجب الاحتفاظ بالسجلات",
    "😀🧾📦",
    "\u200bzero\u200dwidth",
    "tab\tand\nnewline",
    "ALL CAPITALS",
    "(b)(2)(B)(ii)(I)",
    "$10,000 or 40 percent of the appraised value",
    "<b>html</b> & 'quotes'",
    "[MASK] [SEP] [CLS]",
    "e\u0301 combining",
    "The certificate of origin was issued on March 15, 2021.",
]
_REFERENCE = """
import json, sys
import numpy as np
from assistant.search.embeddings import TransformersEmbedder
embedder = TransformersEmbedder(sys.argv[1])
np.save(sys.argv[2], np.array([embedder.embed(text) for text in json.load(sys.stdin)]))
"""


def _reference(model: str, target: Path) -> np.ndarray:
    import json

    subprocess.run(
        [sys.executable, "-c", _REFERENCE, model, str(target)],
        input=json.dumps(TEXTS).encode(),
        check=True,
        cwd=ROOT,
        capture_output=True,
    )
    vectors: np.ndarray = np.load(target)
    return vectors


@pytest.mark.slow
def test_vectors_equal_sentence_transformers(
    exported_model: Path, settings: Settings, tmp_path: Path
) -> None:
    expected = _reference(settings.model, tmp_path / "expected.npy")
    embedder = OnnxEmbedder(exported_model)
    for text, vector in zip(TEXTS, expected, strict=True):
        ours = embedder.embed(text)
        assert ours.shape == (384,)
        assert np.abs(ours - vector).max() < 1e-4, text[:40]
        assert np.linalg.norm(ours) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.slow
def test_a_model_without_a_normalising_step_is_normalised(
    tiny_model: Path, small: Settings, tmp_path: Path
) -> None:
    from assistant.search.generations import current

    expected = _reference(str(tiny_model), tmp_path / "expected.npy")
    embedder = OnnxEmbedder(current(small.index) / "model")
    for text, vector in zip(TEXTS, expected, strict=True):
        assert np.abs(embedder.embed(text) - vector).max() < 1e-4, text[:40]


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
        [sys.executable, "-c", _SERVE], env=environment(settings), cwd=ROOT, capture_output=True, timeout=120
    )
    assert done.stdout.endswith(b"STATUS 0 HEAVY []\n"), (done.stdout[-300:], done.stderr)
    assert b"1508(c)" in done.stdout


def test_a_folder_that_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="--rebuild"):
        OnnxEmbedder(tmp_path)


def test_the_revision_is_of_the_weights(tiny_model: Path) -> None:
    root, files = weight_files(DEFAULT_MODEL)
    assert any(path.suffix in (".safetensors", ".bin") for path in files)
    assert all(path.is_relative_to(root) for path in files)
    assert revision(DEFAULT_MODEL) == revision(DEFAULT_MODEL) != revision(str(tiny_model))
    assert revision("some/model-of-a-hub") == "hub:some/model-of-a-hub"
