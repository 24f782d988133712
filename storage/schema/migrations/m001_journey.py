"""Remember the journey from a declared page to a delivered message."""

from __future__ import annotations

from sqlite_utils import Database


def m001_journey(db: Database) -> None:
    """Remember the journey from a declared page to a delivered message."""
    for sql in _STATEMENTS:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE "sources" (
        "id" TEXT PRIMARY KEY NOT NULL,
        "jurisdiction" TEXT NOT NULL,
        "title" TEXT NOT NULL,
        "title_native" TEXT NOT NULL,
        "kind" TEXT NOT NULL,
        "spider" TEXT NOT NULL,
        "declared" INTEGER NOT NULL,
        "first_seen_at" TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "pages" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "source_id" TEXT NOT NULL REFERENCES "sources"("id"),
        "url" TEXT NOT NULL,
        "listing" INTEGER NOT NULL,
        "discovered" INTEGER NOT NULL,
        "declared" INTEGER NOT NULL,
        "title" TEXT NOT NULL,
        "published_on" TEXT,
        "instrument_id" TEXT NOT NULL,
        "first_seen_at" TEXT,
        "gone_at" TEXT
    ) STRICT
    """,
    """
    CREATE TABLE "snapshots" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "page_id" INTEGER NOT NULL REFERENCES "pages"("id"),
        "url" TEXT NOT NULL,
        "fetched_at" TEXT NOT NULL,
        "status" INTEGER NOT NULL,
        "media_type" TEXT NOT NULL,
        "sha256" TEXT NOT NULL,
        "length" INTEGER NOT NULL,
        "headers" TEXT NOT NULL,
        "archived_as" TEXT NOT NULL,
        "text_sha256" TEXT
    ) STRICT
    """,
    """
    CREATE TABLE "checks" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "page_id" INTEGER NOT NULL REFERENCES "pages"("id"),
        "checked_at" TEXT NOT NULL,
        "outcome" TEXT NOT NULL,
        "status" INTEGER,
        "snapshot_id" INTEGER REFERENCES "snapshots"("id"),
        "cause" TEXT NOT NULL,
        "text" TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "instruments" (
        "id" TEXT PRIMARY KEY NOT NULL,
        "jurisdiction" TEXT NOT NULL,
        "title" TEXT NOT NULL,
        "title_native" TEXT NOT NULL,
        "source_id" TEXT NOT NULL,
        "url" TEXT NOT NULL,
        "first_seen_at" TEXT
    ) STRICT
    """,
    """
    CREATE TABLE "versions" (
        "row" INTEGER PRIMARY KEY NOT NULL,
        "id" TEXT NOT NULL,
        "instrument_id" TEXT NOT NULL REFERENCES "instruments"("id"),
        "source_id" TEXT NOT NULL,
        "page_id" INTEGER NOT NULL REFERENCES "pages"("id"),
        "snapshot_id" INTEGER NOT NULL REFERENCES "snapshots"("id"),
        "language" TEXT NOT NULL,
        "seen_at" TEXT NOT NULL,
        "standing" TEXT NOT NULL,
        "first" INTEGER NOT NULL,
        "compared" INTEGER NOT NULL,
        "text_sha256" TEXT NOT NULL,
        "title" TEXT NOT NULL,
        "number" TEXT NOT NULL,
        "facts" TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "provisions" (
        "version_row" INTEGER NOT NULL REFERENCES "versions"("row"),
        "ordinal" INTEGER NOT NULL,
        "parent" INTEGER,
        "eid" TEXT NOT NULL,
        "pid" TEXT NOT NULL,
        "kind" TEXT NOT NULL,
        "number" TEXT NOT NULL,
        "label" TEXT NOT NULL,
        "heading" TEXT NOT NULL,
        "text" TEXT NOT NULL,
        "citation" TEXT NOT NULL,
       PRIMARY KEY ("version_row", "ordinal")
    ) STRICT
    """,
    """
    CREATE TABLE "milestones" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "instrument_id" TEXT NOT NULL REFERENCES "instruments"("id"),
        "version_id" TEXT REFERENCES "versions"("id"),
        "kind" TEXT NOT NULL,
        "on" TEXT,
        "basis" TEXT NOT NULL,
        "eid" TEXT,
        "formula" TEXT,
        "superseded_by" TEXT
    ) STRICT
    """,
    """
    CREATE TABLE "change_sets" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "old_version_id" TEXT NOT NULL REFERENCES "versions"("id"),
        "new_version_id" TEXT NOT NULL REFERENCES "versions"("id"),
        "at" TEXT NOT NULL,
        "summary" TEXT NOT NULL,
        "notes" TEXT NOT NULL,
        "pairs" TEXT NOT NULL,
        "replaced" INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "changes" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "change_set_id" INTEGER NOT NULL REFERENCES "change_sets"("id"),
        "kind" TEXT NOT NULL,
        "weight" TEXT NOT NULL,
        "old_unit" TEXT,
        "new_unit" TEXT,
        "old_eid" TEXT,
        "new_eid" TEXT,
        "old_citation" TEXT NOT NULL,
        "new_citation" TEXT NOT NULL,
        "old_text" TEXT,
        "new_text" TEXT,
        "ops" TEXT NOT NULL,
        "tags" TEXT NOT NULL,
        "explanation" TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "events" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "key" TEXT NOT NULL,
        "kind" TEXT NOT NULL,
        "instrument_id" TEXT NOT NULL REFERENCES "instruments"("id"),
        "at" TEXT NOT NULL,
        "version_id" TEXT REFERENCES "versions"("id"),
        "change_set_id" INTEGER REFERENCES "change_sets"("id"),
        "weight" TEXT NOT NULL,
        "jurisdiction" TEXT NOT NULL,
        "authorities" TEXT NOT NULL,
        "topics" TEXT NOT NULL,
        "source_id" TEXT NOT NULL,
        "on" TEXT,
        "details" TEXT NOT NULL,
        "matched" INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "subscribers" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "address" TEXT NOT NULL,
        "name" TEXT NOT NULL,
        "timezone" TEXT NOT NULL,
        "language" TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "subscriptions" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "subscriber_id" INTEGER NOT NULL REFERENCES "subscribers"("id"),
        "filters" TEXT NOT NULL,
        "created_at" TEXT NOT NULL,
        "cadence" TEXT NOT NULL,
        "channel" TEXT NOT NULL,
        "hour" INTEGER NOT NULL,
        "active" INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "messages" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "key" TEXT NOT NULL,
        "subscriber_id" INTEGER NOT NULL REFERENCES "subscribers"("id"),
        "address" TEXT NOT NULL,
        "subject" TEXT NOT NULL,
        "mime_id" TEXT NOT NULL,
        "mime" BLOB NOT NULL,
        "status" TEXT NOT NULL,
        "composed_at" TEXT NOT NULL,
        "filed_at" TEXT,
        "sent_at" TEXT,
        "tries" INTEGER NOT NULL,
        "next_try_at" TEXT,
        "error" TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "alerts" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "subscription_id" INTEGER NOT NULL REFERENCES "subscriptions"("id"),
        "event_id" INTEGER NOT NULL REFERENCES "events"("id"),
        "owed_at" TEXT NOT NULL,
        "message_id" INTEGER REFERENCES "messages"("id")
    ) STRICT
    """,
    """
    CREATE TABLE "problems" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "source_id" TEXT NOT NULL,
        "stage" TEXT NOT NULL,
        "cause" TEXT NOT NULL,
        "text" TEXT NOT NULL,
        "opened_at" TEXT NOT NULL,
        "last_seen_at" TEXT NOT NULL,
        "closed_at" TEXT,
        "url" TEXT NOT NULL,
        "version_id" TEXT,
        "times" INTEGER NOT NULL
    ) STRICT
    """,
    'CREATE UNIQUE INDEX "idx_pages_source_id_url" ON "pages" ("source_id", "url")',
    'CREATE UNIQUE INDEX "idx_versions_id" ON "versions" ("id")',
    'CREATE UNIQUE INDEX "idx_change_sets_old_version_id_new_version_id"'
    ' ON "change_sets" ("old_version_id", "new_version_id")',
    'CREATE UNIQUE INDEX "idx_events_key" ON "events" ("key")',
    'CREATE UNIQUE INDEX "idx_subscribers_address" ON "subscribers" ("address")',
    'CREATE UNIQUE INDEX "idx_messages_key" ON "messages" ("key")',
    'CREATE UNIQUE INDEX "idx_alerts_subscription_id_event_id" ON "alerts" ("subscription_id", "event_id")',
    'CREATE INDEX "idx_snapshots_page_id_fetched_at" ON "snapshots" ("page_id", "fetched_at")',
    'CREATE INDEX "idx_checks_page_id_checked_at" ON "checks" ("page_id", "checked_at")',
    'CREATE INDEX "idx_checks_checked_at" ON "checks" ("checked_at")',
    'CREATE INDEX "idx_versions_instrument_id_seen_at" ON "versions" ("instrument_id", "seen_at")',
    'CREATE INDEX "idx_versions_page_id" ON "versions" ("page_id")',
    'CREATE INDEX "idx_provisions_pid_version_row" ON "provisions" ("pid", "version_row")',
    'CREATE INDEX "idx_milestones_instrument_id" ON "milestones" ("instrument_id")',
    'CREATE INDEX "idx_change_sets_new_version_id" ON "change_sets" ("new_version_id")',
    'CREATE INDEX "idx_changes_change_set_id" ON "changes" ("change_set_id")',
    'CREATE INDEX "idx_events_instrument_id" ON "events" ("instrument_id")',
    'CREATE INDEX "idx_alerts_message_id" ON "alerts" ("message_id")',
    "CREATE INDEX snapshots_unread ON snapshots (id) WHERE text_sha256 IS NULL",
    "CREATE INDEX versions_uncompared ON versions (row) WHERE compared = 0",
    "CREATE INDEX events_unmatched ON events (id) WHERE matched = 0",
    "CREATE INDEX alerts_uncomposed ON alerts (id) WHERE message_id IS NULL",
    "CREATE INDEX messages_pending ON messages (id) WHERE status = 'pending'",
    "CREATE UNIQUE INDEX problems_open ON problems (source_id, stage, ifnull(version_id, '')) WHERE closed_at IS NULL",
)
