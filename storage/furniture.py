"""Furniture: what is learned of each page, and what of it is known well enough to be left out of the law."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, query, transaction, update_row
from storage.records import Furniture
from storage.serialise import from_row, to_row, utc_iso


def of_page(db: Database, page_id: int) -> list[Furniture]:
    """Return everything learned of a page, candidates too, oldest first."""
    rows = query(db, "SELECT * FROM furniture WHERE page_id = :page_id ORDER BY id", page_id=page_id)
    return [from_row(Furniture, row) for row in rows]


def learned_furniture(db: Database, page_id: int) -> tuple[Furniture, ...]:
    """Return what is left out of the law when a page is read, oldest first."""
    sql = "SELECT * FROM furniture WHERE page_id = :page_id AND learned_at IS NOT NULL ORDER BY id"
    return tuple(from_row(Furniture, row) for row in query(db, sql, page_id=page_id))


def all_known(db: Database, host: str | None = None) -> list[Furniture]:
    """Return what is left out everywhere, or at one host, by host and page."""
    sql = """
        SELECT * FROM furniture WHERE learned_at IS NOT NULL AND ifnull(:host, host) = host ORDER BY host, page_id, id
    """
    return [from_row(Furniture, row) for row in query(db, sql, host=host)]


def save(db: Database, pieces: Iterable[Furniture]) -> None:
    """Store what is new of *pieces* (its id is 0), and bring the rest up to date."""
    with transaction(db):
        for piece in pieces:
            row = to_row(piece)
            number = row.pop("id")
            if number:
                update_row(db, "furniture", ("id", number), row)
            else:
                insert(db, "furniture", row)


def pages_with_candidates(db: Database) -> set[int]:
    """Return the pages on which something changed between looks and is not yet known to be furniture."""
    rows = query(db, "SELECT DISTINCT page_id FROM furniture WHERE learned_at IS NULL")
    return {row["page_id"] for row in rows}


def note_template(db: Database, page_id: int, host: str, changed_at: datetime | None) -> None:
    """Note when the markup around a page's text was last another than before; None at its first look."""
    execute(
        db,
        "INSERT INTO skeletons (page_id, host, changed_at) VALUES (:page_id, :host, :at)"
        " ON CONFLICT (page_id) DO UPDATE SET changed_at = ifnull(:at, skeletons.changed_at)",
        page_id=page_id,
        host=host,
        at=utc_iso(changed_at) if changed_at else None,
    )


def template_changes(db: Database, since: datetime) -> dict[str, tuple[int, int]]:
    """Return by host how many of its pages have other markup since *since*, and how many pages it has."""
    sql = (
        "SELECT host, sum(ifnull(changed_at, '') >= :since) AS changed, count(*) AS pages FROM skeletons GROUP BY host"
    )
    return {row["host"]: (row["changed"], row["pages"]) for row in query(db, sql, since=utc_iso(since))}


def forget(db: Database, furniture_id: int) -> int:
    """Take back what was learned: the words count as law again until they prove otherwise; return how many rows."""
    return execute(db, "DELETE FROM furniture WHERE id = :id", id=furniture_id)


def forget_candidates(db: Database, page_id: int, before: datetime) -> int:
    """Drop the candidates of a page that have not changed since *before*; return how many."""
    return execute(
        db,
        "DELETE FROM furniture WHERE page_id = :page_id AND learned_at IS NULL AND last_seen_at < :before",
        page_id=page_id,
        before=utc_iso(before),
    )
