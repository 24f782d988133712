"""Builders: invented law, saying only what matters to a test."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from storage import instruments, pages, snapshots, sources, versions
from storage.database.connection import execute, query, transaction
from storage.records import (
    Alert,
    Event,
    EventKind,
    Instrument,
    Message,
    MessageStatus,
    Provision,
    ProvisionKind,
    Reading,
    ReviewState,
    Source,
    Version,
)
from storage.search import index
from storage.serialise import from_row

NOW = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)


def text_hash(words: str) -> str:
    """Return the hash of a text, as long as real ones are."""
    return hashlib.sha256(words.encode()).hexdigest()


def a_source(**more) -> Source:
    source = Source(
        id="cn_cac_lamp",
        jurisdiction="cn",
        title="Provisions on Lamp Talk Services",
        authority=("cn_cac",),
        language="zh",
        spider="page",
        urls=("https://regulator.example/lamp.htm",),
        every=timedelta(days=1),
    )
    return replace(source, **more)


def an_article(number: int, text: str = "Lamps shall be lit.", **more) -> Provision:
    return replace(
        Provision(f"art_{number}", ProvisionKind.ARTICLE, str(number), f"Article {number}", text=text), **more
    )


def a_reading(*provisions: Provision, **more) -> Reading:
    return replace(Reading("html", "cn", "zh", "灯语服务管理规定", provisions=provisions), **more)


def a_page(db: Database, **more) -> int:
    sources.sync(db, [a_source()], NOW)
    return pages.add(
        db, "cn_cac_lamp", **{"url": "https://regulator.example/lamp.htm", "listing": False, "now": NOW} | more
    )


def a_snapshot(db: Database, page_id: int, **more) -> int:
    fields = {
        "url": "https://regulator.example/lamp.htm",
        "fetched_at": NOW,
        "status": 200,
        "media_type": "text/html",
        "sha256": "aa" * 32,
        "length": 2,
        "headers": {},
        "archived_as": f"aa/{'aa' * 32}.warc.gz",
    }
    return snapshots.add(db, page_id, **fields | more)


def a_version(db: Database, *provisions: Provision, **more) -> Version:
    """Store a version of the lamp provisions, with the page and the snapshot it needs, and return it."""
    page_id = a_page(db)
    instruments.add_if_new(db, an_instrument())
    version = Version(
        id=versions.next_id(db, "cn_lamp", NOW.date()),
        instrument_id="cn_lamp",
        source_id="cn_cac_lamp",
        page_id=page_id,
        snapshot_id=a_snapshot(db, page_id),
        language="zh",
        seen_at=NOW,
        standing=ReviewState.CONFIRMED,
        first=False,
        text_sha256=text_hash("t1"),
        reading=a_reading(*(provisions or (an_article(1),))),
    )
    version = replace(version, **more)
    versions.add(db, version)
    return version


def an_instrument(**more) -> Instrument:
    return replace(Instrument("cn_lamp", "cn", "Lamp Talk Provisions", first_seen_at=NOW), **more)


def an_event(**more) -> Event:
    return replace(Event(0, "new_version:cn_lamp@1", EventKind.NEW_VERSION, "cn_lamp", NOW), **more)


def a_message(subscriber_id: int, **more) -> Message:
    message = Message(
        id=0,
        key="at_once:email:1:new_version:cn_lamp@1",
        subscriber_id=subscriber_id,
        address="ana@policy.example",
        subject="Lamps",
        mime_id="<1@watch.example>",
        mime=b"Subject: Lamps\r\n\r\n\xe7\x81\xaf",
        status=MessageStatus.PENDING,
        composed_at=NOW,
    )
    return replace(message, **more)


def uncomposed_alerts(db: Database) -> list[Alert]:
    """Return every alert that is in no message yet, oldest first."""
    rows = query(db, "SELECT * FROM alerts WHERE message_id IS NULL AND withdrawn_at IS NULL ORDER BY id")
    return [from_row(Alert, row) for row in rows]


def rebuild_index(db: Database) -> int:
    """Throw the index away and make it again; return how many provisions it holds."""
    with transaction(db):
        execute(db, "INSERT INTO search_words (search_words) VALUES ('delete-all')")
    return index.index_new_provisions(db)


def count_rows(db, table):
    """Return how many rows a table has."""
    return query(db, f"SELECT count(*) AS number FROM {table}")[0]["number"]
