"""Whether the texts speak to what is asked: the kind of thing that is wanted, and the signs weighed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.silence import LITERAL, Signs, Weights, mistyped, speaks

NEAR = Signs(
    score=1.5, asked=0.7, cosine=0.7, silent=0.2, silent_phrase=0.0, phrase=0.5, about=1.0, cited=0.0,
    premise=0.0, mistyped=0.0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "text", "lacking"),
    [
        ("How many copies must be filed?", "Two copies of the notice are filed.", False),
        ("How many copies must be filed?", "The notice is filed with the director.", True),
        ("How many more calendar days do we have?", "They are produced within 30 calendar days.", False),
        ("What is the minimum number of officers?", "An officer is named.", True),
        # Whose time is asked about: a party's own deadline is no answer.
        ("How long does CBP have to decide?", "The person must produce them within 30 days.", True),
        ("How long does CBP have to decide?", "CBP must decide within 30 days.", False),
        ("How long do we have?", "The person must produce them within 30 days.", False),
        ("How much does the program cost?", "The program is voluntary.", True),
        ("How much does the program cost?", "There is no fee for it.", False),
        ("What is the telephone number of the port?", "The port director is told.", True),
        ("Which form do we use?", "Notice is given in writing.", True),
        ("Which form do we use?", "It is given on CBP Form 7501.", False),
        ("What percentage is it?", "It is 40 percent of the appraised value.", False),
        ("How often are we audited?", "A person is audited.", True),
        ("Who must keep records?", "An importer.", False),
    ],
)
def test_a_kind_of_thing_that_is_asked_for_is_given_or_lacking(
    question: str, text: str, lacking: bool
) -> None:
    assert mistyped(question, [text]) == lacking
    assert mistyped(question, [text, "Nothing of the kind."]) == lacking, "one text that gives it is enough"


@pytest.mark.parametrize(
    ("changed", "answered"),
    [
        ({}, True),
        ({"asked": 0.0, "cosine": 0.0, "score": 0.0}, False),
        # The very words of a question that the texts leave open, and nothing that is nearer.
        ({"silent": LITERAL}, False),
        ({"silent": LITERAL, "asked": 1.0, "cosine": 1.0, "score": 6.0}, True),
        ({"asked": 0.1, "cosine": 0.4}, True),
        ({"asked": 0.1, "cosine": 0.4, "mistyped": 1.0}, False),
    ],
)
def test_signs_are_weighed(changed: dict[str, float], answered: bool) -> None:
    assert speaks(replace(NEAR, **changed)) == answered


def test_what_speaks_against_an_answer_is_weighed_against_it() -> None:
    against = {name for name in Weights.__slots__ if getattr(Weights(), name) < 0}
    assert against == {"silent", "silent_phrase", "mistyped"}
