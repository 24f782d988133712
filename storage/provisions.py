"""Provisions: each numbered piece of a version, in rows of its own while it is the law, packed before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, takewhile
from typing import Any

from sqlite_utils import Database

from storage import standing_rows
from storage.database.connection import consistent_reads, query
from storage.errors import MissingRowError
from storage.records import Provision
from storage.serialise import utc_iso
from storage.text_store import layout, pack_refs
from storage.text_store.layout import ProvisionHead
from storage.text_store.pack_refs import PackReader, PackRefs

Line = tuple[ProvisionHead, str]
"""A provision without its children and its text, and its persistent id."""


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


class ProvisionReader:
    """The provisions of versions, wherever they are; what one piece of work has opened it opens once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._packs = PackReader(db)
        self._refs: dict[int, PackRefs] = {}

    def heads(self, version_row: int) -> list[Line]:
        """Return what the provisions of a version are called, with their persistent ids."""
        lines = [(head, pid) for head, pid, _ in standing_rows.of_version(self.db, version_row)]
        return lines or list(self._packs.heads(self._refs_of(version_row)))

    def texts(self, version_row: int, first: int = 0, count: int | None = None) -> list[str]:
        """Return what provisions of a version say, from the one at the place *first* on."""
        refs = self._refs_of(version_row)
        if refs.runs:
            return self._packs.texts(refs, first, count)
        texts = [text for _, _, text in standing_rows.of_version(self.db, version_row)]
        return texts[first : None if count is None else first + count]

    def at(self, version_row: int, ordinal: int) -> tuple[ProvisionHead, str]:
        """Return the provision that stands at this place in reading order, and what it says."""
        return self.heads(version_row)[ordinal][0], self.texts(version_row, ordinal, 1)[0]

    def _refs_of(self, version_row: int) -> PackRefs:
        if version_row not in self._refs:
            self._refs[version_row] = pack_refs.of_version(self.db, version_row)
        return self._refs[version_row]


def tree_of(db: Database, version_row: int) -> tuple[Provision, ...]:
    """Return the provisions of a version as they were stored."""
    with consistent_reads(db):  # a version may move between rows and packs meanwhile
        reader = ProvisionReader(db)
        rows = standing_rows.of_version(db, version_row)
        pack_refs_by_row = () if rows else zip(reader.heads(version_row), reader.texts(version_row), strict=True)
        return layout.tree_of(rows or [(head, pid, text) for (head, pid), text in pack_refs_by_row])


def set_pids(db: Database, version_row: int, pids: Mapping[str, str], like: PackRefs) -> None:
    """Give provisions, named by eid, their persistent ids."""
    if pack_refs.of_version(db, version_row).runs:
        pack_refs.set_pids(db, version_row, pids, like)
    else:
        standing_rows.set_pids(db, version_row, pids)


def texts(db: Database, version_row: int) -> Iterator[tuple[ProvisionHead, str]]:
    """Yield the provisions of a version in reading order, with what they say."""
    with consistent_reads(db):
        reader = ProvisionReader(db)
        lines = list(zip(reader.heads(version_row), reader.texts(version_row), strict=True))
    yield from ((head, text) for (head, _), text in lines)


def no_longer_said(db: Database, version_row: int, next_row: int) -> list[int]:
    """Return the places of the provisions of a version that the version after it says no more."""
    later = Counter(_words(head, text) for head, text in texts(db, next_row))
    ordinals = []
    for ordinal, (head, text) in enumerate(texts(db, version_row)):
        later[_words(head, text)] -= 1
        if later[_words(head, text)] < 0:
            ordinals.append(ordinal)
    return ordinals


def citations(db: Database, version_id: str, eids: Collection[str]) -> dict[str, str]:
    """Return how each of *eids* is cited in a version."""
    return {head.eid: head.citation or head.label or head.eid for head in _heads_of(db, version_id, eids)}


def headings(db: Database, version_id: str, eids: Collection[str]) -> dict[str, str]:
    """Return the headings of those of *eids* that have one in a version."""
    return {head.eid: head.heading for head in _heads_of(db, version_id, eids) if head.heading}


