"""What the default model was taught: it is added to that model alone, and from no question of the evals."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from assistant.errors import CorpusError
from assistant.law import Document
from assistant.reading.corpus import read_corpus
from assistant.search.tuning import LEARNED, learned_files
from assistant.settings import DEFAULT_MODEL
from evals.cases import each_case, load_all
from evals.tuning.lessons import FOLDER, Lessons, read_lessons
from tests.conftest import ROOT
from tests.search.models import TEXTS


@pytest.fixture(scope="module")
def documents() -> tuple[Document, ...]:
    return read_corpus(ROOT / "corpus")


@pytest.fixture(scope="module")
def lessons(documents: tuple[Document, ...]) -> Lessons:
    return read_lessons(documents)


def test_what_was_learned_is_two_thin_matrices_a_layer() -> None:
    parts = load_file(str(LEARNED))
    names = {name.rsplit(".", 1)[0] for name in parts}
    assert len(names) == 18
    for name in names:
        down, up = parts[f"{name}.down"], parts[f"{name}.up"]
        assert re.match(r"encoder\.layer\.[345]\.", name)
        assert down.shape[0] == up.shape[1] == 16
        added = up.astype(np.float32) @ down.astype(np.float32)
        assert np.isfinite(added).all()
        assert 0.1 < np.linalg.norm(added) < 20


def test_only_the_default_model_was_taught() -> None:
    assert learned_files(DEFAULT_MODEL) == {LEARNED.name: LEARNED}
    assert learned_files("some/model-of-a-hub") == {}


@pytest.mark.slow
def test_what_was_learned_changes_the_vectors(made: Path) -> None:
    taught, untaught = np.load(made / "default.npy"), np.load(made / "untaught.npy")
    nearness = dict(zip(TEXTS, (taught * untaught).sum(axis=1).tolist(), strict=True))
    assert nearness["How long must drawback records be kept?"] < 0.95


def test_no_question_of_the_evals_is_taught(lessons: Lessons) -> None:
    asked = {_plain(case.question) for case in each_case(load_all())}
    taught = {_plain(question) for lesson in lessons.lessons for question in lesson.questions}
    assert len(asked) > 1500 and len(taught) > 4000
    assert not asked & taught


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def test_every_statement_is_a_lesson(lessons: Lessons, documents: tuple[Document, ...]) -> None:
    statements = {p.statement.id for d in documents for p in d.provisions if p.statement}
    assert {lesson.id for lesson in lessons.lessons} == statements
    assert min(len(lesson.questions) for lesson in lessons.lessons) >= 5


def test_statements_that_would_do_as_well_are_no_contrast(lessons: Lessons) -> None:
    number = {lesson.id: n for n, lesson in enumerate(lessons.lessons)}
    summary, willful = number["p163-penalty-summary"], number["p163-penalty-willful"]
    assert lessons.alike[summary, summary]
    assert (lessons.alike == lessons.alike.T).all()
    assert not lessons.alike[willful, number["p163-as-of"]]


def test_a_batch_draws_every_statement_before_any_twice(lessons: Lessons) -> None:
    count = len(lessons.lessons)
    apart = np.arange(count)[:, None] * np.ones((1, 8), dtype=int)  # each is its own neighbour
    drawn = [n for numbers, _, _ in lessons.batches(apart, 50, count // 50, seed=3) for n in numbers]
    assert max(Counter(drawn).values()) == 1
    again = [n for numbers, _, _ in lessons.batches(apart, 50, count // 50, seed=3) for n in numbers]
    assert drawn == again


def test_a_pair_is_of_one_statement(lessons: Lessons) -> None:
    near = np.random.default_rng(1).integers(0, len(lessons.lessons), (len(lessons.lessons), 8))
    for numbers, left, right in lessons.batches(near, 40, 20, seed=1):
        assert len(set(numbers)) == len(left) == len(right) == 40
        for number, asked, answer in zip(numbers, left, right, strict=True):
            lesson = lessons.lessons[number]
            assert asked in lesson.questions
            assert answer in (lesson.words, *lesson.questions) and answer != asked


def test_questions_of_a_statement_that_is_not_held_are_an_error(
    documents: tuple[Document, ...], tmp_path: Path
) -> None:
    (tmp_path / "some.toml").write_text('no-such-statement = ["how long?"]\n')
    with pytest.raises(CorpusError, match="no-such-statement"):
        read_lessons(documents, tmp_path)
    assert FOLDER.is_dir()
