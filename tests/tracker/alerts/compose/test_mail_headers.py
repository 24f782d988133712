from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from tracker.alerts.compose.mail_headers import IDENTIFIER_HEADERS, mail_policy

LONG = f"<https://watch.example/unsubscribe/{'x' * 150}>, <mailto:ops@watch.example?subject={'y' * 90}>"


@pytest.mark.parametrize("name", [header for header in IDENTIFIER_HEADERS if header != "Message-ID"])
def test_a_long_identifier_header_arrives_as_it_was_written(name):
    message = EmailMessage(policy=mail_policy())
    message[name] = LONG

    wire = message.as_bytes()

    assert b"=?" not in wire
    assert message_from_bytes(wire, policy=default)[name].replace(" ", "") == LONG.replace(" ", "")
    assert b"\r\n <mailto:" in wire


def test_a_long_message_id_is_not_broken():
    message = EmailMessage(policy=mail_policy())
    message["Message-ID"] = f"<{'a' * 120}@watch.example>"

    assert message.as_bytes().startswith(b"Message-ID: <" + b"a" * 120 + b"@watch.example>\r\n")


@pytest.mark.parametrize("value", ["<a@b>\r\nBcc: <c@d>", "<灯@watch.example>", "<" + "a" * 1_000 + ">"])
def test_an_identifier_that_could_not_travel_is_refused_or_kept_on_its_line(value):
    message = EmailMessage(policy=mail_policy())
    try:
        message["References"] = value
    except ValueError:
        return
    assert b"\nBcc" not in message.as_bytes()
