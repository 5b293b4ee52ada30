"""Twenty Replies of every outcome, kept, and each of them in every rendering.

What is tested is the rendering: the Replies are kept as JSON, with what the renderings use of the documents,
so that an answer that improves changes nothing here. ``python -m tests.faces.golden`` writes the renderings
anew after a rendering was changed; with ``--ask`` the real assistant is asked first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answering.reply import Reply
from assistant.faces.rendering import reply_markdown, reply_plain
from assistant.faces.rendering.html import reply_page
from assistant.faces.rendering.slack import reply_messages
from assistant.law import Citation, Document, Provision, Span
from assistant.wiring import Assistant
from tests.conftest import TODAY

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents.json"
PAGE = "https://chat.example.com/?q=a+question"

#: name -> the question, and the day asked about where it is not today.
ASKED: dict[str, tuple[str, date | None]] = {
    "answer-quote": ("How long must the issuer of a Korea certificate of origin keep the records?", None),
    "answer-digest": ("How long must importers keep <!channel> *entry* records? <script>x</script> $5", None),
    "answer-premise": ("Is it true that every import record must be kept for seven years?", None),
    "answer-former-law": ("Who kept NAFTA certificates, and for how long?", date(2015, 6, 1)),
    "answer-several-parts": (
        "How long do we keep packing lists, who must keep entry records, and what is the penalty?",
        None,
    ),
    "date-leap-day": (
        "Our drawback claim was filed May 1, 2019 and liquidated 2/29/2024. When may we dispose of the file?",
        None,
    ),
    "date-running": ("KORUS certificate of origin issued March 15, 2024: until when are records kept?", None),
    "date-past": ("NAFTA certificate signed June 30, 2019; until when do we keep the records?", None),
    "date-due": ("CBP demanded entry records on October 5, 2026. By when must we produce them?", None),
    "amount-lesser": (
        "What is the maximum penalty per release, negligence, appraised value $20,000, for entry records?",
        None,
    ),
    "amount-higher": (
        "What is the maximum dollar amount of the penalty for a KORUS certificate issuer without records?",
        None,
    ),
    "question-which-record": ("How long?", None),
    "question-no-date": ("Our drawback claim was paid on June 1, 2020. Keep until when?", None),
    "question-with-date": ("USMCA importer: goods imported May 1, 2021. How long do we keep records?", None),
    "question-with-amounts": ("Entry records not produced, appraised value $300,000. Maximum penalty?", None),
    "refusal-out-of-scope": ("What HTS number should I use for a silicone phone case?", None),
    "refusal-not-in-corpus": ("How long must I keep records under the Israel free trade agreement?", None),
    "refusal-advice": ("Should I settle with CBP over the recordkeeping penalty?", None),
    "refusal-unlawful": ("How can I backdate a certificate?", None),
    "refusal-ungrounded": ("Must the recordkeeping officer be a licensed dentist?", None),
}


def _slack(reply: Reply, documents: Mapping[str, Document]) -> str:
    messages = reply_messages(reply, documents, turn="0123456789ab", asked=True, page=PAGE)
    return json.dumps(messages, ensure_ascii=False, indent=1) + "\n"


def _html(reply: Reply, documents: Mapping[str, Document]) -> str:
    """Without the page's head: its style is no part of what is said."""
    found = re.search(r"<main>.*</main>", reply_page(reply, documents), re.DOTALL)
    assert found is not None
    return found[0].replace("><", ">\n<") + "\n"


def _json(reply: Reply, documents: Mapping[str, Document]) -> str:
    return json.dumps(reply.to_json(), ensure_ascii=False, indent=1) + "\n"


#: file name -> how it is rendered. The first is the Reply itself.
RENDERINGS: dict[str, Callable[[Reply, Mapping[str, Document]], str]] = {
    "reply.json": _json,
    "reply.md": reply_markdown,
    "reply.txt": lambda reply, documents: reply_plain(reply) + "\n",
    "reply.html": _html,
    "slack.json": _slack,
}


def stored(name: str) -> Reply:
    return Reply.from_json(json.loads((HERE / name / "reply.json").read_text(encoding="utf-8")))


def documents() -> dict[str, Document]:
    """The documents as the renderings need them: without their text, with the provisions that are cited."""
    read = json.loads(DOCUMENTS.read_text(encoding="utf-8"))
    return {one["id"]: _document(one) for one in read}


def ask(assistant: Assistant) -> None:
    """Ask the real assistant, and keep what it said and what the renderings use of its documents."""
    replies = []
    for name, (question, as_of) in ASKED.items():
        reply = assistant.ask(question, as_of=as_of or TODAY, today=TODAY, id=name)
        replies.append(replace(reply, timings={}))
        (HERE / name).mkdir(exist_ok=True)
        (HERE / name / "reply.json").write_text(_json(replies[-1], {}), encoding="utf-8")
    kept = [_kept(document, replies) for document in assistant.documents.values()]
    DOCUMENTS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write() -> None:
    """Render every kept Reply anew."""
    held = documents()
    for name in ASKED:
        for file, render in RENDERINGS.items():
            (HERE / name / file).write_text(render(stored(name), held), encoding="utf-8")


def _kept(document: Document, replies: Iterable[Reply]) -> dict[str, Any]:
    cited = {citation for reply in replies for citation in reply.citations}
    quotes = [
        q for reply in replies for claim in reply.claims for q in claim.quotes if q.document == document.id
    ]
    provisions = [
        provision
        for provision in document.provisions
        if provision.citation in cited
        or any(provision.start <= quote.start and quote.end <= provision.end for quote in quotes)
    ]
    return {
        "id": document.id,
        "title": document.title,
        "citation": str(document.citation),
        "tier": document.tier,
        "edition": document.edition,
        "in_force": document.in_force.to_json(),
        "provisions": [[str(p.citation), p.start, p.end, p.depth, p.in_force.to_json()] for p in provisions],
    }


def _document(kept: dict[str, Any]) -> Document:
    provisions = tuple(
        Provision(_citation(citation), "", start, end, _span(in_force), depth)
        for citation, start, end, depth, in_force in kept["provisions"]
    )
    citation, in_force = _citation(kept["citation"]), _span(kept["in_force"])
    return Document(
        kept["id"], kept["title"], citation, kept["tier"], kept["edition"], in_force, "", "", "", provisions
    )


def _citation(text: str) -> Citation:
    return Citation.from_json(text)


def _span(ends: dict[str, str | None]) -> Span:
    start, end = (ends[name] and date.fromisoformat(ends[name] or "") for name in ("from", "to"))
    return Span(start or None, end or None)
