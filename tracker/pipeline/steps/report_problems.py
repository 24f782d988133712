"""Report problems: one mail to operators about what opened, still stands or has ended."""

from __future__ import annotations

from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary


@logged_step
def report_problems(service: AppContext) -> None:
    """Put the operators' mail of this round into the outbox."""
    from tracker.alerts import due_report  # noqa: PLC0415 - lightness: not while a crawl runs beside us

    with ErrorBoundary(service, Subject.of_step("report problems"), Stage.COMPOSE):
        if not due_report(service.db, service.clock()):  # most rounds
            return
        from tracker.alerts import tell_operators  # noqa: PLC0415 - lightness, as above

        titles = {source.id: source.title for source in service.sources.values()}
        tell_operators(service.db, titles, service.alert_settings, service.clock())
