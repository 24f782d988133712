"""Every way in which an insider may rewrite a home: rows edited, removed, re-dated, swapped, invented; files, log, keys."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from tracker.evidence.signed_note import new_private_key

Forgery = Callable[[Path], None]
_PAST = "'2020-01-01T00:00:00.000000+00:00'"


def _sql(*statements: str) -> Forgery:
    """Return the rewriting that statements make in the database, as its owner with any tool could."""

    def rewrite(home: Path) -> None:
        with closing(sqlite3.connect(home / "clausewatch.db", isolation_level=None)) as db:
            db.execute("PRAGMA foreign_keys = OFF")
            row_count = sum(db.execute(sql).rowcount for sql in statements)
            assert row_count > 0, f"a rewriting that rewrites nothing: {statements}"

    return rewrite


def _insert_copy(table: str, **changes: str) -> str:
    """Return the statement that invents a row of *table* in the likeness of its first."""
    return f"INSERT INTO {table} SELECT {{}} FROM {table} LIMIT 1".replace("{}", _columns(table, changes))


def _columns(table: str, changes: Mapping[str, str]) -> str:
    return ", ".join(f"{changes.get(name, _quote(name))}" for name in _COLUMNS[table])


def _quote(name: str) -> str:
    return f'"{name}"'


_COLUMNS = {
    "checks": "id page_id checked_at outcome status snapshot_id cause text".split(),
    "snapshots": "id page_id url fetched_at status media_type sha256 length archived_as text_sha256 headers_id failed_by".split(),
}


def _file(pattern: str, change: Callable[[Path], None]) -> Forgery:
    def rewrite(home: Path) -> None:
        path = next(path for path in sorted(home.glob(pattern)) if path.is_file())
        change(path)

    return rewrite


def _flip(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes(body)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _repack(path: Path) -> None:
    """Write a record anew with another time in it, packed as it should be."""
    members, body = [], path.read_bytes()
    text = gzip.decompress(body)
    members.append(gzip.compress(text.replace(b"WARC-Date: 2", b"WARC-Date: 1")))
    path.write_bytes(b"".join(members))


def _swap(pattern: str) -> Forgery:
    def rewrite(home: Path) -> None:
        first, second = sorted(path for path in home.glob(pattern) if path.is_file())[:2]
        spare = first.with_suffix(".spare")
        first.rename(spare)
        second.rename(first)
        spare.rename(second)

    return rewrite


def _new_key(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(new_private_key())


_RECORD, _LOOKS = "archive/??/*.warc.gz", "archive/revisits/*.warc.gz"
_LAST_LEAF = "(SELECT max(number) FROM log_leaves)"

REWRITINGS: Mapping[str, Forgery] = {
    # what pages said, and when we looked
    "snapshot: dated back": _sql(f"UPDATE snapshots SET fetched_at = {_PAST} WHERE id = 1"),
    "snapshot: of another address": _sql("UPDATE snapshots SET url = 'https://other.example/' WHERE id = 1"),
    "snapshot: of another page": _sql("UPDATE snapshots SET page_id = page_id + 1 WHERE id = 1"),
    "snapshot: another status": _sql("UPDATE snapshots SET status = 203 WHERE id = 1"),
    "snapshot: another type": _sql("UPDATE snapshots SET media_type = 'text/plain' WHERE id = 1"),
    "snapshot: another hash": _sql("UPDATE snapshots SET sha256 = replace(sha256, substr(sha256, 1, 4), 'ffff') WHERE id = 1"),
    "snapshot: another length": _sql("UPDATE snapshots SET length = length + 1 WHERE id = 1"),
    "snapshot: another record": _sql("UPDATE snapshots SET archived_as = (SELECT archived_as FROM snapshots WHERE id = 2) WHERE id = 1"),
    "snapshot: a path outside": _sql("UPDATE snapshots SET archived_as = '../../etc/passwd' WHERE id = 1"),
    "snapshot: removed": _sql("DELETE FROM snapshots WHERE id = 1"),
    "snapshot: two swapped": _sql("UPDATE snapshots SET id = -id WHERE id IN (1, 2)", "UPDATE snapshots SET id = 3 + id WHERE id < 0"),
    "snapshot: invented between": _sql(_insert_copy("snapshots", id="0")),
    "snapshot: invented at the end, dated back": _sql(_insert_copy("snapshots", id="(SELECT max(id) + 1 FROM snapshots)")),
    "look: dated back": _sql(f"UPDATE checks SET checked_at = {_PAST} WHERE id = 1"),
    "look: another outcome": _sql("UPDATE checks SET outcome = 'same' WHERE outcome = 'new'"),
    "look: a failure hidden": _sql("UPDATE checks SET cause = 'x', text = 'y' WHERE id = 1"),
    "look: of another page": _sql("UPDATE checks SET page_id = page_id + 1 WHERE id = 1"),
    "look: of another snapshot": _sql("UPDATE checks SET snapshot_id = 2 WHERE snapshot_id = 1"),
    "look: removed": _sql("DELETE FROM checks WHERE id = 2"),
    "look: the last one removed": _sql("DELETE FROM checks WHERE id = (SELECT max(id) FROM checks)"),
    "look: two swapped": _sql("UPDATE checks SET id = -id WHERE id IN (1, 2)", "UPDATE checks SET id = 3 + id WHERE id < 0"),
    "look: invented between": _sql(_insert_copy("checks", id="0")),
    "look: invented at the end, dated back": _sql(_insert_copy("checks", id="(SELECT max(id) + 1 FROM checks)")),
    "page: another address": _sql("UPDATE pages SET url = url || '?x' WHERE id = 1"),
    "page: of another source": _sql("UPDATE pages SET source_id = (SELECT max(id) FROM sources) WHERE id = 1"),
    "page: removed": _sql("DELETE FROM pages WHERE id = 1"),
    # what was read
    "version: dated back": _sql(f'UPDATE versions SET seen_at = {_PAST} WHERE "row" = 1'),
    "version: another name": _sql("UPDATE versions SET id = id || '.9' WHERE \"row\" = 1"),
    "version: another instrument": _sql('UPDATE versions SET instrument_id = (SELECT max(id) FROM instruments) WHERE "row" = 1'),
    "version: another language": _sql("UPDATE versions SET language = 'fr' WHERE \"row\" = 1"),
    "version: another snapshot": _sql('UPDATE versions SET snapshot_id = snapshot_id + 1 WHERE "row" = 1'),
    "version: another hash of its text": _sql("UPDATE versions SET text_sha256 = 'ff' WHERE \"row\" = 1"),
    "version: removed": _sql('DELETE FROM versions WHERE "row" = 1'),
    "version: the last one removed": _sql('DELETE FROM versions WHERE "row" = (SELECT max("row") FROM versions)'),
    "version: another text": _sql("UPDATE provisions SET text = text || ' Not.' WHERE id = (SELECT min(id) FROM provisions WHERE text <> '')"),
    "version: one word less": _sql("UPDATE provisions SET text = substr(text, 1, length(text) - 1) WHERE text <> ''"),
    "version: another number": _sql("UPDATE provisions SET number = '99' WHERE id = (SELECT min(id) FROM provisions)"),
    "version: another heading": _sql("UPDATE provisions SET heading = 'Other' WHERE id = (SELECT min(id) FROM provisions)"),
    "version: a provision removed": _sql("DELETE FROM provisions WHERE id = (SELECT max(id) FROM provisions)"),
    "version: two provisions swapped": _sql("UPDATE provisions SET text = (SELECT text FROM provisions p WHERE p.ordinal = 3 AND p.version_row = provisions.version_row) WHERE ordinal = 2"),
    "version: another title": _sql("UPDATE facts SET listed = replace(listed, '\"title\":\"', '\"title\":\"Other ')"),
    "version: packed text damaged": _sql("UPDATE packs SET content = zeroblob(length(content)) WHERE id = (SELECT max(id) FROM packs)"),
    "version: texts of two packs swapped": _sql("UPDATE packs SET content = (SELECT content FROM packs p WHERE p.id = (SELECT max(id) FROM packs)) WHERE id = (SELECT min(id) FROM packs)"),
    "version: quarantine lifted": _sql("UPDATE versions SET standing = 'rejected' WHERE standing = 'confirmed'"),
    "version: one rejection hidden": _sql("UPDATE versions SET standing = 'unconfirmed' WHERE \"row\" = 1"),
    "definition: another": _sql("UPDATE definitions SET text = 'anything'"),
    "authority: another": _sql("UPDATE authorities SET name = 'Ministry of Nothing'"),
    "topic: another": _sql("UPDATE topics SET topic = 'children'"),
    "date: another day": _sql("UPDATE milestones SET \"on\" = '2031-01-01' WHERE version_id IS NOT NULL"),
    "date: another basis": _sql("UPDATE milestones SET basis = 'because' WHERE version_id IS NOT NULL"),
    # what was made of it
    "change set: dated back": _sql(f"UPDATE change_sets SET at = {_PAST}"),
    "change set: turned round": _sql("UPDATE change_sets SET old_row = new_row, new_row = old_row"),
    "change set: removed": _sql("DELETE FROM change_sets"),
    "change set: another summary": _sql("UPDATE change_sets SET summary = replace(summary, '\"modified\":', '\"modified\":1')"),
    "change set: another note": _sql("UPDATE change_sets SET notes = '[\"nothing\"]'"),
    "change: another weight": _sql("UPDATE changes SET weight = 'editorial'"),
    "change: another kind": _sql("UPDATE changes SET kind = 'moved' WHERE kind = 'modified'"),
    "change: another place": _sql("UPDATE changes SET new_eid = 'art_1' WHERE id = 1", "UPDATE changes SET old_eid = 'art_1' WHERE id = 1"),
    "change: removed": _sql("DELETE FROM changes WHERE id = 1"),
    "event: another weight": _sql("UPDATE events SET weight = 'editorial'"),
    "event: dated back": _sql(f"UPDATE events SET at = {_PAST}"),
    "event: another kind": _sql("UPDATE events SET kind = 'repealed'"),
    "event: another instrument": _sql("UPDATE events SET instrument_id = 'eu_other'"),
    "event: removed": _sql("DELETE FROM events"),
    "operator: another did it": _sql("UPDATE operator_writes SET who = 'somebody'"),
    "operator: it never happened": _sql("DELETE FROM operator_writes WHERE id = 1"),
    "problem: dated back": _sql(f"UPDATE problems SET opened_at = {_PAST} WHERE id = 1"),
    "problem: removed": _sql("DELETE FROM problems WHERE id = 1"),
    "problem: its end dated back": _sql(f"UPDATE problems SET closed_at = {_PAST} WHERE closed_at IS NOT NULL"),
    # what was told
    "alert: dated back": _sql(f"UPDATE alerts SET owed_at = {_PAST}"),
    "alert: removed": _sql("DELETE FROM alerts WHERE id = 1"),
    "message: other words": _sql("UPDATE messages SET mime = CAST('forged' AS BLOB) WHERE id = 1"),
    "message: dated back": _sql(f"UPDATE messages SET composed_at = {_PAST} WHERE id = 1"),
    "message: another name": _sql("UPDATE messages SET mime_id = '<other@watch.example>' WHERE id = 1"),
    "message: removed": _sql("DELETE FROM messages WHERE id = 1"),
    "message: said to be for others": _sql("UPDATE messages SET audience = 'operators', channel = 'webhook' WHERE id = 1"),
    # the archive
    "record: one bit": _file(_RECORD, _flip),
    "record: cut off": _file(_RECORD, _cut),
    "record: emptied": _file(_RECORD, lambda path: path.write_bytes(b"")),
    "record: removed": _file(_RECORD, Path.unlink),
    "record: written anew with another time": _file(_RECORD, _repack),
    "record: two swapped": _swap(_RECORD),
    "record: something behind it": _file(_RECORD, lambda path: path.write_bytes(path.read_bytes() + gzip.compress(b"x"))),
    "looks: one bit": _file(_LOOKS, _flip),
    "looks: cut off": _file(_LOOKS, _cut),
    "looks: removed": _file(_LOOKS, Path.unlink),
    "looks: written anew with another time": _file(_LOOKS, _repack),
    # the log itself
    "leaf: another hash": _sql("UPDATE log_leaves SET hash = zeroblob(32) WHERE number = 5"),
    "leaf: a hash of another length": _sql("UPDATE log_leaves SET hash = x'00' WHERE number = 5"),
    "leaf: another subject": _sql("UPDATE log_leaves SET subject = subject || '9' WHERE number = 5"),
    "leaf: another kind": _sql("UPDATE log_leaves SET kind = 'genesis' WHERE number = 5"),
    "leaf: removed": _sql("DELETE FROM log_leaves WHERE number = 5"),
    "leaf: the last removed": _sql(f"DELETE FROM log_leaves WHERE number = {_LAST_LEAF}"),
    "leaf: the first removed": _sql("DELETE FROM log_leaves WHERE number = 0"),
    "leaf: the first names another key": _sql("UPDATE log_leaves SET entry = replace(entry, '\"key\":\"', '\"key\":\"0') WHERE number = 0"),
    "leaf: the first is no JSON": _sql("UPDATE log_leaves SET entry = 'x' WHERE number = 0"),
    "leaf: two swapped": _sql("UPDATE log_leaves SET number = -number WHERE number IN (5, 6)", "UPDATE log_leaves SET number = 11 + number WHERE number < 0"),
    "leaf: renumbered": _sql(f"UPDATE log_leaves SET number = number + 7 WHERE number = {_LAST_LEAF}"),
    "leaf: every one gone": _sql("DELETE FROM log_leaves"),
    "leaf: every one and every checkpoint gone": _sql("DELETE FROM log_leaves", "DELETE FROM log_checkpoints"),
    "checkpoint: forged": _sql("UPDATE log_checkpoints SET note = replace(note, '/log', '/other')"),
    "checkpoint: of another size": _sql("UPDATE log_checkpoints SET size = size + 1000 WHERE size = (SELECT max(size) FROM log_checkpoints)"),
    "checkpoint: no note": _sql("UPDATE log_checkpoints SET note = 'x'"),
    "checkpoint: every one gone": _sql("DELETE FROM log_checkpoints"),
    "tiles: another hash": _file("log/tile/0/**/*", _flip),
    "tiles: cut off": _file("log/tile/0/**/*", _cut),
    "key: another": _file("log.key", _new_key),
    "key: emptied": _file("log.key", lambda path: path.write_bytes(b"")),
    "key: removed": _file("log.key", Path.unlink),
    "key: no key": _file("log.key", lambda path: path.write_bytes(b"hello")),
    "database: a table gone": _sql("UPDATE log_checkpoints SET size = size", "DROP TABLE changes"),
}  # fmt: skip
"""Found without anybody's help."""


def roll_back(home: Path, earlier: Path) -> None:
    """Put an earlier home in the place of this one: only who kept a checkpoint can tell."""
    shutil.rmtree(home)
    shutil.copytree(earlier, home)


def write_anew(home: Path) -> None:
    """Forge the past, and log all of it again under the home's own key."""
    with closing(sqlite3.connect(home / "clausewatch.db", isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        for sql in (
            "DELETE FROM log_leaves",
            "DELETE FROM log_checkpoints",
            f"UPDATE snapshots SET fetched_at = {_PAST}",
        ):
            db.execute(sql)
    shutil.rmtree(home / "log")
