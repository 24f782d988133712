"""A database that takes nothing in the middle of a pass has nobody told twice."""

from dataclasses import replace

import pytest

from storage import messages
from storage.errors import UnopenableDatabaseError
from storage.records import MessageStatus
from tests.tracker.alerts.builders import NOW
from tests.tracker.alerts.deliver.test_weather import everybody_has_everything_in_order, through, with_mail
from tests.tracker.alerts.post_office import PostOffice, free_port, open_office
from tracker.alerts import deliver_pending
from tracker.alerts.deliver.sent_journal import SentJournal


def full(db):
    """Let no page of the database be added or changed any more, as a full disk does."""
    db.execute("PRAGMA query_only = ON")


class FillsTheDisk(PostOffice):
    """A server during whose first message the disk becomes full."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the server's name
        answer = await super().handle_DATA(server, session, envelope)
        full(self.db)
        return answer


def test_what_the_server_took_is_marked_by_the_next_pass_and_not_sent_again(home):
    with_mail(home)
    port = free_port()
    office = FillsTheDisk()
    office.db = home.db
    with open_office(office, port):
        with pytest.raises(UnopenableDatabaseError):
            deliver_pending(home.db, NOW, through(home, port))
        assert len(office.mail) == 1
        home.db.execute("PRAGMA query_only = OFF")
        office.db = type("Other", (), {"execute": lambda self, sql: None})()
        deliver_pending(home.db, NOW, through(home, port))

    everybody_has_everything_in_order(home, office)


def test_no_room_for_the_journal_sends_nothing(home):
    with_mail(home)
    (home.settings.home / "deliver.sent").symlink_to("/dev/full")
    port = free_port()
    with open_office(PostOffice(), port) as office:
        report = deliver_pending(home.db, NOW, through(home, port))

    assert office.mail == []
    assert report.filing_error
    assert {message.status for message in messages.recent(home.db, 100)} == {MessageStatus.PENDING}


def test_a_note_outlives_the_process(home):
    with_mail(home, news=1)
    first = messages.recent(home.db, 1)[0]
    SentJournal(home.settings.home).note(first.id, NOW)

    SentJournal(home.settings.home).settle(home.db)

    assert messages.get(home.db, first.id).status is MessageStatus.SENT
    assert (home.settings.home / "deliver.sent").read_bytes().strip() == b""


@pytest.mark.parametrize(
    "content", [b"\0" * 4096, b"soon\n" + b" " * 4091, b"12\n".ljust(4096), b"x 2026-11-25T00:00:00\n".ljust(4096)]
)
def test_a_garbled_journal_marks_nothing(home, content):
    with_mail(home, news=1)
    (home.settings.home / "deliver.sent").write_bytes(content)

    SentJournal(home.settings.home).settle(home.db)

    assert {message.status for message in messages.recent(home.db, 100)} == {MessageStatus.PENDING}


@pytest.mark.parametrize("address", ["ftp://mail", "smtp://", "smtp://127.0.0.1:99999", "smtp://[::1", "mail.example"])
def test_an_address_that_names_no_mail_server_keeps_everything_and_says_so(home, address):
    with_mail(home)

    report = deliver_pending(home.db, NOW, replace(home.settings, smtp_url=address))

    assert "SMTP address" in report.error
    assert {message.status for message in messages.recent(home.db, 100)} == {MessageStatus.PENDING}
