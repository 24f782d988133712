"""The schedule as of now: what the database and the folder of locks know, put before the pure rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from crawlers.hosts import backoff, robots_cache
from crawlers.hosts.host_lock import host_key
from storage import check_history, pages
from storage.records import Page, Source
from tracker.context import AppContext
from tracker.schedule import MEMORY, HostBudget, Schedule, is_watched


def schedule_of(service: AppContext) -> Schedule:
    """Return when each watched page is looked at next, as of now."""
    settings = service.settings
    return agenda(service.db, service.sources, settings.locks, service.clock(), settings.looks_per_day)


def agenda(
    db: Database, sources: Mapping[str, Source], locks: Path | None, now: datetime, looks_a_day: float = 0.0
) -> Schedule:
    """Return when each watched page is looked at next; *locks* is where hosts' wishes are remembered, if anywhere."""
    watched_pages = [page for page in pages.all_pages(db) if is_watched(sources, page)]
    history = check_history.of_pages(db, now - MEMORY)
    return Schedule(sources, watched_pages, history, now, _allowances(sources, watched_pages, locks), looks_a_day)


def _allowances(
    sources: Mapping[str, Source], watched_pages: Iterable[Page], locks: Path | None
) -> dict[str, HostBudget]:
    pauses: dict[str, float] = defaultdict(float)
    for page in watched_pages:
        host = host_key(page.url)
        pauses[host] = max(pauses[host], sources[page.source_id].politeness.pause.total_seconds())
    if locks is None:
        return {host: HostBudget(pause) for host, pause in pauses.items()}
    return {host: _allowance(locks, host, pause) for host, pause in pauses.items()}


def _allowance(locks: Path, host: str, pause: float) -> HostBudget:
    wishes = robots_cache.recall(locks, host)
    return HostBudget(max(pause, wishes.crawl_delay), backoff.until(locks, host), wishes.hours)
