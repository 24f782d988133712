"""Find provisions by their words, and list changes and dates in their order."""

from __future__ import annotations

from sqlite_utils import Database


def m003_search(db: Database) -> None:
    """Find provisions by their words, and list changes and dates in their order."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE "search_groups" (
        "number" INTEGER PRIMARY KEY NOT NULL,
        "version_row" INTEGER REFERENCES "versions"("row"),
        "instrument_id" TEXT NOT NULL,
        "language" TEXT NOT NULL,
        "jurisdiction" TEXT NOT NULL,
        "current" INTEGER NOT NULL,
        "text_sha256" TEXT NOT NULL
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "idx_search_groups_version_row" ON "search_groups" ("version_row")',
    'CREATE INDEX "idx_search_groups_instrument_id_language" ON "search_groups" ("instrument_id", "language")',
    'CREATE VIRTUAL TABLE search_words USING fts5 (words, marks, content="",'
    " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")",
    'CREATE INDEX "idx_change_sets_at" ON "change_sets" ("at")',
    'CREATE INDEX "idx_milestones_on" ON "milestones" ("on")',
)
