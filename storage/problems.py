"""Problems: one open row stands for one stage, subject and cause; they are summed up by source where they are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, insert, one_or_raise, query, transaction
from storage.records import Problem, Stage, Subject, SubjectKind
from storage.serialise import dumps, from_row, utc_iso


def open_or_touch(
    db: Database, subject: Subject, stage: Stage, cause: str, text: str, now: datetime, *, one_at_a_time: bool = False
) -> bool:
    """Open a problem, or note that the open one was seen again, with its newest words; say whether it is new.

    A subject that can have but one trouble at this stage (*one_at_a_time*: a page is not fetched, or misread) keeps
    its row when the cause becomes another.
    """
    row = {"cause": cause, "text": text, "url": subject.url, "last_seen_at": utc_iso(now), **_names(subject, stage)}
    with transaction(db):
        known_cause = "" if one_at_a_time else "AND cause = :cause"
        sql = f"UPDATE problems SET {_LATEST_WORDS}, times = times + 1 WHERE {_OPEN} {known_cause}"  # noqa: S608 - ours
        if execute(db, sql, **row):
            return False
        new = {
            "source_id": subject.told_as,
            "version_id": subject.id if subject.kind is SubjectKind.VERSION else None,
            "told_at": _told_at(db, subject, stage, cause),
            "opened_at": utc_iso(now),
            "times": 1,
        }
        insert(db, "problems", {**row, **new})
        return True


def resolve(db: Database, subject: Subject, stage: Stage, now: datetime, *causes: str) -> int:
    """Close the open problems of *subject* at a stage, all or those with one of *causes*; return how many there were.

    No other subject is touched.
    """
    condition = "AND cause IN (SELECT value FROM json_each(:causes))" if causes else ""
    return execute(
        db,
        f"UPDATE problems SET closed_at = :now WHERE {_OPEN} {condition}",  # noqa: S608 - constants
        **_names(subject, stage),
        **({"causes": dumps(causes)} if causes else {}),
        now=utc_iso(now),
    )


def stand(db: Database, *subjects: Subject) -> bool:
    """Return whether any problem of *subjects* is open, at whatever stage."""
    names = [[subject.kind.value, subject.id] for subject in subjects]
    sql = """
        SELECT 1 FROM problems WHERE closed_at IS NULL
          AND json_array(subject_kind, subject_id) IN (SELECT value FROM json_each(:names)) LIMIT 1
    """
    return bool(query(db, sql, names=dumps(names)))


def close_one(db: Database, problem_id: int, now: datetime) -> bool:
    """Close one problem because an operator settled it; say whether it was open."""
    sql = "UPDATE problems SET closed_at = :now WHERE id = :id AND closed_at IS NULL"
    return execute(db, sql, id=problem_id, now=utc_iso(now)) > 0


def get(db: Database, problem_id: int) -> Problem:
    """Return the problem with this id."""
    rows = query(db, "SELECT * FROM problems WHERE id = :id", id=problem_id)
    return from_row(Problem, one_or_raise(rows, f"problem {problem_id}"))


def open_problems(db: Database) -> list[Problem]:
    """Return the problems that stand as they are told, oldest first: pages of one source with one cause are one."""
    return summed_up(open_subjects(db))


def open_subjects(db: Database) -> list[Problem]:
    """Return the problems that stand, oldest first, each subject's own."""
    return _select(db, "closed_at IS NULL")


def all_problems(db: Database) -> list[Problem]:
    """Return every problem there ever was as it was told, oldest first."""
    rows = every_row(db)
    over = _summed_up_in_time([problem for problem in rows if problem.closed_at is not None])
    return sorted([*summed_up(p for p in rows if p.closed_at is None), *over], key=lambda problem: problem.id)


def every_row(db: Database) -> list[Problem]:
    """Return every problem there ever was, oldest first, each subject's own."""
    return [from_row(Problem, row) for row in query(db, "SELECT * FROM problems ORDER BY id")]


def summed_up(rows: Iterable[Problem]) -> list[Problem]:
    """Return *rows* with those of several pages of a source, at one stage and with one cause, as one."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in rows:
        groups.setdefault(group_of(problem), []).append(problem)
    return [_one_of(group) for group in groups.values()]


def group_of(problem: Problem) -> tuple[object, ...]:
    """Return what a problem has in common with those it is summed up with."""
    of_pages = problem.subject_kind is SubjectKind.PAGE
    return (problem.source_id, problem.stage, problem.cause, None if of_pages else problem.subject_id)


def open_with_cause(db: Database, cause: str) -> list[Problem]:
    """Return the problems that stand with this cause, oldest first, each subject's own."""
    return _select(db, "closed_at IS NULL AND cause = :cause", cause=cause)


