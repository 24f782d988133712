"""Readings that commands work on: of a file, or of a stored version."""

from __future__ import annotations

from pathlib import Path

from storage.records import Reading
from tracker.cli.command import Jurisdiction, app_context
from tracker.errors import UsageError
from tracker.reading import read
from tracker.reading.formats.recognise import PDF_LIMIT
from tracker.reading.limits import processor_limit
from tracker.reading.structure.draft import ReadingContext


def read_file(file: Path, jurisdiction: Jurisdiction | None, url: str = "") -> Reading:
    """Return the reading of *file*; raises UsageError or RefusedError with one clear line."""
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    if file.stat().st_size > PDF_LIMIT:
        raise UsageError(f"{file}: over the size limit of {PDF_LIMIT // 1_000_000} MB")
    hints = ReadingContext(jurisdiction=jurisdiction.value if jurisdiction else "", url=url)
    try:
        body = file.read_bytes()
        with processor_limit(len(body)):
            return read(body, hints)
    except PermissionError:
        raise UsageError(f"{file}: may not be read") from None


def reading_of(name: str, jurisdiction: Jurisdiction | None) -> Reading:
    """Return the reading of a stored version or of a file; raises UsageError or RefusedError with one clear line."""
    if "@" in name and not Path(name).exists():
        from storage import versions  # noqa: PLC0415 - a file is read without a database

        version = versions.find(app_context().db, name)
        if version is None:
            raise UsageError(f"{name}: neither a file nor the id of a stored version")
        return version.reading
    return read_file(Path(name), jurisdiction)
