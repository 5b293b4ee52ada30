"""Bolt's app: which listener hears what. Each acknowledges first and hands the work to the desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackApiError, SlackClientError

from assistant.errors import UsageError
from assistant.faces.logs import fault
from assistant.faces.rendering.slack import BAD, GOOD, LINK, OPEN, computed_messages, one_line
from assistant.faces.rendering.slack_blocks import Block, message, notes, quotation, sentence
from assistant.faces.slack import commands
from assistant.faces.slack.asking import Asked, Desk, Send, log
from assistant.faces.slack.hearing import Said, heard, names, words
from assistant.faces.slack.keys import Keys
from assistant.faces.slack.links import passage_link
from assistant.faces.slack.posting import quiet
from assistant.faces.slack.views import (
    EXAMPLE,
    WHY,
    Place,
    home_view,
    passage_view,
    reason_view,
    thanks_view,
)

#: Bolt's threads only acknowledge and hand over.
_THREADS = 16
_THANKS = "Thank you. Kept with the question and the answer."
_EMPTY = "What would you like to know? For example: how long must we keep records for a drawback claim?"
Body = dict[str, Any]


def bolt_app(keys: Keys, desk: Desk) -> App:
    """The app with its listeners; `UsageError` where Slack does not take the token or does not answer."""
    try:
        app = App(
            client=desk.post.client,
            signing_secret=keys.signing_secret,
            request_verification_enabled=not keys.by_socket,
            ssl_check_enabled=False,  # it would answer before a signature is looked at
            listener_executor=ThreadPoolExecutor(_THREADS, thread_name_prefix="bolt"),
            logger=quiet,
        )
    except (BoltError, SlackApiError) as error:
        found = re.search(r"'error': '([a-z_]+)'", str(error))
        code = f" ({found[1]})" if found else ""
        raise UsageError(
            f"Slack does not take SLACK_BOT_TOKEN{code}; copy it again from the app's pages"
        ) from None
    except (SlackClientError, OSError) as error:
        raise UsageError(f"Slack cannot be reached at {keys.api} ({type(error).__name__})") from None
    app.error(_log_fault)
    _hear_messages(app, desk)
    _hear_commands(app, desk)
    _hear_clicks(app, desk)
    app.event(re.compile(".*"))(_nothing)
    app.action(re.compile(".*"))(_acknowledged)
    app.view(re.compile(".*"))(_acknowledged)
    return app


def _log_fault(error: Exception) -> None:
    log.error("a fault of this program: %s", fault(error))


def _nothing() -> None:
    """Everything else that Slack sends is acknowledged, and no more."""


def _acknowledged(ack: Ack) -> None:
    """A button or a modal of an older release."""
    ack()


def _hear_messages(app: App, desk: Desk) -> None:
    @app.event("app_mention")
    def mentioned(event: Body, body: Body, context: BoltContext) -> None:
        said = heard(event, context.bot_user_id)
        if said is not None and not said.direct:  # a direct message comes as one, too
            _take(desk, said, body, context)

    @app.event("message")
    def written(event: Body, body: Body, context: BoltContext) -> None:
        said = heard(event, context.bot_user_id)
        if said is None:
            return
        if said.direct:
            _take(desk, said, body, context)
        elif said.thread_ts not in (None, said.ts) and not names(said, context.bot_user_id):
            # A thread in a channel: ours to answer only when it began with a question to us.
            desk.soon(lambda: _take_if_ours(desk, said, body, context))

    @app.event("app_home_opened")
    def opened(event: Body) -> None:
        if event.get("tab", "home") == "home":
            user = str(event.get("user", ""))
            desk.soon(lambda: desk.post.home(user, _home(desk)))


def _home(desk: Desk) -> Block:
    documents = tuple(desk.documents().values())
    return home_view(documents, desk.today(), desk.page)


def _take_if_ours(desk: Desk, said: Said, body: Body, context: BoltContext) -> None:
    if desk.known(_team(body, context), _key(said)):
        _take(desk, said, body, context)


def _take(desk: Desk, said: Said, body: Body, context: BoltContext) -> None:
    """Answer a message in its thread, or ask what it asks when it says nothing."""
    question = words(said.text)
    id = str(body.get("event_id") or "")
    event = f"event:{id}" if id else ""  # without one it cannot be told from another, and is no repeat

    send = partial(desk.post.in_thread, said.channel, said.thread)
    if question:
        desk.ask(Asked(question, _team(body, context), _key(said), send), event)
    else:
        desk.soon(lambda: send([one_line(_EMPTY)]) if desk.first(event) else None)


def _hear_commands(app: App, desk: Desk) -> None:
    @app.command(commands.COMMAND)
    def commanded(ack: Ack, command: Body, context: BoltContext) -> None:
        ack()
        url, delivery = str(command["response_url"]), _delivery(context)
        send = partial(desk.post.answer, url)
        try:
            verb, rest = commands.understood(words(str(command.get("text", ""))))
        except UsageError as error:
            line = str(error)
            desk.soon(lambda: desk.post.line(url, line) if desk.first(delivery) else None)
            return
        if verb == "ask" and rest:
            desk.ask(Asked(rest, str(command["team_id"]), "", send, echo=True), delivery)
        elif verb == "deadline":
            desk.soon(lambda: _compute(desk, rest, send) if desk.first(delivery) else None, send)
        else:
            desk.soon(lambda: send([commands.help_message()]) if desk.first(delivery) else None, send)


def _compute(desk: Desk, text: str, send: Send) -> None:
    today = desk.today()
    terms = commands.read_terms(text)
    found = terms.computed(today)
    documents = desk.documents()
    asked = f"{commands.COMMAND} deadline {text}"
    send(computed_messages(found, documents, asked=asked, as_of=terms.as_of or today, today=today))


def _hear_clicks(app: App, desk: Desk) -> None:
    def clicked(name: str) -> Callable[[Callable[[str, Body, BoltContext], None]], None]:
        """A button by its name: acknowledged, then worked on once in the background."""

        def register(work: Callable[[str, Body, BoltContext], None]) -> None:
            def listener(ack: Ack, action: Body, body: Body, context: BoltContext) -> None:
                ack()
                value, url = str(action.get("value") or ""), str(body.get("response_url") or "")
                tell = partial(desk.post.answer, url) if url else None
                first = partial(desk.first, _delivery(context))
                desk.soon(lambda: work(value, body, context) if first() else None, tell)

            app.action(re.compile(rf"^{name}:"))(listener)

        return register

    @clicked(OPEN)
    def passage(value: str, body: Body, context: BoltContext) -> None:
        place = Place.read(value, desk.documents())
        link = passage_link(desk.page, place) if desk.page else ""
        desk.post.modal(str(body.get("trigger_id", "")), passage_view(place, desk.today(), link))

    @clicked(GOOD)
    def good(value: str, body: Body, context: BoltContext) -> None:
        desk.judge(_team(body, context), value, good=True)
        desk.post.line(str(body.get("response_url", "")), _THANKS)

    @clicked(BAD)
    def bad(value: str, body: Body, context: BoltContext) -> None:
        desk.post.modal(str(body.get("trigger_id", "")), reason_view(value))
        desk.judge(_team(body, context), value, good=False)

    @clicked(EXAMPLE)
    def example(value: str, body: Body, context: BoltContext) -> None:
        asked = message([*notes(["You asked:"]), *quotation(value)])
        channel, thread = desk.post.open_thread(str(body["user"]["id"]), asked)
        if channel and thread:
            send = partial(desk.post.in_thread, channel, thread)
            desk.ask(Asked(value, _team(body, context), f"{channel}:{thread}", send), "")

    @clicked(LINK)
    def link(value: str, body: Body, context: BoltContext) -> None:
        """Slack has opened the address itself."""

    @app.view(WHY)
    def why(ack: Ack, view: Body, body: Body, context: BoltContext) -> None:
        reason = str(view["state"]["values"][WHY][WHY].get("value") or "")
        turn, team = str(view.get("private_metadata", "")), _team(body, context)
        if problem := desk.awaited(lambda: desk.judge(team, turn, good=False, reason=reason)):
            ack(response_action="errors", errors={WHY: sentence(problem)})
        else:
            ack(response_action="update", view=thanks_view())


def _key(said: Said) -> str:
    return f"{said.channel}:{said.thread}"


def _delivery(context: BoltContext) -> str:
    """What a request replayed within its five minutes repeats; empty by socket, where none can be."""
    return str(context.get("delivery") or "")


def _team(body: Body, context: BoltContext) -> str:
    team = body.get("team")
    return str(body.get("team_id") or (team or {}).get("id") or context.team_id or "")
