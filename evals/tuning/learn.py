"""Low-rank adaptation of the upper layers, by contrast within a batch.

A question must be nearer to its counterpart (another question of the same statement, or the
statement's words) than to anything else in the batch that does not answer it as well. The lower
layers stay as they are; what leaves them is computed once a text, which halves the time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn

from evals.tuning.lessons import Lessons

#: The first layer that learns, of six; the rank of what is added; the scale of the learning matrices.
FIRST, RANK, SCALE = 3, 16, 2.0
RATE, TEMPERATURE, WARM_UP = 5e-4, 0.05, 20
#: Word pieces of a text that are read while learning.
LONGEST = 64


class _Added(nn.Module):
    """A linear layer and what is added to it: ``up @ down``, nothing at first."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(RANK, layer.in_features) / math.sqrt(layer.in_features))
        self.up = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, given: Tensor) -> Tensor:
        added: Tensor = self.layer(given) + (given @ self.down.T) @ self.up.T * SCALE
        return added


class Learner:
    """A sentence-transformers model of BERT's form whose upper layers learn."""

    def __init__(self, model: Any, seed: int) -> None:
        torch.manual_seed(seed)
        self._tokenizer = model.tokenizer
        self._bert = model[0].auto_model.eval()
        for weight in self._bert.parameters():
            weight.requires_grad = False
        self._added = {
            name: _Added(layer)
            for name, layer in self._bert.named_modules()
            if isinstance(layer, nn.Linear) and _learns(name)
        }
        for name, added in self._added.items():
            parent, _, child = name.rpartition(".")
            setattr(self._bert.get_submodule(parent), child, added)
        self._below: dict[str, Tensor] = {}

    def learn(self, lessons: Lessons, steps: int, size: int, seed: int) -> Iterable[tuple[int, float]]:
        """Learn; the number of each step and its loss."""
        weights = [weight for added in self._added.values() for weight in (added.down, added.up)]
        optimizer = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(1.0, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
        )
        batches = lessons.batches(self._near(lessons), size, steps, seed)
        for step, (numbers, left, right) in enumerate(batches, 1):
            loss = self._loss(left, right, torch.from_numpy(lessons.alike[np.ix_(numbers, numbers)]))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            yield step, loss.item()

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, as the model gives them now."""
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        vectors = np.zeros((len(texts), self._bert.config.hidden_size), dtype=np.float32)
        with torch.no_grad():
            for start in range(0, len(order), 64):
                some = order[start : start + 64]
                vectors[some] = self._vectors([texts[number] for number in some]).numpy()
        return vectors

    def save(self, file: Path) -> None:
        """Write what was learned as `assistant.search.tuning.teach` reads it."""
        parts = {}
        for name, added in self._added.items():
            parts[f"{name}.down"] = added.down.detach().half().contiguous()
            parts[f"{name}.up"] = (added.up.detach() * SCALE).half().contiguous()
        save_file(parts, str(file))

    def _near(self, lessons: Lessons) -> NDArray[np.int_]:
        """The other statements, nearest first, by the middle of their words and questions."""
        middles = np.stack(
            [self.embed([lesson.words, *lesson.questions]).mean(axis=0) for lesson in lessons.lessons]
        )
        middles /= np.linalg.norm(middles, axis=1, keepdims=True)
        near: NDArray[np.int_] = np.argsort(-(middles @ middles.T), axis=1)[:, 1:]
        return near

    def _loss(self, left: list[str], right: list[str], alike: Tensor) -> Tensor:
        vectors = self._vectors([*left, *right])
        asked, answers = vectors[: len(left)], vectors[len(left) :]
        itself = torch.eye(len(left), dtype=torch.bool)
        across = (asked @ answers.T / TEMPERATURE).masked_fill(alike & ~itself, -1e4)
        among = (asked @ asked.T / TEMPERATURE).masked_fill(alike | itself, -1e4)
        right_ones = torch.arange(len(left))
        forth = nn.functional.cross_entropy(torch.cat([across, among], dim=1), right_ones)
        back = nn.functional.cross_entropy(across.T, right_ones)
        return forth + back

    def _vectors(self, texts: list[str]) -> Tensor:
        self._read(texts)
        states = nn.utils.rnn.pad_sequence([self._below[text] for text in texts], batch_first=True).float()
        kept = nn.utils.rnn.pad_sequence(
            [torch.ones(len(self._below[text])) for text in texts], batch_first=True
        )
        with torch.autocast("cpu", torch.bfloat16):
            states = _through(self._bert.encoder.layer[FIRST:], states, kept).float()
        pooled = (states * kept[:, :, None]).sum(dim=1) / kept.sum(dim=1, keepdim=True)
        return nn.functional.normalize(pooled, dim=1)

    def _read(self, texts: Iterable[str]) -> None:
        """What the lower layers make of each new text, kept at half precision."""
        new = sorted({text for text in texts if text not in self._below}, key=len)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for start in range(0, len(new), 64):
                some = new[start : start + 64]
                read = self._tokenizer(
                    some, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
                )
                kept = read["attention_mask"]
                states = self._bert.embeddings(input_ids=read["input_ids"])
                states = _through(self._bert.encoder.layer[:FIRST], states, kept.float())
                for text, state, length in zip(some, states, kept.sum(dim=1), strict=True):
                    self._below[text] = state[: int(length)].half().clone()


def _learns(name: str) -> bool:
    parts = name.split(".")
    return parts[:2] == ["encoder", "layer"] and int(parts[2]) >= FIRST


def _through(layers: Iterable[nn.Module], states: Tensor, kept: Tensor) -> Tensor:
    mask = (1.0 - kept[:, None, None, :]) * -1e4
    for layer in layers:
        made = layer(states, mask.to(states.dtype))
        states = made[0] if isinstance(made, tuple) else made
    return states
