"""The page as a web application: ``streamlit run app.py``, or ``make chat``.

The page itself is `assistant/faces/page/script.py`; here are only its two doors: who is asking, and
what is said when something fails that nobody foresaw.
"""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware

from assistant.faces.page.door import Door, say_that_it_failed

app = st.App(
    "assistant/faces/page/script.py", middleware=[Middleware(Door)], on_script_error=say_that_it_failed
)
