-- What the steps in migrations/ make of a fresh database. Generated: python -m storage.schema.generate

CREATE TABLE "alerts" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "subscription_id" INTEGER NOT NULL REFERENCES "subscriptions"("id"),
    "event_id" INTEGER NOT NULL REFERENCES "events"("id"),
    "owed_at" TEXT NOT NULL,
    "message_id" INTEGER REFERENCES "messages"("id"),
    withdrawn_at TEXT
) STRICT;
CREATE INDEX alerts_of_event ON alerts (event_id);
CREATE INDEX alerts_uncomposed ON alerts (id) WHERE message_id IS NULL AND withdrawn_at IS NULL;
CREATE INDEX alerts_waiting ON alerts (subscription_id) WHERE message_id IS NULL AND withdrawn_at IS NULL;
CREATE INDEX "idx_alerts_message_id" ON "alerts" ("message_id");
CREATE UNIQUE INDEX "idx_alerts_subscription_id_event_id" ON "alerts" ("subscription_id", "event_id");

CREATE TABLE authorities (
    version_row INTEGER NOT NULL REFERENCES versions (row),
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    native TEXT NOT NULL,
    PRIMARY KEY (version_row, ordinal)
) STRICT;

CREATE TABLE "change_sets" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "at" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "notes" TEXT NOT NULL,
    "replaced" INTEGER NOT NULL,
    old_row INTEGER REFERENCES versions (row),
    new_row INTEGER REFERENCES versions (row),
    pairs_id INTEGER REFERENCES packs (id),
    words_id INTEGER REFERENCES packs (id)
) STRICT;
CREATE INDEX change_sets_of_pairs ON change_sets (pairs_id);
CREATE INDEX change_sets_of_words ON change_sets (words_id);
CREATE INDEX "idx_change_sets_at" ON "change_sets" ("at");
CREATE UNIQUE INDEX "idx_change_sets_new_row_old_row" ON "change_sets" ("new_row", "old_row");

CREATE TABLE "changes" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "change_set_id" INTEGER NOT NULL REFERENCES "change_sets"("id"),
    "kind" TEXT NOT NULL,
    "weight" TEXT NOT NULL,
    "old_unit" TEXT,
    "new_unit" TEXT,
    "old_eid" TEXT,
    "new_eid" TEXT
) STRICT;
CREATE INDEX "idx_changes_change_set_id" ON "changes" ("change_set_id");

CREATE TABLE "checks" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "page_id" INTEGER NOT NULL REFERENCES "pages"("id"),
    "checked_at" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "status" INTEGER,
    "snapshot_id" INTEGER REFERENCES "snapshots"("id"),
    "cause" TEXT NOT NULL,
    "text" TEXT NOT NULL
) STRICT;
CREATE INDEX checks_counted ON checks (page_id, outcome, checked_at);
CREATE INDEX "idx_checks_page_id_checked_at" ON "checks" ("page_id", "checked_at");

CREATE TABLE definitions (
    version_row INTEGER NOT NULL REFERENCES versions (row),
    ordinal INTEGER NOT NULL,
    term TEXT NOT NULL,
    eid TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (version_row, ordinal)
) STRICT;

CREATE TABLE "ended_sessions" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "expires_at" TEXT NOT NULL
) STRICT;

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
) STRICT;
CREATE INDEX events_latest ON events (at, id);
CREATE INDEX events_moved ON events (at, id) WHERE kind = 'date_moved';
CREATE INDEX events_of_jurisdiction ON events (jurisdiction, at, id);
CREATE INDEX events_unmatched ON events (id) WHERE matched = 0;
CREATE INDEX "idx_events_instrument_id" ON "events" ("instrument_id");
CREATE UNIQUE INDEX "idx_events_key" ON "events" ("key");

CREATE TABLE "facts" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "listed" TEXT NOT NULL
) STRICT;

CREATE TABLE fleet_rounds (
    id INTEGER PRIMARY KEY NOT NULL,
    started_at TEXT NOT NULL,
    stage TEXT NOT NULL,
    baseline TEXT NOT NULL,
    ended_at TEXT,
    is_open INTEGER UNIQUE
) STRICT;

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
) STRICT;
CREATE INDEX "idx_furniture_host" ON "furniture" ("host");
CREATE UNIQUE INDEX "idx_furniture_page_id_path_shape_place_slot" ON "furniture" ("page_id", "path", "shape", "place", "slot");

CREATE TABLE host_turns (
    host TEXT PRIMARY KEY NOT NULL,
    asked_at_ms INTEGER NOT NULL,
    request TEXT NOT NULL
) STRICT;

CREATE TABLE identifiers (
    id INTEGER PRIMARY KEY,
    instrument_id TEXT NOT NULL REFERENCES instruments (id),
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (instrument_id, scheme, value)
) STRICT;
CREATE INDEX identifiers_by_value ON identifiers (value, scheme);

