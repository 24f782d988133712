"""Index search: put the provisions of new versions into the full text index."""

from __future__ import annotations

from storage import problems
from storage.database.connection import transaction
from storage.records import Stage
from storage.search import index
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import SEARCH, ErrorBoundary


@logged_step
def index_search(service: AppContext) -> None:
    """Index what became new; a search index that fails stops no alert."""
    with ErrorBoundary(service, SEARCH, Stage.READ, "", lambda: None):
        index.index_new_provisions(service.db)
        with transaction(service.db):
            problems.close(service.db, SEARCH, Stage.READ, service.clock())
