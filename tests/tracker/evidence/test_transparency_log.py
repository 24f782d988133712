"""What happened is logged once and signed, and every rewriting of it is found and named."""

from datetime import timedelta

import pytest

from storage import log
from storage.database.connection import query
from tests.tracker.alerts.builders import NOW
from tracker.alerts import compose_due, deliver_pending, match_events
from tracker.evidence.signed_note import new_private_key, open_note, parse_checkpoint
from tracker.evidence.transparency_log import LogPlaces, own_key, record_log
from tracker.evidence.verify_log import verify_log
from tracker.subscriptions.erasure import forget_person

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def places(home):
    return LogPlaces(home.settings.home, home.settings.home / "archive", "watch.example")


@pytest.fixture
def logged_home(home, places):
    """A home in which something was found, told and mailed, and all of it logged."""
    home.wish(home.person())
    home.happen()
    match_events(home.db, NOW)
    compose_due(home.db, NOW, home.settings)
    deliver_pending(home.db, NOW, home.settings)
    record_log(home.db, places, NOW)
    return home


def faults(home, places, *witnesses):
    return list(verify_log(home.db, places, witnesses))


def newest_note(home):
    return log.checkpoints(home.db)[-1].note


def test_what_happened_fits_what_was_logged(logged_home, places):
    assert faults(logged_home, places) == []
    assert log.size(logged_home.db) > 5


def test_a_round_in_which_nothing_happened_signs_nothing_new(logged_home, places):
    assert record_log(logged_home.db, places, LATER) is None
    assert len(log.checkpoints(logged_home.db)) == 1


def test_the_checkpoint_is_signed_and_stands_in_a_file_for_others(logged_home, places):
    text = open_note((places.tiles / "checkpoint").read_text(encoding="utf-8"), own_key(places))

    assert parse_checkpoint(text).size == log.size(logged_home.db)


def test_the_key_is_readable_by_its_owner_only(logged_home, places):
    assert places.key.stat().st_mode & 0o777 == 0o600


def test_tiles_that_are_gone_are_made_again(logged_home, places):
    for path in places.tiles.rglob("*"):
        if path.is_file():
            path.unlink()
    logged_home.db.execute("UPDATE events SET matched = matched")
    logged_home.db.execute(
        "INSERT INTO checks (page_id, checked_at, outcome, cause, text)"
        " SELECT id, '2026-03-09T09:00:00.000000+00:00', 'unchanged', '', '' FROM pages LIMIT 1"
    )

    assert record_log(logged_home.db, places, LATER) is not None
    assert faults(logged_home, places) == []


@pytest.mark.parametrize(
    "spoil", [lambda raw: raw[:33], lambda raw: bytes(len(raw)), lambda raw: b""], ids=["cut", "noise", "empty"]
)
def test_nothing_is_signed_over_tiles_that_were_spoilt(logged_home, places, spoil):
    for path in (places.tiles / "tile").rglob("*"):
        if path.is_file():
            path.write_bytes(spoil(path.read_bytes()))
    logged_home.happen(key="something more")

    assert record_log(logged_home.db, places, LATER) is not None
    assert faults(logged_home, places) == []


def test_who_is_erased_leaves_no_fault_and_no_trace(logged_home, places):
    address = next(iter(query(logged_home.db, "SELECT address FROM subscribers")))["address"]

    forget_person(logged_home.db, address, logged_home.settings.emails, LATER)
    record_log(logged_home.db, places, LATER)

    assert faults(logged_home, places) == []
    assert not [leaf for leaf in log.leaves(logged_home.db) if address in (leaf.entry or "")]


