"""Confirm versions: a change is told once a second fetch of its page has said the same."""

from __future__ import annotations

from datetime import timedelta

from storage import checks, pages, versions
from storage.database.connection import transaction
from storage.records import Page, ReviewState
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.round_baseline import RoundBaseline
from tracker.pipeline.round_report import Progress
from tracker.pipeline.steps.fetch_pages import fetch_pages
from tracker.pipeline.steps.learn_furniture import learn_furniture
from tracker.pipeline.steps.read_snapshots import read_snapshots
from tracker.schedule import is_watched

_MOST_LOOKS = 3


@logged_step
def look_to_confirm(service: AppContext, before: RoundBaseline, confirm_after: timedelta, progress: Progress) -> None:
    """Look again at what changed, until it is confirmed or known to change by itself; the rest waits for a round."""
    for look in range(_MOST_LOOKS):
        unsure_pages = needs_confirmation(service, before.rows["versions"], confirm_after, first=look == 0)
        if not unsure_pages:
            return
        progress.step("confirm", f"{len(unsure_pages)} pages")
        fetch_pages(service, unsure_pages, unconditional=True, respect_backoff=False)
        learn_furniture(service)
        read_snapshots(service)
        confirm_versions(service)


def needs_confirmation(service: AppContext, newest_before: int, confirm_after: timedelta, *, first: bool) -> list[Page]:
    """Return the pages to be fetched once more: of every unconfirmed version, and of what this round quarantined."""
    fresh = versions.pages_since(service.db, newest_before)
    ripe = service.clock() - confirm_after
    page_ids = {v.page_id for v in versions.unconfirmed_versions(service.db) if v.seen_at <= ripe}
    if first:
        page_ids |= {v.page_id for v in versions.quarantined_versions(service.db)} & fresh
    unsure_pages = [pages.get(service.db, page_id) for page_id in sorted(page_ids)]
    return [page for page in unsure_pages if is_watched(service.sources, page)]


@logged_step
def confirm_versions(service: AppContext) -> None:
    """Confirm each version whose page, looked at again, still said the same."""
    for version in versions.unconfirmed_versions(service.db):
        if checks.seen_again(service.db, version.page_id, version.snapshot_id):
            with transaction(service.db):
                versions.set_standing(service.db, version.id, ReviewState.CONFIRMED)
