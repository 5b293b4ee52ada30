"""Counts and times in Prometheus' text format. No label is ever a person's text."""

from __future__ import annotations

import threading
from collections import Counter

#: Upper bounds of the histogram, in seconds.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """One for a server; safe for its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._replies: Counter[str] = Counter()
        self._within: Counter[tuple[str, float]] = Counter()
        self._seconds: dict[str, float] = {}

    def request(self, route: str, status: int, seconds: float) -> None:
        """``route`` is the template (``/v1/conversations/{id}``), never the path as asked."""
        with self._lock:
            self._requests[route, status] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + seconds
            for bound in BOUNDS:
                self._within[route, bound] += seconds <= bound

    def reply(self, outcome: str) -> None:
        with self._lock:
            self._replies[outcome] += 1

    def text(self) -> str:
        with self._lock:
            lines = ["# TYPE recordkeeping_requests_total counter"]
            lines += [
                f'recordkeeping_requests_total{{route="{route}",status="{status}"}} {count}'
                for (route, status), count in sorted(self._requests.items())
            ]
            lines.append("# TYPE recordkeeping_replies_total counter")
            lines += [
                f'recordkeeping_replies_total{{outcome="{outcome}"}} {count}'
                for outcome, count in sorted(self._replies.items())
            ]
            lines.append("# TYPE recordkeeping_request_seconds histogram")
            for route, seconds in sorted(self._seconds.items()):
                name, labels = "recordkeeping_request_seconds", f'route="{route}"'
                total = sum(count for (one, _), count in self._requests.items() if one == route)
                lines += [
                    f'{name}_bucket{{{labels},le="{bound}"}} {self._within[route, bound]}' for bound in BOUNDS
                ]
                lines += [
                    f'{name}_bucket{{{labels},le="+Inf"}} {total}',
                    f"{name}_sum{{{labels}}} {seconds:.6f}",
                    f"{name}_count{{{labels}}} {total}",
                ]
        return "\n".join(lines) + "\n"
