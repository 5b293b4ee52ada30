"""Answer in Slack: mentions, direct messages and /recordkeeping.

With SLACK_BOT_TOKEN and SLACK_APP_TOKEN by socket, which needs no open port; with SLACK_BOT_TOKEN and
SLACK_SIGNING_SECRET over HTTP. Tokens come from the environment alone. docs/slack.md has the set-up."""

from __future__ import annotations

import argparse
import os
from contextlib import closing

from assistant.errors import UsageError
from assistant.faces.asked import port

EXAMPLES = """\
  SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… python -m assistant slack
  SLACK_BOT_TOKEN=xoxb-… SLACK_SIGNING_SECRET=… python -m assistant slack --host 0.0.0.0 --port 3000"""

HOST, PORT = "127.0.0.1", 3000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", metavar="HOST", help=f"where HTTP is listened on (default: {HOST})")
    parser.add_argument("--port", metavar="PORT", type=port, help=f"its port (default: {PORT}; 0: any)")


def run(arguments: argparse.Namespace) -> int:
    """Until Ctrl-C or SIGTERM; 2 where a token is missing or Slack does not take it."""
    from assistant.faces.slack.keys import Keys

    keys = Keys.from_environment(os.environ)
    if keys.by_socket and (arguments.host, arguments.port) != (None, None):
        raise UsageError(
            "SLACK_APP_TOKEN stands for socket mode, which listens on no port;"
            " leave --host and --port out, or SLACK_APP_TOKEN for HTTP"
        )

    from assistant.faces.logs import set_up_logs
    from assistant.faces.slack.app import bolt_app
    from assistant.faces.slack.asking import Desk
    from assistant.faces.slack.posting import Post, web_client
    from assistant.faces.slack.server import connect, serve
    from assistant.settings import Settings
    from assistant.wiring import Newest, open_store

    settings = Settings.from_environment(os.environ)
    set_up_logs()
    with (
        Newest(settings) as newest,
        closing(open_store(settings)) as store,
        closing(Desk(newest, store, Post(web_client(keys)), keys.page)) as desk,
    ):
        app = bolt_app(keys, desk)
        if keys.by_socket:
            connect(app, keys)
        else:
            serve(app, keys, arguments.host or HOST, PORT if arguments.port is None else arguments.port)
    return 0
