"""Snapshots: what a page held at one instant; the bytes are in the archive, here is where to find them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from storage.database.connection import execute, insert, inserted_id, one_or_raise, query, transaction
from storage.records import LastLook, Outcome, Snapshot
from storage.serialise import dumps, from_row, utc_iso
from storage.text_store import blobs


def add(  # noqa: PLR0913, PLR0917 - the columns of the row, in the order of the noun
    db: Database,
    page_id: int,
    url: str,
    fetched_at: datetime,
    status: int,
    media_type: str,
    sha256: str,
    length: int,
    headers: Mapping[str, str],
    archived_as: str,
) -> int:
    """Note the snapshot that was archived and return its id; nobody has read it yet."""
    row = {
        "page_id": page_id,
        "url": url,
        "fetched_at": utc_iso(fetched_at),
        "status": status,
        "media_type": media_type,
        "sha256": sha256,
        "length": length,
        "archived_as": archived_as.replace(sha256, _SHA) if sha256 else archived_as,
    }
    with transaction(db):
        headers_id = blobs.put(db, dumps(dict(headers)).encode(), _headers_before(db, page_id))
        return inserted_id(insert(db, "snapshots", {**row, "headers_id": headers_id}))


def get(db: Database, snapshot_id: int) -> Snapshot:
    """Return the snapshot with this id."""
    rows = query(db, "SELECT * FROM snapshots WHERE id = :id", id=snapshot_id)
    return _snapshot(db, one_or_raise(rows, f"snapshot {snapshot_id}"))


def url_of(db: Database, snapshot_id: int) -> str:
    """Return the address that a snapshot came from in the end, after every redirect."""
    rows = query(db, "SELECT url FROM snapshots WHERE id = :id", id=snapshot_id)
    return str(one_or_raise(rows, f"snapshot {snapshot_id}")["url"])


def url_of_version(db: Database, version_id: str | None, instrument_id: str) -> str:
    """Return the address that a version of this instrument was read from; empty when it is none of its versions."""
    rows = query(db, _OF_VERSION, version_id=version_id, instrument_id=instrument_id)
    return rows[0]["url"] if rows else ""


_OF_VERSION = """
SELECT url FROM versions JOIN snapshots ON snapshots.id = snapshot_id
WHERE versions.id = :version_id AND instrument_id = :instrument_id
"""


def latest(db: Database, page_id: int) -> Snapshot | None:
    """Return the page's latest snapshot, if there is one."""
    sql = "SELECT * FROM snapshots WHERE page_id = :page_id ORDER BY fetched_at DESC, id DESC LIMIT 1"
    rows = query(db, sql, page_id=page_id)
    return _snapshot(db, rows[0]) if rows else None


def latest_of_pages(db: Database, source_id: str, urls: Collection[str]) -> dict[str, LastLook]:
    """Return, by address, the latest snapshot of each page that has one, with how it was looked at since."""
    rows = query(db, _LAST_LOOKS, source_id=source_id, urls=dumps(list(urls)))
    cache: blobs.PackCache = {}
    return {
        row.pop("page_url"): LastLook(
            last_outcome=Outcome(row.pop("last_outcome")),
            whole_at=datetime.fromisoformat(at) if (at := row.pop("whole_at")) else None,
            snapshot=_snapshot(db, row, cache),
        )
        for row in rows
    }


_LAST_LOOKS = """
SELECT pages.url AS page_url, last.outcome AS last_outcome, (SELECT max(checked_at) FROM checks
    WHERE page_id = pages.id AND outcome IN ('new', 'same')) AS whole_at, snapshots.*
FROM pages
JOIN snapshots ON snapshots.id = (
  SELECT id FROM snapshots WHERE page_id = pages.id ORDER BY fetched_at DESC, id DESC LIMIT 1)
JOIN checks AS last ON last.id = (
  SELECT id FROM checks WHERE page_id = pages.id ORDER BY checked_at DESC, id DESC LIMIT 1)
WHERE pages.source_id = :source_id AND pages.url IN (SELECT value FROM json_each(:urls))
"""


def text_of(db: Database, snapshot_id: int) -> str | None:
    """Return the hash of what a snapshot says; empty when it is no law, None when nobody has read it."""
    rows = query(db, "SELECT text_sha256 FROM snapshots WHERE id = :id", id=snapshot_id)
    text: str | None = one_or_raise(rows, f"snapshot {snapshot_id}")["text_sha256"]
    return text


@dataclass(frozen=True, slots=True)
class SnapshotText:
    """Which text a snapshot was read as, by its hash; empty when it was read as none."""

    id: int
    text_sha256: str


def text_hashes(db: Database, page_id: int) -> list[SnapshotText]:
    """Return what the snapshots of a page were read as, oldest first."""
    sql = "SELECT id, ifnull(text_sha256, '') AS text_sha256 FROM snapshots WHERE page_id = :page_id ORDER BY id"
    return [SnapshotText(**row) for row in query(db, sql, page_id=page_id)]


def before(db: Database, snapshot: Snapshot) -> Snapshot | None:
    """Return what the page held before *snapshot*, if anything."""
    sql = "SELECT * FROM snapshots WHERE page_id = :page_id AND id < :id ORDER BY id DESC LIMIT 1"
    rows = query(db, sql, page_id=snapshot.page_id, id=snapshot.id)
    return _snapshot(db, rows[0]) if rows else None


def seen_again_at(db: Database, snapshot: Snapshot) -> datetime | None:
    """Return when a look last brought the very same page as *snapshot* once more, if one did."""
    sql = "SELECT max(checked_at) AS at FROM checks WHERE snapshot_id = :id AND outcome IN ('same', 'not_modified')"
    at = query(db, sql, id=snapshot.id)[0]["at"]
    return datetime.fromisoformat(at) if at else None


