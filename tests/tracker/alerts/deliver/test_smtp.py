from __future__ import annotations

import asyncio
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.smtp import AuthResult

from tests.tracker.alerts.builders import (
    NOW,
    a_comparison,
    a_subscriber,
    a_subscription,
    a_version,
    an_event,
    an_instrument,
    some_settings,
)
from tests.tracker.alerts.post_office import PostOffice, free_port, open_office
from tracker.alerts.compose.address_message import Envelope, compose_alert
from tracker.alerts.compose.story import Material
from tracker.alerts.deliver.outcome import DeliveryResult
from tracker.alerts.deliver.smtp import MailServer, SmtpSession, server_of
from tracker.alerts.errors import MailServerError


def a_letter(address="ana@policy.example") -> bytes:
    envelope = Envelope(
        "at_once:email:1:" + "k" * 100, a_subscriber(address=address, name="李, 雷"), (a_subscription(words=("灯",)),)
    )
    settings = some_settings(base_url="https://watch.example/" + "deep/" * 20, operator_email="ops@watch.example")
    return compose_alert(
        envelope, Material(an_event(), an_instrument(), a_version(), a_comparison()), settings, NOW
    ).mime


def carry(port: int, *recipients: str, url: str = "smtp://127.0.0.1:{port}") -> list[DeliveryResult]:
    async def all_of_them() -> list[DeliveryResult]:
        async with SmtpSession(server_of(url.format(port=port))) as courier:
            return [
                await courier.carry("alerts@watch.example", recipient, a_letter(recipient)) for recipient in recipients
            ]

    return asyncio.run(all_of_them())


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 25, use_tls=False, start_tls=False)),
        ("smtp+starttls://mail.example", MailServer("mail.example", 587, use_tls=False, start_tls=True)),
        (
            "smtps://us%40er:p%3Ass@mail.example:4650",
            MailServer("mail.example", 4650, use_tls=True, start_tls=False, username="us@er", password="p:ss"),
        ),
    ],
)
def test_the_address_of_a_mail_server_says_how_to_speak_to_it(url, server):
    assert server_of(url) == server


@pytest.mark.parametrize("url", ["mail.example:25", "https://mail.example", "smtp://", "smtp://u:secret@mail:port"])
def test_an_unusable_address_is_named_without_its_password(url):
    with pytest.raises(MailServerError) as error:
        server_of(url)
    assert "secret" not in str(error.value)


def test_every_header_arrives_on_the_wire_as_it_was_written():
    port = free_port()
    with open_office(PostOffice(), port) as office:
        assert carry(port, "ana@policy.example") == [DeliveryResult(ok=True)]

    sent_mail, arrived_mail = message_from_bytes(a_letter(), policy=default), office.mail[0]
    assert office.wire[0] == a_letter()
    for name in ("List-Unsubscribe", "List-Unsubscribe-Post", "Message-ID", "References", "In-Reply-To", "Subject"):
        assert arrived_mail[name] == sent_mail[name]
        assert len(arrived_mail[name]) > 20
    assert arrived_mail["To"].addresses[0].display_name == "李, 雷"
    assert max(len(line) for line in office.wire[0].split(b"\r\n")) < 998
    assert "灯语服务提供者" in arrived_mail.get_body(("plain",)).get_content()


def test_refused_recipients_are_told_apart_and_the_next_one_is_served():
    port = free_port()
    refusals = {"grey@policy.example": "450 4.2.0 come back", "gone@policy.example": "550 5.1.1 no such user"}
    with open_office(PostOffice(to_recipient=refusals), port) as office:
        grey, gone_result, ana = carry(port, "grey@policy.example", "gone@policy.example", "ana@policy.example")

    assert (grey.code, grey.final) == (450, False)
    assert (gone_result.code, gone_result.final) == (550, True)
    assert ana.ok
    assert office.recipients == ["ana@policy.example"]


def test_refused_data_is_an_answer_too():
    port = free_port()
    with open_office(PostOffice(to_data=["452 4.3.1 full", "554 5.7.1 no"]), port):
        full, never, fine = carry(port, *["ana@policy.example"] * 3)

    assert [(full.final, full.code), (never.final, never.code)] == [(False, 452), (True, 554)]
    assert fine.ok


