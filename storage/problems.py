"""Problems: one open problem stands for one source at one stage; a quarantined version has one of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, one_or_raise, query, transaction
from storage.records import Problem, Stage
from storage.serialise import dumps, from_row, utc_iso


def open_or_touch(
    db: Database,
    source_id: str,
    stage: Stage,
    cause: str,
    text: str,
    url: str,
    now: datetime,
    version_id: str | None = None,
) -> bool:
    """Open a problem, or note that the open one was seen again, with its newest words; say whether it is new."""
    seen = {"cause": cause, "text": text, "url": url, "last_seen_at": utc_iso(now)}
    names = {"source_id": source_id, "stage": stage.value, "version_id": version_id}
    with transaction(db):
        if insert(db, "problems", {**names, **seen, "opened_at": utc_iso(now), "times": 1}) is not None:
            return True
        execute(
            db,
            f"UPDATE problems SET {_LATEST_WORDS}, times = times + 1 WHERE {_OPEN}",  # noqa: S608 - constants
            **names,
            **seen,
        )
        return False


def close(db: Database, source_id: str, stage: Stage, now: datetime, version_id: str | None = None) -> int:
    """Close the open problem of a source at a stage and return how many were open.

    A problem about a version is closed only by naming the version: a good fetch does not approve what is quarantined.
    """
    return execute(
        db,
        f"UPDATE problems SET closed_at = :now WHERE {_OPEN}",  # noqa: S608 - a constant
        source_id=source_id,
        stage=stage.value,
        version_id=version_id,
        now=utc_iso(now),
    )


def close_one(db: Database, problem_id: int, now: datetime) -> bool:
    """Close one problem because an operator settled it; say whether it was open."""
    sql = "UPDATE problems SET closed_at = :now WHERE id = :id AND closed_at IS NULL"
    return execute(db, sql, id=problem_id, now=utc_iso(now)) > 0


def get(db: Database, problem_id: int) -> Problem:
    """Return the problem with this id."""
    rows = query(db, "SELECT * FROM problems WHERE id = :id", id=problem_id)
    return from_row(Problem, one_or_raise(rows, f"problem {problem_id}"))


def open_problems(db: Database) -> list[Problem]:
    """Return the problems that stand, oldest first."""
    return [from_row(Problem, row) for row in query(db, "SELECT * FROM problems WHERE closed_at IS NULL ORDER BY id")]


def all_problems(db: Database) -> list[Problem]:
    """Return every problem there ever was, oldest first."""
    return [from_row(Problem, row) for row in query(db, "SELECT * FROM problems ORDER BY id")]


def untold_problems(db: Database) -> list[Problem]:
    """Return the open problems that operators have not been told of, oldest first."""
    return _some(db, "closed_at IS NULL AND told_at IS NULL")


def told_before(db: Database, at: datetime) -> list[Problem]:
    """Return the open problems of which operators were last told at *at* or before, oldest first."""
    return _some(db, "closed_at IS NULL AND told_at <= :at", at=utc_iso(at))


def ended_untold(db: Database) -> list[Problem]:
    """Return the problems operators were told of and that have ended since, oldest first."""
    return _some(db, "closed_at IS NOT NULL AND told_at IS NOT NULL AND end_told_at IS NULL")


def mark_told(db: Database, problem_ids: Iterable[int], now: datetime) -> None:
    """Note that operators are told of these problems; of one that has ended, of its end."""
    sql = """
        UPDATE problems SET told_at = CASE WHEN closed_at IS NULL THEN :now ELSE told_at END,
          end_told_at = CASE WHEN closed_at IS NULL THEN NULL ELSE :now END
        WHERE id IN (SELECT value FROM json_each(:ids))
    """
    execute(db, sql, ids=dumps(list(problem_ids)), now=utc_iso(now))


def _some(db: Database, condition: str, **params: str) -> list[Problem]:
    sql = f"SELECT * FROM problems WHERE {condition} ORDER BY id"  # noqa: S608 - conditions are ours
    return [from_row(Problem, row) for row in query(db, sql, **params)]


_LATEST_WORDS = "cause = :cause, text = :text, url = :url, last_seen_at = :last_seen_at"
_OPEN = "source_id = :source_id AND stage = :stage AND version_id IS :version_id AND closed_at IS NULL"
