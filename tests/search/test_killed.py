"""``kill -9`` in the midst of real builds; `tests.at_length` does it at more of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import IndexMissing
from assistant.search.index import open_index
from assistant.settings import Settings
from tests.at_length import count
from tests.conftest import Runner
from tests.search.kills import (
    EMBEDDED,
    PREPARED,
    PREPARING,
    QUESTION,
    Moment,
    after_a_change,
    in_a_rebuild,
    kill,
    mend,
    random_moments,
    reply,
    start,
)

pytestmark = pytest.mark.slow


@pytest.mark.length
def test_in_a_rebuild(small: Settings, run: Runner) -> None:
    """At what it says of its progress, so that a slow machine is killed at the same moment as a quick one."""
    moments = [(0, PREPARING), (0, PREPARED), *random_moments(count(0, 10), 1, 8.0)]
    assert in_a_rebuild(small, moments) >= 2
    asked = run(small, "ask", QUESTION)
    assert (asked.returncode, b"60 days" in asked.stdout) == (0, True), asked.stderr


@pytest.mark.length
def test_in_an_index_after_a_change(small: Settings) -> None:
    started: list[Moment] = [(after, None) for after in (0.0, 0.1, 0.2, 0.3)]
    embedded: list[Moment] = [(after, EMBEDDED) for after in (0.0, 0.0, 0.01, 0.03, 0.06, 0.1)]
    assert after_a_change(small, [*started, *embedded, *random_moments(count(0, 100), 2, 0.6)]) >= 3


def test_in_the_very_first_build(small: Settings, tmp_path: Path) -> None:
    first = Settings(small.corpus, tmp_path / "first", small.model)
    for moment in ((0.2, None), (0.0, PREPARING)):
        assert kill(start(first), moment)
        with pytest.raises(IndexMissing, match="make index"):
            open_index(first.index, first.model)
    mend(first)
    assert "60 days" in str(reply(first)["text"])
