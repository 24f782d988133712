"""Pages that do not say the same at two looks: one Problem while it lasts, since no change of them can be confirmed."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage import checks, pages, problems, snapshots, versions
from storage.records import Outcome, Page, Problem, Stage, Subject

FLAPS = "flapping"
NEVER_THE_SAME = "never the same twice"
_TEXTS = {
    FLAPS: "it said something else at one look, and at the next what it had said before: nobody was told",
    NEVER_THE_SAME: "its text was another at each of the last looks; take what moves out of it with `remove`",
}
_IN_A_ROW = 3


def note_flapping(db: Database, page: Page, now: datetime) -> None:
    """Open a Problem for a page that took back what waited to be confirmed."""
    _open(db, page, FLAPS, now)


def note_overtaken(db: Database, page: Page, now: datetime) -> None:
    """Open a Problem for a page on which another text overtook one that waited, when that goes on."""
    if len(versions.rejected_in_a_row(db, page.id)) >= _IN_A_ROW:
        _open(db, page, NEVER_THE_SAME, now)


def close_what_rests(db: Database, now: datetime) -> None:
    """Close the Problem of each page whose last two looks said the same."""
    for problem in problems.open_subjects(db):
        if problem.stage is Stage.COMPARE and problem.cause in _TEXTS and _rests(db, problem):
            problems.close_one(db, problem.id, now)


def _open(db: Database, page: Page, cause: str, now: datetime) -> None:
    problems.open_or_touch(db, Subject.of_page(page), Stage.COMPARE, cause, _TEXTS[cause], now)


def _rests(db: Database, problem: Problem) -> bool:
    page = pages.find(db, problem.source_id, problem.url)
    if page is None or page.gone_at is not None:
        return True
    looks = [look for look in checks.of_page(db, page.id) if look.outcome is not Outcome.FAILED][-2:]
    texts = [snapshots.text_of(db, look.snapshot_id) for look in looks if look.snapshot_id is not None]
    return len(texts) == 2 and texts[0] == texts[1]
