"""Keep texts packed: what a version shares with the one before is kept once.

What rows spelt out moves into packs, as storage packed it when this step was released: compressed bytes that may lean
on an earlier pack as their dictionary (RFC 1950).
"""

from __future__ import annotations

import bz2
import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

Row = dict[str, Any]
Refs = tuple[list[tuple[int, int, int]], int | None]
"""Where a version's provisions are: its packs of heads and texts with their counts, and of persistent ids."""


def m006_packs(db: Database) -> None:
    """Keep texts packed: what a version shares with the one before is kept once."""
    for sql in _STATEMENTS:
        db.execute(sql)
    _pack_versions(db)
    _pack_change_sets(db)
    _pack_snapshots(db)
    for sql in _STATEMENTS_AFTER:
        db.execute(sql)


_STATEMENTS = (
    """
    CREATE TABLE "packs" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "base_id" INTEGER REFERENCES "packs"("id"),
        "content" BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE "facts" (
        "id" INTEGER PRIMARY KEY NOT NULL,
        "listed" TEXT NOT NULL
    ) STRICT
    """,
    "ALTER TABLE versions ADD COLUMN packs TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE versions ADD COLUMN pids_id INTEGER REFERENCES packs (id)",
    "ALTER TABLE versions ADD COLUMN rest_id INTEGER REFERENCES packs (id)",
    "ALTER TABLE versions ADD COLUMN facts_id INTEGER REFERENCES facts (id)",
    "ALTER TABLE change_sets ADD COLUMN old_row INTEGER REFERENCES versions (row)",
    "ALTER TABLE change_sets ADD COLUMN new_row INTEGER REFERENCES versions (row)",
    "ALTER TABLE change_sets ADD COLUMN pairs_id INTEGER REFERENCES packs (id)",
    "ALTER TABLE change_sets ADD COLUMN words_id INTEGER REFERENCES packs (id)",
    "ALTER TABLE snapshots ADD COLUMN headers_id INTEGER REFERENCES packs (id)",
    "UPDATE change_sets SET old_row = (SELECT row FROM versions WHERE id = old_version_id),"
    " new_row = (SELECT row FROM versions WHERE id = new_version_id)",
)
_STATEMENTS_AFTER = (
    "DROP TABLE provisions",
    "ALTER TABLE versions DROP COLUMN title",
    "ALTER TABLE versions DROP COLUMN number",
    "ALTER TABLE versions DROP COLUMN facts",
    "DROP INDEX idx_checks_checked_at",
    "DROP INDEX idx_change_sets_old_version_id_new_version_id",
    "DROP INDEX idx_change_sets_new_version_id",
    "ALTER TABLE change_sets DROP COLUMN old_version_id",
    "ALTER TABLE change_sets DROP COLUMN new_version_id",
    "ALTER TABLE change_sets DROP COLUMN pairs",
    "ALTER TABLE changes DROP COLUMN old_citation",
    "ALTER TABLE changes DROP COLUMN new_citation",
    "ALTER TABLE changes DROP COLUMN old_text",
    "ALTER TABLE changes DROP COLUMN new_text",
    "ALTER TABLE changes DROP COLUMN ops",
    "ALTER TABLE changes DROP COLUMN tags",
    "ALTER TABLE changes DROP COLUMN explanation",
    "ALTER TABLE snapshots DROP COLUMN headers",
    "DROP TABLE search_words",  # made again by the next round, with headings apart
    "DELETE FROM search_groups",
    'CREATE UNIQUE INDEX "idx_change_sets_new_row_old_row" ON "change_sets" ("new_row", "old_row")',
    'CREATE VIRTUAL TABLE search_words USING fts5 (words, headings, marks, content="",'
    " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")",
)
_SUMMARY_FIELDS = ("title", "number", "type", "topics", "authorities", "draft")
_NAMES = ("eid", "number", "label", "heading", "citation")


def _pack_versions(db: Database) -> None:
    latest: dict[tuple[str, str], Row] = {}
    for row in list(db.query("SELECT * FROM versions ORDER BY row")):
        like = latest.get((row["instrument_id"], row["language"]))
        facts = json.loads(row["facts"])
        summary = _dumps({name: facts.pop(name) for name in _SUMMARY_FIELDS if name in facts})
        if like and like["listed"] == summary:
            facts_id = like["facts_id"]
        else:
            facts_id = db.execute("INSERT INTO facts (listed) VALUES (?)", [summary]).lastrowid
        rest_id = _put(db, _dumps({**facts, "title": ""}).encode(), like["rest_id"] if like else None)
        runs, pids_id = refs = _pack_provisions(db, row["row"], like["refs"] if like else ([], None))
        columns = {"rest_id": rest_id, "facts_id": facts_id, "pids_id": pids_id}
        db.table("versions").update(row["row"], {**columns, "packs": _dumps([part for run in runs for part in run])})
        latest[row["instrument_id"], row["language"]] = {**columns, "refs": refs, "listed": summary}


