"""Team notes: who was given a change, what was said of it, who reviewed it; an audit trail that is only added to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlite_utils import Database

from storage.database.connection import insert, inserted_id, query
from storage.serialise import from_row, utc_iso


class TeamAct(StrEnum):
    """What somebody of the team did with a change."""

    ASSIGN = "assign"
    COMMENT = "comment"
    REVIEW = "review"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class TeamNoteRow:
    """One entry of the audit trail: who did what with a set of changes, or one unit of it, and when."""

    id: int
    change_set_id: int
    unit: str
    act: TeamAct
    who: str
    whom: str
    text: str
    at: datetime


def add(
    db: Database,
    change_set_id: int,
    act: TeamAct,
    *,
    who: str,
    at: datetime,
    unit: str = "",
    whom: str = "",
    text: str = "",
) -> int:
    """Add an entry and return its number; none is ever changed or removed."""
    row = {"change_set_id": change_set_id, "unit": unit, "act": act.value, "who": who, "whom": whom, "text": text,
           "at": utc_iso(at)}  # fmt: skip
    return inserted_id(insert(db, "team_notes", row))


def of_set(db: Database, change_set_id: int) -> list[TeamNoteRow]:
    """Return the trail of a set of changes, oldest first."""
    rows = query(db, "SELECT * FROM team_notes WHERE change_set_id = :id ORDER BY id", id=change_set_id)
    return [from_row(TeamNoteRow, row) for row in rows]


def set_ids(db: Database) -> set[int]:
    """Return the numbers of the sets that anybody has worked on."""
    return {row["id"] for row in query(db, "SELECT DISTINCT change_set_id AS id FROM team_notes")}


def people(db: Database) -> list[str]:
    """Return everybody who did something or was given something, by name."""
    sql = "SELECT who AS name FROM team_notes UNION SELECT whom FROM team_notes WHERE whom <> '' ORDER BY name"
    return [row["name"] for row in query(db, sql)]


def of_sets(db: Database, first: int, last: int) -> dict[int, list[TeamNoteRow]]:
    """Return the trails of the sets with numbers from *first* to *last*, each oldest first."""
    sql = "SELECT * FROM team_notes WHERE change_set_id BETWEEN :first AND :last ORDER BY id"
    trails: dict[int, list[TeamNoteRow]] = {}
    for row in query(db, sql, first=first, last=last):
        trails.setdefault(row["change_set_id"], []).append(from_row(TeamNoteRow, row))
    return trails
