"""The tables and the statements of the migrations, as data; what a released step uses is never edited."""

from __future__ import annotations

FURNITURE = """
    id:int page_id:int->pages host:str path:str shape:str place:str slot:int kind:str seen:str first_seen_at:str
    last_seen_at:str learned_at:str?
"""
SEARCH_GROUPS = """
    number:int version_row:int?->versions.row instrument_id:str language:str jurisdiction:str current:int
    text_sha256:str
"""

# one line a table: columns with their types; a type ends in "?" where a value may be missing, "->" says what it names
JOURNEY = {
    "sources": """
        id:str jurisdiction:str title:str title_native:str kind:str spider:str declared:int
        first_seen_at:str
    """,
    "pages": """
        id:int source_id:str->sources url:str listing:int discovered:int declared:int title:str
        published_on:str? instrument_id:str first_seen_at:str? gone_at:str?
    """,
    "snapshots": """
        id:int page_id:int->pages url:str fetched_at:str status:int media_type:str sha256:str length:int
        headers:str archived_as:str text_sha256:str?
    """,
    "checks": """
        id:int page_id:int->pages checked_at:str outcome:str status:int? snapshot_id:int?->snapshots
        cause:str text:str
    """,
    "instruments": "id:str jurisdiction:str title:str title_native:str source_id:str url:str first_seen_at:str?",
    "versions": """
        row:int id:str instrument_id:str->instruments source_id:str page_id:int->pages
        snapshot_id:int->snapshots language:str seen_at:str standing:str first:int compared:int
        text_sha256:str title:str number:str facts:str
    """,
    "provisions": """
        version_row:int->versions.row ordinal:int parent:int? eid:str pid:str kind:str number:str label:str
        heading:str text:str citation:str
    """,
    "milestones": """
        id:int instrument_id:str->instruments version_id:str?->versions kind:str on:str? basis:str eid:str?
        formula:str? superseded_by:str?
    """,
    "change_sets": """
        id:int old_version_id:str->versions new_version_id:str->versions at:str summary:str notes:str
        pairs:str replaced:int
    """,
    "changes": """
        id:int change_set_id:int->change_sets kind:str weight:str old_unit:str? new_unit:str? old_eid:str?
        new_eid:str? old_citation:str new_citation:str old_text:str? new_text:str? ops:str tags:str
        explanation:str
    """,
    "events": """
        id:int key:str kind:str instrument_id:str->instruments at:str version_id:str?->versions
        change_set_id:int?->change_sets weight:str jurisdiction:str authorities:str topics:str source_id:str
        on:str? details:str matched:int
    """,
    "subscribers": "id:int address:str name:str timezone:str language:str",
    "subscriptions": """
        id:int subscriber_id:int->subscribers filters:str created_at:str cadence:str channel:str hour:int
        active:int
    """,
    "messages": """
        id:int key:str subscriber_id:int->subscribers address:str subject:str mime_id:str mime:bytes
        status:str composed_at:str filed_at:str? sent_at:str? tries:int next_try_at:str? error:str
    """,
    "alerts": "id:int subscription_id:int->subscriptions event_id:int->events owed_at:str message_id:int?->messages",
    "problems": """
        id:int source_id:str stage:str cause:str text:str opened_at:str last_seen_at:str closed_at:str?
        url:str version_id:str? times:int
    """,
}
KEYS: dict[str, str | tuple[str, ...]] = {
    "versions": "row",
    "provisions": ("version_row", "ordinal"),
}  # any other table's key is id
UNIQUE = (
    ("pages", ["source_id", "url"]),
    ("versions", ["id"]),
    ("change_sets", ["old_version_id", "new_version_id"]),
    ("events", ["key"]),
    ("subscribers", ["address"]),
    ("messages", ["key"]),
    ("alerts", ["subscription_id", "event_id"]),
)
INDEXES = (
    ("snapshots", ["page_id", "fetched_at"]),
    ("checks", ["page_id", "checked_at"]),
    ("checks", ["checked_at"]),
    ("versions", ["instrument_id", "seen_at"]),
    ("versions", ["page_id"]),
    ("provisions", ["pid", "version_row"]),
    ("milestones", ["instrument_id"]),
    ("change_sets", ["new_version_id"]),
    ("changes", ["change_set_id"]),
    ("events", ["instrument_id"]),
    ("alerts", ["message_id"]),
)
PARTIAL = (  # the queues: an index that holds only what is left to do
    "CREATE INDEX snapshots_unread ON snapshots (id) WHERE text_sha256 IS NULL",
    "CREATE INDEX versions_uncompared ON versions (row) WHERE compared = 0",
    "CREATE INDEX events_unmatched ON events (id) WHERE matched = 0",
    "CREATE INDEX alerts_uncomposed ON alerts (id) WHERE message_id IS NULL",
    "CREATE INDEX messages_pending ON messages (id) WHERE status = 'pending'",
    "CREATE UNIQUE INDEX problems_open ON problems (source_id, stage, ifnull(version_id, '')) WHERE closed_at IS NULL",
)
TELLING = (
    "ALTER TABLE subscriptions ADD COLUMN pending INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE subscriptions ADD COLUMN target TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE subscriptions ADD COLUMN when_quiet INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE subscribers ADD COLUMN refused_at TEXT",
    "ALTER TABLE subscribers ADD COLUMN refusal TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE messages ADD COLUMN channel TEXT NOT NULL DEFAULT 'email'",
    "ALTER TABLE messages ADD COLUMN target TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX messages_waiting ON messages (subscriber_id, id) WHERE status = 'pending'",
    "CREATE INDEX messages_of_subscriber ON messages (subscriber_id)",
    "CREATE INDEX alerts_waiting ON alerts (subscription_id) WHERE message_id IS NULL",
    "CREATE INDEX alerts_of_event ON alerts (event_id)",
    "CREATE INDEX subscriptions_of_subscriber ON subscriptions (subscriber_id)",
)
OPERATORS = (
    "ALTER TABLE problems ADD COLUMN told_at TEXT",
    "ALTER TABLE problems ADD COLUMN end_told_at TEXT",
    "ALTER TABLE messages ADD COLUMN audience TEXT NOT NULL DEFAULT 'reader'",
    "ALTER TABLE pages ADD COLUMN dismissed TEXT NOT NULL DEFAULT ''",
)
SCHEDULE = (
    "ALTER TABLE pages ADD COLUMN listed_on TEXT",
    "ALTER TABLE pages ADD COLUMN hinted_at TEXT",
    "UPDATE pages SET listed_on = published_on",
    "CREATE INDEX pages_of_url ON pages (url)",
    "CREATE INDEX checks_counted ON checks (page_id, outcome, checked_at)",
)
PACKED = (
    "ALTER TABLE versions ADD COLUMN packs TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE versions ADD COLUMN pids_id INTEGER REFERENCES packs (id)",
    "ALTER TABLE versions ADD COLUMN rest_id INTEGER REFERENCES packs (id)",
    "ALTER TABLE versions ADD COLUMN facts_id INTEGER REFERENCES facts (id)",
    "ALTER TABLE change_sets ADD COLUMN old_row INTEGER REFERENCES versions (row)",
    "ALTER TABLE change_sets ADD COLUMN new_row INTEGER REFERENCES versions (row)",
    "ALTER TABLE change_sets ADD COLUMN pairs_id INTEGER REFERENCES packs (id)",
    "ALTER TABLE change_sets ADD COLUMN words_id INTEGER REFERENCES packs (id)",
    "ALTER TABLE snapshots ADD COLUMN headers_id INTEGER REFERENCES packs (id)",
)
UNPACKED = (
    "DROP TABLE provisions",
    *(f"ALTER TABLE versions DROP COLUMN {name}" for name in ("title", "number", "facts")),
    "DROP INDEX idx_checks_checked_at",
    "DROP INDEX idx_change_sets_old_version_id_new_version_id",
    "DROP INDEX idx_change_sets_new_version_id",
    *(f"ALTER TABLE change_sets DROP COLUMN {name}" for name in ("old_version_id", "new_version_id", "pairs")),
    *(
        f"ALTER TABLE changes DROP COLUMN {name}"
        for name in ("old_citation", "new_citation", "old_text", "new_text", "ops", "tags", "explanation")
    ),
    "ALTER TABLE snapshots DROP COLUMN headers",
    "DROP TABLE search_words",  # made again by the next round, with headings apart
    "DELETE FROM search_groups",
)
REMINDERS = (
    "ALTER TABLE milestones ADD COLUMN known_at TEXT NOT NULL DEFAULT ''",
    "UPDATE milestones SET known_at = ifnull((SELECT seen_at FROM versions WHERE versions.id = version_id), '')",
    "ALTER TABLE alerts ADD COLUMN withdrawn_at TEXT",
    "DROP INDEX alerts_uncomposed",
    "DROP INDEX alerts_waiting",
    "CREATE INDEX alerts_uncomposed ON alerts (id) WHERE message_id IS NULL AND withdrawn_at IS NULL",
    "CREATE INDEX alerts_waiting ON alerts (subscription_id) WHERE message_id IS NULL AND withdrawn_at IS NULL",
    "ALTER TABLE subscriptions ADD COLUMN weekday TEXT NOT NULL DEFAULT 'monday'",
    "CREATE TABLE translations (sha256 TEXT NOT NULL, target TEXT NOT NULL, text TEXT NOT NULL, made_at TEXT NOT NULL,"
    " PRIMARY KEY (sha256, target)) STRICT",
)
