"""The reading key: a hash of everything a reading depends on beside the page; only readings alike in it are compared.

It holds the code and the word tables of this package, hashed once a process, what the declaration selects and removes,
and what is known to be furniture. So a better reader, another word in a table or an edited declaration is never taken
for a change of the law: the older text is read again first.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from tracker.reading.furniture.strip import stamp
from tracker.reading.structure.draft import ReadingContext

KEY_FIELDS = ("jurisdiction", "language", "kind", "media_type", "select", "remove", "furniture")
"""The fields of a context that decide how a page is taken apart."""
FREE_FIELDS = ("url", "title", "published_on", "comments_due_on", "authorities", "topics")
"""The others: what a list or a declaration says of a page that does not say it itself. No provision depends on them."""
_SUFFIXES = (".py", ".toml")


def reading_key(context: ReadingContext) -> str:
    """Return the SHA-256 that identifies how a page is read under *context*."""
    plain = [(name, getattr(context, name)) for name in KEY_FIELDS if name != "furniture"]
    parts = (code_hash(), repr(plain), stamp(context.furniture))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@cache
def code_hash() -> str:
    """Return the SHA-256 of this package's modules and word tables, by their names and contents."""
    return folder_hash(Path(__file__).parent)


def folder_hash(folder: Path) -> str:
    """Return the SHA-256 of every module and table below *folder*."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES):
        digest.update(f"{path.relative_to(folder).as_posix()}\x00".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
