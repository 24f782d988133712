from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from storage import alerts, messages, subscriptions
from storage.records import Cadence, Weekday
from tests.tracker.alerts.builders import EARLIER, NOW
from tracker.alerts import compose_due, match_events

DAY = timedelta(days=1)


def messages_of(home) -> list:
    return sorted(messages.recent(home.db, 1_000), key=lambda message: message.id)


def test_two_subscriptions_of_one_person_wanting_one_event_give_one_message(home):
    person = home.person()
    home.wish(person)
    home.wish(person, jurisdictions=("cn",))
    home.happen()
    match_events(home.db, NOW)

    assert compose_due(home.db, NOW, home.settings) == 1
    assert compose_due(home.db, NOW, home.settings) == 0

    (message,) = messages_of(home)
    assert len(alerts.of_message(home.db, message.id)) == 2
    assert message.address == "ana@policy.example"
    assert message.subject == "China · 2 provisions changed, 1 new (art. 15) · Provisions on Lamp Talk Services"
    text = message_from_bytes(message.mime, policy=default).get_body(("plain",)).get_content()
    assert " ".join(text.split()).count("everything (at once), or China (at once)") == 1


def test_two_people_get_a_message_each(home):
    for address in ("ana@policy.example", "bo@policy.example"):
        home.wish(home.person(address))
    home.happen()
    match_events(home.db, NOW)

    assert compose_due(home.db, NOW, home.settings) == 2
    assert len({message.mime_id for message in messages_of(home)}) == 2


def test_killed_while_composing_nothing_is_half_done_and_the_next_pass_does_it(home, monkeypatch):
    home.wish(home.person())
    home.happen()
    match_events(home.db, NOW)
    with monkeypatch.context() as patch:
        patch.setattr(alerts, "set_message", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            compose_due(home.db, NOW, home.settings)

    assert messages_of(home) == []
    assert compose_due(home.db, NOW, home.settings) == 1


def test_a_daily_digest_waits_for_its_hour_in_the_subscribers_zone_and_is_one_message(home):
    home.wish(home.person(timezone="Asia/Shanghai"), cadence=Cadence.DAILY, hour=8)
    home.happen()
    home.happen(key="another")
    match_events(home.db, NOW)  # 17:30 in Shanghai

    at_eight = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)
    assert compose_due(home.db, at_eight - timedelta(minutes=1), home.settings) == 0
    assert compose_due(home.db, at_eight, home.settings) == 1
    assert compose_due(home.db, at_eight + 3 * DAY, home.settings) == 0
    assert messages_of(home)[0].subject == "Daily digest, 26 November 2026: 2 updates · China"


def test_after_days_of_standstill_there_is_one_digest(home):
    home.wish(home.person(), cadence=Cadence.DAILY)
    for number in range(3):
        home.happen(key=f"k{number}")
        match_events(home.db, NOW + number * DAY)

    assert compose_due(home.db, NOW + 10 * DAY, home.settings) == 1


def test_a_weekly_digest_comes_on_monday(home):
    home.wish(home.person(), cadence=Cadence.WEEKLY)
    home.happen()
    match_events(home.db, NOW)  # a Wednesday

    assert compose_due(home.db, datetime(2026, 11, 29, 23, 59, tzinfo=UTC), home.settings) == 0
    assert compose_due(home.db, datetime(2026, 11, 30, 8, 0, tzinfo=UTC), home.settings) == 1


@pytest.mark.parametrize(("weekday", "due"), [(Weekday.FRIDAY, 27), (Weekday.WEDNESDAY, 25), (Weekday.TUESDAY, 1)])
def test_a_weekly_digest_comes_on_the_day_that_was_chosen(home, weekday, due):
    home.wish(home.person(), cadence=Cadence.WEEKLY, hour=10, weekday=weekday)
    home.happen()
    match_events(home.db, NOW)  # Wednesday the 25th, half past nine

    comes = next(
        day
        for day in (NOW + timedelta(hours=hour) for hour in range(24 * 8))
        if compose_due(home.db, day, home.settings)
    )

    assert (comes.day, comes.hour) == (due, 10)


def test_what_is_owed_after_its_digest_was_composed_is_not_lost(home):
    home.wish(home.person(), cadence=Cadence.DAILY)
    home.happen(at=EARLIER)
    match_events(home.db, NOW - DAY)
    compose_due(home.db, NOW, home.settings)
    home.happen(key="late", at=EARLIER)
    match_events(home.db, NOW - DAY)

    assert compose_due(home.db, NOW, home.settings) == 1
    assert len({message.key for message in messages_of(home)}) == 2


def test_who_has_unsubscribed_meanwhile_is_told_nothing(home):
    wish = home.wish(home.person())
    home.happen()
    match_events(home.db, NOW)
    subscriptions.deactivate(home.db, wish)

    assert compose_due(home.db, NOW, home.settings) == 0


def test_an_unknown_time_zone_is_taken_as_utc(home):
    home.wish(home.person(timezone="Mars/Olympus"), cadence=Cadence.DAILY, hour=8)
    home.happen()
    match_events(home.db, NOW)

    assert compose_due(home.db, NOW + DAY, home.settings) == 1
