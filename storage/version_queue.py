"""The queue of versions: what waits to be announced or compared, and which release failed on it."""

from __future__ import annotations

from sqlite_utils import Database

from storage.database.connection import execute, query
from storage.versions import VersionRow, rows_where


def uncompared_versions(db: Database, release: str | None = None) -> list[VersionRow]:
    """Return the confirmed versions not yet compared with the one before, oldest first; no first ones.

    Of those that a release failed on, only what another than *release* did.
    """
    condition = f"compared = 0 AND first = 0 AND standing = 'confirmed' AND {_NOT_FAILED}"
    return rows_where(db, condition, release=release)


def unannounced_versions(db: Database, release: str | None = None) -> list[VersionRow]:
    """Return the first versions of instruments from which nothing was derived yet, oldest first.

    Of those that a release failed on, only what another than *release* did.
    """
    condition = f"compared = 0 AND first = 1 AND standing = 'confirmed' AND {_NOT_FAILED}"
    return rows_where(db, condition, release=release)


def is_uncompared(db: Database, version_id: str) -> bool:
    """Return whether a version still waits to be compared; another process may have done it since it was listed."""
    return bool(query(db, "SELECT id FROM versions WHERE id = :id AND compared = 0", id=version_id))


def mark_failed(db: Database, version_id: str, release: str) -> None:
    """Note that *release* could not compare a version; another one tries again. An empty one lets it be tried anew."""
    execute(db, "UPDATE versions SET failed_by = :by WHERE id = :id", id=version_id, by=release)


def mark_compared(db: Database, version_id: str) -> None:
    """Mark that a version has been compared with the one before it."""
    execute(db, "UPDATE versions SET compared = 1, failed_by = '' WHERE id = :id", id=version_id)


# what a release failed on waits for another one; without a release named, nothing that failed is given
_NOT_FAILED = "(failed_by = '' OR failed_by <> ifnull(:release, failed_by))"
