"""What a person wrote is in no cache of the process once it is answered."""

from __future__ import annotations

import gc
from datetime import date

from assistant.answering.conversation import Memory
from assistant.reading.remembered import remembered, remembering
from assistant.wiring import Assistant

TODAY = date(2026, 11, 22)
SAID = "Our broker Zyqxwv filed the entry on 2021-03-15. How long do we keep zyqxwvish records?"
MORE = "And what if the goods of Zyqxwv were released on 2021-04-02?"


def holding() -> int:
    """How many places that the collector can reach have the word: every cache's keys and values too."""
    gc.collect()
    places, waiting = 0, gc.get_objects()
    while waiting:
        for one in gc.get_referents(waiting.pop()):
            if type(one) is str:  # some objects do more than tell their class when they are asked it
                places += "zyqxwv" in one.lower()
            elif type(one) in (tuple, dict, frozenset) and not gc.is_tracked(one):
                waiting.append(one)
    return places


def test_a_message_is_forgotten_with_its_answer(assistant: Assistant) -> None:
    before = holding()
    reply = assistant.ask(SAID, as_of=TODAY, today=TODAY)
    history = (("user", SAID), ("assistant", reply.text))
    told = assistant.ask(MORE, as_of=TODAY, today=TODAY, history=history)
    assert told.outcome != "refusal"
    del reply, history, told
    assert holding() <= before


def test_a_conversation_s_memory_saves_reading_and_changes_nothing(assistant: Assistant) -> None:
    memory = Memory()
    history: tuple[tuple[str, str], ...] = ()
    for question in (SAID, MORE, "And who keeps them?", "And for a drawback claim?"):
        plainly = assistant.ask(question, as_of=TODAY, today=TODAY, history=history)
        *_, told = assistant.stream(question, as_of=TODAY, today=TODAY, history=history, memory=memory)
        assert getattr(told, "text", None) == plainly.text
        history += (("user", question), ("assistant", plainly.text))
    (folds,) = memory.values()
    assert len(folds) == 3, "one for each turn before the last"


def test_what_is_remembered_is_read_once_while_it_is_answered_and_again_after() -> None:
    calls: list[str] = []

    @remembered
    def reading(text: str) -> int:
        calls.append(text)
        return len(text)

    for _ in range(2):
        with remembering({}):
            assert [reading("a"), reading("a"), reading("bc")] == [1, 1, 2]
    assert [reading("a"), reading("a")] == [1, 1]
    assert calls == ["a", "bc", "a", "bc", "a", "a"]
