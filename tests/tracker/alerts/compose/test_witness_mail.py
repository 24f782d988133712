"""Witnesses are mailed the newest checkpoint once a day, as it was signed, and find a rewriting by it."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from storage import messages
from storage.records import Audience
from tests.tracker.alerts.builders import NOW
from tracker.alerts.compose.witness_mail import mail_witnesses
from tracker.evidence.transparency_log import LogPlaces, record_log
from tracker.evidence.verify_log import verify_log

WITNESSES = ("witness@law.example", "archive@library.example")
DAY = timedelta(days=1)


@pytest.fixture
def places(home):
    places = LogPlaces(home.settings.home, home.settings.home / "archive", "watch.example")
    home.happen()
    record_log(home.db, places, NOW)
    return places


def letters(home):
    return [message_from_bytes(message.mime, policy=default) for message in reversed(messages.recent(home.db, 100))]


def attachment(letter):
    (part,) = letter.iter_attachments()
    return part.get_content().decode()


def test_each_witness_gets_the_checkpoint_as_it_was_signed(home, places):
    assert mail_witnesses(home.db, WITNESSES, home.settings, NOW) == 2

    assert {letter["To"] for letter in letters(home)} == set(WITNESSES)
    assert {attachment(letter) for letter in letters(home)} == {
        (places.tiles / "checkpoint").read_text(encoding="utf-8")
    }
    assert {message.audience for message in messages.recent(home.db, 100)} == {Audience.OPERATOR}


def test_what_was_mailed_finds_a_home_that_was_rolled_back(home, places):
    mail_witnesses(home.db, WITNESSES[:1], home.settings, NOW)
    (letter,) = letters(home)
    home.db.execute("DELETE FROM log_leaves WHERE number > 0")
    home.db.execute("DELETE FROM log_checkpoints")

    assert list(verify_log(home.db, places, [attachment(letter)]))


def test_one_mail_a_day_is_enough(home, places):
    for hours in (0, 1, 13):
        mail_witnesses(home.db, WITNESSES[:1], home.settings, NOW + timedelta(hours=hours))
    home.happen(key="later")
    record_log(home.db, places, NOW + DAY)
    mail_witnesses(home.db, WITNESSES[:1], home.settings, NOW + DAY)

    assert len(letters(home)) == 2


def test_a_log_that_has_not_grown_is_not_mailed_again(home, places):
    for days in range(4):
        mail_witnesses(home.db, WITNESSES[:1], home.settings, NOW + days * DAY)

    assert len(letters(home)) == 1


def test_nothing_is_mailed_before_anything_was_signed(home):
    assert mail_witnesses(home.db, WITNESSES, home.settings, NOW) == 0