CREATE TABLE "instruments" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "jurisdiction" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_native" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "first_seen_at" TEXT,
    folded TEXT NOT NULL DEFAULT '',
    also TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE "keys" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "made_at" TEXT NOT NULL,
    "ended_at" TEXT
) STRICT;
CREATE UNIQUE INDEX "idx_keys_sha256" ON "keys" ("sha256");

CREATE TABLE log_checkpoints (
    size INTEGER PRIMARY KEY NOT NULL,
    at TEXT NOT NULL,
    note TEXT NOT NULL,
    tokens TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE TABLE log_leaves (
    number INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    hash BLOB NOT NULL,
    entry TEXT
) STRICT;
CREATE UNIQUE INDEX log_leaves_subject ON log_leaves (kind, subject);

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
    "error" TEXT NOT NULL,
    channel TEXT NOT NULL DEFAULT 'email',
    target TEXT NOT NULL DEFAULT '',
    audience TEXT NOT NULL DEFAULT 'reader'
) STRICT;
CREATE UNIQUE INDEX "idx_messages_key" ON "messages" ("key");
CREATE INDEX messages_of_subscriber ON messages (subscriber_id);
CREATE INDEX messages_pending ON messages (id) WHERE status = 'pending';
CREATE INDEX messages_waiting ON messages (subscriber_id, id) WHERE status = 'pending';

CREATE TABLE "milestones" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "instrument_id" TEXT NOT NULL REFERENCES "instruments"("id"),
    "version_id" TEXT REFERENCES "versions"("id"),
    "kind" TEXT NOT NULL,
    "on" TEXT,
    "basis" TEXT NOT NULL,
    "eid" TEXT,
    "formula" TEXT,
    "superseded_by" TEXT,
    known_at TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "idx_milestones_instrument_id" ON "milestones" ("instrument_id");
CREATE INDEX "idx_milestones_on" ON "milestones" ("on");

CREATE TABLE operator_writes (
    id INTEGER PRIMARY KEY NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    act TEXT NOT NULL,
    subject TEXT NOT NULL
) STRICT;

CREATE TABLE pack_refs (
    version_row INTEGER NOT NULL REFERENCES versions (row),
    part TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    pack_id INTEGER NOT NULL REFERENCES packs (id),
    PRIMARY KEY (version_row, part, ordinal)
) STRICT;
CREATE INDEX pack_refs_of_pack ON pack_refs (pack_id);

CREATE TABLE "packs" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "base_id" INTEGER REFERENCES "packs"("id"),
    "content" BLOB NOT NULL
) STRICT;
CREATE INDEX packs_of_base ON packs (base_id) WHERE base_id IS NOT NULL;

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
    "gone_at" TEXT,
    dismissed TEXT NOT NULL DEFAULT '',
    listed_on TEXT,
    hinted_at TEXT,
    comments_due_on TEXT
) STRICT;
CREATE UNIQUE INDEX "idx_pages_source_id_url" ON "pages" ("source_id", "url");
CREATE INDEX pages_of_url ON pages (url);

CREATE TABLE past_provisions (
    id INTEGER PRIMARY KEY NOT NULL,
    version_row INTEGER NOT NULL REFERENCES versions (row),
    ordinal INTEGER NOT NULL
) STRICT;
CREATE INDEX past_provisions_of_version ON past_provisions (version_row);

CREATE TABLE pending_versions (
    id INTEGER PRIMARY KEY,
    instrument_id TEXT NOT NULL REFERENCES instruments (id),
    base_version_id TEXT NOT NULL REFERENCES versions (id),
    amending_id TEXT NOT NULL REFERENCES instruments (id),
    amending_version_id TEXT NOT NULL REFERENCES versions (id),
    computed_at TEXT NOT NULL,
    effective_on TEXT,
    state TEXT NOT NULL DEFAULT 'pending',
    instruction_count INTEGER NOT NULL,
    applied_count INTEGER NOT NULL,
    operations TEXT NOT NULL,
    comparison TEXT NOT NULL,
    judged_at TEXT,
    judged_version_id TEXT REFERENCES versions (id),
    verdict TEXT NOT NULL DEFAULT '{}',
    differences TEXT NOT NULL DEFAULT '{}',
    UNIQUE (instrument_id, amending_id)
) STRICT;
CREATE INDEX pending_versions_open ON pending_versions (instrument_id) WHERE state = 'pending';

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
    "times" INTEGER NOT NULL,
    told_at TEXT,
    end_told_at TEXT,
    subject_kind TEXT NOT NULL DEFAULT 'step',
    subject_id TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX problems_of_source ON problems (source_id, stage) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX problems_open ON problems (stage, subject_kind, subject_id, cause) WHERE closed_at IS NULL;

