"""The release that does the work: what it failed on is tried again by another one, and not by itself in vain."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parents[3]
_SUFFIXES = {".py", ".toml"}


@cache
def release_stamp() -> str:
    """Return a short hash of the code and the word tables that read, compare and weigh; computed once a process."""
    rooms = ("reading", "compare", "weigh", "identity", "pipeline")
    return code_hash(tuple(f"tracker/{room}" for room in rooms))[:16]


@cache
def code_hash(folders: tuple[str, ...]) -> str:
    """Return the SHA-256 of every module and table in some folders of ours, by their names and contents."""
    digest = hashlib.sha256()
    for path in _files(_ROOT / folder for folder in folders):
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\x00".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(folders: Iterable[Path]) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in _SUFFIXES)
