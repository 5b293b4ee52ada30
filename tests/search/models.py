"""All of the tests that needs torch, in one process, which takes seven seconds to load it.

    python -m tests.search.models FOLDER

FOLDER has a small ``corpus`` already. It gets two models made on the spot, an index of the corpus, the
vectors of sentence-transformers to compare ours with, and what the command line said where the model
cannot be exported, or is not there, or the index was damaged.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import string
import sys
from pathlib import Path

import numpy as np

from assistant.faces.cli import main
from assistant.reading.corpus import read_corpus
from assistant.search.embeddings import TransformersEmbedder, untaught
from assistant.search.generations import current
from assistant.search.index import build, open_index
from assistant.settings import DEFAULT_MODEL

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
#: What the bag of words knows.
WORDS = "records kept years entry packing lists days release tiny note person how long must be"


def tiny_model(target: Path) -> None:
    """A model of one small layer, exported in a second."""
    import torch
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
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
    )
    base = str(target) + "-base"
    BertModel(config).eval().save_pretrained(base)
    BertTokenizerFast(tokenizer_object=tokenizer, model_max_length=128).save_pretrained(base)
    words = Transformer(base, max_seq_length=128)
    SentenceTransformer(modules=[words, Pooling(16)], device="cpu").save(str(target))


def words_model(target: Path) -> None:
    """A model that has no tokens to feed an exported graph with: a bag of words."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import BoW

    SentenceTransformer(modules=[BoW(vocab=WORDS.split())], device="cpu").save(str(target))


def said(*words: str, index: Path, model: Path | str) -> dict[str, object]:
    """What ``python -m assistant`` says with this index and this model."""
    os.environ |= {"RECORDKEEPING_INDEX": str(index), "RECORDKEEPING_EMBEDDINGS": str(model)}
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(list(words))
    return {"status": status, "out": out.getvalue(), "err": err.getvalue()}


def garble(path: Path) -> None:
    path.write_bytes(bytes((n * 7 + 13) % 256 for n in range(path.stat().st_size)))


def mended(folder: Path, file: str, *flags: str) -> dict[str, object]:
    """The build after a damage, and what is then in the index."""
    model, index = folder / "tiny", folder / "mended"
    garble(current(index) / file)
    built = said("index", *flags, index=index, model=model)
    opened = open_index(index, str(model))
    texts = [passage.text for passage in opened.passages]
    opened.close()
    return {**built, "texts": texts}


def make(folder: Path) -> None:
    os.environ["RECORDKEEPING_CORPUS"] = str(folder / "corpus")
    tiny, words = folder / "tiny", folder / "words"
    tiny_model(tiny)
    words_model(words)
    documents = read_corpus(folder / "corpus")
    for name in ("index", "mended"):
        build(documents, folder / name, str(tiny))
    for name, model in (("tiny", str(tiny)), ("default", DEFAULT_MODEL)):
        embedder = TransformersEmbedder(model)
        np.save(folder / f"{name}.npy", np.array([embedder.embed(text) for text in TEXTS]))
    np.save(folder / "untaught.npy", untaught(DEFAULT_MODEL).encode(TEXTS, normalize_embeddings=True))
    question = "How long must tiny packing lists be kept?"
    found = {
        "words index": said("index", index=folder / "words-index", model=words),
        "words ask": said("ask", question, index=folder / "words-index", model=words),
        "no model": said("index", index=folder / "nowhere", model=folder / "no-model"),
        "model mended": mended(folder, "model/model.onnx"),
        "store mended": mended(folder, "chroma/chroma.sqlite3", "--rebuild"),
        "embedded by a rebuild": build(documents, folder / "mended", str(tiny), rebuild=True)[1],
    }
    (folder / "said.json").write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