REWRITINGS = {
    "a snapshot is dated back": "UPDATE snapshots SET fetched_at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 1",
    "a snapshot is of another address": "UPDATE snapshots SET url = 'https://other.example/' WHERE id = 1",
    "a snapshot has other bytes": "UPDATE snapshots SET sha256 = 'ff' WHERE id = 1",
    "a snapshot is another file": "UPDATE snapshots SET archived_as = 'bb/y' WHERE id = 1",
    "a version is dated back": "UPDATE versions SET seen_at = '2020-01-01T00:00:00.000000+00:00' WHERE \"row\" = 1",
    "a version is of another snapshot": "UPDATE versions SET snapshot_id = 3 - snapshot_id",
    "a version has another name": "UPDATE versions SET id = id || '.9' WHERE \"row\" = 1",
    "a change set is dated back": "UPDATE change_sets SET at = '2020-01-01T00:00:00.000000+00:00'",
    "a change set is turned round": "UPDATE change_sets SET old_row = new_row, new_row = old_row",
    "an event is of another weight": "UPDATE events SET weight = 'low'",
    "an event is dated back": "UPDATE events SET at = '2020-01-01T00:00:00.000000+00:00'",
    "an event says something else": "UPDATE events SET details = '{}', \"key\" = 'another'",
    "an event is of another kind": "UPDATE events SET kind = 'repealed'",
    "an alert is dated back": "UPDATE alerts SET owed_at = '2020-01-01T00:00:00.000000+00:00'",
    "an alert is gone": "DELETE FROM alerts",
    "a mail has other words": "UPDATE messages SET mime = CAST('forged' AS BLOB)",
    "a mail is dated back": "UPDATE messages SET composed_at = '2020-01-01T00:00:00.000000+00:00'",
    "an event is gone": "DELETE FROM events",
    "a change set is gone": "DELETE FROM change_sets",
    "a version is gone": 'DELETE FROM versions WHERE "row" = 1',
    "a snapshot is gone": "DELETE FROM snapshots WHERE id = 1",
    "a leaf is forged": "UPDATE log_leaves SET hash = zeroblob(32) WHERE number = 2",
    "a leaf is gone": "DELETE FROM log_leaves WHERE number = 2",
    "two leaves changed places": "UPDATE log_leaves SET hash = (SELECT hash FROM log_leaves AS o WHERE o.number = 5 -"
    " log_leaves.number) WHERE number IN (2, 3)",
    "the last leaves are gone": "DELETE FROM log_leaves WHERE number > 3",
    "a leaf names another kind": "UPDATE log_leaves SET kind = 'check' WHERE number = 2",
    "the first leaf names another key": 'UPDATE log_leaves SET entry = replace(entry, \'"key":"\', \'"key":"00\')'
    " WHERE number = 0",
    "a checkpoint is forged": "UPDATE log_checkpoints SET note = replace(note, 'watch.example/log', 'other/log')",
    "a checkpoint is of another size": "UPDATE log_checkpoints SET size = size - 1",
    "every checkpoint is gone": "DELETE FROM log_checkpoints",
    "the whole log is gone": "DELETE FROM log_leaves",
}


@pytest.mark.parametrize("sql", REWRITINGS.values(), ids=REWRITINGS.keys())
def test_a_rewriting_is_found(logged_home, places, sql):
    logged_home.db.execute("PRAGMA foreign_keys = OFF")
    logged_home.db.execute("PRAGMA defer_foreign_keys = ON")

    logged_home.db.execute(sql)

    assert faults(logged_home, places)


def test_an_invented_row_is_found(logged_home, places):
    for number, key in ((100, "later"), (50, "invented")):
        copy = next(iter(query(logged_home.db, "SELECT * FROM events"))) | {"id": number, "key": key}
        logged_home.db["events"].insert(copy)
        record_log(logged_home.db, places, LATER)

    assert "event 50: was never logged, but later ones were" in faults(logged_home, places)


def test_tiles_of_another_log_are_found(logged_home, places):
    tile = next(path for path in places.tiles.rglob("*") if path.is_file() and "tile" in path.parts)
    tile.write_bytes(bytes(len(tile.read_bytes())))

    assert "log: the tiles are not those of the leaves" in faults(logged_home, places)


def test_a_replaced_key_is_found(logged_home, places):
    places.key.write_bytes(new_private_key())

    assert "log: the key of this home is not the one that the first leaf names" in faults(logged_home, places)


def test_a_home_that_was_rolled_back_is_found_by_what_a_witness_kept(logged_home, places):
    before = newest_note(logged_home)
    size = log.size(logged_home.db)
    logged_home.db.execute(
        "INSERT INTO checks (page_id, checked_at, outcome, cause, text)"
        " SELECT id, '2026-03-09T09:00:00.000000+00:00', 'unchanged', '', '' FROM pages LIMIT 1"
    )
    record_log(logged_home.db, places, LATER)
    witness_note = newest_note(logged_home)
    logged_home.db.execute("DELETE FROM log_leaves WHERE number >= ?", [size])
    logged_home.db.execute("DELETE FROM log_checkpoints WHERE size > ?", [size])
    logged_home.db.execute("DELETE FROM checks")

    assert faults(logged_home, places, before) == []
    assert [line for line in faults(logged_home, places, witness_note) if "rolled back" in line]


def test_a_history_that_was_written_anew_is_found_by_what_a_witness_kept(logged_home, places):
    witness_note = newest_note(logged_home)
    logged_home.db.execute("DELETE FROM log_leaves")
    logged_home.db.execute("DELETE FROM log_checkpoints")
    logged_home.db.execute("UPDATE snapshots SET fetched_at = '2020-01-01T00:00:00.000000+00:00'")
    record_log(logged_home.db, places, LATER)

    assert faults(logged_home, places) == []
    assert [line for line in faults(logged_home, places, witness_note) if "not those that were signed" in line]
