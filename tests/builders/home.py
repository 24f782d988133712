"""A home with one invented law in two versions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from storage import changes, events, instruments, milestones, pages, snapshots, sources, subscriptions, versions
from storage.database.connection import transaction
from storage.records import Event, Filters, Source
from storage.schema.open import open_database
from tests.tracker.alerts.builders import EARLIER, NOW, a_comparison, a_version, an_event, an_instrument, some_settings
from tracker.alerts.settings import AlertSettings


@dataclass
class Home:
    """What a test needs of a home."""

    db: Database
    settings: AlertSettings
    change_set: int

    def person(self, address: str = "ana@policy.example", **more) -> int:
        return subscriptions.add_subscriber(self.db, address, **more)

    def wish(self, person: int, now: datetime = EARLIER, **more) -> int:
        facets = {name: more.pop(name) for name in list(more) if name in Filters.__dataclass_fields__}
        return subscriptions.add(self.db, person, Filters(**facets), now=now, **more)

    def happen(self, **more) -> int:
        event: Event = an_event(id=0, version_id="cn_lamp@2026-11-25", change_set_id=self.change_set)
        number = events.add(self.db, replace(event, **more))
        assert number is not None
        return number

    def files(self) -> list[Path]:
        return sorted(self.settings.emails.glob("*"))


@contextmanager
def a_home(folder: Path) -> Iterator[Home]:
    """Make a home in *folder* and close it afterwards."""
    address = os.environ.get("CLAUSEWATCH_DATABASE_URL", "")
    db = open_database(address or folder / "clausewatch.db")
    with transaction(db):
        home = _with_a_law(db)
    yield Home(db, some_settings(folder), home)
    db.close()


def _with_a_law(db: Database) -> int:
    instrument = an_instrument()
    source = Source("cn_cac_lamp", "cn", instrument.title, ("cn_cac",), "zh", "page", (instrument.url,), NOW - EARLIER)
    sources.sync(db, [source], EARLIER)
    page = pages.add(db, source.id, instrument.url, listing=False, now=EARLIER)
    instruments.add_if_new(db, instrument)
    for version_id in ("cn_lamp@2026-11-01", "cn_lamp@2026-11-25"):
        snapshot = snapshots.add(db, page, instrument.url, NOW, 200, "text/html", version_id, 1, {}, "")
        version = a_version(id=version_id, page_id=page, snapshot_id=snapshot)
        versions.add(db, version)
    milestones.replace(db, instrument.id, version.id, version.reading.dates)
    set_id = changes.add_set(
        db, old_version_id="cn_lamp@2026-11-01", new_version_id=version.id, comparison=a_comparison(), at=NOW
    )
    assert set_id is not None
    return set_id
