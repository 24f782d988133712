"""What our store asks of the queue beside it: the tables of procrastinate, in the schema of a PostgreSQL store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from sqlite_utils import Database

from storage.database.connection import query, transaction
from storage.records import FleetStage


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many jobs of a stage are in one state (``todo``, ``doing``, ``succeeded``, ``failed`` …)."""

    stage: str
    status: str
    jobs: int


def make_if_missing(db: Database, schema: str) -> None:
    """Make the tables of the queue by its own *schema*, once, though several processes may come together."""
    if "procrastinate_jobs" in db.table_names():
        return
    with transaction(db):
        if "procrastinate_jobs" not in db.table_names():
            cast("Any", db).run_script(schema)


def unfinished_jobs(db: Database, round_id: int, stage: FleetStage, but: int = 0) -> int:
    """Return how many jobs of a round's stage wait or run, the job *but* left out."""
    rows = query(db, _UNFINISHED, round=str(round_id), stage=stage.value, but=but)
    return int(rows[0]["jobs"])


def live_workers(db: Database, within: float) -> int:
    """Return how many workers gave a sign of life in the last seconds."""
    return int(query(db, _LIVE, within=within)[0]["workers"])


def overdue_jobs(db: Database, longest: float) -> list[int]:
    """Return the jobs that have run for more than *longest* seconds, whether or not their workers live."""
    return [row["id"] for row in query(db, _OVERDUE, longest=longest)]


def attempts_of(db: Database, job_id: int) -> int:
    """Return how often a job was tried before."""
    return int(query(db, "SELECT attempts FROM procrastinate_jobs WHERE id = :id", id=job_id)[0]["attempts"])


def counts(db: Database) -> list[QueueCount]:
    """Return how many jobs there are of each stage and state; none where no queue was made."""
    if "procrastinate_jobs" not in db.table_names():
        return []
    return [QueueCount(row["queue_name"], row["status"], row["jobs"]) for row in query(db, _COUNTS)]


def forget_old_jobs(db: Database, hours: float) -> int:
    """Delete jobs that ended so long ago; return how many."""
    return len(query(db, _FORGET, hours=hours))


_UNFINISHED = """
SELECT count(*) AS jobs FROM procrastinate_jobs
WHERE status IN ('todo', 'doing') AND queue_name = :stage AND args ->> 'round_id' = :round AND id <> :but
"""
_LIVE = """
SELECT count(*) AS workers FROM procrastinate_workers
WHERE last_heartbeat > now() - make_interval(secs => :within)
"""
_STARTED = "(SELECT max(at) FROM procrastinate_events WHERE job_id = jobs.id AND type = 'started')"
_OVERDUE = f"""
SELECT id FROM procrastinate_jobs AS jobs
WHERE status = 'doing' AND {_STARTED} < now() - make_interval(secs => :longest)
"""  # noqa: S608 - a constant
_COUNTS = """
SELECT queue_name, CAST(status AS text) AS status, count(*) AS jobs FROM procrastinate_jobs
GROUP BY queue_name, status ORDER BY queue_name, status
"""
_FORGET = """
DELETE FROM procrastinate_jobs AS jobs WHERE status NOT IN ('todo', 'doing')
  AND (SELECT max(at) FROM procrastinate_events WHERE job_id = jobs.id) < now() - make_interval(secs => 3600 * :hours)
RETURNING id
"""
