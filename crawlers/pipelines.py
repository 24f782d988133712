"""The only writer of what was fetched: snapshots, checks, found pages and the Problems of fetching."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from email.message import Message
from hashlib import sha256
from http.client import responses
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from sqlite_utils import Database

from crawlers.checks.clock import clock_refusal
from crawlers.checks.unusable_page import inspect, sniff
from crawlers.declaration.load import load
from crawlers.declaration.proposals import Proposal, save_proposal
from crawlers.errors import UnusablePageError
from crawlers.failure_causes import Cause
from crawlers.items import FailedPage, FetchedPage, FetchRequest, FoundLink
from crawlers.pages.stored_pages import open_shared
from crawlers.spiders.base import spider_of
from storage import checks, pages, problems, snapshots, sources
from storage.archive import Archive
from storage.database.connection import transaction
from storage.database.place import store_place
from storage.records import Outcome, Page, Snapshot, Source, Stage, Subject

_GONE_STATUS = {404, 410}
_GOOD = set(Outcome) - {Outcome.FAILED}
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "html": "text/html",
    "xml": "application/xml",
    "json": "application/json",
    "text": "text/plain",
    "zip": "application/zip",
}


class StoragePipeline:
    """Keeps every look: what arrived as a snapshot when it is new, and always a check."""

    def __init__(self, db: Database, archive: Archive) -> None:
        self._db = db
        self._archive = archive
        self._crawler: Crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the database and the archive that the settings name."""
        settings = crawler.settings
        pipeline = cls(
            open_shared(store_place(settings["CLAUSEWATCH_DATABASE"])), Archive(Path(settings["CLAUSEWATCH_ARCHIVE"]))
        )
        pipeline._crawler = crawler
        return pipeline

    def open_spider(self) -> None:
        """Record the declared sources if nobody has: Scrapy's own command may be the first to run."""
        source = self._source
        if pages.find(self._db, source.id, source.urls[0]) is None:
            folders = [Path(folder) for folder in self._crawler.settings.getlist("CLAUSEWATCH_DECLARATIONS")]
            sources.sync(self._db, load(folders).values(), spider_of(self._crawler).now())

    def process_item(self, item: FetchedPage | FailedPage) -> FetchedPage | FailedPage:
        """Write one look, whole or not at all; the body goes to the archive before, which takes its time."""
        item = self._held_by_clock(item) if isinstance(item, FetchedPage) else item
        archive_entry = self._archive_first(item) if isinstance(item, FetchedPage) else None
        with transaction(self._db):
            if isinstance(item, FailedPage):
                self._fail(item.look, item.url, item.cause, item.text, item.status, item.at)
                if item.proposal:
                    self._propose(item)
            elif item.status == 304:
                self._keep_unchanged(item)
            elif not 200 <= item.status < 300:
                text = f"{item.final_url} answers {item.status} {responses.get(item.status, '')}".rstrip()
                self._fail(item.look, item.url, Cause.HTTP_STATUS, text, item.status, item.fetched_at)
            else:
                self._keep_arrival(item, archive_entry)
        return item

    @property
    def _source(self) -> Source:
        return spider_of(self._crawler).source

    def _held_by_clock(self, item: FetchedPage) -> FetchedPage | FailedPage:
        """Return the look as failed when its server says that our clock is years off: nothing is dated by it."""
        settings = self._crawler.settings
        if settings.getbool("CLAUSEWATCH_TRUST_CLOCK"):
            return item
        refusal = clock_refusal(Path(settings["CLAUSEWATCH_HOME"]) / "locks", item.exchange.headers, item.fetched_at)
        if not refusal:
            return item
        text = f"{item.final_url}: {refusal}"
        return FailedPage(item.source_id, item.look, item.url, Cause.CLOCK, text, item.fetched_at, item.status)

    def _archive_first(self, item: FetchedPage) -> tuple[str, str] | None:
        """Put a body that is new into the archive, outside of any transaction; return its hash and its name there."""
        if not 200 <= item.status < 300 or not _is_usable(item):
            return None
        page = pages.find(self._db, self._source.id, item.look.page_url)
        latest = snapshots.latest(self._db, page.id) if page else None
        if latest is not None and latest.sha256 == sha256(item.body).hexdigest():
            return None
        exchange = item.exchange
        return self._archive.keep(
            item.final_url,
            exchange.request_headers,
            item.status,
            responses.get(item.status, ""),
            exchange.headers,
            item.body,
            item.fetched_at,
            exchange.method,
            raw_answer=item.wire_body,
        )

    def _keep_arrival(self, item: FetchedPage, archive_entry: tuple[str, str] | None) -> None:
        try:
            inspect(item)
        except UnusablePageError as error:
            self._fail(item.look, item.url, error.cause, f"{item.final_url}: {error}", item.status, item.fetched_at)
            return
        page = self._page(item.look, item.fetched_at)
        page_id = page.id
        seen_before = checks.was_good(self._db, page_id) if item.links else False
        if item.look.listing and not page.listing:
            pages.mark_listing(self._db, page_id)
        self._keep(page, item, archive_entry)
        if not item.links:
            return
        pages.note_deadlines(self._db, {f.url: f.comments_due_on for f in item.links if f.comments_due_on})
        pages.relist(self._db, {f.url: f.published_on for f in item.links if f.published_on}, item.fetched_at)
        declared_urls = pages.declared_urls(self._db)
        seen_before = seen_before or self._is_news(page_id)
        for row in [link for link in item.links if link.url not in declared_urls]:
            self._watch(row, item.fetched_at, is_news=seen_before)

    def _is_news(self, page_id: int) -> bool:
        """Say whether a page appeared on a list that had been seen before: so did what is attached to it."""
        return pages.get(self._db, page_id).discovered

    def _keep(self, page: Page, item: FetchedPage, archive_entry: tuple[str, str] | None) -> None:
        page_id = page.id
        if archive_entry is None:
            latest = snapshots.latest(self._db, page_id)
            assert latest is not None, "only a body that is known is not archived"
            self._again(page, item, latest, Outcome.SAME)
            return
        digest, archived_as = archive_entry
        snapshot_id = snapshots.add(
            self._db,
            page_id,
            item.url,
            item.fetched_at,
            item.status,
            _media_type(item),
            digest,
            len(item.body),
            dict(item.exchange.headers),
            archived_as,
        )
        checks.add(self._db, page_id, item.fetched_at, Outcome.NEW, item.status, snapshot_id, text=_note(item))
        self._resolve(page, item.fetched_at, Stage.FETCH, Stage.PAGE)

    def _keep_unchanged(self, item: FetchedPage) -> None:
        page = self._page(item.look, item.fetched_at)
        latest = snapshots.latest(self._db, page.id)
        if latest is None:
            text = f"{item.final_url} answers 304 to a page we never kept"
            self._fail(item.look, item.url, Cause.HTTP_STATUS, text, item.status, item.fetched_at)
            return
        self._again(page, item, latest, Outcome.NOT_MODIFIED)

    def _again(self, page: Page, item: FetchedPage, latest: Snapshot, outcome: Outcome) -> None:
        """Note a look that brought what we had: a record that refers to it, and a check."""
        exchange, reason = item.exchange, responses.get(item.status, "")
        self._archive.revisit(
            item.final_url,
            exchange.request_headers,
            item.status,
            reason,
            exchange.headers,
            latest.archived_as,
            item.fetched_at,
            exchange.method,
        )
        checks.add(self._db, page.id, item.fetched_at, outcome, item.status, latest.id, text=_note(item))
        self._resolve(page, item.fetched_at, Stage.FETCH, Stage.PAGE)

    def _fail(self, look: FetchRequest, url: str, cause: Cause, text: str, status: int | None, at: datetime) -> None:
        page = self._page(look, at)
        page_id = page.id
        is_gone = status in _GONE_STATUS and self._was_gone(page_id)
        checks.add(self._db, page_id, at, Outcome.FAILED, status, None, cause.value, text)
        if is_gone:  # its troubles end with it
            pages.mark_gone(self._db, page_id, at)
            self._resolve(page, at, Stage.FETCH, Stage.PAGE)
            return
        if cause.stage is Stage.PAGE:
            self._resolve(page, at, Stage.FETCH)  # it came, whatever it is
        subject = replace(Subject.of_page(page), url=url)
        problems.open_or_touch(self._db, subject, cause.stage, cause.value, text, at, one_at_a_time=True)

    def _resolve(self, page: Page, at: datetime, *stages: Stage) -> None:
        """End the Problems of this page, and of no other, at the stages it came through."""
        subjects = [Subject.of_page(page)]
        if page.url in self._source.urls:
            subjects.append(Subject.of_source(self._source.id))  # a crawl that ended before it knew the page
        if not problems.stand(self._db, *subjects):  # nearly always
            return
        for subject in subjects:
            for stage in stages:
                problems.resolve(self._db, subject, stage, at)

    def _propose(self, item: FailedPage) -> None:
        """Write down how the declaration would be mended, for an operator to accept."""
        proposal = Proposal(item.source_id, item.at.date().isoformat(), dict(item.proposal), item.text)
        save_proposal(Path(self._crawler.settings["CLAUSEWATCH_HOME"]), proposal)

    def _was_gone(self, page_id: int) -> bool:
        """Say whether a found page was already said to be no more when last looked at; a declared one never goes."""
        page = pages.get(self._db, page_id)
        last = checks.last(self._db, page_id)
        return page.url not in self._source.urls and last is not None and last.status in _GONE_STATUS

    def _page(self, look: FetchRequest, now: datetime) -> Page:
        page = pages.find(self._db, self._source.id, look.page_url)
        if page is not None:
            return page
        row = look.link or FoundLink(look.page_url)
        page_id = pages.add(
            self._db,
            self._source.id,
            look.page_url,
            listing=look.listing,
            title=row.title,
            published_on=row.published_on,
            instrument_id=row.instrument if look.link else self._source.instrument,
            comments_due_on=row.comments_due_on,
            now=now,
        )
        return pages.get(self._db, page_id)

    def _watch(self, row: FoundLink, now: datetime, *, is_news: bool) -> None:
        pages.add(
            self._db,
            self._source.id,
            row.url,
            listing=row.notice,
            title=row.title,
            published_on=row.published_on,
            instrument_id=row.instrument,
            discovered=is_news,
            comments_due_on=row.comments_due_on,
            now=now,
        )


def _is_usable(item: FetchedPage) -> bool:
    try:
        inspect(item)
    except UnusablePageError:
        return False
    return True


def _note(item: FetchedPage) -> str:
    move = f"moved for good to {item.final_url}" if item.moved_for_good else ""
    return "; ".join(filter(None, (item.note, move)))


def _media_type(item: FetchedPage) -> str:
    """Return what the answer says it is, or what it looks like when it says nothing or is vague."""
    if item.wire_body is not None:  # what it says is said of what arrived, and this was made of that
        return _MEDIA_TYPES[sniff(item.body)]
    message = Message()
    message["Content-Type"] = item.header("content-type") or "application/octet-stream"
    media_type = message.get_content_type()
    return _MEDIA_TYPES[sniff(item.body)] if media_type == "application/octet-stream" else media_type
