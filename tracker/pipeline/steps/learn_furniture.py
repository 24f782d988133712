"""Keep what is learned of each page as it arrives: what of it is furniture, and when its template became another."""

from __future__ import annotations

from collections import Counter
from functools import partial

from sqlite_utils import Database

from crawlers.hosts.host_lock import host_key
from storage import checks, furniture, pages, snapshots
from storage.archive import Archive
from storage.database.connection import newest_row, transaction
from storage.records import Outcome, Page, Snapshot, Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary
from tracker.pipeline.round_baseline import RoundBaseline
from tracker.pipeline.round_report import Progress
from tracker.pipeline.steps.fetch_pages import fetch_pages
from tracker.pipeline.steps.read_snapshots import is_read
from tracker.pipeline.versions.release import release_stamp

_OTHER = 0.7  # less of the places of a page's lines in common: its template is another
_FIRST_LOOKS, _MOST_FIRST_LOOKS = 2, 4  # at a page that is new: two, and as many as it takes to learn where they differ
_OF_A_LIST = 3


@logged_step
def look_to_learn(service: AppContext, before: RoundBaseline, progress: Progress) -> None:
    """Look again at pages that are new, before they are read, to learn what changes by itself.

    A page that says the same twice is looked at twice; one that does not, as often as it takes to know why.
    """
    newest = learn_furniture(service)
    while new_pages := _pages_to_learn(service, before):
        progress.step("learn", f"{len(new_pages)} pages")
        checks_before = newest_row(service.db, "checks")
        fetch_pages(service, new_pages, unconditional=True, respect_backoff=False)
        newest = learn_furniture(service, after=newest)
        if newest_row(service.db, "checks") == checks_before:
            return


def learn_furniture(service: AppContext, after: int = 0) -> int:
    """Learn what changes by itself from each unread snapshot after the one with this id; return the newest one's id."""
    newest, release = after, release_stamp()
    for snapshot in snapshots.unread_snapshots(service.db, release):
        page = pages.get(service.db, snapshot.page_id)
        newest = max(newest, snapshot.id)
        if snapshot.id > after and is_read(service, page):
            mark = partial(snapshots.mark_failed, service.db, snapshot.id, release)
            with ErrorBoundary(service, Subject.of_page(page), Stage.READ, mark), transaction(service.db):
                learn_from(service.db, service.archive, page, snapshot)
    return newest


def _pages_to_learn(service: AppContext, before: RoundBaseline) -> list[Page]:
    """Return the pages first looked at in this round whose looks do not yet tell what changes by itself.

    Of what a list leads to, the first few pages are enough: what they show helps with the others of the host.
    """
    open_pages = furniture.pages_with_candidates(service.db)
    new_pages: list[Page] = []
    of_list: Counter[str] = Counter()
    for page_id, looks in checks.first_looks(service.db, before.rows["checks"]).items():
        page, last = pages.get(service.db, page_id), checks.last(service.db, page_id)
        if not is_read(service, page) or last is None or last.outcome is Outcome.FAILED:
            continue
        on_a_list = page.url not in service.sources[page.source_id].urls
        of_list[page.source_id] += on_a_list
        enough = _MOST_FIRST_LOOKS if page_id in open_pages else _FIRST_LOOKS
        if looks < enough and not (on_a_list and of_list[page.source_id] > _OF_A_LIST):
            new_pages.append(page)
    return new_pages


def learn_from(db: Database, archive: Archive, page: Page, snapshot: Snapshot) -> None:
    """Learn from one new snapshot and the one before it; before it is read, so that it is read with what is known."""
    from tracker.reading.furniture.infer import WITHIN, learn, look_at  # noqa: PLC0415 - lightness: most rounds learn nothing, and start without the reader

    before, host = snapshots.before(db, snapshot), host_key(page.url)
    if before is None:
        furniture.note_template(db, page.id, host, None)
        return
    again = snapshots.seen_again_at(db, before)
    old = look_at(archive.body(before.archived_as), before.media_type, before.fetched_at, again)
    new = look_at(archive.body(snapshot.archived_as), snapshot.media_type, snapshot.fetched_at)
    furniture.note_template(db, page.id, host, snapshot.fetched_at if old.like(new) < _OTHER else None)
    rows = furniture.of_page(db, page.id)
    furniture.save(db, learn(rows, old, new, page.id, host))
    furniture.forget_candidates(db, page.id, snapshot.fetched_at - WITHIN)
