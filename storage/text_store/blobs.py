"""Packs: bytes kept small, each whole or as what it adds to an earlier one. A pack is never edited.

A later version of a text costs about what it says anew: it is compressed with an earlier pack as its dictionary, as
RFC 1950 allows. Chains are short, so that any pack is a few steps away; each step carries a checksum.
"""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from storage.database.connection import execute, insert, inserted_id, one_or_raise, query
from storage.errors import DamagedDatabaseError

PackCache = dict[int, bytes]
"""Packs opened so far, by id; given from call to call within one piece of work."""

WINDOW = 32_000  # bytes that the compressor looks back
_DEEPEST = 8  # steps from a pack to one that stands alone
_WORTH = 0.5  # what only adds to another must be this much smaller than standing alone
_SLOWER = 0.85  # bzip2 takes longer to open than zlib, and must be this much smaller
_PLAIN, _ZLIB, _BZIP2 = b"p", b"z", b"b"


def put(db: Database, content: bytes, base: int | None = None, cache: PackCache | None = None) -> int:
    """Keep *content* and return its pack: *base* itself when that says the same, else one that may lean on it."""
    cache = {} if cache is None else cache
    alone = _alone(content)
    if base is not None:
        if get(db, base, cache) == content:
            return base
        base = _near(db, base)
        delta = _ZLIB + _deflate(content, get(db, base, cache)[-WINDOW:])
        if len(delta) < _WORTH * len(alone):
            return _insert_pack(db, delta, base)
    return _insert_pack(db, alone, None)


def get(db: Database, pack_id: int, cache: PackCache | None = None) -> bytes:
    """Return what a pack holds; raises DamagedDatabaseError when it is not what was put."""
    cache = {} if cache is None else cache
    chain: list[tuple[int, bytes]] = []
    while pack_id not in cache:
        if any(pack_id == number for number, _ in chain):
            raise DamagedDatabaseError(f"pack {pack_id} leans on itself; restore the database")
        row = _row(db, pack_id)
        chain.append((pack_id, row["content"]))
        if row["base_id"] is None:
            break
        pack_id = row["base_id"]
    content = cache.get(pack_id, b"")
    for number, packed_bytes in reversed(chain):
        content = cache[number] = _decompress(number, packed_bytes, content)
    return content


def discard(db: Database, pack_ids: Iterable[int]) -> None:
    """Throw away those of *pack_ids* that no row refers to any more, and what only they leaned on; in a transaction."""
    queue = sorted(set(pack_ids))
    while queue:
        deleted_rows = query(db, f"{_DELETE_UNREFERENCED} AND id = :id RETURNING base_id", id=queue.pop())
        queue += [row["base_id"] for row in deleted_rows if row["base_id"] is not None]


def sweep(db: Database) -> int:
    """Throw away the packs that no row refers to any more and return how many; belongs inside a transaction."""
    count = 0
    while number := execute(db, _DELETE_UNREFERENCED):
        count += number
    return count


_DELETE_UNREFERENCED = """
DELETE FROM packs WHERE NOT EXISTS (SELECT 1 FROM pack_refs WHERE pack_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM packs AS delta WHERE delta.base_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM versions WHERE rest_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM change_sets WHERE pairs_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM change_sets WHERE words_id = packs.id)
  AND NOT EXISTS (SELECT 1 FROM snapshots WHERE headers_id = packs.id)
"""


def _row(db: Database, pack_id: int) -> dict[str, Any]:
    return one_or_raise(query(db, "SELECT base_id, content FROM packs WHERE id = :id", id=pack_id), f"pack {pack_id}")


def _insert_pack(db: Database, content: bytes, base: int | None) -> int:
    return inserted_id(insert(db, "packs", {"base_id": base, "content": content}))


def _near(db: Database, pack_id: int) -> int:
    """Return the pack itself, or the one its chain ends at when that is long."""
    chain = [pack_id]
    while (base := _row(db, chain[-1])["base_id"]) is not None:
        chain.append(base)
    return chain[0] if len(chain) <= _DEEPEST else chain[-1]


def _alone(content: bytes) -> bytes:
    plain, quick = _PLAIN + content, _ZLIB + zlib.compress(content, 9)
    small = _BZIP2 + bz2.compress(content)
    best = small if len(small) < _SLOWER * len(quick) else quick
    return best if len(best) < len(plain) else plain


def _deflate(content: bytes, dictionary: bytes) -> bytes:
    # an empty dictionary is none
    packer = zlib.compressobj(9, zdict=dictionary) if dictionary else zlib.compressobj(9)
    return packer.compress(content) + packer.flush()


def _decompress(number: int, packed_bytes: bytes, base: bytes) -> bytes:
    try:
        if packed_bytes[:1] == _PLAIN:
            return packed_bytes[1:]
        if packed_bytes[:1] == _BZIP2:
            opener: Any = bz2.BZ2Decompressor()
            content: bytes = opener.decompress(packed_bytes[1:])
        else:
            opener = zlib.decompressobj(zdict=base[-WINDOW:]) if base else zlib.decompressobj()
            content = opener.decompress(packed_bytes[1:]) + opener.flush()
    except (zlib.error, OSError, ValueError, EOFError) as error:
        raise DamagedDatabaseError(f"pack {number} cannot be opened ({error}); restore the database") from error
    if not opener.eof:
        raise DamagedDatabaseError(f"pack {number} is cut off; restore the database")
    return content
