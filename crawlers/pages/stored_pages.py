"""What the database remembers of a source: which pages are known and what was kept. Read here, written by pipelines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from crawlers.items import FoundLink
from storage import checks, pages, snapshots
from storage.database.connection import connect_again_when_lost, no_sync_on_commit
from storage.database.place import StorePlace
from storage.records import LastLook, Outcome
from storage.schema.open import open_database


@cache
def open_shared(place: StorePlace) -> Database:
    """Return the database at *place*, opened once for all spiders of this process."""
    if isinstance(place, Path):
        place.parent.mkdir(parents=True, exist_ok=True)
    db = open_database(place)
    connect_again_when_lost(db)  # a crawl outlives a restart of the store
    no_sync_on_commit(db)  # what a crawl writes is had again by looking again, when the machine itself goes down
    return db


class StoredPages:
    """The remembered pages of one source."""

    def __init__(self, db: Database, source_id: str) -> None:
        self._db = db
        self._source_id = source_id
        self._last_looks: dict[str, LastLook] = {}
        self._earlier_looks: dict[str, LastLook] = {}  # of pages that may still wait for their turn

    def prepare(self, urls: Sequence[str]) -> None:
        """Read at once what is known of the pages at *urls*, which are about to be looked at."""
        self._earlier_looks = self._last_looks
        self._last_looks = snapshots.latest_of_pages(self._db, self._source_id, urls)

    def known_urls(self) -> frozenset[str]:
        """Return the addresses that need no first look: every page of the source, and what any source declares."""
        return frozenset(page.url for page in pages.of_source(self._db, self._source_id)) | pages.declared_urls(
            self._db
        )

    def link(self, url: str) -> FoundLink:
        """Return what is known of a page that a list led to."""
        page = pages.find(self._db, self._source_id, url)
        if page is None:
            return FoundLink(url)
        due = page.comments_due_on
        return FoundLink(url, page.title, page.published_on, page.instrument_id, page.listing, due, hangs_on=True)

    def led_to(self) -> frozenset[str]:
        """Return the addresses that lists of this source led to."""
        return frozenset(page.url for page in pages.of_source(self._db, self._source_id)) - pages.declared_urls(
            self._db
        )

    def latest_url(self, page_url: str) -> str:
        """Return the address that the newest snapshot of a page came from; empty when there is none."""
        page = pages.find(self._db, self._source_id, page_url)
        latest = snapshots.latest(self._db, page.id) if page else None
        return latest.url if latest is not None else ""

    def titles(self) -> frozenset[str]:
        """Return the titles of the pages that lists of this source led to."""
        return frozenset(page.title for page in pages.of_source(self._db, self._source_id) if page.title)

    def validators(self, page_url: str, url: str, now: datetime, longest: timedelta) -> dict[str, str]:
        """Return the headers that make a request for *url* conditional.

        There are none when the page's latest snapshot came from another address (a newer edition is somewhere else),
        when the last look failed, or when the page has not been fetched whole for *longest*.
        """
        last = self._last_looks.get(page_url) or self._earlier_looks.get(page_url) or self._last_look(page_url)
        if last is None or last.snapshot.url != url or last.last_outcome is Outcome.FAILED:
            return {}
        if last.whole_at is None or now - last.whole_at > longest:
            return {}
        validators = checks.validators(last.snapshot)
        headers = {
            "If-None-Match": validators.get("etag", ""),
            "If-Modified-Since": validators.get("last_modified", ""),
        }
        return {name: value for name, value in headers.items() if value}

    def _last_look(self, page_url: str) -> LastLook | None:
        return snapshots.latest_of_pages(self._db, self._source_id, [page_url]).get(page_url)
