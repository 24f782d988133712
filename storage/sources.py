"""Sources: the declared places we watch, recorded so that rows may name them after a declaration is gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage import pages
from storage.database.connection import execute, insert, query, transaction, update_row
from storage.records import Source
from storage.serialise import from_row, utc_iso

# spiders whose address is the law itself; any other spider walks a list, a feed or an API for addresses
PAGE_SPIDERS = frozenset({"page", "cellar", "ecfr"})


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """How one source has been doing; ``last_good_at`` is its last look that did not fail."""

    source_id: str
    declared: bool
    pages: int
    versions: int
    open_problems: int
    last_checked_at: datetime | None
    last_good_at: datetime | None


def sync(db: Database, sources: Iterable[Source], now: datetime) -> None:
    """Record all declared sources and their declared pages; what is no longer declared is kept and marked so."""
    with transaction(db):
        execute(db, "UPDATE sources SET declared = 0")
        for source in sources:
            _record(db, source, now)
            for url in source.urls:
                pages.declare(
                    db,
                    source.id,
                    url,
                    listing=source.spider not in PAGE_SPIDERS,
                    instrument_id=source.instrument,
                    now=now,
                )
            pages.retire(db, source.id, source.urls, now)


def health(db: Database) -> list[SourceHealth]:
    """Return how each source has been doing, in order of id."""
    return [from_row(SourceHealth, row) for row in query(db, _HEALTH)]


def titles(db: Database) -> dict[str, str]:
    """Return the title of each source, by id; those no longer declared are among them."""
    return {row["id"]: row["title"] for row in query(db, "SELECT id, title FROM sources")}


def _record(db: Database, source: Source, now: datetime) -> None:
    row = {
        "id": source.id,
        "jurisdiction": source.jurisdiction,
        "title": source.title,
        "title_native": source.title_native,
        "kind": source.kind.value,
        "spider": source.spider,
        "declared": 1,
    }
    if insert(db, "sources", {**row, "first_seen_at": utc_iso(now)}) is None:
        update_row(db, "sources", ("id", source.id), row)


_HEALTH = """
SELECT sources.id AS source_id, sources.declared,
  (SELECT count(*) FROM pages WHERE pages.source_id = sources.id) AS pages,
  (SELECT count(*) FROM versions JOIN pages ON pages.id = versions.page_id WHERE pages.source_id = sources.id)
    AS versions,
  (SELECT count(*) FROM problems WHERE problems.source_id = sources.id AND closed_at IS NULL) AS open_problems,
  (SELECT max(checked_at) FROM checks JOIN pages ON pages.id = checks.page_id WHERE pages.source_id = sources.id)
    AS last_checked_at,
  (SELECT max(checked_at) FROM checks JOIN pages ON pages.id = checks.page_id
    WHERE pages.source_id = sources.id AND outcome <> 'failed') AS last_good_at
FROM sources ORDER BY sources.id
"""


def changed_at(db: Database) -> dict[str, datetime]:
    """Return when each source last yielded a new text that stands; what was there when we first looked is none."""
    sql = """
        SELECT versions.source_id, max(seen_at) AS at FROM versions JOIN pages ON pages.id = page_id
        WHERE standing = 'confirmed' AND (first = 0 OR discovered = 1) GROUP BY versions.source_id
    """
    return {row["source_id"]: datetime.fromisoformat(row["at"]) for row in query(db, sql)}