def of_page(db: Database, page_id: int) -> list[Snapshot]:
    """Return every snapshot of a page, oldest first."""
    rows = query(db, "SELECT * FROM snapshots WHERE page_id = :page_id ORDER BY fetched_at, id", page_id=page_id)
    return [_snapshot(db, row) for row in rows]


def all_ids(db: Database) -> list[int]:
    """Return the id of every snapshot, oldest first."""
    return [row["id"] for row in query(db, "SELECT id FROM snapshots ORDER BY id")]


def refused_snapshots(db: Database) -> list[Snapshot]:
    """Return the snapshots that were read and found to be no law, lists and news included, oldest first."""
    rows = query(db, "SELECT * FROM snapshots WHERE text_sha256 = '' ORDER BY id")
    return [_snapshot(db, row) for row in rows]


def unread_snapshots(db: Database, release: str | None = None) -> list[Snapshot]:
    """Return the snapshots nobody has read, oldest first; what a release failed on only for another *release*."""
    sql = """
        SELECT * FROM snapshots WHERE text_sha256 IS NULL
          AND (failed_by = '' OR failed_by <> ifnull(:release, failed_by)) ORDER BY id
    """
    return [_snapshot(db, row) for row in query(db, sql, release=release)]


def mark_failed(db: Database, snapshot_id: int, release: str) -> None:
    """Note that *release* could not read a snapshot; another one tries again. An empty one lets it be tried anew."""
    execute(db, "UPDATE snapshots SET failed_by = :by WHERE id = :id", id=snapshot_id, by=release)


def pass_over_failed(db: Database, page_id: int, snapshot_id: int) -> int:
    """Give up what could not be read of a page before the snapshot that now was; return how many there were."""
    sql = """
        UPDATE snapshots SET text_sha256 = '', failed_by = ''
        WHERE page_id = :page_id AND id < :id AND text_sha256 IS NULL AND failed_by <> ''
    """
    return execute(db, sql, page_id=page_id, id=snapshot_id)


def is_unread(db: Database, snapshot_id: int) -> bool:
    """Return whether still nobody has read a snapshot; another process may have, since it was listed."""
    return bool(query(db, "SELECT id FROM snapshots WHERE id = :id AND text_sha256 IS NULL", id=snapshot_id))


def mark_read(db: Database, snapshot_id: int, *, text_sha256: str) -> None:
    """Mark a snapshot as read; *text_sha256* is the hash of what it says, empty when it is no law."""
    execute(db, "UPDATE snapshots SET text_sha256 = :sha WHERE id = :id", id=snapshot_id, sha=text_sha256)


def rename_text(db: Database, page_id: int, old_sha256: str, new_sha256: str) -> None:
    """Note that what a page said has another hash now that a better reader read it: of all snapshots that said it."""
    sql = "UPDATE snapshots SET text_sha256 = :new WHERE page_id = :page_id AND text_sha256 = :old"
    execute(db, sql, page_id=page_id, old=old_sha256, new=new_sha256)


def misread(db: Database, source_id: str) -> list[int]:
    """Return the pages of a source, lists apart, whose newest snapshot was read as no law; without those dismissed."""
    sql = """
        SELECT pages.id FROM pages JOIN snapshots ON snapshots.id = (
          SELECT id FROM snapshots WHERE page_id = pages.id ORDER BY fetched_at DESC, id DESC LIMIT 1)
        WHERE pages.source_id = :source_id AND pages.listing = 0 AND pages.gone_at IS NULL AND dismissed = ''
          AND text_sha256 = ''
    """
    return [row["id"] for row in query(db, sql, source_id=source_id)]


def latest_good(db: Database, source_id: str, url: str) -> Snapshot | None:
    """Return the newest good snapshot of the page *url*, or of its source if no page is known by that address.

    That is one with the text of a confirmed version; of a list, any that was kept.
    """
    sql = """
        SELECT snapshots.* FROM pages JOIN snapshots ON snapshots.page_id = pages.id
        WHERE source_id = :source_id
          AND (pages.url = :url OR NOT EXISTS (SELECT 1 FROM pages WHERE source_id = :source_id AND url = :url))
          AND (listing = 1 OR text_sha256 IN (
            SELECT text_sha256 FROM versions WHERE versions.page_id = pages.id AND standing = 'confirmed'))
        ORDER BY fetched_at DESC, snapshots.id DESC LIMIT 1
    """
    rows = query(db, sql, source_id=source_id, url=url)
    return _snapshot(db, rows[0]) if rows else None


_SHA = "*"  # stands for the hash in the name of an archived exchange


def _headers_before(db: Database, page_id: int) -> int | None:
    """Return the pack of the headers of the page's latest snapshot: the next ones are mostly the same."""
    sql = "SELECT headers_id FROM snapshots WHERE page_id = :page_id ORDER BY fetched_at DESC, id DESC LIMIT 1"
    rows = query(db, sql, page_id=page_id)
    return rows[0]["headers_id"] if rows else None


def _snapshot(db: Database, row: Mapping[str, Any], cache: blobs.PackCache | None = None) -> Snapshot:
    name = row["archived_as"].replace(_SHA, row["sha256"])
    headers = blobs.get(db, row["headers_id"], cache).decode()
    return from_row(Snapshot, {**row, "archived_as": name, "headers": headers})


def not_standing(db: Database) -> frozenset[int]:
    """Return the snapshots whose text does not stand: it waits for a second look or an operator, or was rejected."""
    rows = query(db, "SELECT snapshot_id FROM versions WHERE standing <> 'confirmed'")
    return frozenset(row["snapshot_id"] for row in rows)