CREATE TABLE provisions (
    id INTEGER PRIMARY KEY NOT NULL,
    version_row INTEGER NOT NULL REFERENCES versions (row),
    ordinal INTEGER NOT NULL,
    parent INTEGER,
    eid TEXT NOT NULL,
    pid TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    label TEXT NOT NULL,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    citation TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX provisions_of_version ON provisions (version_row, ordinal);

CREATE TABLE relations (
    id INTEGER PRIMARY KEY,
    instrument_id TEXT NOT NULL REFERENCES instruments (id),
    version_id TEXT NOT NULL REFERENCES versions (id),
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    basis TEXT NOT NULL,
    eid TEXT,
    "on" TEXT,
    news INTEGER NOT NULL DEFAULT 0,
    told INTEGER NOT NULL DEFAULT 0,
    target_id TEXT REFERENCES instruments (id),
    resolved_by TEXT NOT NULL DEFAULT '',
    candidates TEXT NOT NULL DEFAULT '[]',
    tried_at_row INTEGER NOT NULL DEFAULT -1
) STRICT;
CREATE INDEX relations_of_target ON relations (target_id);
CREATE UNIQUE INDEX relations_once ON relations (instrument_id, kind, target, ifnull("on", ''));
CREATE INDEX relations_untold ON relations (id) WHERE news = 1 AND told = 0;
CREATE VIRTUAL TABLE search_words USING fts5 (words, headings, marks, content="", tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'");

CREATE TABLE "skeletons" (
    "page_id" INTEGER PRIMARY KEY NOT NULL REFERENCES "pages"("id"),
    "host" TEXT NOT NULL,
    "changed_at" TEXT
) STRICT;
CREATE INDEX "idx_skeletons_host" ON "skeletons" ("host");

CREATE TABLE "snapshots" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "page_id" INTEGER NOT NULL REFERENCES "pages"("id"),
    "url" TEXT NOT NULL,
    "fetched_at" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "length" INTEGER NOT NULL,
    "archived_as" TEXT NOT NULL,
    "text_sha256" TEXT,
    headers_id INTEGER REFERENCES packs (id),
    failed_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX "idx_snapshots_page_id_fetched_at" ON "snapshots" ("page_id", "fetched_at");
CREATE INDEX snapshots_of_headers ON snapshots (headers_id);
CREATE INDEX snapshots_unread ON snapshots (id) WHERE text_sha256 IS NULL;

CREATE TABLE "sources" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "jurisdiction" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_native" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "spider" TEXT NOT NULL,
    "declared" INTEGER NOT NULL,
    "first_seen_at" TEXT NOT NULL
) STRICT;

CREATE TABLE "subscribers" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timezone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    refused_at TEXT,
    refusal TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX "idx_subscribers_address" ON "subscribers" ("address");

CREATE TABLE "subscriptions" (
    "id" INTEGER PRIMARY KEY NOT NULL,
    "subscriber_id" INTEGER NOT NULL REFERENCES "subscribers"("id"),
    "filters" TEXT NOT NULL,
    "created_at" TEXT NOT NULL,
    "cadence" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "active" INTEGER NOT NULL,
    pending INTEGER NOT NULL DEFAULT 0,
    target TEXT NOT NULL DEFAULT '',
    when_quiet INTEGER NOT NULL DEFAULT 0,
    weekday TEXT NOT NULL DEFAULT 'monday'
) STRICT;
CREATE INDEX subscriptions_of_subscriber ON subscriptions (subscriber_id);

CREATE TABLE team_notes (
    id INTEGER PRIMARY KEY NOT NULL,
    change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
    unit TEXT NOT NULL,
    act TEXT NOT NULL,
    who TEXT NOT NULL,
    whom TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX team_notes_of_set ON team_notes (change_set_id, id);

CREATE TABLE topics (
    version_row INTEGER NOT NULL REFERENCES versions (row),
    ordinal INTEGER NOT NULL,
    topic TEXT NOT NULL,
    PRIMARY KEY (version_row, ordinal)
) STRICT;
CREATE INDEX topics_by_name ON topics (topic);

CREATE TABLE translations (
    sha256 TEXT NOT NULL,
    target TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at TEXT NOT NULL,
    service TEXT NOT NULL DEFAULT '',
    refusal TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (sha256, target)
) STRICT;

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
    rest_id INTEGER REFERENCES packs (id),
    facts_id INTEGER REFERENCES facts (id),
    failed_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX "idx_versions_id" ON "versions" ("id");
CREATE INDEX "idx_versions_instrument_id_seen_at" ON "versions" ("instrument_id", "seen_at");
CREATE INDEX "idx_versions_page_id" ON "versions" ("page_id");
CREATE INDEX versions_of_rest ON versions (rest_id);
CREATE INDEX versions_uncompared ON versions (row) WHERE compared = 0;

CREATE TABLE watch_lists (
    id INTEGER PRIMARY KEY NOT NULL,
    name TEXT NOT NULL UNIQUE,
    filters TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