def _pack_provisions(db: Database, version_row: int, like: Refs) -> Refs:
    lines = list(_lines(db, version_row))
    texts_before = [_get(db, texts) for _, texts, _ in like[0]]
    refs = []
    for run in _runs(lines):
        columns = [[line["depth"] for line in run], [line["kind"] for line in run]]
        columns += [[line[name] for line in run] for name in _NAMES]
        texts = [line["text"] for line in run]
        overlaps = [len(set(texts).intersection(json.loads(before))) for before in texts_before]
        heads_id, texts_id = like[0][overlaps.index(max(overlaps))][:2] if overlaps else (None, None)
        heads_id, texts_id = _put(db, _dumps(columns).encode(), heads_id), _put(db, _dumps(texts).encode(), texts_id)
        refs.append((heads_id, texts_id, len(run)))
    pids = [1 if line["pid"] == line["eid"] else line["pid"] or 0 for line in lines]
    return refs, _put(db, _dumps(pids).encode(), like[1]) if any(pids) else None


def _lines(db: Database, version_row: int) -> Iterator[Row]:
    depths: dict[int | None, int] = {None: -1}
    for row in db.query("SELECT * FROM provisions WHERE version_row = ? ORDER BY ordinal", [version_row]):
        depths[row["ordinal"]] = depths[row["parent"]] + 1
        yield {**row, "depth": depths[row["ordinal"]]}


def _runs(lines: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield provisions that follow each other, cut by what stands in them."""
    batch: list[Row] = []
    size = 0
    for line in lines:
        text = line["text"].encode()
        if batch and (size + len(text) > 26_000 or (size >= 16_000 and zlib.crc32(text) % 8 == 0)):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += len(text)
    if batch:
        yield batch


def _pack_change_sets(db: Database) -> None:
    pairs: dict[int, int] = {}
    for row in list(db.query("SELECT id, old_row, new_row, pairs FROM change_sets ORDER BY id")):
        pairs[row["new_row"]] = _put(db, row["pairs"].encode(), pairs.get(row["old_row"]))
        changes = db.query("SELECT * FROM changes WHERE change_set_id = ? ORDER BY id", [row["id"]])
        words = _dumps([_words(change) for change in changes]).encode()
        old, new = (_text_packs(db, row[name]) for name in ("old_row", "new_row"))
        words_id = _put(db, words, next((number for number in new if number not in old), None))
        db.table("change_sets").update(row["id"], {"pairs_id": pairs[row["new_row"]], "words_id": words_id})


def _text_packs(db: Database, version_row: int) -> list[int]:
    [row] = db.query("SELECT packs FROM versions WHERE row = ?", [version_row])
    packs: list[int] = json.loads(row["packs"])
    return packs[1::3]


def _words(row: Row) -> list[Any]:
    names = [row[name] for name in ("old_citation", "new_citation", "old_text", "new_text")]
    return [*names, json.loads(row["ops"]), json.loads(row["tags"]), row["explanation"]]


def _pack_snapshots(db: Database) -> None:
    latest: dict[int, int] = {}
    sql = """
        UPDATE snapshots SET headers_id = ?, archived_as = replace(archived_as, sha256, '*'),
          text_sha256 = substr(text_sha256, 1, 16) WHERE id = ?
    """
    for row in list(db.query("SELECT id, page_id, headers FROM snapshots ORDER BY fetched_at, id")):
        number = latest[row["page_id"]] = _put(db, row["headers"].encode(), latest.get(row["page_id"]))
        db.execute(sql, [number, row["id"]])


def _put(db: Database, content: bytes, base: int | None) -> int:
    """Keep *content* and return its pack: *base* itself when that says the same, else one that may lean on it."""
    alone = _alone(content)
    if base is not None:
        if _get(db, base) == content:
            return base
        base = _near(db, base)
        dictionary = _get(db, base)[-32_000:]
        packer = zlib.compressobj(9, zdict=dictionary) if dictionary else zlib.compressobj(9)
        delta = b"z" + packer.compress(content) + packer.flush()
        if len(delta) < 0.5 * len(alone):
            return _insert(db, delta, base)
    return _insert(db, alone, None)


def _insert(db: Database, content: bytes, base: int | None) -> int:
    number = db.execute("INSERT INTO packs (base_id, content) VALUES (?, ?)", [base, content]).lastrowid
    assert number is not None
    return int(number)


def _alone(content: bytes) -> bytes:
    plain, quick, small = b"p" + content, b"z" + zlib.compress(content, 9), b"b" + bz2.compress(content)
    best = small if len(small) < 0.85 * len(quick) else quick
    return best if len(best) < len(plain) else plain


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


def _near(db: Database, pack_id: int) -> int:
    """Return the pack itself, or the one its chain ends at when that is long."""
    chain = [pack_id]
    while True:
        [row] = db.query("SELECT base_id FROM packs WHERE id = ?", [chain[-1]])
        if row["base_id"] is None:
            return chain[0] if len(chain) <= 8 else chain[-1]
        chain.append(row["base_id"])


def _dumps(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
