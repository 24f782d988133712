"""Pack references: which packs hold the provisions of a version of the past, or of one not yet confirmed.

Of each run of provisions the heads (ids, labels) and the texts are packed apart, so that lists of ids open no text; the
persistent ids of a version are one pack more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlite_utils import Database

from storage.database.connection import execute, execute_many, query
from storage.errors import DamagedDatabaseError
from storage.records import Provision
from storage.serialise import dumps, from_row
from storage.text_store import blobs, layout
from storage.text_store.blobs import PackCache
from storage.text_store.layout import ProvisionHead

Column = TypeVar("Column")
_OWN, _NONE = 1, 0  # a persistent id that is the provision's own eid, or that nobody has given yet


@dataclass(frozen=True, slots=True)
class PackRefs:
    """Where a version's provisions are: of each run its first place and its packs of heads and texts; and the pids."""

    runs: tuple[tuple[int, int, int], ...] = ()
    pids: int | None = None


@dataclass(frozen=True, slots=True)
class LostPack:
    """A pack that is gone: the version that names it, and the place of the first provision that is lost with it."""

    version_id: str
    version_row: int
    ordinal: int
    pack_id: int


class PackReader:
    """What one piece of work has opened, so that versions that share packs open them once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._cache: PackCache = {}
        self._heads: dict[int, list[ProvisionHead]] = {}

    def content(self, pack_id: int) -> bytes:
        """Return what a pack holds."""
        return blobs.get(self.db, pack_id, self._cache)

    def heads(self, refs: PackRefs) -> Iterator[tuple[ProvisionHead, str]]:
        """Yield what the provisions of a version are called with their persistent ids; no text is opened."""
        heads = [head for _, number, _ in refs.runs for head in self._heads_of(number)]
        pids = self._columns(refs.pids, json.loads) if refs.pids is not None else [_NONE] * len(heads)
        if len(pids) != len(heads):
            raise DamagedDatabaseError(f"pack {refs.pids} holds {len(pids)} ids for {len(heads)} provisions")
        for head, pid in zip(heads, pids, strict=True):
            yield head, head.eid if pid == _OWN else str(pid or "")

    def texts(self, refs: PackRefs, first: int = 0, count: int | None = None) -> list[str]:
        """Return what provisions of a version say, from the one at the place *first* on; no run beside is opened."""
        texts: list[str] = []
        ends = [run[0] for run in refs.runs[1:]] + [None]
        for (start, _, number), end in zip(refs.runs, ends, strict=True):
            if (end is None or first < end) and (count is None or len(texts) < count):
                texts += self._columns(number, layout.texts_of)[max(first - start, 0) :]
        return texts[:count]

    def _heads_of(self, pack_id: int) -> list[ProvisionHead]:
        if pack_id not in self._heads:
            self._heads[pack_id] = self._columns(pack_id, layout.heads_of)
        return self._heads[pack_id]

    def _columns(self, pack_id: int, parse: Callable[[bytes], list[Column]]) -> list[Column]:
        """Return what a pack of columns says; raises DamagedDatabaseError when it is none."""
        try:
            column = parse(self.content(pack_id))
        except (ValueError, TypeError) as error:
            raise DamagedDatabaseError(f"pack {pack_id} cannot be read ({error}); restore the database") from error
        if not isinstance(column, list):
            raise DamagedDatabaseError(f"pack {pack_id} holds no list; restore the database")
        return column


def of_version(db: Database, version_row: int) -> PackRefs:
    """Return where the provisions of a version are; nowhere when it stands, or never had any."""
    rows = query(db, "SELECT part, ordinal, pack_id FROM pack_refs WHERE version_row = :row ORDER BY ordinal",
                 row=version_row)  # fmt: skip
    packs = {(row["part"], row["ordinal"]): row["pack_id"] for row in rows}
    runs = tuple((start, number, packs["texts", start]) for (part, start), number in packs.items() if part == "heads")
    return PackRefs(runs, packs.get(("pids", 0)))


def like(db: Database, instrument_id: str, language: str, not_row: int) -> PackRefs:
    """Return where the newest packed version of an instrument is, to lean on; in this language if there is one."""
    rows = query(db, _LIKE, instrument_id=instrument_id, language=language, not_row=not_row)
    return of_version(db, rows[0]["row"]) if rows else PackRefs()


def keep(db: Database, version_row: int, tree: Iterable[Provision], base: PackRefs) -> None:
    """Pack the provisions of a version, leaning on a version like it; the packs it had before are let go."""
    tree, cache = tuple(tree), PackCache()
    texts_before = [blobs.get(db, texts, cache) for _, _, texts in base.runs]
    refs: list[tuple[str, int, int]] = []
    start = 0
    for run in layout.runs(tree):
        place = layout.similar(run.texts, texts_before)
        heads, texts = base.runs[place][1:] if place is not None else (None, None)
        refs += [("heads", start, blobs.put(db, run.heads, heads, cache)),
                 ("texts", start, blobs.put(db, run.texts, texts, cache))]  # fmt: skip
        start += run.count
    pids = [_packed_pid(provision.pid, provision.eid) for _, provision in layout.lines(tree)]
    if any(pids):
        refs.append(("pids", 0, blobs.put(db, dumps(pids).encode(), base.pids, cache)))
    _replace(db, version_row, refs)


def drop(db: Database, version_row: int) -> None:
    """Let the packs of a version's provisions go, for they stand in rows of their own now."""
    _replace(db, version_row, [])


def set_pids(db: Database, version_row: int, pids: Mapping[str, str], base: PackRefs) -> None:
    """Give the provisions of a packed version, named by eid, their persistent ids; leaning on a version like it."""
    refs = of_version(db, version_row)
    packed_pids = [_packed_pid(pids.get(head.eid, pid), head.eid) for head, pid in PackReader(db).heads(refs)]
    number = blobs.put(db, dumps(packed_pids).encode(), base.pids)
    execute(db, "DELETE FROM pack_refs WHERE version_row = :row AND part = 'pids'", row=version_row)
    execute_many(db, _INSERT, [(version_row, "pids", 0, number)])
    if refs.pids is not None:
        blobs.discard(db, [refs.pids])


def find_lost(db: Database) -> list[LostPack]:
    """Return the packs that versions name and that are gone."""
    return [from_row(LostPack, row) for row in query(db, _LOST_PACKS)]


def _replace(db: Database, version_row: int, refs: Iterable[tuple[str, int, int]]) -> None:
    before = [row["pack_id"] for row in query(db, "DELETE FROM pack_refs WHERE version_row = :row RETURNING pack_id",
                                              row=version_row)]  # fmt: skip
    execute_many(db, _INSERT, [(version_row, *ref) for ref in refs])
    blobs.discard(db, before)


def _packed_pid(pid: str, eid: str) -> str | int:
    return _OWN if pid == eid else pid or _NONE


_INSERT = "INSERT INTO pack_refs (version_row, part, ordinal, pack_id) VALUES (?, ?, ?, ?)"
_LIKE = """
SELECT row FROM versions WHERE instrument_id = :instrument_id AND row <> :not_row
  AND EXISTS (SELECT 1 FROM pack_refs WHERE version_row = row)
ORDER BY language = :language DESC, row DESC LIMIT 1
"""
_LOST_PACKS = """
SELECT DISTINCT versions.id AS version_id, version_row, ordinal, pack_id
FROM pack_refs JOIN versions ON versions.row = version_row
WHERE NOT EXISTS (SELECT 1 FROM packs WHERE packs.id = pack_id) ORDER BY version_row, ordinal
"""
