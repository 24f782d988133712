"""Remember what is learned to be the site's and not the law's, and what each page's markup looks like."""

from __future__ import annotations

from sqlite_utils import Database


def m008_furniture(db: Database) -> None:
    """Remember what is learned to be the site's and not the law's, and what each page's markup looks like."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE "furniture" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "page_id" INTEGER NOT NULL REFERENCES "pages"("id"),
        "host" TEXT NOT NULL,
        "path" TEXT NOT NULL,
        "shape" TEXT NOT NULL,
        "place" TEXT NOT NULL,
        "slot" INTEGER NOT NULL,
        "kind" TEXT NOT NULL,
        "seen" TEXT NOT NULL,
        "first_seen_at" TEXT NOT NULL,
        "last_seen_at" TEXT NOT NULL,
        "learned_at" TEXT
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "idx_furniture_page_id_path_shape_place_slot"'
    ' ON "furniture" ("page_id", "path", "shape", "place", "slot")',
    'CREATE INDEX "idx_furniture_host" ON "furniture" ("host")',
    """
    CREATE TABLE "skeletons" (
        "page_id" INTEGER PRIMARY KEY NOT NULL REFERENCES "pages"("id"),
        "host" TEXT NOT NULL,
        "changed_at" TEXT
    ) STRICT
    """,
    'CREATE INDEX "idx_skeletons_host" ON "skeletons" ("host")',
)
