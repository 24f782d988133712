"""Operator writes: the audit log of who approved, rejected, retracted, made keys or subscriptions, and when."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import insert, query
from storage.records import OperatorWrite
from storage.serialise import from_row, utc_iso

_LONGEST = 200


def note(db: Database, who: str, act: str, subject: object, now: datetime) -> None:
    """Note one write; *subject* is a number or an id of ours, such as ``problem 7``."""
    row = {"at": utc_iso(now), "who": _line(who), "act": _line(act), "subject": _line(str(subject))}
    insert(db, "operator_writes", row)


def recent(db: Database, most: int = 100) -> list[OperatorWrite]:
    """Return the newest writes, newest first."""
    rows = query(db, "SELECT * FROM operator_writes ORDER BY id DESC LIMIT :most", most=most)
    return [from_row(OperatorWrite, row) for row in rows]


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
