"""Reversals: what was told and taken back, by an operator or by the text itself."""

from datetime import timedelta

from storage import changes, corrections, events
from storage.records import Comparison, EventKind
from tests.storage.builders import NOW, a_version, an_event, text_hash

DAY = timedelta(days=1)


def tell_change(db, number, text, **more):
    """Store a version that says *text*, its change set with the one before it and the event; return both ids."""
    version = a_version(db, id=f"cn_lamp@{number}", seen_at=NOW + number * DAY, text_sha256=text_hash(text))
    if not number:
        return None, None
    set_id = changes.add_set(
        db, old_version_id=f"cn_lamp@{number - 1}", new_version_id=version.id, comparison=Comparison(), at=NOW
    )
    fields = {"key": version.id, "version_id": version.id, "change_set_id": set_id, "at": version.seen_at}
    return set_id, events.add(db, an_event(**fields | more))


def test_a_change_nobody_took_back_stands(db):
    tell_change(db, 0, "a")
    set_id, _ = tell_change(db, 1, "b")

    assert corrections.of_set(db, set_id) == []
    assert corrections.of_events(db, []) == {}


def test_an_alert_that_an_operator_retracted_is_taken_back(db):
    tell_change(db, 0, "a")
    set_id, wrong = tell_change(db, 1, "b")
    other, _ = tell_change(db, 2, "c")
    details = {"retracted": wrong, "basis": "The site was rebuilt."}
    events.add(db, an_event(key="told", kind=EventKind.CORRECTED, at=NOW + 3 * DAY, details=details))

    (back,) = corrections.of_set(db, set_id)
    assert back.details["basis"] == "The site was rebuilt."
    assert corrections.of_set(db, other) == []
    assert list(corrections.of_instrument(db, "cn_lamp")) == [set_id]


def test_a_text_that_reads_again_as_before_takes_back_every_change_since(db):
    tell_change(db, 0, "a")
    first, _ = tell_change(db, 1, "b")
    second, _ = tell_change(db, 2, "c")
    back, event = tell_change(db, 3, "a", kind=EventKind.REVERSED)

    assert [[e.id for e in corrections.of_set(db, one)] for one in (first, second, back)] == [
        [event],
        [event],
        [],
    ]


def test_a_published_correction_takes_no_alert_back(db):
    tell_change(db, 0, "a")
    set_id, _ = tell_change(db, 1, "b")
    events.add(db, an_event(key="corrigendum", kind=EventKind.CORRECTED, details={"other_title": "Corrigendum"}))

    assert corrections.of_set(db, set_id) == []
