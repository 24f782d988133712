"""Changes: the change set of each pair of versions, a row for each change, no text stored twice.

What a list may ask of a change is in its row; the words of all changes of a set are one pack.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from storage import log
from storage.content_hash import comparison_sha256
from storage.database.connection import (
    execute,
    insert,
    insert_many,
    inserted_id,
    one_or_raise,
    query,
    transaction,
    update_row,
)
from storage.errors import StoredFormError
from storage.records import (
    AmendingAct,
    Change,
    ChangeKind,
    Claim,
    Comparison,
    DateChange,
    Effect,
    Op,
    OpKind,
    Tag,
    Weight,
)
from storage.serialise import dumps, from_json, from_row, to_json, utc_iso
from storage.text_store import blobs, pack_refs
from storage.text_store.layout import texts_of


@dataclass(frozen=True, slots=True)
class ChangeSetRow:
    """A change set without its changes, for lists; ``old`` and ``new`` are ids of versions."""

    id: int
    instrument_id: str
    old: str
    new: str
    at: datetime
    summary: dict[str, int | str]


def add_set(db: Database, *, old_version_id: str, new_version_id: str, comparison: Comparison, at: datetime) -> int:
    """Store what changed between two versions and return the id of the set; a pair that is known keeps its set."""
    with transaction(db):
        old, new = _version_row(db, old_version_id), _version_row(db, new_version_id)
        known_id = set_of_pair(db, old_version_id, new_version_id)
        if known_id is not None:
            return known_id
        row = {"old_row": old, "new_row": new, "at": utc_iso(at)}
        row |= _columns(db, comparison, old, new, like=_pairs_before(db, old))
        set_id = inserted_id(insert(db, "change_sets", row))
        if comparison.changes:
            insert_many(db, "changes", [_row(set_id, change) for change in comparison.changes])
        log.append_state(db, log.COMPARISON, set_id, state_fields(get_set(db, set_id)))
        return set_id


def replace_set(db: Database, set_id: int, comparison: Comparison) -> None:
    """Put what a better reader made of two versions in the place of their changes; the set keeps its id."""
    with transaction(db):
        sql = "SELECT * FROM change_sets WHERE id = :id"
        row = one_or_raise(query(db, sql, id=set_id), f"change set {set_id}")
        columns = _columns(db, comparison, row["old_row"], row["new_row"], like=row["pairs_id"])
        update_row(db, "change_sets", ("id", set_id), columns)
        execute(db, "DELETE FROM changes WHERE change_set_id = :id", id=set_id)
        if comparison.changes:
            insert_many(db, "changes", [_row(set_id, change) for change in comparison.changes])
        log.append_state(db, log.COMPARISON, set_id, state_fields(get_set(db, set_id)))


def state_fields(comparison: Comparison) -> dict[str, str]:
    """Return what the log binds of a change set that a better reader may replace: its words."""
    return {"sha256": comparison_sha256(comparison)}


def all_sets(db: Database) -> list[ChangeSetRow]:
    """Return every change set, oldest first: by the newer version's place."""
    return [from_row(ChangeSetRow, row) for row in query(db, f"{_SETS} ORDER BY place, id")]


def get_set(db: Database, set_id: int) -> Comparison:
    """Return what changed, as it was compared and weighed."""
    row = one_or_raise(query(db, "SELECT * FROM change_sets WHERE id = :id", id=set_id), f"change set {set_id}")
    pairs = ((pair, pair) if isinstance(pair, str) else tuple(pair) for pair in _pack(db, row["pairs_id"]))
    summary = json.loads(row["summary"])
    return Comparison(
        changes=_changes(db, set_id, row["words_id"]),
        summary_text=str(summary.pop("text", "")),
        summary=summary,
        notes=from_json(tuple[str, ...], row["notes"]),
        pairs=tuple((old, new) for old, new in pairs),
        replaced=bool(row["replaced"]),
        **_facts(_pack(db, row["words_id"])),
    )


