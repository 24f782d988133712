"""Plan fetches: which pages a round looks at, by the schedule or by name, and within what their hosts bear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from storage import checks, pages
from storage.records import Page
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.schedule_inputs import schedule_of
from tracker.pipeline.steps.guards.check_clock import was_contradicted_lately
from tracker.schedule import is_watched

_HOUR = timedelta(hours=1)


@logged_step
def plan_fetches(
    service: AppContext, source_ids: Sequence[str] | None, *, all_pages: bool, confirm_after: timedelta
) -> Sequence[Page]:
    """Return the pages to look at: of the named sources, of all, or what is due."""
    if source_ids or all_pages:
        chosen_ids = frozenset(source_ids or ())
        every_page = pages.all_pages(service.db)
        watched_pages = [p for p in every_page if is_watched(service.sources, p, dormant_too=p.source_id in chosen_ids)]
        return [p for p in watched_pages if all_pages or p.source_id in chosen_ids]
    if was_contradicted_lately(service):
        return []
    now, schedule = service.clock(), schedule_of(service)
    due_pages = schedule.due(now)
    if not confirm_after:
        return due_pages
    return schedule.within_hours_share(due_pages, [c.page_id for c in checks.since(service.db, now - _HOUR)])
