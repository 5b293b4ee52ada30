"""Imports go one way, by import-linter's contracts and by what is loaded when a module is."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter import api

ROOT = Path(__file__).parents[2]
FRAMEWORKS = ("chromadb", "langchain", "langchain_core", "sentence_transformers", "streamlit", "torch")


def test_the_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_has_a_place_in_the_layers() -> None:
    modules = {path.stem for path in (ROOT / "assistant").iterdir() if not path.name.startswith(("_", "."))}
    contracts = api.read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    placed = {name.strip().rpartition(".")[2] for layer in layers for name in layer.split("|")}
    assert modules <= placed


def test_the_page_reaches_search_only_through_the_wiring() -> None:
    tree = ast.parse((ROOT / "app.py").read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    imported |= {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    below = ("assistant.search", "assistant.reading", "chromadb", "onnxruntime")
    assert not [name for name in imported if name.startswith(below)]


@pytest.mark.parametrize("module", ["assistant.law", "assistant.retention", "assistant.faces.cli"])
def test_sums_are_done_without_the_ai_stack(module: str) -> None:
    program = (
        f"import sys, {module}\n"
        f"print(*sorted({set(FRAMEWORKS)!r} & {{name.partition('.')[0] for name in sys.modules}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
