"""What the log says, and what it never says."""

import io
import json
import logging

import httpx
import pytest

from storage import messages
from storage.records import Channel, Message, MessageStatus
from tests.tracker.alerts.builders import NOW
from tests.tracker.web.conftest import an_app, serve_app
from tracker import logs
from tracker.alerts import deliver_pending
from tracker.logs import log_event, logged_step


@pytest.fixture
def log():
    """Return a function that begins to log and gives what is written."""
    root, ours = logging.getLogger(), logging.getLogger("clausewatch")
    before = root.handlers[:], root.level, ours.level

    def begin(level="info", kind="json", secrets=()):
        to = io.StringIO()
        logs.configure(level, kind, secrets, to)
        return to

    yield begin
    root.handlers[:], level, own = before
    root.setLevel(level)
    ours.setLevel(own)


def lines(output):
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_a_line_for_machines_is_one_json_object_with_its_facts(log):
    output = log()
    log_event("source", "cn_cac", looks=3, new=1)

    [line] = lines(output)
    assert line.pop("at").endswith("Z")
    assert line == {"level": "info", "logger": "clausewatch.source", "event": "cn_cac", "looks": 3, "new": 1}


def test_a_line_for_people_is_one_line_whatever_is_in_it(log):
    output = log(kind="text")
    log_event("mail", "sent\nforged", note="two words")

    assert output.getvalue().endswith('clausewatch.mail: sent forged note="two words"\n')
    assert output.getvalue().count("\n") == 1


def test_the_level_decides_what_is_written(log):
    output = log("warning")
    log_event("mail", "sent")
    log_event("mail", "failed", level=logging.WARNING)

    assert [line["event"] for line in lines(output)] == ["failed"]


@pytest.mark.parametrize("kind", ["text", "json"])
def test_no_secret_is_ever_written(log, kind):
    output = log(kind=kind, secrets=["a secret key", "p@ss word"])
    log_event("mail", "to smtp://ana:hunter2@mail.example", why="key a secret key, p@ss word")
    log_event("request", "GET /unsubscribe?token=7.0.abcdef&x=1", header="Bearer cw_12345")
    try:
        int("a secret key")
    except ValueError:
        logging.getLogger("clausewatch").exception("broken")

    for secret in ("hunter2", "a secret key", "p@ss word", "7.0.abcdef", "cw_12345"):
        assert secret not in output.getvalue()
    assert "mail.example" in output.getvalue()
    assert "Traceback" in output.getvalue()


def test_a_step_says_how_long_it_took(log):
    output = log("debug")

    @logged_step
    def fetch_pages(number):
        return number + 1

    assert fetch_pages(1) == 2
    [line] = lines(output)
    assert line["event"] == "fetch_pages"
    assert line["milliseconds"] >= 0


def test_a_message_that_was_tried_is_a_line_without_its_address(log, home):
    output = log()
    home.person("ana@policy.example")
    message = Message(0, "a key", 1, "ana@policy.example", "News", "<1@x>", b"{}", MessageStatus.PENDING, NOW,
                      channel=Channel.WEBHOOK, target="http://127.0.0.1:9/secret-path")  # fmt: skip
    messages.add(home.db, message)
    deliver_pending(home.db, NOW, home.settings)

    [line] = lines(output)
    assert (line["logger"], line["event"], line["channel"]) == ("clausewatch.mail", "retried", "webhook")
    assert "ana@policy.example" not in output.getvalue()


def test_every_request_is_a_line_without_its_token(log, tmp_path):
    output = log()
    with an_app(tmp_path) as app, serve_app(app) as address, httpx.Client(base_url=address) as client:
        client.get("/unsubscribe?token=7.0.abcdef")
        client.get("/nowhere")

    requests = [line for line in lines(output) if line["logger"] == "clausewatch.request"]
    assert [(line["event"], line["status"]) for line in requests] == [("GET /unsubscribe", 400), ("GET /nowhere", 404)]
    assert requests[0]["bytes"] > 0
    assert "abcdef" not in output.getvalue()
