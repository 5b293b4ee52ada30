"""A Reply read back from its JSON is the Reply that was written, to the letter."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answering.reply import Basis, Claim, Finding, Hit, Outcome, Quote, Reason, Reply, Usage
from assistant.conversations import Store
from assistant.conversations.changes import changed, corpus_of
from assistant.conversations.values import Turn
from assistant.errors import UsageError
from assistant.law import Citation
from assistant.retention.values import Amount, Bound, Deadline, Kind, Limit, Missing
from assistant.wiring import Assistant
from tests.at_length import count
from tests.conftest import ROOT, TODAY
from tests.conversations.conftest import BACKENDS
from tests.conversations.samples import NOW

TEXT = st.text(st.characters(), max_size=60)  # with control characters, and halves of them
LETTER = st.sampled_from("abcdefg")
NUMBER = st.integers(1, 9).map(str)
PATHS = (
    st.tuples(LETTER, NUMBER, LETTER.map(str.upper))
    | st.tuples(LETTER, NUMBER)
    | st.tuples(LETTER)
    | st.just(())
)
CFR_PATHS = st.tuples(LETTER, NUMBER) | st.tuples(LETTER) | st.just(())
CITATIONS = st.one_of(
    st.builds(Citation, st.just("usc"), st.integers(1, 54), st.integers(1, 9999).map(str), PATHS),
    st.builds(
        Citation,
        st.just("cfr"),
        st.integers(1, 50),
        st.tuples(st.integers(1, 999), st.integers(1, 99)).map(lambda two: f"{two[0]}.{two[1]}"),
        CFR_PATHS,
    ),
    st.builds(Citation, st.just("publaw"), st.integers(10, 119), st.integers(1, 999).map(str)),
    st.sampled_from(["90 FR 42418", "CBP Dec. 24-10", "Our guide, part 2", "19 cfr part 163"]).map(
        Citation.of_title
    ),
)
SOME = st.lists(CITATIONS, min_size=1, max_size=3).map(tuple)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
FINITE = st.floats(allow_nan=False, allow_infinity=False)
CENTS = st.decimals(0, 10**12, places=2)
QUOTES = st.builds(Quote, CITATIONS, TEXT, TEXT, st.integers(0, 10**6), st.integers(0, 10**6))
CLAIMS = st.builds(
    Claim,
    TEXT.filter(str.strip),
    st.sampled_from([basis for basis in get_args(Basis) if basis != "quote"]),
    SOME,
    st.lists(QUOTES, max_size=2).map(tuple),
) | st.builds(
    Claim, TEXT.filter(str.strip), st.just("quote"), SOME, st.lists(QUOTES, min_size=1, max_size=2).map(tuple)
)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
DEADLINES = st.builds(
    Deadline,
    st.sampled_from(get_args(Kind)),
    TEXT,
    TEXT,
    TEXT,
    DAYS,
    TEXT,
    st.sampled_from(get_args(Bound)),
    DAYS,
    SOME,
    TEXTS,
    DAYS,
)
AMOUNTS = st.builds(Amount, TEXT, CENTS, st.sampled_from(get_args(Limit)), TEXTS, SOME)
HITS = st.builds(Hit, TEXT, CITATIONS, TEXT, FINITE.map(lambda score: round(score, 6)))
MISSING = st.builds(Missing, TEXT, TEXT)
USAGES = st.builds(
    Usage, TEXT, st.integers(0, 9), st.none() | st.integers(0), st.none() | st.integers(0), st.none() | CENTS
)


@st.composite
def replies(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Reply:
    outcome: Outcome = draw(st.sampled_from(get_args(Outcome)))
    return Reply(
        draw(TEXT),
        draw(DAYS),
        draw(DAYS),
        outcome,
        draw(TEXT),
        id=draw(st.none() | TEXT),
        claims=tuple(draw(st.lists(CLAIMS, min_size=outcome == "answer", max_size=3))),
        deadlines=tuple(draw(st.lists(DEADLINES, max_size=2))),
        amounts=tuple(draw(st.lists(AMOUNTS, max_size=2))),
        keep_through=draw(st.none() | DAYS),
        due_by=draw(st.none() | DAYS),
        missing=tuple(draw(st.lists(MISSING, min_size=outcome == "clarification", max_size=2))),
        reason=draw(st.sampled_from(get_args(Reason))) if outcome == "refusal" else None,
        caveats=draw(TEXTS),
        passages=tuple(draw(st.lists(HITS, max_size=2))),
        model=draw(st.none() | TEXT),
        findings=tuple(draw(st.lists(st.builds(Finding, TEXT, TEXT), max_size=2))),
        usage=draw(st.none() | USAGES),
        timings=draw(st.dictionaries(TEXT, FINITE, max_size=3)),
    )


#: Questions of the evals that are asked for real.
ASKED = count(65, 260)


@settings(max_examples=count(100, 300), deadline=None)
@given(replies())
def test_any_reply_comes_back(reply: Reply) -> None:
    assert Reply.from_json(json.loads(json.dumps(reply.to_json()))).to_json() == reply.to_json()


@pytest.fixture(scope="module")
def backends(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    import psycopg

    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE replies")
    opened = {
        "sqlite": Store.open(str(tmp_path_factory.mktemp("replies") / "c.sqlite")),
        "postgresql": Store.open(f"{postgresql}/replies"),
    }
    yield opened
    for store in opened.values():
        store.close()


@pytest.mark.parametrize("backend", BACKENDS)
@settings(
    max_examples=count(20, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reply=replies())
def test_any_reply_survives_the_store(backends: dict[str, Store], backend: str, reply: Reply) -> None:
    store = backends[backend]
    conversation = store.begin(owner="a")
    store.append(conversation, reply, owner="a", corpus="", now=NOW)
    (turn,) = store.turns(conversation, owner="a")
    assert turn.reply.to_json() == reply.to_json()


def _real(assistant: Assistant) -> list[Reply]:
    """Replies of the real assistant to the evals' own questions, on the days they ask about."""
    found = []
    for path in sorted((ROOT / "evals" / "cases").glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", []):
            as_of = case.get("as_of", TODAY)
            as_of = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
            found.append((str(case.get("question", "")), as_of))
    step = max(1, len(found) // ASKED)
    return [assistant.ask(question, as_of=day, today=TODAY) for question, day in found[::step]]


@pytest.mark.length
def test_real_replies_come_back(assistant: Assistant, backends: dict[str, Store]) -> None:
    real = _real(assistant)
    assert len(real) >= 0.8 * ASKED
    assert {reply.outcome for reply in real} == {"answer", "clarification", "refusal"}
    assert sum(bool(reply.deadlines) for reply in real) >= ASKED / 13
    assert sum(bool(reply.amounts) for reply in real) >= 1
    for store in backends.values():
        conversation = store.begin(owner="real")
        for reply in real:
            store.append(conversation, reply, owner="real", corpus=assistant.corpus, now=NOW)
        turns = store.turns(conversation, owner="real")
        assert [turn.reply.to_json() for turn in turns] == [reply.to_json() for reply in real]
        # To the value as well, but for the digits of a score that are not written.
        assert [replace(turn.reply, passages=()) for turn in turns] == [replace(r, passages=()) for r in real]
        assert [line for turn in turns for line in changed(turn, assistant.documents, today=TODAY)] == []


def test_nothing_is_said_to_have_changed_on_the_day_itself(assistant: Assistant) -> None:
    question = "Drawback claim filed 2021-01-10, liquidated 2024-02-29: until when do we keep the records?"
    reply = assistant.ask(question, as_of=TODAY, today=TODAY)
    turn = Turn("t", reply, corpus_of(assistant.documents), NOW)
    assert changed(turn, assistant.documents, today=TODAY) == ()
    assert reply.keep_through is not None
    assert changed(turn, assistant.documents, today=reply.keep_through) == ()
    assert changed(turn, assistant.documents, today=reply.keep_through + timedelta(days=1)) == (
        "Keep through March 1, 2027: that day has passed since, 1 day ago.",
    )


_GOOD = Reply(
    "q",
    TODAY,
    TODAY,
    "answer",
    "t",
    claims=(Claim("c", "digest", (Citation.parse("19 CFR 163.4(a)"),)),),
    deadlines=(
        Deadline("keep_through", "r", "entry", "entry", TODAY, "P5Y", "fixed", TODAY, (), ("s",), TODAY),
    ),
    amounts=(Amount("a", Decimal("100.00"), "cap", (), ()),),
    missing=(Missing("year", "Which?"),),
    passages=(Hit("p", Citation.parse("19 CFR 163.4(a)"), "d", 0.5),),
)


def _set(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(reply: dict[str, Any]) -> None:
        *above, last = path.split(".")
        here: Any = reply
        for name in above:
            here = here[int(name) if name.isdigit() else name]
        if value is ...:
            del here[last]
        else:
            here[last] = value

    return change


WRONG: list[tuple[str, object, str]] = [
    ("text", ..., "text"),
    ("text", 5, "text"),
    ("text", None, "text"),
    ("outcome", "perhaps", "outcome"),
    ("outcome", "refusal", "reason"),
    ("reason", "advice", "reason"),
    ("as_of", "20261122", "as_of"),
    ("as_of", "2026-02-30", "as_of"),
    ("id", 7, "id"),
    ("claims", {}, "claims"),
    ("claims", None, "claims"),
    ("claims.0.basis", "hearsay", "basis"),
    ("claims.0.basis", "quote", "has one"),
    ("claims.0.citations", [], "without a citation"),
    ("claims.0.citations", ["19 CFR 163.4(b)"], "citations"),
    ("claims.0.text", " ", "says something"),
    ("claims.0.quotes", [{}], "quote"),
    ("claims.0.sure", True, "sure"),
    ("citations", ["19 U.S.C. § 1"], "citations"),
    ("deadlines.0.days_left", 1, "days_left|status"),
    ("deadlines.0.days_left", 10**12, "calendar"),
    ("deadlines.0.days_left", 0.0, "days_left"),
    ("deadlines.0.status", "past", "status"),
    ("deadlines.0.trigger", "entry", "trigger"),
    ("amounts.0.value", "1e2", "value"),
    ("amounts.0.value", "a lot", "value"),
    ("amounts.0.currency", "EUR", "currency"),
    ("missing.0.fact", ..., "fact"),
    ("passages.0.score", "0.5", "score"),
    ("passages.0.score", True, "score"),
    ("timings", {"total": "1"}, "total"),
    ("timings", [], "timings"),
    ("unheard_of", 1, "unheard_of"),
]


@pytest.mark.parametrize(
    ("path", "value", "said"), WRONG, ids=[f"{path}={value}" for path, value, _ in WRONG]
)
def test_what_no_reply_writes_is_not_read(path: str, value: object, said: str) -> None:
    written = json.loads(json.dumps(_GOOD.to_json()))
    assert Reply.from_json(written).to_json() == written
    _set(path, value)(written)
    if path == "deadlines.0.days_left" and value == 1:
        # It moves the day treated as today, which only the deadline's own status can gainsay.
        written["deadlines"][0]["status"] = "past"
    with pytest.raises(UsageError, match=said) as error:
        Reply.from_json(written)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("value", [None, [], "a reply", 5, {}])
def test_what_is_no_object_is_not_read(value: object) -> None:
    with pytest.raises(UsageError, match="not a Reply"):
        Reply.from_json(value)


def test_a_field_that_was_added_later_takes_its_default() -> None:
    written = _GOOD.to_json()
    for name in ("findings", "usage", "model", "timings"):
        del written[name]
    assert Reply.from_json(written) == _GOOD
