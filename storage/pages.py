"""Pages: the addresses watched, declared by a source or found by it on a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from storage.database.connection import execute, insert, one_or_raise, query, transaction, update_row
from storage.records import Page
from storage.serialise import dumps, from_row, utc_iso


def add(  # noqa: PLR0913 - what a list may say of an address
    db: Database,
    source_id: str,
    url: str,
    *,
    listing: bool,
    now: datetime,
    title: str = "",
    published_on: date | None = None,
    instrument_id: str = "",
    discovered: bool = False,
    comments_due_on: date | None = None,
) -> int:
    """Watch *url* for *source_id* from now on and return its page; a page that is known stays what it is."""
    with transaction(db):
        row = _row(source_id, url, listing=listing, now=now)
        row |= {"title": title, "instrument_id": instrument_id, "discovered": int(discovered)}
        row["published_on"] = row["listed_on"] = published_on.isoformat() if published_on else None
        row["comments_due_on"] = comments_due_on.isoformat() if comments_due_on else None
        page_id = insert(db, "pages", row)
        return page_id if page_id is not None else _known_id(db, source_id, url)


def declare(db: Database, source_id: str, url: str, *, listing: bool, instrument_id: str, now: datetime) -> int:
    """Watch *url* because a declaration names it; a page that is known becomes a declared one."""
    with transaction(db):
        row = _row(source_id, url, listing=listing, now=now) | {"declared": 1, "instrument_id": instrument_id}
        new_id = insert(db, "pages", row)
        if new_id is not None:
            return new_id
        page_id = _known_id(db, source_id, url)
        columns = {"listing": int(listing), "declared": 1, "instrument_id": instrument_id, "gone_at": None}
        update_row(db, "pages", ("id", page_id), columns)
        return page_id


def retire(db: Database, source_id: str, urls: Collection[str], now: datetime) -> int:
    """Mark as gone the pages of *source_id* that its declaration named and names no more; return how many."""
    return execute(
        db,
        "UPDATE pages SET declared = 0, gone_at = :now WHERE source_id = :source_id AND declared = 1"
        " AND url NOT IN (SELECT value FROM json_each(:declared))",
        source_id=source_id,
        declared=dumps(list(urls)),
        now=utc_iso(now),
    )


def mark_gone(db: Database, page_id: int, at: datetime) -> None:
    """Note that the publisher says the page is no more; it is looked at no longer."""
    execute(db, "UPDATE pages SET gone_at = :at WHERE id = :id AND gone_at IS NULL", id=page_id, at=utc_iso(at))


def mark_listing(db: Database, page_id: int) -> None:
    """Note that a page only announces what hangs on it: it is walked for files, and never read as law."""
    execute(db, "UPDATE pages SET listing = 1 WHERE id = :id", id=page_id)


def note_deadlines(db: Database, days: Mapping[str, date]) -> int:
    """Note until when comments are taken on the pages at these addresses, as a list says now; return how many."""
    return execute(
        db,
        "UPDATE pages SET comments_due_on = told.value FROM json_each(:told) AS told"
        " WHERE pages.url = told.key AND ifnull(pages.comments_due_on, '') <> told.value",
        told=dumps({url: on.isoformat() for url, on in days.items()}),
    )


def dismiss(db: Database, page_id: int, reading: str) -> None:
    """Note that an operator knows a page that reads like this to be no law; nothing, to forget it again."""
    execute(db, "UPDATE pages SET dismissed = :reading WHERE id = :id", id=page_id, reading=reading)


def relist(db: Database, dates: Mapping[str, date], now: datetime) -> int:
    """Note the *dates* a list gives for addresses that are known; return how many pages they hint at.

    A later date than lists gave before says that the page was published again. The first date ever given says so when
    it is later than the last look at the page, which is for the schedule to judge.
    """
    dates_by_url = {url: on.isoformat() for url, on in dates.items()}
    return execute(
        db,
        "UPDATE pages SET listed_on = told.value, hinted_at ="
        " CASE WHEN listed_on IS NULL AND told.value || 'T00:00:00.000000+00:00' < :now"
        "  THEN told.value || 'T00:00:00.000000+00:00' ELSE :now END"
        " FROM json_each(:told) AS told WHERE pages.url = told.key AND ifnull(pages.listed_on, '') < told.value",
        told=dumps(dates_by_url),
        now=utc_iso(now),
    )


def hint(db: Database, page_id: int, at: datetime) -> None:
    """Note that something said at *at* that the page may have changed."""
    execute(db, "UPDATE pages SET hinted_at = :at WHERE id = :id", id=page_id, at=utc_iso(at))


def get(db: Database, page_id: int) -> Page:
    """Return the page with this id."""
    return from_row(Page, one_or_raise(query(db, "SELECT * FROM pages WHERE id = :id", id=page_id), f"page {page_id}"))


def find(db: Database, source_id: str, url: str) -> Page | None:
    """Return the page *source_id* watches at *url*, if it does."""
    rows = query(db, "SELECT * FROM pages WHERE source_id = :source_id AND url = :url", source_id=source_id, url=url)
    return from_row(Page, rows[0]) if rows else None


def declared_urls(db: Database) -> frozenset[str]:
    """Return every address that a declaration names: what a list says of one of them makes no second page."""
    return frozenset(row["url"] for row in query(db, "SELECT url FROM pages WHERE declared = 1 AND gone_at IS NULL"))


def of_source(db: Database, source_id: str) -> list[Page]:
    """Return every page of *source_id*, oldest first."""
    rows = query(db, "SELECT * FROM pages WHERE source_id = :source_id ORDER BY id", source_id=source_id)
    return [from_row(Page, row) for row in rows]


def all_pages(db: Database) -> list[Page]:
    """Return every page, oldest first, those that are gone included."""
    return [from_row(Page, row) for row in query(db, "SELECT * FROM pages ORDER BY id")]


def _known_id(db: Database, source_id: str, url: str) -> int:
    page = find(db, source_id, url)
    assert page is not None, "a page is neither new nor known"
    return page.id


def _row(source_id: str, url: str, *, listing: bool, now: datetime) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "url": url,
        "listing": int(listing),
        "discovered": 0,
        "declared": 0,
        "title": "",
        "published_on": None,
        "listed_on": None,
        "instrument_id": "",
        "first_seen_at": utc_iso(now),
        "gone_at": None,
        "comments_due_on": None,
    }
