from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from storage import messages
from storage.records import MessageStatus
from tests.tracker.alerts.builders import NOW, some_settings
from tests.tracker.alerts.post_office import PostOffice, free_port, open_office
from tracker.alerts import DeliveryReport, compose_due, deliver_pending, match_events

HOUR = timedelta(hours=1)


def with_mail(home, *addresses):
    for address in addresses or ("ana@policy.example",):
        home.wish(home.person(address))
    home.happen()
    match_events(home.db, NOW)
    compose_due(home.db, NOW, home.settings)
    return home


def states_of(home) -> dict[str, MessageStatus]:
    return {message.address: message.status for message in messages.recent(home.db)}


def through(home, port: int):
    return some_settings(home.settings.home, smtp_url=f"smtp://127.0.0.1:{port}")


def test_without_a_mail_server_a_message_is_filed_and_stays_pending(home):
    with_mail(home)

    assert deliver_pending(home.db, NOW, home.settings) == DeliveryReport(filed_count=1)
    assert deliver_pending(home.db, NOW, home.settings) == DeliveryReport()

    (path,) = home.files()
    assert path.name.startswith("2026-11-25-000001-china-2-provisions-changed-1-new")
    file_message = message_from_bytes(path.read_bytes(), policy=default)
    assert file_message["Message-ID"] == messages.recent(home.db)[0].mime_id
    assert states_of(home) == {"ana@policy.example": MessageStatus.PENDING}


def test_killed_between_filing_and_marking_the_file_is_the_same(home, monkeypatch):
    with_mail(home)
    with monkeypatch.context() as patch:
        patch.setattr(messages, "mark_filed", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            deliver_pending(home.db, NOW, home.settings)

    assert deliver_pending(home.db, NOW, home.settings).filed_count == 1
    assert len(home.files()) == 1


def test_with_a_mail_server_each_message_is_sent_once(home):
    with_mail(home, "ana@policy.example", "bo@policy.example")
    port = free_port()
    with open_office(PostOffice(), port) as office:
        assert deliver_pending(home.db, NOW, through(home, port)) == DeliveryReport(filed_count=2, sent_count=2)
        assert deliver_pending(home.db, NOW, through(home, port)) == DeliveryReport()

    assert office.recipients == ["ana@policy.example", "bo@policy.example"]
    assert len(home.files()) == 2


def test_a_server_that_is_down_costs_nothing_and_gets_everything_when_it_is_up(home):
    with_mail(home, "ana@policy.example", "bo@policy.example")
    port = free_port()

    down = deliver_pending(home.db, NOW, through(home, port))
    assert (down.filed_count, down.sent_count, down.failed_count) == (2, 0, 0)
    assert "Connect" in down.error
    with open_office(PostOffice(), port) as office:
        assert deliver_pending(home.db, NOW, through(home, port)) == DeliveryReport(sent_count=2)

    assert len(office.wire) == 2


def test_a_refusal_for_now_is_tried_again_later_and_one_for_ever_is_not(home):
    with_mail(home, "grey@policy.example", "gone@policy.example", "ana@policy.example")
    port = free_port()
    refusals = {"grey@policy.example": "450 4.2.0 come back", "gone@policy.example": "550 5.1.1 no such user"}
    with open_office(PostOffice(to_recipient=refusals), port) as office:
        settings = through(home, port)
        assert deliver_pending(home.db, NOW, settings) == DeliveryReport(
            filed_count=3, sent_count=1, failed_count=1, retried_count=1
        )
        del refusals["grey@policy.example"]
        assert deliver_pending(home.db, NOW, settings) == DeliveryReport()
        assert deliver_pending(home.db, NOW + HOUR, settings) == DeliveryReport(sent_count=1)

    assert office.recipients == ["ana@policy.example", "grey@policy.example"]
    assert states_of(home)["gone@policy.example"] is MessageStatus.FAILED
    assert "no such user" in next(mail.error for mail in messages.recent(home.db) if "gone" in mail.address)


def test_patience_ends(home):
    with_mail(home)
    port, now = free_port(), NOW
    with open_office(PostOffice(to_recipient={"ana@policy.example": "450 never"}), port):
        for _ in range(20):
            deliver_pending(home.db, now, through(home, port))
            now += timedelta(days=2)

    assert states_of(home) == {"ana@policy.example": MessageStatus.FAILED}


def test_a_message_cut_in_mid_air_is_sent_again_under_the_same_id(home):
    with_mail(home)
    port = free_port()
    with open_office(PostOffice(to_data=["keep and drop"]), port) as office:
        assert deliver_pending(home.db, NOW, through(home, port)) == DeliveryReport(filed_count=1, retried_count=1)
        assert deliver_pending(home.db, NOW + HOUR, through(home, port)) == DeliveryReport(sent_count=1)

    first, second = office.mail
    assert first["Message-ID"] == second["Message-ID"]


def test_killed_after_sending_and_before_marking_at_most_that_one_is_repeated(home, monkeypatch):
    with_mail(home, "ana@policy.example", "bo@policy.example")
    port = free_port()
    with open_office(PostOffice(), port) as office:
        with monkeypatch.context() as patch:
            patch.setattr(messages, "mark_sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                deliver_pending(home.db, NOW, through(home, port))
        deliver_pending(home.db, NOW, through(home, port))

    assert office.recipients == ["ana@policy.example", "ana@policy.example", "bo@policy.example"]
    assert len({mail["Message-ID"] for mail in office.mail}) == 2


def test_who_was_put_off_gets_nothing_later_before_it(home):
    with_mail(home)
    home.happen(key="later")
    match_events(home.db, NOW)
    compose_due(home.db, NOW, home.settings)
    port = free_port()
    with open_office(PostOffice(to_data=["451 not now"]), port) as office:
        assert deliver_pending(home.db, NOW, through(home, port)).retried_count == 1
        deliver_pending(home.db, NOW + HOUR, through(home, port))

    assert [mail["Message-ID"] for mail in office.mail] == [
        mail.mime_id for mail in sorted(messages.recent(home.db), key=lambda message: message.id)
    ]
