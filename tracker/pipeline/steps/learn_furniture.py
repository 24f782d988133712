"""Keep what is learned of each page as it arrives: what of it is furniture, and when its template became another."""

from __future__ import annotations

from sqlite_utils import Database

from crawlers.hosts.host_lock import host_key
from storage import furniture, snapshots
from storage.archive import Archive
from storage.records import Page, Snapshot
from tracker.reading.furniture.infer import WITHIN, learn, look_at

_OTHER = 0.7  # less of the places of a page's lines in common: its template is another


def learn_from(db: Database, archive: Archive, page: Page, snapshot: Snapshot) -> None:
    """Learn from one new snapshot and the one before it; before it is read, so that it is read with what is known."""
    before, host = snapshots.before(db, snapshot), host_key(page.url)
    if before is None:
        furniture.note_template(db, page.id, host, None)
        return
    again = snapshots.seen_again_at(db, before)
    old = look_at(archive.body(before.archived_as), before.media_type, before.fetched_at, again)
    new = look_at(archive.body(snapshot.archived_as), snapshot.media_type, snapshot.fetched_at)
    furniture.note_template(db, page.id, host, snapshot.fetched_at if old.like(new) < _OTHER else None)
    held = furniture.of_page(db, page.id)
    furniture.save(db, learn(held, old, new, page.id, host))
    furniture.forget_candidates(db, page.id, snapshot.fetched_at - WITHIN)
