"""About: what is held and as of when, how answers are made, what this cannot do, and privacy."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import streamlit as st

from assistant.faces.page.desk import Desk
from assistant.faces.rendering import is_former, span_words
from assistant.faces.rendering.words import TIER_NAMES
from assistant.law.document import TIERS
from assistant.settings import Settings


def show(desk: Desk) -> None:
    """One page of text; what is held and what is switched on is read from the desk, not written here."""
    st.html(
        '<div class="welcome"><h1>About this assistant</h1>'
        "<p>It answers questions about U.S. customs recordkeeping: 19 U.S.C. §&nbsp;1508 and §&nbsp;1509,"
        " 19 CFR Part 163, and CBP’s Recordkeeping Compliance Program. It is general information about the"
        " law and not legal advice.</p></div>"
    )
    st.html(
        '<div class="prose">'
        f"<h2>What is held, and as of when</h2>{_held(desk)}"
        f"<h2>How an answer is made</h2>{_MADE}"
        f"<h2>The language model</h2>{_model(desk.settings)}"
        f"<h2>What it cannot do</h2>{_CANNOT}"
        f"<h2>What is kept, and who sees it</h2>{_privacy(desk)}"
        "</div>"
    )


def _held(desk: Desk) -> str:
    if not desk.documents:
        return "<p>No text is held: the index has not been built yet.</p>"
    rows = "".join(_rows(desk))
    return (
        '<table class="rows held-texts"><thead><tr><th scope="col">Text</th><th scope="col">Kind</th>'
        f'<th scope="col">Edition</th><th scope="col">As law</th></tr></thead><tbody>{rows}</tbody></table>'
        "<p>A text that has been replaced since is kept for questions about former days, and every answer"
        " says which edition it rests on. The Library shows all of them in full.</p>"
    )


def _rows(desk: Desk) -> Iterator[str]:
    for document in sorted(desk.documents.values(), key=lambda d: TIERS.index(d.tier)):
        words = span_words(document.in_force)
        former = "Superseded; " if is_former(document.in_force, desk.today) else ""
        caveat = f"<br><small>{escape(document.caveat)}</small>" if document.caveat else ""
        yield (
            f'<tr><th scope="row">{escape(document.title)}{caveat}</th>'
            f"<td>{escape(TIER_NAMES[document.tier])}</td>"
            f"<td>{escape(document.edition)}</td><td>{escape(former + words)}</td></tr>"
        )


def _model(settings: Settings) -> str:
    if not settings.chat_model:
        return (
            "<p><strong>Off.</strong> Answers are composed from the texts held, with no language model, no"
            " network and no key.</p>"
        )
    where = "Your question and the passages found for it are sent to the model’s server."
    if settings.private:
        where = "Only a model on this machine is used; what you write does not leave it."
    return (
        f"<p><strong>On: <code>{escape(settings.chat_model)}</code>.</strong> It may phrase an answer and"
        " nothing else: every sentence of its draft is checked against the texts, and a draft that fails is"
        f" thrown away and the composed answer shown instead. {where}</p>"
    )


def _privacy(desk: Desk) -> str:
    if desk.store is None:
        kept = "Conversations are not kept on this server; they end with the tab."
    else:
        kept = (
            "Your conversations are kept on this server, under a name that your browser holds in a cookie"
            " and nobody can guess. Whoever uses this browser sees them; another browser does not. Delete"
            " one in the sidebar, and it is gone for good, with what you said of its answers."
        )
    return (
        f"<p>{kept} What you say of an answer is kept with the whole answer, for whoever looks after this"
        " assistant to learn from. Whoever runs the server can read what is kept on it.</p>"
        "<p>The page asks no other server for anything, and counts and reports nothing. A question in a"
        " link stands in the link: whoever has it can read it.</p>"
    )


_MADE = """<ol>
<li><strong>The question is read</strong>: records, agreements, events with their dates, citations, and the
day it is about.</li>
<li><strong>Dates and amounts are computed</strong> by rules that carry their authority, with every step
shown. Nothing else writes a date or an amount.</li>
<li><strong>The texts are searched</strong>, only those in force on the day asked about, by citation, by
words and by meaning.</li>
<li><strong>Sentences are composed</strong>, each from one authority: the words of a text held, a rule, or a
restatement of ours that is tied to one provision and to the day somebody checked it.</li>
<li><strong>Every sentence is checked</strong> before it is shown: its quotes letter by letter, its
citations, and its numbers. What has no authority is not said.</li></ol>"""
_CANNOT = """<ul>
<li>It does not give advice: what to do in your case is for you and your lawyer or broker.</li>
<li>It does not classify goods, assess duty, or decide origin, and knows no other field of law.</li>
<li>It does not know your records, CBP’s demands on you, or what you agreed with anybody.</li>
<li>It does not know what changed after the editions above. Where they are old, the answer says so;
read the official text before you rely on one.</li>
<li>Where it restates the law in its own words, the official text governs.</li>
<li>Where the texts held say nothing, it says that, and does not guess.</li></ul>"""
