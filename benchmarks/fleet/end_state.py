"""What must be the same after a drill and on one undisturbed machine: everything but times and numbers of rows."""

from __future__ import annotations

import re

from sqlite_utils import Database

from storage.database.connection import query

_PORT = re.compile(r"127\.0\.0\.1:\d+")  # each play has ports of its own
_QUESTIONS = {
    "versions": "SELECT id, instrument_id, source_id, standing, first, text_sha256, language FROM versions",
    "change sets": """
        SELECT old.id AS old_id, new.id AS new_id, summary FROM change_sets
        JOIN versions AS old ON old.row = old_row JOIN versions AS new ON new.row = new_row
    """,
    "changes": """
        SELECT new.id AS new_id, kind, weight, old_unit, new_unit, old_eid, new_eid FROM changes
        JOIN change_sets ON change_sets.id = change_set_id JOIN versions AS new ON new.row = new_row
    """,
    "events": "SELECT key, kind, instrument_id, weight, topics FROM events",
    "alerts": "SELECT key, subscription_id FROM alerts JOIN events ON events.id = event_id WHERE withdrawn_at IS NULL",
    "messages": "SELECT key, address, subject, status, channel FROM messages WHERE audience = 'reader'",
    "pages": "SELECT source_id, url, listing, title FROM pages",
    "open problems": """
        SELECT stage, source_id, cause, url FROM problems WHERE closed_at IS NULL
    """,
    "provisions": """
        SELECT versions.id AS version_id, eid, pid, text FROM provisions JOIN versions ON versions.row = version_row
    """,
}


def end_state(db: Database) -> dict[str, list[str]]:
    """Return the answers to what must be the same, in an order of their own."""
    return {
        name: sorted(_PORT.sub("regulator", str(sorted(row.items()))) for row in query(db, sql))
        for name, sql in _QUESTIONS.items()
    }


def differences(undisturbed_end: dict[str, list[str]], got: dict[str, list[str]]) -> list[str]:
    """Return what differs, a line each."""
    lines = []
    for name, rows in undisturbed_end.items():
        lines += [f"{name}: missing {row}" for row in sorted(set(rows) - set(got[name]))]
        lines += [f"{name}: not wanted {row}" for row in sorted(set(got[name]) - set(rows))]
        if len(rows) != len(got[name]):
            lines.append(f"{name}: {len(got[name])} rows, not {len(rows)}")
    return lines
