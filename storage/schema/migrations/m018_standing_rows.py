"""Keep the law as it stands in plain rows, one a provision, and only the rest packed; name packs by rows, not in JSON.

Unpacking is copied from storage as it was when this step was released. The words are indexed anew when the database is
opened.
"""

from __future__ import annotations

import bz2
import json
import zlib
from collections import Counter
from itertools import groupby, pairwise
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]


def m018_standing_rows(db: Database) -> None:
    """Keep the law as it stands in plain rows, one a provision, and only the rest packed; name packs by rows."""
    for sql in _STATEMENTS:
        db.execute(sql)
    _refer_to_packs(db)
    _unpack_what_stands(db)
    for sql in _STATEMENTS_AFTER:
        db.execute(sql)
    while db.execute(_SWEEP).rowcount:
        pass


_STATEMENTS = (
    """
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
    ) STRICT
    """,
    "CREATE UNIQUE INDEX provisions_of_version ON provisions (version_row, ordinal)",
    """
    CREATE TABLE past_provisions (
        id INTEGER PRIMARY KEY NOT NULL,
        version_row INTEGER NOT NULL REFERENCES versions (row),
        ordinal INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX past_provisions_of_version ON past_provisions (version_row)",
    """
    CREATE TABLE pack_refs (
        version_row INTEGER NOT NULL REFERENCES versions (row),
        part TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        pack_id INTEGER NOT NULL REFERENCES packs (id),
        PRIMARY KEY (version_row, part, ordinal)
    ) STRICT
    """,
    """
    CREATE TABLE definitions (
        version_row INTEGER NOT NULL REFERENCES versions (row),
        ordinal INTEGER NOT NULL,
        term TEXT NOT NULL,
        eid TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (version_row, ordinal)
    ) STRICT
    """,
    """
    CREATE TABLE authorities (
        version_row INTEGER NOT NULL REFERENCES versions (row),
        ordinal INTEGER NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        native TEXT NOT NULL,
        PRIMARY KEY (version_row, ordinal)
    ) STRICT
    """,
    """
    CREATE TABLE topics (
        version_row INTEGER NOT NULL REFERENCES versions (row),
        ordinal INTEGER NOT NULL,
        topic TEXT NOT NULL,
        PRIMARY KEY (version_row, ordinal)
    ) STRICT
    """,
    "CREATE INDEX topics_by_name ON topics (topic)",
)
# what names a pack is found by it, so that one pack may be let go without reading every row
_STATEMENTS_AFTER = (
    "ALTER TABLE versions DROP COLUMN packs",
    "ALTER TABLE versions DROP COLUMN pids_id",
    "CREATE INDEX pack_refs_of_pack ON pack_refs (pack_id)",
    "CREATE INDEX packs_of_base ON packs (base_id) WHERE base_id IS NOT NULL",
    "CREATE INDEX versions_of_rest ON versions (rest_id)",
    "CREATE INDEX change_sets_of_pairs ON change_sets (pairs_id)",
    "CREATE INDEX change_sets_of_words ON change_sets (words_id)",
    "CREATE INDEX snapshots_of_headers ON snapshots (headers_id)",
    "DROP TABLE search_standing",
    "DROP TABLE search_groups",
    "INSERT INTO search_words (search_words) VALUES ('delete-all')",
)
_SWEEP = """
DELETE FROM packs WHERE NOT EXISTS (SELECT 1 FROM pack_refs WHERE pack_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM packs AS delta WHERE delta.base_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM versions WHERE rest_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM change_sets WHERE pairs_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM change_sets WHERE words_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM snapshots WHERE headers_id = packs.id)
"""
_NAMES = ("eid", "number", "label", "heading", "citation")


def _refer_to_packs(db: Database) -> None:
    insert = "INSERT INTO pack_refs (version_row, part, ordinal, pack_id) VALUES (?, ?, ?, ?)"
    for row in list(db.query("SELECT row, packs, pids_id FROM versions")):
        flat, start = json.loads(row["packs"]), 0
        for heads, texts, count in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
            db.execute(insert, [row["row"], "heads", start, heads])
            db.execute(insert, [row["row"], "texts", start, texts])
            start += count
        if row["pids_id"] is not None:
            db.execute(insert, [row["row"], "pids", 0, row["pids_id"]])


def _unpack_what_stands(db: Database) -> None:
    sql = """
        SELECT row, instrument_id, language, packs, pids_id, rest_id, facts_id FROM versions
        WHERE standing = 'confirmed' ORDER BY instrument_id, language, seen_at, row
    """
    number = 0
    for _, group in groupby(list(db.query(sql)), key=lambda row: (row["instrument_id"], row["language"])):
        versions = [(row, _lines(db, row)) for row in group]
        for (before, lines), (_, later) in pairwise(versions):
            for ordinal in _no_longer_said(lines, later):
                number += 1
                db.execute("INSERT INTO past_provisions VALUES (?, ?, ?)", [number, before["row"], ordinal])
        newest, lines = versions[-1]
        for ordinal, line in enumerate(lines):
            number += 1
            db.table("provisions").insert({"id": number, "version_row": newest["row"], "ordinal": ordinal, **line})
        db.execute("DELETE FROM pack_refs WHERE version_row = ?", [newest["row"]])
        _tell_facts(db, newest)


def _lines(db: Database, version: Row) -> list[Row]:
    flat = json.loads(version["packs"])
    lines: list[Row] = []
    above: list[int] = []  # the place of the provision at each depth
    for heads, texts in zip(flat[::3], flat[1::3], strict=True):
        depths, kinds, *names = json.loads(_get(db, heads))
        for depth, kind, text, *values in zip(depths, kinds, json.loads(_get(db, texts)), *names, strict=True):
            above[depth:] = [len(lines)]
            line = {"parent": above[depth - 1] if depth else None, "kind": kind, "text": text, "pid": ""}
            lines.append({**line, **dict(zip(_NAMES, values, strict=True))})
    if version["pids_id"] is not None:
        for line, pid in zip(lines, json.loads(_get(db, version["pids_id"])), strict=True):
            line["pid"] = line["eid"] if pid == 1 else pid or ""
    return lines


def _no_longer_said(lines: list[Row], later: list[Row]) -> list[int]:
    words = ("label", "heading", "text")
    left = Counter(tuple(line[name] for name in words) for line in later)
    ordinals = []
    for ordinal, line in enumerate(lines):
        key = tuple(line[name] for name in words)
        left[key] -= 1
        if left[key] < 0:
            ordinals.append(ordinal)
    return ordinals


def _tell_facts(db: Database, version: Row) -> None:
    [row] = db.query("SELECT listed FROM facts WHERE id = ?", [version["facts_id"]])
    summary, rest = json.loads(row["listed"]), json.loads(_get(db, version["rest_id"]))
    for table, rows in (
        ("definitions", rest.get("definitions", [])),
        ("authorities", [{"native": "", **authority} for authority in summary.get("authorities", [])]),
        ("topics", [{"topic": topic} for topic in summary.get("topics", [])]),
    ):
        db.table(table).insert_all(
            {"version_row": version["row"], "ordinal": ordinal, **row} for ordinal, row in enumerate(rows)
        )


def _get(db: Database, pack_id: int) -> bytes:
    [row] = db.query("SELECT base_id, content FROM packs WHERE id = ?", [pack_id])
    form, content = row["content"][:1], row["content"][1:]
    if form == b"p":
        return bytes(content)
    if form == b"b":
        return bz2.decompress(content)
    base = _get(db, row["base_id"])[-32_000:] if row["base_id"] is not None else b""
    opener = zlib.decompressobj(zdict=base) if base else zlib.decompressobj()
    return opener.decompress(content) + opener.flush()