def untold_problems(db: Database) -> list[Problem]:
    """Return the open problems that operators have not been told of, oldest first."""
    return _select(db, "closed_at IS NULL AND told_at IS NULL")


def told_before(db: Database, at: datetime) -> list[Problem]:
    """Return the open problems of which operators were last told at *at* or before, oldest first."""
    return _select(db, "closed_at IS NULL AND told_at <= :at", at=utc_iso(at))


def ended_untold(db: Database) -> list[Problem]:
    """Return the problems operators were told of and that have ended since, oldest first.

    One that was told together with others has ended when the last of them has.
    """
    is_over = "closed_at IS NOT NULL AND told_at IS NOT NULL AND end_told_at IS NULL"
    return _select(db, f"{is_over} AND NOT EXISTS ({_STANDING_SIBLING})")


def mark_told(db: Database, problem_ids: Iterable[int], now: datetime) -> None:
    """Note that operators are told of these problems; of one that has ended, of its end."""
    sql = """
        UPDATE problems SET told_at = CASE WHEN closed_at IS NULL THEN :now ELSE told_at END,
          end_told_at = CASE WHEN closed_at IS NULL THEN NULL ELSE :now END
        WHERE id IN (SELECT CAST(value AS INTEGER) FROM json_each(:ids))
    """
    execute(db, sql, ids=dumps(list(problem_ids)), now=utc_iso(now))


def _summed_up_in_time(rows: Iterable[Problem]) -> list[Problem]:
    """Return problems that have ended with those of several pages as one that stood at the same time."""
    groups: dict[tuple[object, ...], list[list[Problem]]] = {}
    for problem in rows:
        own = groups.setdefault(group_of(problem), [])
        if own and any(other.closed_at and other.closed_at >= problem.opened_at for other in own[-1]):
            own[-1].append(problem)
        else:
            own.append([problem])
    return [_one_of(group) for own in groups.values() for group in own]


def _one_of(group: list[Problem]) -> Problem:
    """Return a group as one problem: the oldest's number and day, the newest's words and address."""
    if len(group) == 1:
        return group[0]
    newest = max(group, key=lambda problem: problem.last_seen_at)
    told_times = [problem.told_at for problem in group if problem.told_at]
    return replace(
        group[0],
        text=f"{newest.text} (and {len(group) - 1} more {'page' if len(group) == 2 else 'pages'})",
        url=newest.url,
        last_seen_at=newest.last_seen_at,
        opened_at=min(problem.opened_at for problem in group),
        times=max(problem.times for problem in group),
        closed_at=max((problem.closed_at for problem in group if problem.closed_at), default=None),
        told_at=max(told_times, default=None),
    )


def _told_at(db: Database, subject: Subject, stage: Stage, cause: str) -> str | None:
    """Return when operators were told of another page of the same source with the same trouble that still stands."""
    if subject.kind is not SubjectKind.PAGE:
        return None
    sql = """
        SELECT max(told_at) AS at FROM problems WHERE source_id = :source_id AND stage = :stage AND cause = :cause
          AND subject_kind = 'page' AND closed_at IS NULL
    """
    at: str | None = query(db, sql, source_id=subject.told_as, stage=stage.value, cause=cause)[0]["at"]
    return at


def _names(subject: Subject, stage: Stage) -> dict[str, str]:
    return {"stage": stage.value, "subject_kind": subject.kind.value, "subject_id": subject.id}


def _select(db: Database, condition: str, **params: str) -> list[Problem]:
    sql = f"SELECT * FROM problems WHERE {condition} ORDER BY id"  # noqa: S608 - conditions are ours
    return [from_row(Problem, row) for row in query(db, sql, **params)]


_LATEST_WORDS = "cause = :cause, text = :text, url = :url, last_seen_at = :last_seen_at"
_OPEN = "stage = :stage AND subject_kind = :subject_kind AND subject_id = :subject_id AND closed_at IS NULL"
_STANDING_SIBLING = """
SELECT 1 FROM problems AS other WHERE other.closed_at IS NULL AND other.source_id = problems.source_id
  AND other.stage = problems.stage AND other.cause = problems.cause AND problems.subject_kind = 'page'
  AND other.subject_kind = 'page'
"""
