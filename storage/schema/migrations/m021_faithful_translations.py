"""Note of each translation which service made it, and why one was refused."""

from __future__ import annotations

from sqlite_utils import Database


def m021_faithful_translations(db: Database) -> None:
    """Note of each translation which service made it, and why one was refused."""
    db.execute("ALTER TABLE translations ADD COLUMN service TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE translations ADD COLUMN refusal TEXT NOT NULL DEFAULT ''")
