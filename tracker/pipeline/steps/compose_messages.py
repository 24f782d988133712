"""Compose messages: what is owed and due becomes messages in the outbox."""

from __future__ import annotations

from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import BatchBoundary, ErrorBoundary
from tracker.pipeline.versions.translate_changes import translate_changes


@logged_step
def compose_messages(service: AppContext) -> None:
    """Compose everything that is due; one alert that cannot be put into words holds up no other."""
    from tracker.alerts import is_message_due  # noqa: PLC0415 - lightness: not while a crawl runs beside us

    translate_changes(service)
    boundary = BatchBoundary(service, Stage.COMPOSE, lambda key: Subject.of_message(key, "compose messages"))
    with ErrorBoundary(service, Subject.of_step("compose messages"), Stage.COMPOSE):
        if not is_message_due(service.db, service.clock()):  # most rounds
            return
        from tracker.alerts import compose_due  # noqa: PLC0415 - lightness, as above

        compose_due(service.db, service.clock(), service.alert_settings, boundary)
