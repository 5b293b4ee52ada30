"""What the default model was taught about this law: small additions to some of its weights.

A model of general English puts "how long for the file of a shipment" nearer to shipping than to
19 CFR 163.4(a). `evals.tuning` teaches it from the questions that stand beside the statements, and
from none of those that the evals ask; what it learned is kept here as two thin matrices a layer,
whose product is added to the layer's weights (low-rank adaptation, decision 13). The model itself
stays the one that is installed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.settings import DEFAULT_MODEL

LEARNED = Path(__file__).with_name("learned.safetensors")


def learned_files(model: str) -> dict[str, Path]:
    """What changes a model's vectors beside its own files, by name: for any but the default, nothing."""
    return {LEARNED.name: LEARNED} if model == DEFAULT_MODEL else {}


def teach(transformer: Any, file: Path = LEARNED) -> None:
    """Add what was learned to the weights of a loaded transformer.

    ``file`` holds, for the layer named N, ``N.down`` (rank by inputs) and ``N.up`` (outputs by rank).
    """
    import torch
    from safetensors.torch import load_file

    parts = load_file(str(file))
    with torch.no_grad():
        for name in sorted({key.rsplit(".", 1)[0] for key in parts}):
            down, up = parts[f"{name}.down"].float(), parts[f"{name}.up"].float()
            transformer.get_submodule(name).weight += up @ down
