from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storage import changes, events, subscriptions, versions
from storage.records import Comparison, EventKind, Filters, Provision, ProvisionKind, ReviewState
from tests.storage.builders import uncomposed_alerts
from tests.tracker.alerts.builders import NOW, a_reading, a_shorter_deadline
from tracker.alerts import match_events
from tracker.subscriptions.preview import preview


def owed_pairs(home) -> list[tuple[int, int]]:
    return [(alert.subscription_id, alert.event_id) for alert in uncomposed_alerts(home.db)]


def test_an_event_is_owed_to_each_subscription_that_wants_it_once(home):
    person = home.person()
    all_of_it, china = home.wish(person), home.wish(person, jurisdictions=("cn",))
    home.wish(person, jurisdictions=("eu",))
    event = home.happen()

    assert match_events(home.db, NOW) == 2
    assert match_events(home.db, NOW) == 0
    assert owed_pairs(home) == [(all_of_it, event), (china, event)]
    assert events.unmatched_events(home.db) == []


def test_words_are_looked_for_in_titles_and_changed_text(home):
    person = home.person()
    wishes = [home.wish(person, words=(word,)) for word in ("灯语服务", "Lamp Talk", "三十日", "夜间记录")]
    home.wish(person, words=("深度合成",))
    home.happen()

    match_events(home.db, NOW)

    assert [subscription for subscription, _ in owed_pairs(home)] == wishes


def test_every_word_of_a_new_instrument_is_news(home):
    wish = home.wish(home.person(), words=("灯语服务管理规定",))
    event = home.happen(kind=EventKind.NEW_INSTRUMENT, change_set_id=None)

    match_events(home.db, NOW)

    assert owed_pairs(home) == [(wish, event)]


def test_what_happened_before_somebody_subscribed_is_not_for_them(home):
    home.wish(home.person(), now=NOW + timedelta(seconds=1))
    home.happen()

    assert match_events(home.db, NOW) == 0


def test_a_change_taken_back_is_told_to_all_who_were_told_whatever_they_filter(home):
    told_wish = home.wish(home.person(), kinds=("new_version",))
    home.wish(home.person("bo@policy.example"), kinds=("repealed",))
    ended_wish = home.wish(home.person("cy@policy.example"), kinds=("new_version",))
    home.happen()
    match_events(home.db, NOW)
    subscriptions.deactivate(home.db, ended_wish)
    back = home.happen(kind=EventKind.REVERSED, key="reversed:cn_lamp")

    assert match_events(home.db, NOW) == 1
    assert (told_wish, back) in owed_pairs(home)


@pytest.mark.sqlite
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
    assert [event.key for event in events.unmatched_events(home.db)] == ["poisoned"]


def store_renumbering(home, old_pids: dict[str, str], now: dict[str, str]) -> int:
    """Store an old and a new version, eid to persistent id, and one changed paragraph of the new article 16."""
    a, b = (f"cn_lamp@2026-0{8 + number}-01" for number in (0, 1))
    for number, (version_id, pids) in enumerate(((a, old_pids), (b, now))):
        law = tuple(Provision(eid, ProvisionKind.ARTICLE, eid[4:], pid=pid) for eid, pid in pids.items())
        seen_at = NOW - timedelta(days=60 - number)
        version = replace(
            versions.get(home.db, "cn_lamp@2026-11-25"), id=version_id, seen_at=seen_at, standing=ReviewState.CONFIRMED
        )
        versions.add(home.db, replace(version, reading=a_reading(provisions=law)))
    change = replace(a_shorter_deadline(), ops=(), old_text="a", new_text="b")
    return changes.add_set(
        home.db, old_version_id=a, new_version_id=b, comparison=Comparison((change,), {"modified": 1}), at=NOW
    )


def test_a_wish_for_a_provision_follows_it_when_it_is_renumbered(home):
    home.db.execute("UPDATE versions SET standing = 'rejected'")
    event_id = store_renumbering(
        home,
        {"art_15": "art_15", "art_16": "art_16"},
        {"art_15": "art_15@new", "art_16": "art_15", "art_17": "art_16"},
    )
    before, after = NOW - timedelta(days=59, hours=1), NOW - timedelta(days=58)
    old_fifteen = home.wish(home.person(), now=before, provisions=("art_15",))
    home.wish(home.person(), now=before, provisions=("art_16",))  # now article 17, and unchanged
    new_sixteen = home.wish(home.person(), now=after, provisions=("art_16",))
    home.wish(home.person(), now=after, provisions=("art_15",))  # the new article
    event = home.happen(change_set_id=event_id)

    match_events(home.db, NOW)

    assert owed_pairs(home) == [(old_fifteen, event), (new_sixteen, event)]
    assert len(preview(home.db, Filters(provisions=("art_16",))).items) == 1
    assert preview(home.db, Filters(provisions=("art_17",))).items == ()
