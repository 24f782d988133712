"""Fetch pages: hand the crawl of a round to a child process, and come back when it has ended."""

from __future__ import annotations

from collections.abc import Sequence

from crawlers.child.fetch import FetchJob, FetchPlace, fetch
from storage.records import Page
from tracker.context import AppContext


def fetch_pages(service: AppContext, wanted: Sequence[Page], *, unconditional: bool, respect_backoff: bool) -> None:
    """Look at pages once; *respect_backoff* leaves alone a host that asked us to wait, unless a person asks for it."""
    if not wanted:
        return
    jobs = [FetchJob(p.source_id, (p.url,), full=unconditional, patient=respect_backoff) for p in wanted]
    place = FetchPlace(
        home=service.settings.home,
        database=service.settings.database,
        archive=service.settings.archive,
        declarations=service.folders,
        contact=service.settings.contact,
        now=service.clock() if service.given_clock else None,
    )
    fetch(jobs, place)
