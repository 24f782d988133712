"""Set one poisoned row aside: the unexpected becomes a Problem with its traceback, and the others go on."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from storage import problems
from storage.database.connection import transaction
from storage.errors import BusyDatabaseError, UnopenableDatabaseError
from storage.records import Stage, Subject
from tracker.context import AppContext

DEFECT = "defect"
"""The cause of a Problem that nobody expected: a fault of ours, with its traceback."""
_OF_THE_STORE = (UnopenableDatabaseError, BusyDatabaseError)  # no row is to blame; the round ends


class ErrorBoundary:
    """Turn the unexpected in one subject's work into a Problem of that subject; what succeeds ends its own.

    *mark* notes on the failed row that this release could not do it, so that it is neither done nor tried in vain.
    """

    def __init__(
        self, service: AppContext, subject: Subject, stage: Stage, mark: Callable[[], None] = lambda: None
    ) -> None:
        self.service, self.subject, self.stage, self.mark = service, subject, stage, mark

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        db, now = self.service.db, self.service.clock
        if error is None:
            if any(p.is_about(self.subject) and p.stage is self.stage for p in problems.open_with_cause(db, DEFECT)):
                with transaction(db):
                    problems.resolve(db, self.subject, self.stage, now(), DEFECT)
            return False
        if not isinstance(error, Exception) or isinstance(error, _OF_THE_STORE):
            return False
        text = "".join(traceback.format_exception(error))[-4000:]
        with transaction(db):
            problems.open_or_touch(db, self.subject, self.stage, DEFECT, text, now())
            self.mark()
        return True


class BatchBoundary:
    """What an alert step puts around one row's work; the row stays as it is and is tried again."""

    def __init__(self, service: AppContext, stage: Stage, subject_of: Callable[[str], Subject]) -> None:
        self._service, self._stage, self._subject_of = service, stage, subject_of

    def __call__(self, key: str) -> ErrorBoundary:
        """Return what is entered around the work on the row with this key."""
        return ErrorBoundary(self._service, self._subject_of(key), self._stage)
