"""Watch silence: a source that was not read within its longest silence is a Problem."""

from __future__ import annotations

from storage import checks, pages, problems
from storage.database.connection import transaction
from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.schedule import silent


@logged_step
def watch_silence(service: AppContext) -> None:
    """Open a Problem for each source not read within its longest silence, close it for those that were."""
    now = service.clock()
    quiet = silent(service.sources, pages.all_pages(service.db), checks.latest_good(service.db), now)
    with transaction(service.db):
        for source, last in quiet:
            since = f"not read since {last:%Y-%m-%d %H:%M} UTC" if last else "never read since it was declared"
            subject = Subject.of_source(source.id, source.urls[0])
            problems.open_or_touch(service.db, subject, Stage.SILENCE, "silence", since, now)
        for source_id in service.sources.keys() - {source.id for source, _ in quiet}:
            problems.resolve(service.db, Subject.of_source(source_id), Stage.SILENCE, now)
