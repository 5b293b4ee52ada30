"""Serve the assistant over HTTP, as JSON. The index must exist (make index).

On 127.0.0.1, the default, only this machine can reach it. On any other host every request needs
'Authorization: Bearer TOKEN', with a token of RECORDKEEPING_HTTP_TOKEN (several, separated by
commas, each with conversations of its own); without one the server does not start."""

from __future__ import annotations

import argparse
import os
from contextlib import closing

from assistant.faces.asked import port

EXAMPLES = """  python -m assistant serve
  curl -s 127.0.0.1:8600/v1/ask -H 'Content-Type: application/json' -d '{"question": "How long?"}'
  RECORDKEEPING_HTTP_TOKEN=... python -m assistant serve --host 0.0.0.0 --port 80"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", metavar="HOST", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", default=8600, type=port, metavar="PORT", help="8600; 0 takes a free one")


def run(arguments: argparse.Namespace) -> int:
    from assistant.faces.http.app import make_app
    from assistant.faces.http.door import Door
    from assistant.faces.http.server import address_of, listen
    from assistant.faces.http.server import run as serve
    from assistant.faces.logs import set_up_logs
    from assistant.settings import Settings
    from assistant.wiring import Newest, open_store

    door = Door.of(os.environ.get("RECORDKEEPING_HTTP_TOKEN", ""), arguments.host)
    settings = Settings.from_environment(os.environ)
    set_up_logs()
    with (
        Newest(settings) as newest,
        closing(open_store(settings)) as store,
        listen(arguments.host, arguments.port) as bound,
    ):
        print(f"Serving on {address_of(bound)}  (Ctrl-C stops it)", flush=True)
        serve(make_app(newest, store, door), bound)
    return 0
