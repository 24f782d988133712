"""Provisions: each numbered piece of a version, packed with its neighbours, from which its tree is rebuilt exactly."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, takewhile
from typing import Any

from sqlite_utils import Database

from storage.database.connection import execute, query
from storage.records import Provision
from storage.serialise import dumps, utc_iso
from storage.text_store import blobs, layout
from storage.text_store.blobs import PackCache
from storage.text_store.layout import ProvisionHead

_OWN, _NONE = 1, 0  # a persistent id that is the provision's own eid, or that nobody has given yet


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """One provision as one version had it, with all that stands below it."""

    version_id: str
    seen_at: datetime
    whole: Provision

    @property
    def eid(self) -> str:
        """Return how that version numbers it."""
        return self.whole.eid

    @property
    def text(self) -> str:
        """Return what it says before its children."""
        return self.whole.text


@dataclass(frozen=True, slots=True)
class PackRefs:
    """Where a version's provisions are: its packs of heads and texts with their counts, and of persistent ids."""

    runs: tuple[tuple[int, int, int], ...] = ()
    pids: int | None = None


def places(row: Mapping[str, Any]) -> PackRefs:
    """Return where the provisions of a version's *row* are."""
    flat = json.loads(row["packs"])
    return PackRefs(tuple(zip(flat[::3], flat[1::3], flat[2::3], strict=True)), row["pids_id"])


class PackReader:
    """What one piece of work has opened, so that versions that share packs open them once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._cache: PackCache = {}
        self._lines: dict[int, list[ProvisionHead]] = {}

    def content(self, number: int) -> bytes:
        """Return what a pack holds."""
        return blobs.get(self.db, number, self._cache)

    def lines(self, number: int) -> list[ProvisionHead]:
        """Return what the provisions of one run are called."""
        if number not in self._lines:
            self._lines[number] = layout.heads_of(self.content(number))
        return self._lines[number]

    def heads(self, where: PackRefs) -> Iterator[tuple[ProvisionHead, str]]:
        """Yield what the provisions of a version are called with their persistent ids; no text is opened."""
        lines = [line for number, _, _ in where.runs for line in self.lines(number)]
        pids = json.loads(self.content(where.pids)) if where.pids is not None else [_NONE] * len(lines)
        for line, pid in zip(lines, pids, strict=True):
            yield line, line.eid if pid == _OWN else pid or ""

    def texts(self, where: PackRefs) -> Iterator[str]:
        """Yield what the provisions of a version say, in reading order."""
        for _, number, _ in where.runs:
            yield from layout.texts_of(self.content(number))

    def texts_from(self, where: PackRefs, first: int, many: int) -> list[str]:
        """Return what *many* provisions of a version say, from the one at the place *first* on."""
        texts: list[str] = []
        for _, number, count in where.runs:
            if first < count and len(texts) < many:
                texts += layout.texts_of(self.content(number))[first : first + many - len(texts)]
            first = max(first - count, 0)
        return texts


def keep(db: Database, tree: Iterable[Provision], like: PackRefs) -> dict[str, Any]:
    """Keep *tree*, leaning on what is *like* it, and return the columns of its version."""
    tree, cache = tuple(tree), PackCache()
    flat: list[int] = []
    before = [blobs.get(db, texts, cache) for _, texts, _ in like.runs]
    for run in layout.runs(tree):
        at = layout.similar(run.texts, before)
        heads, texts = like.runs[at][:2] if at is not None else (None, None)
        flat += [blobs.put(db, run.heads, heads, cache), blobs.put(db, run.texts, texts, cache), run.count]
    pids = [_packed_pid(provision.pid, provision.eid) for _, provision in layout.lines(tree)]
    number = blobs.put(db, dumps(pids).encode(), like.pids, cache) if any(pids) else None
    return {"packs": dumps(flat), "pids_id": number}


def set_pids(db: Database, version_row: int, pids: Mapping[str, str], like: PackRefs) -> None:
    """Give provisions, named by eid, their persistent ids; they are kept leaning on what is *like* them."""
    heads = PackReader(db).heads(_places(db, version_row))
    packed_pids = [_packed_pid(pids.get(line.eid, pid), line.eid) for line, pid in heads]
    number = blobs.put(db, dumps(packed_pids).encode(), like.pids)
    execute(db, "UPDATE versions SET pids_id = :number WHERE row = :row", number=number, row=version_row)


def tree_of(db: Database, where: PackRefs) -> tuple[Provision, ...]:
    """Return the provisions of a version as they were stored."""
    reader = PackReader(db)
    heads = zip(reader.heads(where), reader.texts(where), strict=True)
    return layout.tree_of([(line, pid, text) for (line, pid), text in heads])


def at(reader: PackReader, where: PackRefs, ordinal: int) -> tuple[ProvisionHead, str]:
    """Return the provision that stands at this place in reading order, and what it says; no other run is opened."""
    for heads, texts, count in where.runs:
        if ordinal < count:
            return layout.line_of(reader.content(heads), ordinal), layout.texts_of(reader.content(texts))[ordinal]
        ordinal -= count
    raise IndexError(ordinal)


def texts(db: Database, version_row: int) -> Iterator[tuple[ProvisionHead, str]]:
    """Yield the provisions of a version in reading order, with what they say."""
    where, reader = _places(db, version_row), PackReader(db)
    yield from ((line, text) for (line, _), text in zip(reader.heads(where), reader.texts(where), strict=True))


def citations(db: Database, version_row: int, eids: Collection[str]) -> dict[str, str]:
    """Return how each of *eids* is cited in a version."""
    chosen_eids = frozenset(eids)
    heads = PackReader(db).heads(_places(db, version_row))
    return {line.eid: line.citation or line.label or line.eid for line, _ in heads if line.eid in chosen_eids}


def headings(db: Database, version_row: int, eids: Collection[str]) -> dict[str, str]:
    """Return the headings of those of *eids* that have one in a version."""
    chosen_eids = frozenset(eids)
    heads = PackReader(db).heads(_places(db, version_row))
    return {line.eid: line.heading for line, _ in heads if line.heading and line.eid in chosen_eids}


def lineage(db: Database, instrument_id: str, eid: str, version_id: str = "") -> list[ProvisionRow]:
    """Return the provisions of all versions that share a persistent id with *eid*, oldest first.

    *eid* is meant as the version *version_id* numbers it; without one, as the latest version does that has it.
    """
    reader = PackReader(db)
    versions = [(row, places(row)) for row in query(db, _CONFIRMED_VERSIONS, instrument_id=instrument_id)]
    candidates = [candidate for candidate in versions if not version_id or candidate[0]["id"] == version_id]
    language, lineage_pid = _pid_of(reader, reversed(candidates), eid)
    return [
        ProvisionRow(row["id"], datetime.fromisoformat(row["seen_at"]), _whole(reader, where, lines, ordinal))
        for row, where in versions
        if row["language"] == language
        for lines in [list(reader.heads(where))]
        for ordinal, (_, pid) in enumerate(lines)
        if pid == lineage_pid
    ]


def eid_now(db: Database, instrument_id: str, eid: str, meant_at: datetime, version_id: str) -> str | None:
    """Return how a version numbers the provision that was *eid* at *meant_at*; None when it has no such provision.

    Before the first version of an instrument its first one says what is meant; an *eid* no provision had is itself.
    """
    reader = PackReader(db)
    rows = query(db, _MEANT_AT, instrument_id=instrument_id, at=utc_iso(meant_at), version_id=version_id)
    pids = {line.eid: pid for row in rows for line, pid in reader.heads(places(row)) if pid}
    if eid not in pids:
        return eid
    now = query(db, "SELECT packs, pids_id FROM versions WHERE id = :id", id=version_id)
    return next((line.eid for row in now for line, pid in reader.heads(places(row)) if pid == pids[eid]), None)


_MEANT_AT = """
SELECT packs, pids_id FROM versions WHERE instrument_id = :instrument_id AND standing = 'confirmed'
  AND language = (SELECT language FROM versions WHERE id = :version_id)