def lineage(db: Database, instrument_id: str, eid: str, version_id: str = "") -> list[ProvisionRow]:
    """Return the provisions of all versions that share a persistent id with *eid*, oldest first.

    *eid* is meant as the version *version_id* numbers it; without one, as the latest version does that has it.
    """
    with consistent_reads(db):
        reader = ProvisionReader(db)
        versions = query(db, _CONFIRMED_VERSIONS, instrument_id=instrument_id)
        candidates = [row for row in versions if not version_id or row["id"] == version_id]
        language, lineage_pid = _pid_of(reader, reversed(candidates), eid)
        return [
            ProvisionRow(row["id"], datetime.fromisoformat(row["seen_at"]), _whole(reader, row["row"], heads, ordinal))
            for row in versions
            if row["language"] == language
            for heads in [reader.heads(row["row"])]
            for ordinal, (_, pid) in enumerate(heads)
            if pid == lineage_pid
        ]


def eid_now(db: Database, instrument_id: str, eid: str, meant_at: datetime, version_id: str) -> str | None:
    """Return how a version numbers the provision that was *eid* at *meant_at*; None when it has no such provision.

    Before the first version of an instrument its first one says what is meant; an *eid* no provision had is itself.
    """
    with consistent_reads(db):
        reader = ProvisionReader(db)
        rows = query(db, _MEANT_AT, instrument_id=instrument_id, at=utc_iso(meant_at), version_id=version_id)
        pids = {head.eid: pid for row in rows for head, pid in reader.heads(row["row"]) if pid}
        if eid not in pids:
            return eid
        now = query(db, "SELECT row FROM versions WHERE id = :id", id=version_id)
        return next((head.eid for row in now for head, pid in reader.heads(row["row"]) if pid == pids[eid]), None)


_MEANT_AT = """
SELECT row FROM versions WHERE instrument_id = :instrument_id AND standing = 'confirmed'
  AND language = (SELECT language FROM versions WHERE id = :version_id)
ORDER BY seen_at > :at, CASE WHEN seen_at <= :at THEN seen_at END DESC, seen_at,
  CASE WHEN seen_at <= :at THEN -row ELSE row END LIMIT 1
"""
_CONFIRMED_VERSIONS = """
SELECT row, id, seen_at, language FROM versions
WHERE instrument_id = :instrument_id AND standing = 'confirmed' ORDER BY seen_at, row
"""


def _pid_of(reader: ProvisionReader, newest_first: Iterable[dict[str, Any]], eid: str) -> tuple[str, str]:
    """Return language and persistent id that *eid* has in the latest version that has it; empty when none has."""
    for row in newest_first:
        for head, pid in reader.heads(row["row"]):
            if head.eid == eid and pid:
                return row["language"], pid
    return "", ""


def _whole(reader: ProvisionReader, version_row: int, heads: Sequence[Line], ordinal: int) -> Provision:
    """Return the provision at this place with all below it; no run without it is opened for its texts."""
    top = heads[ordinal][0].depth
    below = takewhile(lambda line: line[0].depth > top, islice(heads, ordinal + 1, None))
    whole = [heads[ordinal], *below]
    texts = reader.texts(version_row, ordinal, len(whole))
    rows = [(replace(head, depth=head.depth - top), pid, text) for (head, pid), text in zip(whole, texts, strict=True)]
    return layout.tree_of(rows)[0]


def find_lost(db: Database) -> list[str]:
    """Return which provisions of which versions are lost because a pack is gone, in words for an operator."""
    return [
        f"version {pack.version_id}: what stands from {_name_of(db, pack)} on is lost with pack {pack.pack_id};"
        " restore the database"
        for pack in pack_refs.find_lost(db)
    ]


def _name_of(db: Database, pack: pack_refs.LostPack) -> str:
    try:
        head, _ = ProvisionReader(db).heads(pack.version_row)[pack.ordinal]
    except MissingRowError:  # the pack of what they are called is gone, too
        return f"provision {pack.ordinal + 1}"
    return head.citation or head.label or head.eid


def _heads_of(db: Database, version_id: str, eids: Collection[str]) -> Iterator[ProvisionHead]:
    chosen_eids = frozenset(eids)
    for row in query(db, "SELECT row FROM versions WHERE id = :id", id=version_id) if chosen_eids else ():
        yield from (head for head, _ in ProvisionReader(db).heads(row["row"]) if head.eid in chosen_eids)


def _words(head: ProvisionHead, text: str) -> tuple[str, str, str]:
    return head.label, head.heading, text
