"""Webhooks and chats: signed, told apart from their repetition, and patient for two days."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from storage import messages, problems
from storage.records import Cadence, Channel, MessageStatus
from tests.tracker.alerts.builders import NOW
from tracker.alerts import compose_due, deliver_pending, match_events, webhook_secret
from tracker.alerts.compose.channel_payloads import PAYLOADS
from tracker.alerts.deliver.deliver_pending import SENDERS
from tracker.alerts.deliver.outcome import WAITS
from tracker.subscriptions.request import TARGETS

HOUR = timedelta(hours=1)


class Receiver:
    """A real web server on loopback that answers what it is told to and keeps what it took."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.posts: list[tuple[dict[str, str], bytes]] = []

    def handler(self):
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.posts.append((dict(self.headers), body))
                status = receiver.answers.pop(0) if receiver.answers else 204
                self.send_response(status)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        return Handler


@contextmanager
def listen():
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), receiver.handler())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver, f"http://127.0.0.1:{server.server_port}/hook?team=policy"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def owe_message(home, target, channel=Channel.WEBHOOK, **more) -> None:
    home.wish(home.person(), channel=channel, target=target, **more)
    home.happen()
    match_events(home.db, NOW)
    compose_due(home.db, NOW, home.settings)


def status(home) -> MessageStatus:
    return messages.recent(home.db)[0].status


def test_a_webhook_gets_the_news_as_json_signed_so_that_it_can_be_checked(home):
    with listen() as (receiver, target):
        owe_message(home, target)
        assert deliver_pending(home.db, NOW, home.settings).sent_count == 1

    ((headers, body),) = receiver.posts
    shape = json.loads(body)
    (event,) = shape["events"]
    assert (shape["schema"], event["kind"], event["instrument"]) == (
        "clausewatch/webhook/1",
        "new_version",
        "cn_lamp",
    )
    assert event["changes"][0]["sentence"] == "Time limit shortened from 30 days to 10 days"
    (piece,) = event["changes"][0]["provisions"]
    assert ("三十日" in piece["old_text"], "十日" in piece["new_text"]) == (True, True)
    assert (piece["old_text"], event["version"]) == (event["changes"][0]["old_text"], "cn_lamp@2026-11-25")
    key = base64.b64decode(webhook_secret(home.settings, 1, target).removeprefix("whsec_"))
    signed_text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(key, signed_text, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"


def test_a_repetition_has_the_same_idempotency_key(home):
    with listen() as (receiver, target):
        receiver.answers = [503]
        owe_message(home, target)
        assert deliver_pending(home.db, NOW, home.settings).retried_count == 1
        assert deliver_pending(home.db, NOW, home.settings).sent_count == 0
        assert deliver_pending(home.db, NOW + HOUR, home.settings).sent_count == 1

    assert len({headers["Idempotency-Key"] for headers, _ in receiver.posts}) == 1
    assert len({body for _, body in receiver.posts}) == 1


def test_a_webhook_is_tried_for_two_days_and_then_the_operator_is_told(home):
    now, tries = NOW, []
    with listen() as (receiver, target):
        receiver.answers = [500] * 100
        owe_message(home, target)
        while status(home) is MessageStatus.PENDING:
            deliver_pending(home.db, now, home.settings)
            tries.append(now)
            now = messages.recent(home.db)[0].next_try_at or now

    assert timedelta(hours=47) < tries[-1] - tries[0] < timedelta(hours=49)
    assert len(receiver.posts) == len(tries) == 10
    (problem,) = problems.open_problems(home.db)
    assert problem.cause == "message given up"
    assert "policy.example" not in problem.text


@pytest.mark.parametrize(("answer", "after"), [(410, MessageStatus.FAILED), (302, MessageStatus.PENDING)])
def test_gone_is_for_ever_and_a_redirect_is_not_followed(home, answer, after):
    with listen() as (receiver, target):
        receiver.answers = [answer]
        owe_message(home, target)
        deliver_pending(home.db, NOW, home.settings)

    assert (status(home), len(receiver.posts)) == (after, 1)


def test_a_webhook_that_is_down_holds_its_later_messages_back(home):
    owe_message(home, "http://127.0.0.1:9/nobody")
    home.happen(key="later")
    match_events(home.db, NOW)
    compose_due(home.db, NOW, home.settings)

    assert deliver_pending(home.db, NOW, home.settings).retried_count == 1
    assert [message.tries for message in reversed(messages.recent(home.db))] == [1, 0]


def test_another_subscriber_has_another_secret(home):
    target = "https://hooks.example/1"
    assert webhook_secret(home.settings, 1, target) != webhook_secret(home.settings, 2, target)


def test_a_digest_by_webhook_holds_every_event(home):
    with listen() as (receiver, target):
        home.wish(home.person(), channel=Channel.WEBHOOK, target=target, cadence=Cadence.DAILY)
        home.happen()
        home.happen(key="two")
        match_events(home.db, NOW)
        compose_due(home.db, NOW + 24 * HOUR, home.settings)
        deliver_pending(home.db, NOW + 24 * HOUR, home.settings)

    assert len(json.loads(receiver.posts[0][1])["events"]) == 2


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the services Apprise looks through
def test_a_chat_gets_a_short_text_through_apprise(home):
    pytest.importorskip("apprise", exc_type=ImportError)
    with listen() as (receiver, target):
        owe_message(home, target.replace("http://", "json://").partition("?")[0], Channel.APPRISE)
        assert deliver_pending(home.db, NOW, home.settings).sent_count == 1

    content = json.loads(receiver.posts[0][1])
    assert content["title"].startswith("China · 2 provisions changed")
    assert "Time limit shortened from 30 days to 10 days" in content["message"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the services Apprise looks through
def test_what_apprise_cannot_read_is_given_up(home):
    pytest.importorskip("apprise", exc_type=ImportError)
    owe_message(home, "nonsense://", Channel.APPRISE)

    assert deliver_pending(home.db, NOW, home.settings).failed_count == 1


def test_every_channel_has_a_target_a_payload_a_sender_and_waits():
    assert set(TARGETS) == set(WAITS) == set(Channel)
    assert set(PAYLOADS) == set(SENDERS) == set(Channel) - {Channel.EMAIL}


@pytest.mark.parametrize(
    ("channel", "target", "is_taken"),
    [
        pytest.param(Channel.EMAIL, "", True, id="mail"),
        pytest.param(Channel.EMAIL, "https://hook.example", False, id="mail with a target"),
        pytest.param(Channel.WEBHOOK, "https://hook.example/x", True, id="webhook"),
        pytest.param(Channel.WEBHOOK, "ftp://hook.example/x", False, id="webhook elsewhere"),
        pytest.param(Channel.WEBHOOK, "", False, id="webhook without a target"),
        pytest.param(Channel.APPRISE, "slack://token", True, id="chat"),
        pytest.param(Channel.APPRISE, "a chat", False, id="chat without a scheme"),
    ],
)
def test_a_channel_takes_the_targets_it_can_reach(channel, target, is_taken):
    pattern, _ = TARGETS[channel]

    assert bool(re.match(pattern, target)) is is_taken
