"""An answer as a file: read back, with every quote and citation, and nothing that runs."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from assistant.answering.reply import Reply
from assistant.faces.rendering.html import reply_page
from assistant.faces.rendering.pdf import FOOT, reply_pdf
from assistant.wiring import Assistant
from tests.conftest import TODAY

QUESTIONS = (
    "How long must the issuer of a Korea certificate of origin keep the records?",
    "Our drawback claim was filed May 1, 2019 and liquidated 2/29/2024. When may we dispose of the file?",
    "What is the most we could be fined for not producing entry records CBP demanded?",
    "What did § 1508(b)(3) say in 2015?",
    "How long?",
    "What is the HTS code of leather shoes?",
)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read(file: bytes) -> str:
    pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(file)).pages]
    foot = squeezed(FOOT)
    assert all(foot in page for page in pages)
    return "".join(
        re.sub(rf"{re.escape(foot)}{n}|^{n}", "", page) for n, page in enumerate(pages, 1)
    ).replace(foot, "")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_pdf_says_all_that_the_reply_says(assistant: Assistant, question: str) -> None:
    reply = assistant.ask(question, as_of=TODAY, today=TODAY)
    file = reply_pdf(reply, assistant.documents)
    said = read(file)
    assert squeezed(question) in said
    for claim in reply.claims:
        assert squeezed(claim.text) in said
        for quote in claim.quotes:
            assert squeezed(quote.text) in said
    for words in (*map(str, reply.citations), *reply.caveats, *(m.question for m in reply.missing)):
        assert squeezed(re.sub(r"\*\*?", "", words)) in said
    for deadline in reply.deadlines:
        assert all(squeezed(step) in said for step in deadline.steps)
    assert file == reply_pdf(reply, assistant.documents), "the same reply is the same file"


def test_its_letters_are_embedded_and_its_links_are_official(assistant: Assistant, korea: Reply) -> None:
    reader = PdfReader(BytesIO(reply_pdf(korea, assistant.documents)))
    fonts = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    vera = [font for name, font in fonts.items() if "Vera" in name]
    assert vera and all("/FontFile2" in font["/FontDescriptor"] for font in vera)
    links = {note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots") or ()}
    assert links and all(
        link.startswith(("https://uscode.house.gov/", "https://www.ecfr.gov/", "https://www.congress.gov/"))
        for link in links
    )
    assert reader.metadata is not None and reader.metadata.title


@pytest.mark.parametrize(
    "question",
    [
        "<b>bold</b> & <a href='javascript:x'>link</a> <img src='file:/etc/passwd'/> ]]> &amp;",
        "§ “curly” ‘quotes’ – — … • é ñ ü € × ≥ −1",
        "中文 русский \x00\x1b[31m \u202e reversed",
        "x" * 4000,
        "",
        "line one\n\nline two\t<para>",
    ],
)
def test_whatever_was_asked_is_shown_as_text(assistant: Assistant, korea: Reply, question: str) -> None:
    said = read(reply_pdf(replace(korea, question=question), assistant.documents))
    wanted = squeezed(re.sub(r"[\x00-\x1f\u202e]|\[31m", " ", question)).replace("−", "-")
    for run in re.findall(r"[ -~§“”‘’–—…•éñü€×≥]{4,}", wanted):
        assert run in said
    page = reply_page(replace(korea, question=question), assistant.documents)
    assert "<b>bold" not in page and "<img" not in page and "<script" not in page


def test_letters_that_are_lacking_are_said_to_be(assistant: Assistant, korea: Reply) -> None:
    said = read(reply_pdf(replace(korea, question="中文"), assistant.documents))
    assert "◊◊" in said and squeezed("Letters that this file's typeface lacks") in said
    assert squeezed("typeface lacks") not in read(reply_pdf(korea, assistant.documents))


def test_the_page_to_keep_stands_on_its_own(assistant: Assistant, korea: Reply) -> None:
    page = reply_page(korea, assistant.documents)
    assert page.startswith("<!doctype html>") and "default-src 'none'" in page
    assert not re.search(r"<(script|img|link|iframe|object)\b|\son\w+=|src=", page)
    for citation in korea.citations:
        assert str(citation) in page
