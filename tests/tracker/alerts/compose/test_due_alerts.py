"""Storms, quiet digests and taking back: what is one message, and whose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from storage import checks, instruments, messages, pages, subscriptions
from storage.records import Cadence, EventKind, Outcome
from storage.schema.open import open_database
from tests.storage.builders import uncomposed_alerts
from tests.tracker.alerts.builders import EARLIER, NOW, an_instrument
from tracker.alerts import compose_due, match_events
from tracker.alerts.compose import compose_due as compose_due_module
from tracker.alerts.compose.due_alerts import STORM

MORNING = datetime(2026, 11, 26, 8, tzinfo=UTC)


def subjects_of(home) -> list[str]:
    return [alert.subject for alert in sorted(messages.recent(home.db, 1_000), key=lambda message: message.id)]


def text_of(home) -> str:
    return message_from_bytes(messages.recent(home.db)[0].mime, policy=default).get_body(("plain",)).get_content()


def a_rewrite(home, many: int, **more) -> None:
    for number in range(many):
        instruments.add_if_new(home.db, an_instrument(id=f"cn_lamp_{number}", title=f"Lamp Rules {number}"))
        home.happen(key=f"new_version:{number}", instrument_id=f"cn_lamp_{number}", **more)


def compose(home, now=NOW) -> int:
    match_events(home.db, now)
    return compose_due(home.db, now, home.settings)


def test_a_source_that_rewrites_much_at_once_is_one_message(home):
    home.wish(home.person())
    a_rewrite(home, STORM + 12)

    assert compose(home) == 1
    assert subjects_of(home) == [f"Many changes at once by CAC, 25 November 2026: {STORM + 12} updates · China"]
    assert "Often the site was rebuilt" in " ".join(text_of(home).split())
    assert compose(home) == 0


def test_fewer_are_told_one_by_one(home):
    home.wish(home.person())
    a_rewrite(home, STORM - 1)

    assert compose(home) == STORM - 1


def test_a_storm_does_not_swallow_what_others_say(home):
    home.wish(home.person())
    a_rewrite(home, STORM)
    home.happen(source_id="cn_other", key="other")
    home.happen(kind=EventKind.REPEALED, key="repealed", change_set_id=None)

    assert compose(home) == 3


def test_many_changes_of_one_instrument_are_no_storm(home):
    home.wish(home.person())
    for number in range(STORM + 1):
        home.happen(key=f"k{number}")

    assert compose(home) == STORM + 1


@pytest.fixture
def looked_at_home(home):
    page = pages.all_pages(home.db)[0]
    checks.add(home.db, page.id, MORNING - timedelta(hours=3), Outcome.SAME, 200, None, "", "")
    return home


def test_who_asked_hears_that_nothing_changed_once_a_period(looked_at_home):
    looked_at_home.wish(looked_at_home.person(), cadence=Cadence.DAILY, when_quiet=True)
    looked_at_home.wish(looked_at_home.person("bo@policy.example"), cadence=Cadence.DAILY)

    assert compose(looked_at_home, MORNING) == 1
    assert compose(looked_at_home, MORNING + timedelta(hours=5)) == 0
    assert subjects_of(looked_at_home) == ["Daily digest, 26 November 2026: nothing changed"]
    assert "Nothing changed; 1 source checked, 0 with problems." in text_of(looked_at_home)


def test_a_day_on_which_something_changed_is_not_called_quiet(looked_at_home):
    looked_at_home.wish(looked_at_home.person(), cadence=Cadence.DAILY, when_quiet=True)
    looked_at_home.happen()

    assert compose(looked_at_home, NOW) == 0
    assert compose(looked_at_home, MORNING) == 1
    assert subjects_of(looked_at_home) == ["Daily digest, 26 November 2026: 1 update · China"]


def test_nothing_is_said_of_a_day_on_which_nobody_looked(home):
    home.wish(home.person(), cadence=Cadence.DAILY, when_quiet=True)

    assert compose(home, MORNING) == 0


def test_quiet_is_about_the_sources_asked_for(looked_at_home):
    looked_at_home.wish(looked_at_home.person(), cadence=Cadence.DAILY, when_quiet=True, jurisdictions=("eu",))

    assert compose(looked_at_home, MORNING) == 0


def test_a_correction_goes_once_to_everyone_who_was_told_of_the_instrument(home):
    ana = home.person()
    home.wish(ana, kinds=("new_version",))
    home.wish(ana, kinds=("new_version",), cadence=Cadence.DAILY)
    home.wish(home.person("bo@policy.example"), kinds=("repealed",))
    home.happen()
    compose(home, NOW)
    home.happen(kind=EventKind.CORRECTED, key="corrected", change_set_id=None, details={"other_title": "Notice"})

    assert match_events(home.db, NOW) == 1


def test_a_reversal_reaches_those_told_of_every_change_it_takes_back(home):
    first = home.wish(home.person(), words=("三十日",))
    home.wish(home.person("bo@policy.example"), kinds=("new_version",))
    home.happen(at=EARLIER + timedelta(days=2))
    match_events(home.db, NOW)
    subscriptions.deactivate(home.db, first + 1)
    home.happen(key="another", at=EARLIER + timedelta(days=3), details={})
    match_events(home.db, NOW)
    home.happen(kind=EventKind.REVERSED, key="back", change_set_id=None)

    assert match_events(home.db, NOW) == 1


def test_a_wish_for_one_provision_is_told_only_what_stands_in_it(home):
    person = home.person()
    wishes = [home.wish(person, provisions=(eid,)) for eid in ("art_15", "art_16", "art_16__para_1", "art_3")]
    home.wish(person, provisions=("art_1",))
    home.wish(person, provisions=("art_16__para_2",))
    home.happen()
    match_events(home.db, NOW)

    wish_ids = {alert.subscription_id for alert in uncomposed_alerts(home.db)}
    assert set(wishes) <= wish_ids
    assert len(wish_ids - set(wishes)) <= 1  # a whole unit that was renumbered holds its paragraphs


def test_an_address_that_takes_no_mail_is_told_nothing_and_is_not_forgotten(home):
    person = home.person()
    home.wish(person)
    home.happen()
    match_events(home.db, NOW)
    subscriptions.mark_refused(home.db, person, "550 gone", NOW)
    assert compose_due(home.db, NOW, home.settings) == 0

    subscriptions.clear_refused(home.db, person)
    assert compose_due(home.db, NOW, home.settings) == 1


@pytest.mark.sqlite
def test_two_processes_that_compose_the_same_say_it_once(looked_at_home, monkeypatch):
    looked_at_home.wish(looked_at_home.person(), cadence=Cadence.DAILY, when_quiet=True)
    looked_at_home.wish(looked_at_home.person("bo@policy.example"))
    looked_at_home.happen(at=MORNING)
    match_events(looked_at_home.db, MORNING)
    theirs = open_database(looked_at_home.settings.home / "clausewatch.db")
    before = compose_due_module.all_due

    def and_meanwhile(*arguments):
        events_before = list(before(*arguments))
        monkeypatch.setattr(compose_due_module, "all_due", before)
        assert compose_due(theirs, MORNING, looked_at_home.settings) == 2
        return iter(events_before)

    monkeypatch.setattr(compose_due_module, "all_due", and_meanwhile)
    assert compose_due(looked_at_home.db, MORNING, looked_at_home.settings) == 0
    assert len(subjects_of(looked_at_home)) == 2
    theirs.close()


def test_a_wish_for_one_provision_hears_of_a_repeal_but_not_of_what_is_new_elsewhere(home):
    home.wish(home.person(), provisions=("art_15",))
    home.happen(kind=EventKind.NEW_INSTRUMENT, key="new", change_set_id=None)
    assert match_events(home.db, NOW) == 0

    home.happen(kind=EventKind.REPEALED, key="repealed", change_set_id=None)
    assert match_events(home.db, NOW) == 1
