"""Compose messages: what is owed and due becomes messages in the outbox."""

from __future__ import annotations

from contextlib import closing

from storage.records import Stage
from tracker.alerts import compose_due
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import BatchBoundary


@logged_step
def compose_messages(service: AppContext) -> None:
    """Compose everything that is due; one alert that cannot be put into words holds up no other."""
    with closing(BatchBoundary(service, Stage.COMPOSE)) as boundary:
        compose_due(service.db, service.clock(), service.alert_settings, boundary)
