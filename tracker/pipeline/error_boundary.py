"""Set one poisoned row aside: the unexpected becomes a Problem with its traceback, and the others go on."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from storage import problems
from storage.database.connection import transaction
from storage.records import Stage
from tracker.context import AppContext

DEFECT = "defect"
"""The cause of a Problem that nobody expected: a fault of ours, with its traceback."""
# the "sources" of problems that no page causes
OUTBOX, OPERATORS, SEARCH, TEMPLATES, LOG = "outbox", "operators", "search", "templates", "log"


class ErrorBoundary:
    """Turn the unexpected in one row's work into a Problem, mark the row, and let the others go on."""

    def __init__(self, service: AppContext, source_id: str, stage: Stage, url: str, mark: Callable[[], None]) -> None:
        self.service, self.source_id, self.stage, self.url, self.mark = service, source_id, stage, url, mark

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        if error is None or not isinstance(error, Exception):
            return False
        text = "".join(traceback.format_exception(error))[-4000:]
        with transaction(self.service.db):
            problems.open_or_touch(
                self.service.db, self.source_id, self.stage, DEFECT, text, self.url, self.service.clock()
            )
            self.mark()
        return True


class BatchBoundary:
    """What an alert step puts around one row's work; the row stays as it is and is tried again.

    At the end of a step in which nothing was set aside, the step's problem ends.
    """

    def __init__(self, service: AppContext, stage: Stage) -> None:
        self._service, self._stage, self._failed = service, stage, False

    def __call__(self, key: str) -> ErrorBoundary:
        """Return what is entered around the work on the row with this key."""
        return ErrorBoundary(self._service, OUTBOX, self._stage, key, self._note)

    def close(self) -> None:
        """End the problem of the step when all went well."""
        if not self._failed:
            with transaction(self._service.db):
                problems.close(self._service.db, OUTBOX, self._stage, self._service.clock())

    def _note(self) -> None:
        self._failed = True