ORDER BY seen_at > :at, CASE WHEN seen_at <= :at THEN seen_at END DESC, seen_at,
  CASE WHEN seen_at <= :at THEN -row ELSE row END LIMIT 1
"""
_CONFIRMED_VERSIONS = """
SELECT id, seen_at, language, packs, pids_id FROM versions
WHERE instrument_id = :instrument_id AND standing = 'confirmed' ORDER BY seen_at, row
"""


def _pid_of(reader: PackReader, newest_first: Iterable[tuple[dict[str, Any], PackRefs]], eid: str) -> tuple[str, str]:
    """Return language and persistent id that *eid* has in the latest version that has it; empty when none has."""
    for row, where in newest_first:
        for line, pid in reader.heads(where):
            if line.eid == eid and pid:
                return row["language"], pid
    return "", ""


def _whole(reader: PackReader, where: PackRefs, lines: Sequence[tuple[ProvisionHead, str]], ordinal: int) -> Provision:
    """Return the provision at this place with all below it; no run without it is opened for its texts."""
    top = lines[ordinal][0].depth
    below = takewhile(lambda line: line[0].depth > top, islice(lines, ordinal + 1, None))
    heads = [lines[ordinal], *below]
    texts = reader.texts_from(where, ordinal, len(heads))
    rows = [(replace(line, depth=line.depth - top), pid, text) for (line, pid), text in zip(heads, texts, strict=True)]
    return layout.tree_of(rows)[0]


def _places(db: Database, version_row: int) -> PackRefs:
    [row] = query(db, "SELECT packs, pids_id FROM versions WHERE row = :row", row=version_row)
    return places(row)


def _packed_pid(pid: str, eid: str) -> str | int:
    return _OWN if pid == eid else pid or _NONE
