"""Translations a machine made: kept by text and language, so that it is asked once; refused ones with the reason."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage.database.connection import execute, query, transaction
from storage.serialise import dumps, utc_iso


@dataclass(frozen=True, slots=True)
class TranslationRow:
    """What a service made of a text; with a ``refusal`` it lost or changed a fact, and its ``text`` is not kept."""

    text: str
    service: str
    refusal: str


def find(db: Database, text: str, target: str) -> str | None:
    """Return what *text* is in the language *target*, if it was translated before and not refused."""
    row = find_row(db, text, target)
    return row.text if row and not row.refusal else None


def find_row(db: Database, text: str, target: str) -> TranslationRow | None:
    """Return what is kept of a translation of *text*, refused ones too."""
    sql = "SELECT text, service, refusal FROM translations WHERE sha256 = :sha256 AND target = :target"
    rows = query(db, sql, sha256=_name(text), target=target)
    return TranslationRow(**rows[0]) if rows else None


def find_rows(db: Database, texts: Collection[str], target: str) -> dict[str, TranslationRow]:
    """Return what is kept of translations of *texts*, by text, refused ones too; asked for at once."""
    by_name = {_name(text): text for text in texts}
    sql = """SELECT sha256, text, service, refusal FROM translations
      WHERE target = :target AND sha256 IN (SELECT value FROM json_each(:names))"""
    rows = query(db, sql, target=target, names=dumps(sorted(by_name)))
    return {by_name[row["sha256"]]: TranslationRow(row["text"], row["service"], row["refusal"]) for row in rows}


def add(
    db: Database, text: str, target: str, translation: str, now: datetime, *, service: str = "", refusal: str = ""
) -> None:
    """Keep what *text* is in the language *target*; what is known stays, unless it was refused."""
    row = {"sha256": _name(text), "target": target, "text": "" if refusal else translation, "made_at": utc_iso(now),
           "service": service, "refusal": refusal}  # fmt: skip
    with transaction(db):
        execute(db, _PUT, **row)


_PUT = """
INSERT INTO translations (sha256, target, text, made_at, service, refusal)
VALUES (:sha256, :target, :text, :made_at, :service, :refusal)
ON CONFLICT (sha256, target) DO UPDATE SET text = excluded.text, made_at = excluded.made_at,
  service = excluded.service, refusal = excluded.refusal WHERE translations.refusal <> ''
"""


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
