"""Real parts for the tests: the corpus, an index, and models small enough to build on the spot."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import IndexDamaged, IndexMissing
from assistant.search.index import build, open_index
from assistant.settings import Settings
from assistant.wiring import Assistant, build_index, open_assistant

ROOT = Path(__file__).resolve().parent.parent
#: The day treated as today wherever a test does not say another.
TODAY = date(2026, 11, 22)

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
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of one small layer, made here: exported in a second."""
    folder = tmp_path_factory.mktemp("models") / "tiny"
    _in_a_process(_TINY, folder)
    return folder


@pytest.fixture(scope="session")
def words_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that has no tokens to feed an exported graph with: a bag of words."""
    folder = tmp_path_factory.mktemp("models") / "words"
    _in_a_process(_WORDS, folder)
    return folder


@pytest.fixture(scope="session")
def exported_model(settings: Settings) -> Path:
    """The real model as exported for the index."""
    from assistant.search.generations import current

    return current(settings.index) / "model"


@pytest.fixture(scope="session")
def _small_index(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> tuple[Path, Path]:
    from assistant.reading.corpus import read_corpus

    folder = tmp_path_factory.mktemp("small")
    corpus = make_corpus(folder / "corpus")
    build(read_corpus(corpus), folder / "index", str(tiny_model))
    return corpus, folder / "index"


@pytest.fixture
def small(_small_index: tuple[Path, Path], tiny_model: Path, tmp_path: Path) -> Settings:
    """Settings of a small corpus with its index, both copies of the test's own."""
    shutil.copytree(_small_index[0], tmp_path / "corpus")
    shutil.copytree(_small_index[1], tmp_path / "index")
    return Settings(tmp_path / "corpus", tmp_path / "index", str(tiny_model))


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
            timeout=120,
        )

    yield runner


def _in_a_process(code: str, folder: Path) -> None:
    """Torch stays out of the process that tests that it is not imported."""
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True, capture_output=True, cwd=ROOT)


_TINY = """
import string, sys, torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, BertTokenizerFast
torch.manual_seed(1)
letters = string.ascii_lowercase + string.digits + string.punctuation
vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + c for c in letters)]
tokenizer = Tokenizer(models.WordPiece({t: n for n, t in enumerate(vocabulary)}, unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
tokenizer.post_processor = processors.TemplateProcessing(
    single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
fast = BertTokenizerFast(tokenizer_object=tokenizer, model_max_length=128)
config = BertConfig(vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
                    intermediate_size=32, max_position_embeddings=128)
base = sys.argv[1] + "-base"
BertModel(config).eval().save_pretrained(base)
fast.save_pretrained(base)
words = Transformer(base, max_seq_length=128)
SentenceTransformer(modules=[words, Pooling(16)], device="cpu").save(sys.argv[1])
"""
_WORDS = """
import sys
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import BoW
words = "records kept years entry packing lists days release tiny note person how long must be".split()
SentenceTransformer(modules=[BoW(vocab=words)], device="cpu").save(sys.argv[1])
"""
