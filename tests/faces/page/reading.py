"""What a person would read of a page under AppTest."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from assistant.law import Document
from assistant.reading.corpus import read_corpus
from assistant.settings import Settings


@cache
def held_texts() -> dict[str, Document]:
    """The texts, read once for all runs of a script."""
    return {document.id: document for document in read_corpus(Settings().corpus)}


KOREA = "How long must the issuer of a Korea certificate of origin keep the records?"


def ask(page: AppTest, question: str) -> AppTest:
    return page.chat_input(key="question").set_value(question).run()


def html(page: AppTest) -> str:
    return "\n".join(element.value for element in page.html)


def text(page: AppTest) -> str:
    """Without the tags, the style and the script."""
    return unescape(re.sub(r"<(style|script)>.*?</\1>|<[^>]+>", "", html(page), flags=re.DOTALL))


def keyed(page: AppTest, prefix: str) -> list[Button]:
    return [button for button in page.button if (button.key or "").startswith(prefix)]
