"""Whose turn it is at a host, over all machines of a PostgreSQL store: a session lock, and when it was asked last.

The lock dies with the session that holds it. While a request is under way its host also counts as asked until the
request must have ended: a session may be lost, with the server or the network, while its request goes on.
"""

from __future__ import annotations

from sqlite_utils import Database

from storage.database.connection import execute, query


def try_lock(db: Database, host: str) -> bool:
    """Take the lock of *host* for this connection; return whether it is ours."""
    return bool(query(db, f"SELECT pg_try_advisory_lock({_KEY}) AS ours", host=host)[0]["ours"])


def unlock(db: Database, host: str) -> None:
    """Give the lock of *host* back."""
    query(db, f"SELECT pg_advisory_unlock({_KEY}) AS done", host=host)


def seconds_since(db: Database, host: str) -> tuple[float, str] | None:
    """Return how long ago *host* was asked, by the server's clock, and for what; None when it never was.

    Less than nothing while a request whose holder is gone may still be under way.
    """
    rows = query(db, f"SELECT {_NOW} - asked_at_ms AS since, request FROM host_turns WHERE host = :host", host=host)  # noqa: S608 - a constant
    return (rows[0]["since"] / 1000, rows[0]["request"]) if rows else None


def note(db: Database, host: str, request: str, *, ahead: float = 0.0) -> None:
    """Note that *host* is asked now, or is being asked for *ahead* seconds at most."""
    execute(db, _NOTE, host=host, request=request, ahead=int(ahead * 1000))


_KEY = "hashtextextended(current_database() || '.' || current_schema() || '.turn.' || :host, 0)"
_NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"
_NOTE = f"""
INSERT INTO host_turns (host, asked_at_ms, request) VALUES (:host, {_NOW} + :ahead, :request)
ON CONFLICT (host) DO UPDATE SET asked_at_ms = excluded.asked_at_ms, request = excluded.request
"""  # noqa: S608 - a constant