def facts_of_set(db: Database, set_id: int) -> Comparison:
    """Return what is known of a set beside its changes: its amending act, from when it counts, the dates it moved."""
    rows = query(db, "SELECT words_id FROM change_sets WHERE id = :id", id=set_id)
    return Comparison(**_facts(_pack(db, one_or_raise(rows, f"change set {set_id}")["words_id"])))


def of_set(db: Database, set_id: int) -> tuple[Change, ...]:
    """Return the changes of a set alone, without all that stayed the same."""
    rows = query(db, "SELECT words_id FROM change_sets WHERE id = :id", id=set_id)
    return _changes(db, set_id, one_or_raise(rows, f"change set {set_id}")["words_id"])


def get_row(db: Database, set_id: int) -> ChangeSetRow:
    """Return the change set with this id without its changes: between which versions, and when."""
    return from_row(ChangeSetRow, one_or_raise(query(db, f"{_SETS} WHERE id = :id", id=set_id), f"change set {set_id}"))


def set_of_pair(db: Database, old_version_id: str, new_version_id: str) -> int | None:
    """Return the id of the change set of two versions, if they were compared."""
    sql = """
        SELECT id FROM change_sets WHERE old_row = (SELECT row FROM versions WHERE id = :old)
          AND new_row = (SELECT row FROM versions WHERE id = :new)
    """
    rows = query(db, sql, old=old_version_id, new=new_version_id)
    return int(rows[0]["id"]) if rows else None


def of_instrument(db: Database, instrument_id: str) -> list[ChangeSetRow]:
    """Return the change sets of an instrument, oldest first."""
    rows = query(db, f"{_SETS} WHERE instrument_id = :instrument_id ORDER BY at, id", instrument_id=instrument_id)
    return [from_row(ChangeSetRow, row) for row in rows]


_SETS = """
SELECT * FROM (
  SELECT change_sets.id, new.instrument_id, old.id AS old, new.id AS new, at, summary, new.row AS place
  FROM change_sets JOIN versions AS new ON new.row = new_row JOIN versions AS old ON old.row = old_row)
"""


def _changes(db: Database, set_id: int, words_id: int) -> tuple[Change, ...]:
    rows = query(db, "SELECT * FROM changes WHERE change_set_id = :id ORDER BY id", id=set_id)
    return tuple(_change(row, words) for row, words in zip(rows, _words_of(db, words_id), strict=True))


def _facts(packed: Any) -> dict[str, Any]:
    """Return what is known of a set beside its changes; older sets know nothing of it."""
    values = packed if isinstance(packed, dict) else {}
    return {name: from_json(kind, dumps(values[name])) for name, kind in _FACTS.items() if values.get(name) is not None}


def _words_of(db: Database, words_id: int) -> list[Sequence[Any]]:
    """Return the words of each change of a set; raises StoredFormError when a newer Clausewatch wrote them."""
    content = _pack(db, words_id)
    if isinstance(content, list):  # format 1 had no number
        return content
    if content["format"] != _FORMAT:
        raise StoredFormError(f"changes are stored in format {content['format']}, and only {_FORMAT} is known")
    words: list[Sequence[Any]] = content["changes"]
    return words


def _version_row(db: Database, version_id: str) -> int:
    rows = query(db, "SELECT row FROM versions WHERE id = :id", id=version_id)
    return int(one_or_raise(rows, f"version {version_id!r}")["row"])


def _columns(db: Database, comparison: Comparison, old_row: int, new_row: int, like: int | None) -> dict[str, Any]:
    """Return the columns that say what changed; the pairs are kept leaning on those of the set that is *like* it."""
    pairs = dumps([before if before == after else [before, after] for before, after in comparison.pairs]).encode()
    facts = {name: json.loads(to_json(getattr(comparison, name))) for name in _FACTS}
    changes = [_words(change) for change in comparison.changes]
    words = dumps({"format": _FORMAT, "changes": changes, **facts}).encode()
    return {
        "summary": dumps(comparison.summary | ({"text": comparison.summary_text} if comparison.summary_text else {})),
        "notes": to_json(comparison.notes),
        "replaced": int(comparison.replaced),
        "pairs_id": blobs.put(db, pairs, like),
        "words_id": blobs.put(db, words, _like_words(db, comparison, old_row, new_row)),
    }


