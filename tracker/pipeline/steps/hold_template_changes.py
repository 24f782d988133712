"""Hold template changes: a site that prints many pages another way is one Problem, and so is a page that flaps."""

from __future__ import annotations

from storage.database.connection import transaction
from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary
from tracker.pipeline.versions import flapping, template_changes


@logged_step
def hold_template_changes(service: AppContext) -> None:
    """Set aside what changed on many pages of a host alike, and end what rests."""
    step = Subject.of_step("hold template changes")
    with ErrorBoundary(service, step, Stage.COMPARE), transaction(service.db):
        template_changes.hold_template_changes(service.db, service.clock())
        template_changes.watch_templates(service.db, service.clock())
        flapping.close_what_rests(service.db, service.clock())
