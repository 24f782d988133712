"""An alert that proved wrong is taken back: from everyone who had it, from nobody else, once."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from storage import instruments, messages
from storage.records import Cadence
from tests.tracker.alerts.builders import NOW, an_instrument
from tracker.alerts import RetractionError, compose_due, match_events, retract

LATER = NOW + timedelta(hours=1)


def compose(home, now):
    match_events(home.db, now)
    return compose_due(home.db, now, home.settings)


def newest(home):
    return max(messages.recent(home.db), key=lambda message: message.id)


def test_everyone_who_was_told_hears_once_that_it_was_wrong_and_nobody_else(home):
    ana = home.person()
    home.wish(ana, kinds=("new_version",))
    home.wish(ana, words=("三十日",))
    home.wish(home.person("bo@policy.example"), kinds=("repealed",))
    home.happen()
    compose(home, NOW)
    late = home.person("cy@policy.example")
    home.wish(late, now=NOW)

    assert retract(home.db, newest(home).id, "The deadline had not changed.", LATER) == 1
    assert retract(home.db, 1, "The deadline had not changed.", LATER) == 0
    assert compose(home, LATER) == 1

    told_mail, wrong = newest(home), message_from_bytes(newest(home).mime, policy=default)
    assert told_mail.address == "ana@policy.example"
    assert "Our earlier alert was wrong" in told_mail.subject
    assert "The deadline had not changed." in wrong.get_body(("plain",)).get_content()
    assert wrong["References"] == message_from_bytes(messages.get(home.db, 1).mime, policy=default)["References"]
    assert compose(home, LATER) == 0


def test_of_a_digest_an_operator_says_which_instrument(home):
    home.wish(home.person(), cadence=Cadence.DAILY)
    instruments.add_if_new(home.db, an_instrument(id="cn_other"))
    home.happen()
    home.happen(key="other", instrument_id="cn_other")
    match_events(home.db, NOW)
    assert compose_due(home.db, NOW + timedelta(days=1), home.settings) == 1

    with pytest.raises(RetractionError, match="cn_lamp, cn_other"):
        retract(home.db, 1, "Wrong.", LATER)
    assert retract(home.db, 1, "Wrong.", LATER, "cn_other") == 1


@pytest.mark.parametrize(("message", "instrument"), [(99, ""), (1, "eu_nowhere")])
def test_what_nobody_was_told_cannot_be_taken_back(home, message, instrument):
    home.wish(home.person())
    home.happen()
    compose(home, NOW)

    with pytest.raises(RetractionError, match="there is none"):
        retract(home.db, message, "Wrong.", LATER, instrument)
