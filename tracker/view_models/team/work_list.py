"""The work list of a team: which sets of changes are assigned to whom, talked about and reviewed, and what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from storage import change_summaries, changes, team_notes
from storage.change_summaries import ChangeSetSummary
from storage.database.connection import transaction
from storage.errors import MissingRowError
from storage.team_notes import TeamAct, TeamNoteRow
from tracker.errors import UsageError
from tracker.wording.text_fit import one_line

_LONGEST_NAME, _LONGEST_TEXT = 100, 4_000


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A set of changes as a team works on it; it is open until somebody reviewed it, and again when it was reopened."""

    row: ChangeSetSummary
    assignee: str
    reviewer: str
    trail: Sequence[TeamNoteRow]

    @property
    def is_open(self) -> bool:
        """Return whether nobody has reviewed it yet."""
        return not self.reviewer

    @property
    def comment_count(self) -> int:
        """Return how often something was said."""
        return sum(note.act is TeamAct.COMMENT for note in self.trail)

    def as_json(self) -> dict[str, Any]:
        """Return it for programs."""
        return {
            "change_set": self.row.id,
            "instrument": self.row.instrument_id,
            "title": self.row.title,
            "at": self.row.at.isoformat(),
            "weight": str(self.row.summary.get("weight", "")),
            "summary_text": str(self.row.summary.get("text", "")) or None,
            "open": self.is_open,
            "assignee": self.assignee or None,
            "reviewer": self.reviewer or None,
            "comments": self.comment_count,
        }


def work_items(
    db: Database, *, assignee: str = "", open_only: bool = True, jurisdiction: str = "", limit: int = 100
) -> list[WorkItem]:
    """Return sets of changes as a team works on them, newest first: those that are open, or of one person.

    Of what nobody has worked on, only the newest *limit* sets are listed; what somebody has is never left out.
    """
    rows = change_summaries.list_sets(db, jurisdiction=jurisdiction, limit=limit)
    older = change_summaries.of_ids(db, team_notes.set_ids(db) - {row.id for row in rows})
    rows += [row for row in older if jurisdiction in {"", row.jurisdiction}]
    numbers = [row.id for row in rows]
    trails = team_notes.of_sets(db, min(numbers), max(numbers)) if numbers else {}
    items = [work_item(row, trails.get(row.id, [])) for row in rows]
    return [item for item in items if (not open_only or item.is_open) and assignee in {"", item.assignee}]


def work_item(row: ChangeSetSummary, trail: Sequence[TeamNoteRow]) -> WorkItem:
    """Return a set of changes with what its trail says of it as a whole."""
    assignee = reviewer = ""
    for entry in trail:
        if entry.act is TeamAct.ASSIGN and not entry.unit:
            assignee = entry.whom
        elif entry.act is TeamAct.REVIEW and not entry.unit:
            reviewer = entry.who
        elif entry.act is TeamAct.REOPEN and not entry.unit:
            reviewer = ""
    return WorkItem(row, assignee, reviewer, tuple(trail))


def note(
    db: Database, set_id: int, act: TeamAct, *, who: str, now: datetime, unit: str = "", whom: str = "", text: str = ""
) -> TeamNoteRow:
    """Add to the trail of a set of changes and return the entry; raises UsageError for what makes no sense."""
    names = {"who": one_line(who, _LONGEST_NAME), "whom": one_line(whom, _LONGEST_NAME)}
    words = text.strip()
    if not names["who"]:
        raise UsageError("it does not say who does it")
    if act is TeamAct.ASSIGN and not names["whom"]:
        raise UsageError("it does not say to whom it is assigned")
    if act is TeamAct.COMMENT and not words:
        raise UsageError("a comment without words")
    if len(words) > _LONGEST_TEXT:
        raise UsageError(f"a text of more than {_LONGEST_TEXT:,} characters")
    try:
        units = {change.new_unit or change.old_unit for change in changes.of_set(db, set_id)}
    except MissingRowError:
        raise UsageError(f"{set_id}: there is no such set of changes") from None
    if unit and unit not in units:
        raise UsageError(
            f"{unit}: nothing changed there in set {set_id}; it has {', '.join(sorted(filter(None, units)))}"
        )
    with transaction(db):
        number = team_notes.add(db, set_id, act, at=now, unit=unit, text=words, **names)
    return next(row for row in team_notes.of_set(db, set_id) if row.id == number)


def note_json(row: TeamNoteRow) -> dict[str, Any]:
    """Return one entry of a trail for programs."""
    return {"id": row.id, "at": row.at.isoformat(), "who": row.who, "act": row.act.value, "unit": row.unit or None,
            "whom": row.whom or None, "text": row.text or None}  # fmt: skip
