"""The rows of everything that happened, as the log commits to them: the columns that no later step may alter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from storage import log
from storage.database.connection import one_or_raise, query


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of entry: the query of its rows (``subject`` and fields), and whether their numbers only rise."""

    name: str
    sql: str
    has_rising_numbers: bool = True
    erasable: bool = False


def rows_of(db: Database, kind: EntryKind, *, only_new: bool) -> list[Mapping[str, Any]]:
    """Return the rows of one kind: all, or *only_new* those that were never logged."""
    newest, only_unlogged = -1, ""
    if only_new and kind.has_rising_numbers:
        newest = log.newest_subject(db, kind.name)
    elif only_new:
        only_unlogged = (
            "AND NOT EXISTS (SELECT 1 FROM log_leaves WHERE kind = :kind AND subject = CAST(s.subject AS TEXT))"
        )
    sql = f"SELECT * FROM ({kind.sql}) AS s WHERE s.number > :newest {only_unlogged} ORDER BY s.number"  # noqa: S608 - ours
    return [dict(row) for row in query(db, sql, kind=kind.name, newest=newest)]


def row_of(db: Database, kind: EntryKind, subject: str) -> Mapping[str, Any] | None:
    """Return the row of one kind that *subject* names, if it is there."""
    sql = f"SELECT * FROM ({kind.sql}) AS s WHERE s.subject = :subject"  # noqa: S608 - ours
    rows = query(db, sql, subject=int(subject) if kind.has_rising_numbers else subject)
    return dict(rows[0]) if rows else None


def version_subject(db: Database, version_id: str) -> str:
    """Return the subject under which a version is logged. Raises MissingRowError for an unknown id."""
    rows = query(db, 'SELECT "row" AS number FROM versions WHERE id = :id', id=version_id)
    return str(one_or_raise(rows, f"version {version_id}")["number"])


KINDS: tuple[EntryKind, ...] = (
    EntryKind(
        "snapshot",
        "SELECT id AS number, id AS subject, page_id, url, fetched_at, status, media_type, sha256, length,"
        " replace(archived_as, '*', sha256) AS archived_as"
        " FROM snapshots",
    ),
    EntryKind(
        "check",
        "SELECT checks.id AS number, checks.id AS subject, pages.url, pages.source_id, checked_at, outcome, status,"
        " snapshot_id, cause, text FROM checks JOIN pages ON pages.id = page_id",
    ),
    EntryKind(
        "version",
        'SELECT "row" AS number, "row" AS subject, id, instrument_id, source_id, page_id, snapshot_id, language,'
        " seen_at, first FROM versions",
    ),
    EntryKind(
        "text",
        'SELECT "row" AS number, "row" || \':\' || text_sha256 AS subject, id, text_sha256 FROM versions',
        has_rising_numbers=False,
    ),
    EntryKind(
        "decision",
        'SELECT "row" AS number, "row" || \':\' || standing AS subject, id, standing FROM versions'
        " WHERE standing IN ('confirmed', 'rejected')",
        has_rising_numbers=False,
    ),
    EntryKind(
        "change set",
        "SELECT change_sets.id AS number, change_sets.id AS subject, at, new.id AS new, old.id AS old FROM change_sets"
        ' JOIN versions AS new ON new."row" = new_row JOIN versions AS old ON old."row" = old_row',
    ),
    EntryKind(
        "event",
        'SELECT id AS number, id AS subject, "key", kind AS event, instrument_id, at, version_id, change_set_id,'
        ' weight, source_id, "on", details FROM events',
    ),
    EntryKind(
        "alert",
        "SELECT id AS number, subscription_id || ':' || event_id AS subject, owed_at FROM alerts",
        has_rising_numbers=False,
        erasable=True,
    ),
    EntryKind(
        "message",
        "SELECT id AS number, id || ':' || mime_id AS subject, composed_at, channel, audience, mime FROM messages",
        has_rising_numbers=False,
        erasable=True,
    ),
    EntryKind(
        "delivery",
        "SELECT id AS number, id || ':' || mime_id AS subject, sent_at FROM messages WHERE sent_at IS NOT NULL",
        has_rising_numbers=False,
        erasable=True,
    ),
    EntryKind(
        "operator write",
        "SELECT id AS number, id AS subject, at, who, act, subject AS of FROM operator_writes",
    ),
    EntryKind(
        "problem",
        "SELECT id AS number, id AS subject, stage, opened_at FROM problems",
    ),
    EntryKind(
        "problem end",
        "SELECT id AS number, id AS subject, closed_at FROM problems WHERE closed_at IS NOT NULL",
        has_rising_numbers=False,
    ),
)
"""Everything that is logged, in the order in which it depends on each other."""

BY_NAME = {kind.name: kind for kind in KINDS}