def test_a_connection_dropped_after_the_data_is_no_answer_and_opens_again():
    port = free_port()
    with open_office(PostOffice(to_data=["keep and drop"]), port) as office:
        dropped_result, fine = carry(port, "ana@policy.example", "ana@policy.example")

    assert (dropped_result.ok, dropped_result.code) == (False, None)
    assert fine.ok
    assert office.mail[0]["Message-ID"] == office.mail[1]["Message-ID"]


def test_no_server_is_said_at_once():
    with pytest.raises(MailServerError):
        carry(free_port(), "ana@policy.example")


def test_user_and_password_are_shown_to_the_server():
    port, logins = free_port(), []

    def authenticate(server, session, envelope, mechanism, data):
        logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"p:ss", handled=False)

    how = {"authenticator": authenticate, "auth_require_tls": False}
    with open_office(PostOffice(), port, **how) as office:
        assert carry(port, "ana@policy.example", url="smtp://user:p%3Ass@127.0.0.1:{port}")[0].ok
        with pytest.raises(MailServerError) as error:
            carry(port, "ana@policy.example", url="smtp://user:wr0ng@127.0.0.1:{port}")

    assert (b"user", b"p:ss") in logins
    assert "wr0ng" not in str(error.value)
    assert len(office.mail) == 1


def test_an_address_with_unicode_travels_where_the_server_can_carry_it():
    port = free_port()
    with open_office(PostOffice(), port) as office:
        assert carry(port, "李@policy.example")[0].ok
    assert office.recipients == ["李@policy.example"]


def test_an_address_with_unicode_is_refused_clearly_where_the_server_cannot_carry_it():
    port = free_port()
    with open_office(PostOffice(), port, enable_SMTPUTF8=False) as office:
        refused_result, fine = carry(port, "李@policy.example", "ana@policy.example")

    assert (refused_result.final, refused_result.about_address) == (True, True)
    assert "SMTPUTF8 is not supported" in refused_result.text
    assert fine.ok
    assert office.recipients == ["ana@policy.example"]


@pytest.mark.parametrize("address", ["ana@policy.example\r\nRCPT TO:<evil@x.example>", "a b@policy.example", "<>", ""])
def test_an_address_that_is_none_reaches_no_command(address):
    async def one() -> DeliveryResult:
        async with SmtpSession(server_of(f"smtp://127.0.0.1:{port}")) as courier:
            return await courier.carry("alerts@watch.example", address, a_letter())

    port = free_port()
    with open_office(PostOffice(), port) as office:
        assert not asyncio.run(one()).ok
    assert office.recipients == []


def test_dots_at_the_beginning_of_lines_arrive_as_they_were():
    async def one(mime: bytes) -> DeliveryResult:
        async with SmtpSession(server_of(f"smtp://127.0.0.1:{port}")) as courier:
            return await courier.carry("alerts@watch.example", "ana@policy.example", mime)

    port = free_port()
    mime = b".Subject: dots\r\n\r\n.\r\n..\r\n.hidden\r\nQUIT\r\n"
    with open_office(PostOffice(), port) as office:
        assert asyncio.run(one(mime)).ok
    assert office.wire == [mime]


def test_a_server_that_refuses_in_the_middle_of_the_data_is_heard():
    """A size limit is often told only while the text is on its way."""

    async def speak(reader, writer):
        writer.write(b"220 hello\r\n")
        while line := await reader.readline():
            command = line[:4].upper()
            if command == b"DATA":
                writer.write(b"354 go on\r\n")
                await reader.readline()
                writer.write(b"552 5.3.4 too big\r\n")
                await writer.drain()
                break
            writer.write(b"250 OK\r\n")
        while b".\r\n" != await reader.readline() != b"":
            pass
        writer.close()

    async def one() -> DeliveryResult:
        async with await asyncio.start_server(speak, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            async with SmtpSession(server_of(f"smtp://127.0.0.1:{port}"), patience=2.0) as courier:
                return await courier.carry("alerts@watch.example", "ana@policy.example", a_letter())

    answer = asyncio.run(one())
    assert (answer.code, answer.final) == (552, True)
