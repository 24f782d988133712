"""The look log of a page: what each look found, as the versions have it, so that it never contradicts the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlite_utils import Database

from storage import changes, checks, snapshots, versions
from storage.records import Check, Outcome, ReviewState
from storage.versions import VersionRow
from tracker.view_models.provision_links import text_path

_CONFIRMING = timedelta(hours=2)  # a second look at the same text so soon after was made to confirm it


@dataclass(frozen=True, slots=True)
class LookNote:
    """What one look found, in words, and where that is shown; no address when there is nothing to show."""

    says: str
    address: str = ""
    address_label: str = ""


class LookLog:
    """The looks at one page with the versions and sets of changes that came of them."""

    def __init__(self, db: Database, page_id: int) -> None:
        self._versions = versions.of_page(db, page_id)
        self._by_snapshot = {row.snapshot_id: row for row in self._versions}
        self._texts = {row.id: row.text_sha256 for row in snapshots.text_hashes(db, page_id)}
        instruments = {row.instrument_id for row in self._versions}
        sets = [row for name in instruments for row in changes.of_instrument(db, name)]
        self._set_of = {row.new: row.id for row in sets}
        self._newest = {row.instrument_id: row.id for row in self._versions if row.standing is ReviewState.CONFIRMED}

    def note(self, look: Check) -> LookNote | None:
        """Return what a look found as the versions have it; None when no version came of it or carries its text."""
        if look.outcome is not Outcome.NEW or look.snapshot_id is None:
            return None
        row = self._by_snapshot.get(look.snapshot_id)
        if row is not None:
            return self._of_version(row)
        carried = self.version_of(look.snapshot_id)
        if carried is not None and look.checked_at - carried.seen_at < _CONFIRMING:
            return LookNote("we checked a second time and read the same text", *self._text_link(carried))
        return None

    def version_of(self, snapshot_id: int) -> VersionRow | None:
        """Return the version whose text a snapshot carries: the newest one up to it that said exactly this."""
        text = self._texts.get(snapshot_id)
        if not text:
            return None
        rows = [row for row in self._versions if row.text_sha256 == text and row.snapshot_id <= snapshot_id]
        return rows[-1] if rows else None

    def _of_version(self, row: VersionRow) -> LookNote:
        if row.standing is ReviewState.UNCONFIRMED:
            return LookNote("we checked and the law seems to have changed; a second check will confirm it")
        if row.standing is ReviewState.QUARANTINED:
            return LookNote("we checked and most of the law seems to be gone; an operator must decide")
        if row.standing is ReviewState.REJECTED:
            return LookNote("we checked; the page differs, but what it showed was not accepted as the law")
        set_id = self._set_of.get(row.id)
        if set_id is not None:
            return LookNote("we checked and the law had changed", f"/changes/{set_id}", "what changed")
        first = "we checked and read the law for the first time" if row.first else "we checked and read a new text"
        return LookNote(first, *self._text_link(row))

    def _text_link(self, row: VersionRow) -> tuple[str, str]:
        newest = self._newest.get(row.instrument_id, "")
        return text_path(row.instrument_id, version_id=row.id, newest=newest), "the text"


def carried_versions(db: Database, page_id: int, snapshot_ids: Sequence[int]) -> dict[int, VersionRow]:
    """Return which version each of some snapshots of a page carries; those that carry none are left out."""
    log = LookLog(db, page_id)
    rows = {snapshot_id: log.version_of(snapshot_id) for snapshot_id in snapshot_ids}
    return {snapshot_id: row for snapshot_id, row in rows.items() if row is not None}


def looks_of(db: Database, page_id: int, most: int = 20) -> list[tuple[Check, LookNote | None]]:
    """Return the last looks at a page, newest first, with what each found as the versions have it."""
    log = LookLog(db, page_id)
    return [(look, log.note(look)) for look in checks.of_page(db, page_id)[-most:][::-1]]
