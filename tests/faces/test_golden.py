"""Golden files: twenty Replies of every outcome in every rendering, and what all renderings share.

After a rendering was changed on purpose: ``python -m tests.faces.golden``, and read the difference.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import get_args
from urllib.parse import urlsplit

import pytest

from assistant.answering.reply import Basis, Outcome, Reason, Reply
from assistant.faces.rendering.slack_blocks import flat
from assistant.wiring import Assistant
from tests.conftest import TODAY
from tests.faces.golden.made import ASKED, HERE, RENDERINGS, documents, stored
from tests.faces.slack.blockkit import message_faults
from tests.faces.slack.longest import FILE

HELD = documents()
REPLIES = {name: stored(name) for name in ASKED}
#: The official pages that a citation leads to.
OFFICIAL = {"uscode.house.gov", "www.ecfr.gov", "www.congress.gov"}
#: Dates that could be read two ways, or have to be worked out: no month in words.
NUMERIC = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b")


#: What is a rendering; the first of them all is the Reply itself.
SHOWN = [file for file in RENDERINGS if file != "reply.json"]


@pytest.mark.parametrize("file", SHOWN)
@pytest.mark.parametrize("name", ASKED)
def test_each_reply_is_rendered_as_it_was(name: str, file: str) -> None:
    golden = (HERE / name / file).read_text(encoding="utf-8")
    assert RENDERINGS[file](REPLIES[name], HELD) == golden


@pytest.mark.parametrize("name", ASKED)
def test_what_is_kept_is_still_what_is_concluded(assistant: Assistant, name: str) -> None:
    """Better words change nothing here; another outcome, date or amount does, or another fact asked for."""
    question, as_of = ASKED[name]
    reply, kept = assistant.ask(question, as_of=as_of or TODAY, today=TODAY), REPLIES[name]
    assert (reply.question, reply.outcome, reply.reason) == (kept.question, kept.outcome, kept.reason)
    assert (reply.keep_through, reply.due_by) == (kept.keep_through, kept.due_by)
    assert [one.value for one in reply.amounts] == [one.value for one in kept.amounts]
    assert [one.fact for one in reply.missing] == [one.fact for one in kept.missing]


def test_nothing_else_lies_among_them() -> None:
    assert {path.name for path in HERE.iterdir() if path.is_dir() and path.name[0] not in "_."} == set(ASKED)


def test_every_outcome_reason_and_basis_is_among_them() -> None:
    replies = REPLIES.values()
    assert {reply.outcome for reply in replies} == set(get_args(Outcome))
    assert {reply.reason for reply in replies if reply.reason} == set(get_args(Reason))
    assert {claim.basis for reply in replies for claim in reply.claims} == set(get_args(Basis))
    assert {d.kind for reply in replies for d in reply.deadlines} == {"keep_through", "due_by"}
    assert {d.status for reply in replies for d in reply.deadlines} == {"running", "past"}
    assert len({amount.bound for reply in replies for amount in reply.amounts}) >= 2
    asked_back = [reply for reply in replies if reply.outcome == "clarification"]
    assert {bool(reply.deadlines) for reply in asked_back} == {True, False}
    assert len(ASKED) == 20
    assert any(reply.as_of != reply.today for reply in replies)


def visible(file: str, text: str) -> str:
    """What a person sees of a rendering."""
    if file == "slack.json":
        messages = json.loads(text)
        labels = [
            element["text"]["text"]
            for message in messages
            for block in message["blocks"]
            if block["type"] == "actions"
            for element in block["elements"]
        ]
        return "\n".join([*(flat(message["blocks"]) for message in messages), *labels])
    if file == "reply.html":
        return unescape(re.sub(r"<[^>]*>", " ", text))
    if file == "reply.md":
        return re.sub(r"\\(.)", r"\1", re.sub(r"\(<[^>]*>\)", "", text))
    return text


def squeezed(text: str) -> str:
    return " ".join(re.sub(r"[*_>\\“”\u2060]", " ", text).split())


def without_quotes(reply: Reply, text: str) -> str:
    """Without the user's words and those of the law."""
    said = squeezed(text)
    words = [reply.question, *(quote.text for claim in reply.claims for quote in claim.quotes)]
    for quoted in sorted(map(squeezed, words), key=len, reverse=True):
        said = said.replace(quoted, " ")
    return said


@pytest.mark.parametrize("file", SHOWN)
@pytest.mark.parametrize("name", ASKED)
def test_no_date_of_ours_is_in_digits_alone(name: str, file: str) -> None:
    shown = visible(file, RENDERINGS[file](REPLIES[name], HELD))
    assert NUMERIC.findall(without_quotes(REPLIES[name], shown)) == []


def test_the_pattern_finds_such_dates() -> None:
    for text in ("on 2027-03-01.", "3/1/2027", "31.12.26", "(2020-7-1)"):
        assert NUMERIC.search(text), text
    for text in ("March 1, 2027", "19 CFR 163.4(b)(1)", "19 U.S.C. § 1508", "$8,000.00", "111.23", "10/100"):
        assert not NUMERIC.search(text), text


def test_no_date_in_digits_in_the_longest_replies_either(assistant: Assistant) -> None:
    """Over the real assistant: its own words, as every rendering repeats them."""
    for question in json.loads(FILE.read_text(encoding="utf-8"))[:20]:
        reply = assistant.ask(question, as_of=TODAY, today=TODAY)
        for file in ("reply.md", "reply.txt", "slack.json"):
            shown = visible(file, RENDERINGS[file](reply, assistant.documents))
            assert NUMERIC.findall(without_quotes(reply, shown)) == [], (question, file)


@pytest.mark.parametrize("file", SHOWN)
@pytest.mark.parametrize("name", ASKED)
def test_no_rendering_leaves_out_what_the_reply_says(name: str, file: str) -> None:
    reply = REPLIES[name]
    shown = squeezed(visible(file, RENDERINGS[file](reply, HELD)))
    said = [claim.text for claim in reply.claims]
    said += [step for d in reply.deadlines for step in d.steps] + [s for a in reply.amounts for s in a.steps]
    said += [item.question for item in reply.missing] + list(reply.caveats)
    for words in said or [reply.text]:
        assert squeezed(words) in shown


@pytest.mark.parametrize("file", ["reply.md", "reply.html", "slack.json"])
@pytest.mark.parametrize("name", ASKED)
def test_citations_lead_to_their_official_pages(name: str, file: str) -> None:
    reply = REPLIES[name]
    shown = unescape(RENDERINGS[file](reply, HELD))
    wanted = {citation.url for citation in reply.citations if citation.url}
    assert {urlsplit(address).hostname for address in wanted} <= OFFICIAL
    for address in wanted:
        assert address in shown


@pytest.mark.parametrize("name", ASKED)
def test_slack_takes_every_message(name: str) -> None:
    for message in json.loads(RENDERINGS["slack.json"](REPLIES[name], HELD)):
        tame = {"unfurl_links": False, "unfurl_media": False}
        assert message_faults({**message, **tame}) == []
