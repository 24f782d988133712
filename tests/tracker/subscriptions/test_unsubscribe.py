from __future__ import annotations

import pytest

from storage import subscriptions
from tests.tracker.alerts.builders import NOW
from tracker.alerts import compose_due, match_events
from tracker.errors import TokenError
from tracker.signing import unsubscribe_token
from tracker.subscriptions.unsubscribe import unsubscribe


def test_a_link_ends_its_own_subscriptions_once_and_for_all(home):
    person = home.person()
    ended_wish, kept_wish = home.wish(person), home.wish(person)
    token = unsubscribe_token(home.settings.secret_key, [ended_wish])

    assert unsubscribe(home.db, token, home.settings) == 1
    assert unsubscribe(home.db, token, home.settings) == 0
    assert [row.id for row in subscriptions.active(home.db)] == [kept_wish]


def test_who_has_left_is_told_nothing_more(home):
    wish = home.wish(home.person())
    unsubscribe(home.db, unsubscribe_token(home.settings.secret_key, [wish]), home.settings)
    home.happen()

    assert match_events(home.db, NOW) == 0
    assert compose_due(home.db, NOW, home.settings) == 0


def test_a_forged_link_ends_nothing(home):
    home.wish(home.person())

    with pytest.raises(TokenError):
        unsubscribe(home.db, unsubscribe_token(b"another key", [1]), home.settings)
    assert len(subscriptions.active(home.db)) == 1
