"""All feeds and calendars as files: whole or not at all, and untouched when nothing changed."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from storage import events
from tracker.feeds.feed_formats import FORMS, Publisher
from tracker.feeds.scopes import scopes


def write_all(db: Database, folder: Path, *, base_url: str) -> tuple[int, int]:
    """Write every feed below *folder*; return how many files there are, and how many of them are new or different."""
    publisher = Publisher(db, base_url)
    all_scopes, count = scopes(events.subjects(db), publisher.entries.instruments.values()), 0
    for scope in all_scopes:
        for form in FORMS:
            count += _write(folder / scope.path(form), publisher.make(scope, form))
    return len(all_scopes) * len(FORMS), count


def _write(path: Path, content: bytes) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(path.name + ".part")
    half.write_bytes(content)
    half.replace(path)
    return True
