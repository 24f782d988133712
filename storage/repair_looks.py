"""Repair of the archive's files of looks: a torn append (a WARC record cut by a crash) is set aside."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.archive import looks_files

_NEWEST = 2  # files: of today, and of the day before, in which the last crash may have been
_MAGIC = b"\x1f\x8b\x08"
_FIRST_WORDS = b"WARC/1.1\r\n"
_STILL_BEING_WRITTEN = 0.3  # seconds; an append of another process ends sooner


@dataclass(frozen=True, slots=True)
class TornRecord:
    """What was torn in one file of looks: its name, how many bytes were no whole record, and where they are now."""

    file: str
    lost_bytes: int
    at: int
    aside: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.lost_bytes} bytes from byte {self.at} on were no whole record; one look of that day "
            f"has no record, its check is in the database; the bytes are in {self.aside}"
        )


def repair_looks(root: Path, is_known: Callable[[str, int], bool]) -> Iterator[TornRecord]:
    """Set aside what is torn in the newest files of looks, and yield it; nothing that is whole is ever touched.

    *is_known* says whether a file (by its name) was whole at a size, so that it need not be read again.
    """
    for path in looks_files(root)[-_NEWEST:]:
        size = path.stat().st_size
        if is_known(path.name, size) or not _torn_spans(path.read_bytes()):
            continue
        time.sleep(_STILL_BEING_WRITTEN)
        content = path.read_bytes()
        spans = _torn_spans(content)
        if not spans or len(content) != size:
            continue  # it was another process's append, which has ended or goes on
        yield _set_aside(path, content, spans)


def _torn_spans(content: bytes) -> list[tuple[int, int]]:
    """Return the stretches of a file of records that are no whole record."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(content):
        end = _record_end(content, at)
        if end is not None:
            at = end
            continue
        next_start = _next_record(content, at + 1)
        spans.append((at, next_start))
        at = next_start
    return spans


def _record_end(content: bytes, at: int) -> int | None:
    """Return where the record that begins at *at* ends; None when none does."""
    unpacker = zlib.decompressobj(31)
    try:
        words = unpacker.decompress(content[at:])
    except zlib.error:
        return None
    if not unpacker.eof or not words.startswith(_FIRST_WORDS):
        return None
    return len(content) - len(unpacker.unused_data)


def _next_record(content: bytes, after: int) -> int:
    at = content.find(_MAGIC, after)
    while at >= 0 and _record_end(content, at) is None:
        at = content.find(_MAGIC, at + 1)
    return at if at >= 0 else len(content)


def _set_aside(path: Path, content: bytes, spans: list[tuple[int, int]]) -> TornRecord:
    """Write the torn stretches beside the file, then the file without them, each whole."""
    first = spans[0][0]
    torn_bytes = b"".join(content[start:end] for start, end in spans)
    aside = path.with_name(f"{path.name}.torn-{first}")
    _write_whole(aside, torn_bytes)
    if spans[-1][1] == len(content) and len(spans) == 1:
        os.truncate(path, first)
    else:
        starts, ends = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(content)]
        _write_whole(path, b"".join(content[start:end] for start, end in zip(starts, ends, strict=True)))
    return TornRecord(path.name, len(torn_bytes), first, aside.name)


def _write_whole(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
