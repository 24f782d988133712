"""The board of comment deadlines: drafts open for comment, soonest first, how long is left and where to comment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlite_utils import Database

from storage import instruments, milestones, snapshots, versions
from storage.records import EventKind, MilestoneKind, ReviewState
from tracker.alerts.compose.act_details import comment_links
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.safe_links import official_url

_MOST = 2_000
_SOON = 14  # days


@dataclass(frozen=True, slots=True)
class CommentDeadline:
    """A draft that may be commented on, until when, and where."""

    instrument: str
    jurisdiction: str
    title: str
    title_native: str
    language: str
    on: date
    days_left: int
    basis: str
    official: str
    links: Sequence[tuple[str, str]]

    @property
    def is_soon(self) -> bool:
        """Return whether little time is left."""
        return self.days_left <= _SOON


def comment_deadlines(
    db: Database, today: date, jurisdiction: str = "", words: Labels = ENGLISH
) -> list[CommentDeadline]:
    """Return the comment deadlines from *today* on, soonest first."""
    rows = milestones.list_dates(db, today, jurisdiction=jurisdiction, limit=_MOST)
    board: list[CommentDeadline] = []
    for row in rows:
        if row.kind is not MilestoneKind.COMMENTS_DUE:
            continue
        version = versions.find_latest(db, row.instrument_id, standing=ReviewState.CONFIRMED)
        if version is None:
            continue
        instrument = instruments.get(db, row.instrument_id)
        official = official_url(snapshots.url_of(db, version.snapshot_id), instrument.url)
        links = tuple(comment_links(EventKind.DRAFT_OPENED, version.reading, official, words))
        board.append(
            CommentDeadline(row.instrument_id, row.jurisdiction, row.title or row.title_native, row.title_native,
                            version.language, row.on, (row.on - today).days, row.basis, official, links)
        )  # fmt: skip
    return board
