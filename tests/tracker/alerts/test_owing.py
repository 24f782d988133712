from __future__ import annotations

from datetime import timedelta

from storage import alerts, events, subscriptions
from storage.records import EventKind
from tests.tracker.alerts.builders import NOW
from tracker.alerts import match_events


def owed(home) -> list[tuple[int, int]]:
    return [(each.subscription_id, each.event_id) for each in alerts.uncomposed(home.db)]


def test_an_event_is_owed_to_each_subscription_that_wants_it_once(home):
    person = home.person()
    all_of_it, china = home.wish(person), home.wish(person, jurisdictions=("cn",))
    home.wish(person, jurisdictions=("eu",))
    event = home.happen()

    assert match_events(home.db, NOW) == 2
    assert match_events(home.db, NOW) == 0
    assert owed(home) == [(all_of_it, event), (china, event)]
    assert events.unmatched(home.db) == []


def test_words_are_looked_for_in_titles_and_changed_text(home):
    person = home.person()
    wanted = [home.wish(person, words=(word,)) for word in ("灯语服务", "Lamp Talk", "三十日", "夜间记录")]
    home.wish(person, words=("深度合成",))
    home.happen()

    match_events(home.db, NOW)

    assert [subscription for subscription, _ in owed(home)] == wanted


def test_every_word_of_a_new_instrument_is_news(home):
    wish = home.wish(home.person(), words=("灯语服务管理规定",))
    event = home.happen(kind=EventKind.NEW_INSTRUMENT, change_set_id=None)

    match_events(home.db, NOW)

    assert owed(home) == [(wish, event)]


def test_what_happened_before_somebody_subscribed_is_not_for_them(home):
    home.wish(home.person(), now=NOW + timedelta(seconds=1))
    home.happen()

    assert match_events(home.db, NOW) == 0


def test_a_change_taken_back_is_told_to_all_who_were_told_whatever_they_filter(home):
    told = home.wish(home.person(), kinds=("new_version",))
    home.wish(home.person("bo@policy.example"), kinds=("repealed",))
    ended = home.wish(home.person("cy@policy.example"), kinds=("new_version",))
    home.happen()
    match_events(home.db, NOW)
    subscriptions.deactivate(home.db, ended)
    back = home.happen(kind=EventKind.REVERSED, key="reversed:cn_lamp")

    assert match_events(home.db, NOW) == 1
    assert (told, back) in owed(home)


def test_one_event_that_cannot_be_matched_is_set_aside_and_the_others_go_on(home):
    home.wish(home.person(), words=("灯语",))
    home.happen(key="poisoned")
    home.happen(key="sound")
    home.db.execute("PRAGMA foreign_keys = OFF")
    home.db.execute("UPDATE events SET instrument_id = 'nowhere' WHERE key = 'poisoned'")
    aside = []

    class SetAside:
        def __init__(self, key):
            self.key = key

        def __enter__(self):
            return self

        def __exit__(self, kind, error, trace):
            if error is not None:
                aside.append(self.key)
            return True

    assert match_events(home.db, NOW, guard=SetAside) == 1
    assert aside == ["poisoned"]
    assert [event.key for event in events.unmatched(home.db)] == ["poisoned"]
