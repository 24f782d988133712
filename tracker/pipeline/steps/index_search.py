"""Index search: put the provisions of new versions into the full text index."""

from __future__ import annotations

from storage.records import Stage, Subject
from storage.search import index
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import ErrorBoundary


@logged_step
def index_search(service: AppContext) -> None:
    """Index what became new; a search index that fails stops no alert."""
    with ErrorBoundary(service, Subject.of_step("index search"), Stage.READ):
        index.index_new_provisions(service.db)
