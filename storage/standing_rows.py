"""Standing rows: the law as it stands in plain SQL, a row for each provision of the newest confirmed version.

A provision that the next version says again keeps its row and the number its words are indexed by. One that is said no
more leaves that number to `past_provisions`, which says where in which packed version it last stood.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from storage.database.connection import execute, execute_many, query
from storage.records import Provision, ProvisionKind
from storage.text_store.layout import ProvisionHead, lines

StandingLine = tuple[ProvisionHead, str, str]
"""A provision without its children, its persistent id and what it says."""


def of_version(db: Database, version_row: int) -> list[StandingLine]:
    """Return the provisions of a version in reading order; none when it is packed."""
    depths: dict[int | None, int] = {None: -1}
    standing_lines: list[StandingLine] = []
    for row in query(db, "SELECT * FROM provisions WHERE version_row = :row ORDER BY ordinal", row=version_row):
        depth = depths[row["ordinal"]] = depths[row["parent"]] + 1
        names = (row["eid"], ProvisionKind(row["kind"]), row["number"], row["label"], row["heading"], row["citation"])
        standing_lines.append((ProvisionHead(depth, *names), row["pid"], row["text"]))
    return standing_lines


def standing_version(db: Database, instrument_id: str, language: str) -> int | None:
    """Return the version of an instrument in one language whose provisions are in rows, if there is one."""
    rows = query(db, _STANDING_VERSION, instrument_id=instrument_id, language=language)
    return rows[0]["row"] if rows else None


def replace(db: Database, before: int | None, version_row: int, tree: Iterable[Provision], *, past: bool) -> None:
    """Put the provisions of a version in the place of those of *before*; *past*: what is gone was the law until now.

    The version may be the one before, read again.
    """
    rows_before = query(db, "SELECT id, ordinal, label, heading, text FROM provisions WHERE version_row = :row"
                        " ORDER BY ordinal", row=before)  # fmt: skip
    ids_by_words: dict[tuple[str, str, str], deque[int]] = defaultdict(deque)
    for row in rows_before:
        ids_by_words[_words(row)].append(row["id"])
    rows = _rows(version_row, tree)
    for row in rows:
        same = ids_by_words.get(_words(row))
        row["id"] = same.popleft() if same else None
    lost_ids = {number for ids in ids_by_words.values() for number in ids}
    places = [(row["id"], before, row["ordinal"]) for row in rows_before if row["id"] in lost_ids]
    _store(db, rows, lost_ids)
    if past:
        execute_many(db, _PAST, places)


def remove(db: Database, version_row: int, *, past: bool) -> None:
    """Take the provisions of a version out of the law as it stands, when no other takes their place."""
    replace(db, version_row, version_row, (), past=past)


def set_pids(db: Database, version_row: int, pids: Mapping[str, str]) -> None:
    """Give the provisions of a standing version, named by eid, their persistent ids."""
    execute_many(
        db,
        "UPDATE provisions SET pid = ? WHERE version_row = ? AND eid = ?",
        [(pid, version_row, eid) for eid, pid in pids.items()],
    )


def forget_past(db: Database, version_row: int) -> None:
    """Forget what only a version of the past said; the words of rows that are gone find nothing any more."""
    execute(db, "DELETE FROM past_provisions WHERE version_row = :row", row=version_row)


def remember_past(db: Database, version_row: int, ordinals: Iterable[int]) -> None:
    """Note which provisions of a version of the past the version after it says no more."""
    first = _next_id(db)
    execute_many(db, _PAST, [(first + step, version_row, ordinal) for step, ordinal in enumerate(ordinals)])


def _rows(version_row: int, tree: Iterable[Provision]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    above: list[int] = []  # the place of the provision at each depth
    for ordinal, (depth, provision) in enumerate(lines(tree)):
        above[depth:] = [ordinal]
        row = {name: getattr(provision, name) for name in _NAMES}
        rows.append({"version_row": version_row, "ordinal": ordinal, "parent": above[depth - 1] if depth else None,
                      "kind": provision.kind.value, **row})  # fmt: skip
    return rows


def _store(db: Database, rows: Sequence[Mapping[str, Any]], lost_ids: Iterable[int]) -> None:
    first = _next_id(db)  # above those of the rows that are lost, which the past may keep
    execute_many(db, "DELETE FROM provisions WHERE id = ?", [(number,) for number in lost_ids])
    # out of each other's way first: a version read again numbers the places of its rows anew
    stays = [(row["id"],) for row in rows if row["id"] is not None]
    execute_many(db, "UPDATE provisions SET ordinal = -1 - id WHERE id = ?", stays)
    columns = ("version_row", "ordinal", "parent", "kind", *_NAMES)
    sets = ", ".join(f"{name} = :{name}" for name in columns)
    names, marks = ", ".join(("id", *columns)), ", ".join(f":{name}" for name in ("id", *columns))
    with_new_ids = [{**row, "id": first + row["ordinal"]} for row in rows if row["id"] is None]
    with_old_ids = [row for row in rows if row["id"] is not None]
    execute_many(db, f"UPDATE provisions SET {sets} WHERE id = :id", with_old_ids)  # noqa: S608 - constants
    execute_many(db, f"INSERT INTO provisions ({names}) VALUES ({marks})", with_new_ids)  # noqa: S608


def _next_id(db: Database) -> int:
    """Return a number above all that rows or words ever had."""
    return int(query(db, _HIGHEST)[0]["highest"]) + 1


def _words(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["label"], row["heading"], row["text"]


_NAMES = ("eid", "pid", "number", "label", "heading", "text", "citation")
_PAST = "INSERT INTO past_provisions (id, version_row, ordinal) VALUES (?, ?, ?)"
_STANDING_VERSION = """
SELECT row FROM versions WHERE instrument_id = :instrument_id AND language = :language
  AND EXISTS (SELECT 1 FROM provisions WHERE version_row = row)
"""
_HIGHEST = """
SELECT max(ifnull((SELECT max(id) FROM provisions), 0), ifnull((SELECT max(id) FROM past_provisions), 0),
  ifnull((SELECT max(id) FROM search_words_docsize), 0)) AS highest
"""
