"""Who may come in: only what Slack signed in the last five minutes, whole, in a shape that it sends."""

from __future__ import annotations

import json
import random
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import pytest

from assistant.faces.slack.door import FORM, JSON, LARGEST, WINDOW, Refused, admit, sign
from tests.faces.slack.conftest import Bot, command, direct, envelope, signature
from tests.faces.slack.standin import SECRET, StandIn
from tests.faces.slack.test_talking import talk

NOW = 1_790_000_000
GOOD = envelope(direct("How long?"))


def headers(body: bytes, kind: str = JSON, at: float = NOW, secret: str = SECRET) -> dict[str, str]:
    return {name.lower(): value for name, value in signature(body, kind, at=at, secret=secret).items()}


def test_slacks_own_published_example_is_signed_as_published() -> None:
    """The example of docs.slack.dev/authentication/verifying-requests-from-slack."""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    found = sign("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body)
    assert found == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


@pytest.mark.parametrize("at", [NOW, NOW - WINDOW, NOW + WINDOW])
def test_what_slack_signed_lately_comes_in(at: int) -> None:
    assert admit(SECRET, headers(GOOD, at=at), GOOD, NOW) == GOOD.decode()


def event(**parts: Any) -> bytes:
    return json.dumps({"type": "event_callback", **parts}).encode()


REFUSED: list[tuple[str, dict[str, str], bytes, int]] = [
    ("unsigned", {"content-type": JSON}, GOOD, 401),
    ("no timestamp", {**headers(GOOD), "x-slack-request-timestamp": ""}, GOOD, 401),
    ("a timestamp that is no number", {**headers(GOOD), "x-slack-request-timestamp": "now"}, GOOD, 401),
    ("a timestamp in other digits", {**headers(GOOD), "x-slack-request-timestamp": "١٢٣"}, GOOD, 401),
    ("an endless timestamp", {**headers(GOOD), "x-slack-request-timestamp": "9" * 5000}, GOOD, 401),
    ("a signature that is not ASCII", {**headers(GOOD), "x-slack-signature": "v0=é" + "a" * 63}, GOOD, 401),
    ("a short signature", {**headers(GOOD), "x-slack-signature": "v0=abc"}, GOOD, 401),
    ("another version", {**headers(GOOD), "x-slack-signature": "v1=" + "a" * 64}, GOOD, 401),
    ("another secret", headers(GOOD, secret="guess"), GOOD, 401),
    ("another body", headers(GOOD), GOOD.replace(b"long", b"much"), 401),
    ("a second too late", headers(GOOD, at=NOW - WINDOW - 1), GOOD, 401),
    ("a second too early", headers(GOOD, at=NOW + WINDOW + 1), GOOD, 401),
    ("a page", headers(GOOD, "text/html"), GOOD, 415),
    ("a file", headers(GOOD, "multipart/form-data; boundary=x"), GOOD, 415),
    ("no type", {**headers(GOOD), "content-type": ""}, GOOD, 415),
    *(
        (what, headers(body, kind), body, 400)
        for what, body, kind in (
            ("nothing", b"", JSON),
            ("broken JSON", b'{"type": "event_callback"', JSON),
            ("not UTF-8", b'{"type": "\xff"}', JSON),
            ("a list", b"[]", JSON),
            ("a number", b"7", JSON),
            ("no type of envelope", b"{}", JSON),
            ("a type that is no word", b'{"type": 7}', JSON),
            ("an event that is none", event(event_id="E", event=[]), JSON),
            ("an event without its number", event(event={"type": "message"}), JSON),
            ("a number of an event that is none", event(event_id=7, event={"type": "x"}), JSON),
            ("a well of brackets", b"[" * 100_000, JSON),
            ("a number of many digits", b'{"type": ' + b"9" * 100_000 + b"}", JSON),
            ("no form", b"%%%", FORM),
            ("half a command", b"command=%2Frecordkeeping", FORM),
            ("a payload that is no JSON", b"payload=%7B", FORM),
            ("a payload that is a list", b"payload=%5B%5D", FORM),
            ("a click by nobody", urlencode({"payload": '{"type": "block_actions"}'}).encode(), FORM),
            ("a form of a thousand fields", b"&".join(b"a%d=1" % n for n in range(1000)), FORM),
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "given", "body", "status"), REFUSED, ids=[what for what, *_ in REFUSED])
def test_nothing_else_does(what: str, given: dict[str, str], body: bytes, status: int) -> None:
    with pytest.raises(Refused) as refused:
        admit(SECRET, given, body, NOW)
    assert refused.value.status == status
    assert len(refused.value.line) < 60


Hostile = Callable[[random.Random], tuple[bytes, dict[str, str]]]


def forged(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    body = envelope(direct("How long must we keep entry records?"))
    return body, signature(body, JSON, secret=f"guess {chance.random()}")


def unsigned(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    kept = chance.choice([set(), {"X-Slack-Signature"}, {"X-Slack-Request-Timestamp"}])
    body = envelope(direct("How long?"))
    signed = signature(body, JSON)
    return body, {name: value for name, value in signed.items() if name == "Content-Type" or name in kept}


def late(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    """A request that was good once, recorded and sent again."""
    body = chance.choice([envelope(direct("How long?")), command("ask How long?", "http://127.0.0.1:9/")])
    kind = JSON if body.startswith(b"{") else FORM
    return body, signature(body, kind, at=time.time() - chance.uniform(301, 1e8))


def early(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    body = envelope(direct("How long?"))
    return body, signature(body, JSON, at=time.time() + chance.uniform(301, 1e8))


def restamped(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    """An old signature under a new timestamp."""
    body = envelope(direct("How long?"))
    old = signature(body, JSON, at=time.time() - 4000)
    return body, {**old, "X-Slack-Request-Timestamp": str(int(time.time()))}


def altered(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    body = bytearray(envelope(direct("How long?")))
    given = signature(bytes(body), JSON)
    body[chance.randrange(len(body))] ^= 1 << chance.randrange(7)
    return bytes(body), given


def huge(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    body = b'{"type": "' + b"x" * (LARGEST + chance.randrange(1, 50_000)) + b'"}'
    return body, signature(body, JSON)


def wrong_type(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    kinds = ("text/plain", "text/xml", "multipart/form-data; boundary=x", "", "application/jsonp", "*/*")
    return GOOD, signature(GOOD, chance.choice(kinds))


def broken(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    """Signed, and cut off or shaken: what a leaked secret alone could send."""
    whole = envelope(direct("How long?"))
    body = chance.choice(
        [whole[: chance.randrange(len(whole))], b"\xff\xfe" + whole, b"{" * 50_000, b"payload=" + whole[:40]]
    )
    return body, signature(body, chance.choice([JSON, FORM]))


def misshapen(chance: random.Random) -> tuple[bytes, dict[str, str]]:
    """Signed JSON whose parts are of other types than Slack's."""
    odd: Any = chance.choice([None, 7, [], ["x"], {"a": 1}, True, 1e308])
    outer = json.loads(envelope(direct("How long?")))
    where = chance.choice(["type", "event", "event_id"])
    body = json.dumps({**outer, where: odd}).encode()
    return body, signature(body, JSON)


KINDS: tuple[Hostile, ...] = (
    forged, unsigned, late, early, restamped, altered, huge, wrong_type, broken, misshapen,
)  # fmt: skip


def hostile(count: int) -> Iterator[tuple[str, bytes, dict[str, str]]]:
    chance = random.Random(1508)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        yield (kind.__name__, *kind(chance))


def test_a_thousand_hostile_requests(bot: Bot, slack: StandIn) -> None:
    """None is accepted, none is answered, none is a fault of ours, and afterwards all is as before."""
    before, faults = len(slack.sent), bot.log.read_text().count("fault")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda one: (one[0], bot.send(one[1], one[2])[0]), hostile(1000)))
    counts = Counter(found)
    print("\nhostile:", {f"{kind} {status}": count for (kind, status), count in sorted(counts.items())})
    # 0 is a connection that the server closed while a body too large was still being sent.
    assert {status for _, status in counts} <= {0, 400, 401, 413, 415}
    assert all(kind == "huge" for kind, status in counts if status == 0)
    talk(bot, slack, direct("How long must we keep records of a drawback claim?"))
    assert [one.method for one in slack.sent[before:]] == ["chat.postMessage"]
    assert bot.log.read_text().count("fault") == faults
    assert bot.process.poll() is None


#: What is sent, and the status it is refused with.
RAW = [
    (b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999\r\n\r\n", b"413"),
    (b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"400"),
    (b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"400"),
    (b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", b"415"),
    (b"GET /slack/events HTTP/1.1\r\nHost: x\r\n\r\n", b"405"),
    (b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", b"404"),
    (b"POST /slack/events?ssl_check=1 HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nssl_check=1", b"415"),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
    (b"\x00" * 4096, b"400"),
]


@pytest.mark.parametrize(("raw", "status"), RAW, ids=range(len(RAW)))
def test_what_is_hardly_http_is_refused_too(raw: bytes, status: bytes, bot: Bot) -> None:
    with socket.create_connection(("127.0.0.1", bot.port), timeout=240) as line:
        line.sendall(raw)
        answer = line.recv(100)
    assert answer.split()[1] == status


def test_a_body_that_never_comes_holds_up_nobody(bot: Bot, slack: StandIn) -> None:
    begun = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"
    lines = [socket.create_connection(("127.0.0.1", bot.port)) for _ in range(50)]
    for line in lines:
        line.sendall(begun)
    talk(bot, slack, direct("How long?"))
    for line in lines:
        line.settimeout(0)
        with pytest.raises(BlockingIOError):  # they are all waiting still
            line.recv(1)
        line.close()


def test_slack_can_verify_the_address(bot: Bot) -> None:
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "3eZbrw1aB"}).encode()
    status, answer = bot.signed(body, JSON)
    assert status == 200 and b"3eZbrw1aB" in answer
    assert bot.send(body, {"Content-Type": JSON})[0] == 401
