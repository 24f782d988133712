"""What was owed and composed before this version is told by it."""

from __future__ import annotations

from sqlite_utils import Database

from storage import messages, subscriptions
from storage.schema.migrations import migrations
from storage.schema.open import open_database


def test_a_home_of_the_first_version_keeps_its_subscriptions_and_messages(tmp_path):
    path = tmp_path / "clausewatch.db"
    old = Database(path)
    migrations.apply(old, stop_before="m002_telling")
    old.table("subscribers").insert(
        {"id": 1, "address": "ana@policy.example", "name": "", "timezone": "UTC", "language": "en"}
    )
    old.table("subscriptions").insert(
        {
            "id": 1,
            "subscriber_id": 1,
            "filters": '{"jurisdictions":["cn"]}',
            "created_at": "2026-11-01T00:00:00.000000+00:00",
            "cadence": "daily",
            "channel": "email",
            "hour": 8,
            "active": 1,
        }
    )
    old.close()

    db = open_database(path)

    (subscription,) = subscriptions.active(db)
    assert (subscription.status, subscription.target, subscription.when_quiet) == ("confirmed", "", False)
    assert subscriptions.get_subscriber(db, 1).refused_at is None
    assert messages.recent(db) == []
    db.close()
