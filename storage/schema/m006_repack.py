"""Repacking: the fourth step of the schema moves what rows spelt out into packs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from storage import provisions
from storage.database.connection import execute, insert, inserted_id, query
from storage.provisions import PackRefs
from storage.records import ProvisionKind
from storage.serialise import dumps
from storage.text_store import blobs
from storage.text_store.layout import ProvisionHead, tree_of

_LISTED = ("title", "number", "type", "topics", "authorities", "draft")


def repack(db: Database) -> None:
    """Fill the columns that name packs out of those that spell everything out."""
    _versions(db)
    _change_sets(db)
    _snapshots(db)


def _versions(db: Database) -> None:
    before: dict[tuple[str, str], dict[str, Any]] = {}
    for number in [row["row"] for row in query(db, "SELECT row FROM versions ORDER BY row")]:
        [row] = query(db, "SELECT * FROM versions WHERE row = :row", row=number)
        like = before.get((row["instrument_id"], row["language"]))
        facts = json.loads(row["facts"])
        listed = dumps({name: facts.pop(name) for name in _LISTED if name in facts})
        same = like is not None and like["listed"] == listed
        made = {
            "rest_id": blobs.put(db, dumps({**facts, "title": ""}).encode(), like["rest_id"] if like else None),
            "facts_id": like["facts_id"] if like and same else inserted_id(insert(db, "facts", {"listed": listed})),
            **provisions.keep(db, tree_of(list(_lines(db, number))), provisions.places(like) if like else PackRefs()),
        }
        db.table("versions").update(number, made)
        before[row["instrument_id"], row["language"]] = {**made, "listed": listed}


def _lines(db: Database, version_row: int) -> Iterator[tuple[ProvisionHead, str, str]]:
    depths: dict[int | None, int] = {None: -1}
    sql = "SELECT * FROM provisions WHERE version_row = :row ORDER BY ordinal"
    for row in query(db, sql, row=version_row):
        depth = depths[row["ordinal"]] = depths[row["parent"]] + 1
        kind = ProvisionKind(row["kind"])
        line = ProvisionHead(depth, row["eid"], kind, row["number"], row["label"], row["heading"], row["citation"])
        yield line, row["pid"], row["text"]


def _change_sets(db: Database) -> None:
    execute(db, "UPDATE change_sets SET old_row = (SELECT row FROM versions WHERE id = old_version_id),"
        " new_row = (SELECT row FROM versions WHERE id = new_version_id)")  # fmt: skip
    pairs: dict[int, int] = {}
    for row in query(db, "SELECT id, old_row, new_row, pairs FROM change_sets ORDER BY id"):
        pairs[row["new_row"]] = blobs.put(db, row["pairs"].encode(), pairs.get(row["old_row"]))
        found = query(db, "SELECT * FROM changes WHERE change_set_id = :id ORDER BY id", id=row["id"])
        words = dumps([_words(each) for each in found]).encode()
        places = query(
            db, "SELECT packs FROM versions WHERE row IN (:old, :new) ORDER BY row = :new", old=row["old_row"],
            new=row["new_row"],
        )  # fmt: skip
        old, new = (json.loads(each["packs"])[1::3] for each in places)
        made = {
            "pairs_id": pairs[row["new_row"]],
            "words_id": blobs.put(db, words, next((number for number in new if number not in old), None)),
        }
        db.table("change_sets").update(row["id"], made)


def _words(row: dict[str, Any]) -> list[Any]:
    named = [row[name] for name in ("old_citation", "new_citation", "old_text", "new_text")]
    return [*named, json.loads(row["ops"]), json.loads(row["tags"]), row["explanation"]]


def _snapshots(db: Database) -> None:
    before: dict[int, int] = {}
    for row in query(db, "SELECT id, page_id, headers FROM snapshots ORDER BY fetched_at, id"):
        number = before[row["page_id"]] = blobs.put(db, row["headers"].encode(), before.get(row["page_id"]))
        sql = """
            UPDATE snapshots SET headers_id = :number, archived_as = replace(archived_as, sha256, '*'),
              text_sha256 = substr(text_sha256, 1, 16) WHERE id = :id
        """
        execute(db, sql, number=number, id=row["id"])
