"""``/recordkeeping``: the same dates as the command line's, and one line for what cannot be read."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
from datetime import date

import pytest

from assistant.errors import UsageError
from assistant.faces.commands import deadline
from assistant.faces.slack.commands import Terms, read_terms, understood
from tests.faces.slack.conftest import Bot
from tests.faces.slack.standin import StandIn

VERBS = [
    ("", ("help", "")),
    ("  help ", ("help", "")),
    ("HELP", ("help", "")),
    ("ask How long?", ("ask", "How long?")),
    ("Ask  How long?", ("ask", "How long?")),
    ("How long must we keep entry records?", ("ask", "How long must we keep entry records?")),
    ("As of 2015, who kept NAFTA certificates?", ("ask", "As of 2015, who kept NAFTA certificates?")),
    ("deadline entry entry=2021-03-15", ("deadline", "entry entry=2021-03-15")),
]


@pytest.mark.parametrize(("text", "found"), VERBS)
def test_the_verb(text: str, found: tuple[str, str]) -> None:
    assert understood(text) == found


SAME: list[tuple[str, list[str]]] = [
    ("entry entry=2021-03-15", ["entry", "--event", "entry=2021-03-15"]),
    ("entry --event entry=2021-03-15", ["entry", "--event", "entry=2021-03-15"]),
    ("entry —event entry=2021-03-15", ["entry", "--event", "entry=2021-03-15"]),  # as Slack on a Mac types --
    ("entry --event=entry=2021-03-15", ["entry", "--event", "entry=2021-03-15"]),
    ("entry “entry=2021-03-15”", ["entry", "--event", "entry=2021-03-15"]),
    (
        "drawback claim_filed=2019-05-01 claim_liquidated=2024-02-29",
        ["drawback", "--event", "claim_filed=2019-05-01", "--event", "claim_liquidated=2024-02-29"],
    ),
    (
        "fta_export agreement=cafta-dr:honduras certificate_issued=2012-05-01",
        ["fta_export", "--agreement", "cafta-dr:honduras", "--event", "certificate_issued=2012-05-01"],
    ),
    (
        "fta_export --agreement korea certificate_issued=2024-03-15 as_of=2024-06-01",
        "fta_export --agreement korea --event certificate_issued=2024-03-15 --as-of 2024-06-01".split(),
    ),
    (
        "duty_free_low_value entry=2025-09-10 admitted_free=yes",
        ["duty_free_low_value", "--event", "entry=2025-09-10", "--fact", "admitted_free=yes"],
    ),
    (
        "fta_export agreement=cafta-dr country=honduras certificate_issued=2007-05-01",
        [
            *("fta_export", "--agreement", "cafta-dr", "--fact", "country=honduras"),
            *("--event", "certificate_issued=2007-05-01"),
        ],
    ),
    ("packing_list", ["packing_list"]),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "words"), SAME, ids=[typed for typed, _ in SAME])
def test_the_sum_is_the_command_lines(typed: str, words: list[str]) -> None:
    parser = argparse.ArgumentParser()
    deadline.add_arguments(parser)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        deadline.run(parser.parse_args([*words, "--today", "2026-11-22", "--json"]))
    assert read_terms(typed).computed(date(2026, 11, 22)).to_json() == json.loads(out.getvalue())


BAD = [
    ("", "name the record first"),
    ("entry=2021-03-15", "name the record first"),
    ("entri entry=2021-03-15", "did you mean 'entry'"),
    ("entry entry=2023-02-29", "2023-02-29"),
    ("entry entry=3/1/2021", "YYYY-MM-DD"),
    ("entry claim_filed=2021-01-01", "does not belong"),
    ("entry entry", "NAME=VALUE"),
    ("entry entry=", "NAME=VALUE"),
    ("entry entry=2021-03-15 entry=2021-03-16", "twice"),
    ("entry --when 2021-03-15", "--when"),
    ("entry --event", "NAME=VALUE"),
    ("entry 'entry=2021-03-15", "quotation mark"),
    ("fta_export certificate_issued=2012-05-01", "needs an agreement"),
    ("entry agreement=korea entry=2021-03-15", "takes no agreement"),
    ("entry entry=9999-03-15", "9999"),
    ("entry entry=2021-03-15 as_of=soon", "soon"),
]


@pytest.mark.parametrize(("typed", "said"), BAD)
def test_what_cannot_be_read_is_said_in_one_line(typed: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        read_terms(typed).computed(date(2026, 11, 22))
    assert said in str(error.value) and "\n" not in str(error.value)


def test_terms_without_pairs_are_a_record_alone() -> None:
    assert read_terms("packing_list") == Terms("packing_list")


OVER_HTTP = [
    ("ask Must packing lists be kept five years?", "packing", True),
    (
        "deadline drawback claim_filed=2019-05-01 claim_liquidated=2024-02-29",
        "Keep through March 1, 2027 (",
        True,
    ),
    ("deadline entry_records_demand demand_received=2026-10-05", "Due by November 4, 2026 (", True),
    ("deadline duty_free_low_value entry=2025-09-10", "A fact that decides is missing.", True),
    ("deadline entri entry=2021-03-15", "did you mean 'entry'", False),
    ("dedline entry entry=2021-03-15", "did you mean 'deadline'", False),
    ("help", "/recordkeeping deadline drawback", False),
    ("", "/recordkeeping ask", False),
]


@pytest.mark.parametrize(("text", "said", "echoed"), OVER_HTTP, ids=[text for text, _, _ in OVER_HTTP])
def test_a_command_is_answered_to_whoever_gave_it(
    text: str, said: str, echoed: bool, bot: Bot, slack: StandIn
) -> None:
    name = f"command{hash(text)}"
    status, body = bot.command(text, slack.answer_address(name))
    assert (status, body) == (200, b"")
    (answer,) = slack.wait(lambda: slack.of(f"answer:{name}"))
    assert said in answer["text"]
    assert not echoed or text.partition(" ")[2][:40] in answer["text"]


def test_a_command_replayed_is_not_answered_again(bots: tuple[Bot, Bot], slack: StandIn) -> None:
    from tests.faces.slack.conftest import command, signature

    kind = "application/x-www-form-urlencoded"
    body = command("ask How long must we keep entry records?", slack.answer_address("replayed"))
    headers = signature(body, kind)
    statuses = [bots[n % 2].send(body, headers)[0] for n in range(6)]
    assert statuses == [200] * 6
    slack.wait(lambda: slack.of("answer:replayed"))
    name = "after"
    bots[0].command("help", slack.answer_address(name))
    slack.wait(lambda: slack.of(f"answer:{name}"))
    assert len(slack.of("answer:replayed")) == 1
