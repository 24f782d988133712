"""Fetch pages: hand the crawl of a round to a child process, and come back when it has ended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from crawlers.child.fetch import FetchJob, FetchPlace, fetch
from storage import checks, pages
from storage.records import Page
from tracker.context import AppContext
from tracker.logs import log_event, logged_step


@logged_step
def fetch_pages(service: AppContext, pages_due: Sequence[Page], *, unconditional: bool, respect_backoff: bool) -> None:
    """Look at pages once; *respect_backoff* leaves alone a host that asked us to wait, unless a person asks for it."""
    if not pages_due:
        return
    jobs = [FetchJob(p.source_id, (p.url,), full=unconditional, patient=respect_backoff) for p in pages_due]
    place = FetchPlace(
        home=service.settings.home,
        database=service.settings.database,
        archive=service.settings.archive,
        declarations=service.folders,
        contact=service.settings.contact,
        now=service.clock() if service.given_clock else None,
        private_targets=service.settings.private_targets,
        trust_clock=service.settings.trust_clock,
        processes=service.settings.crawl_processes,
    )
    began = service.clock()
    fetch(jobs, place)
    _log_sources(service, began)


def _log_sources(service: AppContext, began: datetime) -> None:
    """Write a line for each source that was looked at: how many looks, with which outcome."""
    source_of = {page.id: page.source_id for page in pages.all_pages(service.db)}
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for check in checks.since(service.db, began):
        outcomes[source_of[check.page_id]][check.outcome.value] += 1
    for source_id, counts in sorted(outcomes.items()):
        log_event("source", source_id, looks=counts.total(), **counts)