def _pairs_before(db: Database, old_row: int) -> int | None:
    """Return the pack of the pairs that led to a version: the next ones are mostly the same."""
    rows = query(db, "SELECT pairs_id FROM change_sets WHERE new_row = :row ORDER BY id DESC LIMIT 1", row=old_row)
    return rows[0]["pairs_id"] if rows else None


def _like_words(db: Database, comparison: Comparison, old_row: int, new_row: int) -> int | None:
    """Return a pack of texts that hold words which changed: the changes repeat them."""
    before, after = ([texts for _, _, texts in pack_refs.of_version(db, row).runs] for row in (old_row, new_row))
    if after:
        return next((number for number in after if number not in before), None)
    # the newer text stands in rows; the older one says most of what was changed
    text = next((change.old_text for change in comparison.changes if change.old_text), None)
    return next((number for number in before if text in texts_of(blobs.get(db, number))), None)


def _pack(db: Database, number: int) -> Any:
    return json.loads(blobs.get(db, number))


def _row(set_id: int, change: Change) -> dict[str, Any]:
    """Return the columns of a change: which, where and how much it matters; its words are packed with the others'."""
    return {name: getattr(change, name) for name in _PLACES} | {
        "change_set_id": set_id,
        "kind": change.kind.value,
        "weight": change.weight.value,
    }


_FACTS: dict[str, Any] = {"amended_by": AmendingAct, "effect": Effect, "dates": tuple[DateChange, ...]}
_FORMAT = 2
"""How the words of changes are packed: seven fields each, in the order of `_words`."""
_PLACES = ("old_unit", "new_unit", "old_eid", "new_eid")


def _words(change: Change) -> list[Any]:
    """Return the words of a change; texts that its ops spell out, or that are the same, are left out."""
    old: str | None = change.old_text
    new: str | None = change.new_text
    if change.ops and _spelt_out(change.ops) == (old, new):
        old = new = None
    elif old == new:
        new = None
    tags = json.loads(to_json(change.tags))
    ops = [_step(op) for op in change.ops]
    claims = json.loads(to_json(change.claims))
    return [change.old_citation, change.new_citation, old, new, ops, tags, change.explanation, claims]


def _change(row: Mapping[str, Any], words: Sequence[Any]) -> Change:
    old_citation, new_citation, old, new, steps, tags, explanation, *more = words  # older sets carry no claims
    ops = tuple(Op(OpKind(kind), *texts) for kind, *texts in steps)
    if old is None:
        old, new = _spelt_out(ops)
    elif new is None:
        new = old
    return Change(
        kind=ChangeKind(row["kind"]),
        weight=Weight(row["weight"]),
        old_citation=old_citation,
        new_citation=new_citation,
        old_text=old,
        new_text=new,
        ops=ops,
        tags=from_json(tuple[Tag, ...], dumps(tags)),
        explanation=explanation,
        claims=from_json(tuple[Claim, ...], dumps(more[0] if more else [])),
        **{name: row[name] for name in _PLACES},
    )


def _step(op: Op) -> list[str]:
    return [op.kind.value, op.text, op.new] if op.new else [op.kind.value, op.text]


def _spelt_out(ops: tuple[Op, ...]) -> tuple[str, str]:
    """Return the old and the new text that *ops* lead from and to."""
    old = "".join(op.text for op in ops if op.kind is not OpKind.INSERT)
    new = "".join(op.new if op.kind is OpKind.FOLD else op.text for op in ops if op.kind is not OpKind.DELETE)
    return old, new
