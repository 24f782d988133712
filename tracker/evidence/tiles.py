"""Tiles of the log on disk: 256 hashes a file, as C2SP tlog-tiles lays them out, readable by any file server.

Format: https://c2sp.org/tlog-tiles. A full tile never changes; a partial one (``….p/7``) is replaced by a wider one and
may be removed when its full tile stands. Files are written whole, under another name first.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from storage.log import leaf_hash
from tracker.evidence import merkle

WIDTH = 256
_HEIGHT = 8
_HASH = 32


class TileError(OSError):
    """A tile is missing or shorter than the log's size says. Raised here; verify names the file."""


class Tiles:
    """The tiles under one folder, of a log of *size* leaves."""

    def __init__(self, root: Path, size: int) -> None:
        self.root = root
        self.size = size

    def hash_at(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree. Raises TileError when its tile does not hold it."""
        rows, inner = divmod(level, _HEIGHT)
        width = 1 << inner  # hashes of the tile's own level below this subtree
        first = index * width
        tile, offset = divmod(first, WIDTH)
        hashes = self._tile(rows, tile)[offset : offset + width]
        if len(hashes) < width:
            raise TileError(f"{tile_path(rows, tile)} does not hold hash {index} of level {level}")
        while len(hashes) > 1:
            hashes = [merkle.node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
        return hashes[0]

    def root_hash(self) -> bytes:
        """Return the root over all leaves."""
        return merkle.tree_root(self.size, self.hash_at)

    def append(self, leaves: Sequence[bytes]) -> None:
        """Append the leaf hashes *leaves*; what is on disk stays readable at every moment."""
        fresh: dict[tuple[int, int], dict[int, bytes]] = defaultdict(dict)
        for level, index, value in merkle.new_subtrees(self.size, leaves, self.hash_at):
            rows, inner = divmod(level, _HEIGHT)
            if not inner:
                fresh[rows, index // WIDTH][index % WIDTH] = value
        for (rows, tile), hashes in fresh.items():
            self._widen(rows, tile, hashes)
        self.size += len(leaves)

    def strange_files(self, leaves: Sequence[bytes]) -> Iterator[str]:
        """Yield the lowest tiles, also those that a wider one took the place of, that do not hold these leaf hashes."""
        folder = self.root / "tile" / "0"
        for path in sorted(folder.rglob("*")):
            if not path.is_file() or path.suffix == ".new":  # what a kill left half-written
                continue
            parts = path.relative_to(folder).as_posix().replace(".p/", "/.").split("/")
            number = int("".join(part.removeprefix("x") for part in parts if not part.startswith(".")) or 0)
            width = int(parts[-1][1:]) if parts[-1].startswith(".") else WIDTH
            hashes = leaves[number * WIDTH : number * WIDTH + width]
            is_ahead = len(hashes) < width  # of a database that was copied before the tiles were
            body = path.read_bytes()
            if body[: len(hashes) * _HASH if is_ahead else None] != b"".join(hashes):
                yield path.relative_to(self.root).as_posix()

    def _widen(self, rows: int, tile: int, hashes: dict[int, bytes]) -> None:
        before = self._tile(rows, tile)[: min(hashes)]
        if len(before) < min(hashes):
            raise TileError(f"{tile_path(rows, tile)} is shorter than the log")
        whole = [*before, *(hashes[offset] for offset in sorted(hashes))]
        _write_whole(self.root / tile_path(rows, tile, len(whole)), b"".join(whole))
        if len(whole) == WIDTH:
            self._remove_partial(rows, tile)

    def _tile(self, rows: int, tile: int) -> list[bytes]:
        count = min(WIDTH, (self.size >> (rows * _HEIGHT)) - tile * WIDTH)
        if count <= 0:
            return []
        path = self._widest(rows, tile, count)
        if path is None:
            raise TileError(f"{tile_path(rows, tile, count)} is missing")
        raw = path.read_bytes()
        return [raw[at : at + _HASH] for at in range(0, min(len(raw), count * _HASH), _HASH)]

    def _widest(self, rows: int, tile: int, count: int) -> Path | None:
        """Return the file that holds at least the first *count* hashes of a tile: full, or partial."""
        full = self.root / tile_path(rows, tile)
        if full.is_file():
            return full
        folder = full.with_name(f"{full.name}.p")
        widths = [int(path.name) for path in folder.glob("*") if path.name.isdigit()]
        return folder / str(max(widths)) if widths and max(widths) >= count else None

    def _remove_partial(self, rows: int, tile: int) -> None:
        folder = self.root / f"{tile_path(rows, tile)}.p"
        for path in folder.glob("*") if folder.is_dir() else ():
            path.unlink()


def tile_path(rows: int, tile: int, width: int = WIDTH) -> str:
    """Return where a tile stands below the log's folder; three digits a folder, ``x`` before all but the last."""
    groups = [f"{tile % 1000:03d}"]
    while tile := tile // 1000:
        groups.append(f"x{tile % 1000:03d}")
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{rows}/{'/'.join(reversed(groups))}{partial}"


def rebuilt_root(entries: Iterable[bytes]) -> bytes:
    """Return the root over *entries*, out of nothing but themselves: what the tiles must agree with."""
    stack: list[tuple[int, bytes]] = []
    for entry in entries:
        level, value = 0, leaf_hash(entry)
        while stack and stack[-1][0] == level:
            value = merkle.node_hash(stack.pop()[1], value)
            level += 1
        stack.append((level, value))
    if not stack:
        return merkle.EMPTY_ROOT
    _, value = stack.pop()
    while stack:
        value = merkle.node_hash(stack.pop()[1], value)
    return value


def _write_whole(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial_path = path.with_name(f"{path.name}.new")
    with partial_path.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    partial_path.replace(path)
