"""A share, and a mean, each with its 95 % interval."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

#: How often a mean is drawn again for its interval, and from which seed: the same every time.
DRAWS, SEED = 1000, 19


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    hits: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, or ``None`` of nothing."""
        return self.hits / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval, which stays inside 0 to 1 and is honest about few cases."""
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.959964, self.total, self.hits / self.total
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Mean:
    """A statistic of one value a case; the mean unless another is named."""

    values: tuple[float, ...]
    of: Callable[[Sequence[float]], float] = statistics.fmean

    @property
    def total(self) -> int:
        return len(self.values)

    @property
    def value(self) -> float | None:
        """The statistic, or ``None`` of nothing."""
        return self.of(self.values) if self.values else None

    @property
    def interval(self) -> tuple[float, float]:
        """The percentile bootstrap over the cases, from a fixed seed."""
        if not self.values:
            return 0.0, math.inf
        return _bootstrap(self.values, self.of)


@cache
def _bootstrap(values: tuple[float, ...], of: Callable[[Sequence[float]], float]) -> tuple[float, float]:
    drawn = np.random.default_rng(SEED).choice(np.asarray(values), (DRAWS, len(values)))
    # The mean is by far the most frequent, and numpy takes it of all draws at once.
    found = drawn.mean(axis=1) if of is statistics.fmean else np.array([of(row) for row in drawn.tolist()])
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def percentile(values: Iterable[float], percent: float) -> float:
    """The smallest of the values that at least ``percent`` of 100 do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def p95(values: Iterable[float]) -> float:
    """What 95 of 100 do not exceed."""
    return percentile(values, 95)
