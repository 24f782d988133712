"""Let a problem be about one subject, and remember which release failed on a version or a snapshot."""

from __future__ import annotations

from sqlite_utils import Database


def m019_subjects(db: Database) -> None:
    """Let a problem be about one subject, and remember which release failed on a version or a snapshot."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    "ALTER TABLE problems ADD COLUMN subject_kind TEXT NOT NULL DEFAULT 'step'",
    "ALTER TABLE problems ADD COLUMN subject_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE versions ADD COLUMN failed_by TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE snapshots ADD COLUMN failed_by TEXT NOT NULL DEFAULT ''",
    "DROP INDEX problems_open",
    "UPDATE problems SET subject_id = source_id",
    "UPDATE problems SET subject_kind = 'source' WHERE source_id IN (SELECT id FROM sources)",
    """
    UPDATE problems SET subject_kind = 'page', subject_id = CAST(pages.id AS TEXT) FROM pages
    WHERE stage <> 'silence' AND pages.source_id = problems.source_id AND pages.url = problems.url
    """,
    "UPDATE problems SET subject_kind = 'version', subject_id = version_id WHERE version_id IS NOT NULL",
    # until now these had the names of no source; what still fails opens one of the step
    """
    UPDATE problems SET closed_at = last_seen_at, end_told_at = last_seen_at
    WHERE closed_at IS NULL AND source_id IN ('outbox', 'operators', 'search', 'templates')
    """,
    # one problem stood for every misread page of a source: from now on each has its own
    """
    INSERT INTO problems (source_id, stage, cause, text, opened_at, last_seen_at, url, times, told_at, subject_kind,
      subject_id)
    SELECT problems.source_id, 'read', problems.cause, problems.text, problems.opened_at, problems.last_seen_at,
      pages.url, 1, problems.told_at, 'page', CAST(pages.id AS TEXT)
    FROM problems JOIN pages ON pages.source_id = problems.source_id AND pages.url <> problems.url
    JOIN snapshots ON snapshots.id = (
      SELECT id FROM snapshots WHERE page_id = pages.id ORDER BY fetched_at DESC, id DESC LIMIT 1)
    WHERE problems.stage = 'read' AND problems.closed_at IS NULL AND problems.version_id IS NULL
      AND pages.listing = 0 AND pages.gone_at IS NULL AND pages.dismissed = '' AND snapshots.text_sha256 = ''
    """,
    "CREATE UNIQUE INDEX problems_open ON problems (stage, subject_kind, subject_id, cause) WHERE closed_at IS NULL",
    "CREATE INDEX problems_of_source ON problems (source_id, stage) WHERE closed_at IS NULL",
)
