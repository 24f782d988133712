"""Read again: a stored version is read anew from its snapshot when it was read under another reading key.

Our own improvements never alert, nor does an edited declaration, nor what we learn of furniture: before two versions
are compared the older text is read as today's reader and today's declaration read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from storage import furniture, snapshots, versions
from storage.archive import Archive
from storage.records import Source, Version
from tracker.pipeline.versions.reading_attempt import attempt, context_for, fingerprint
from tracker.reading import reading_key


@dataclass(frozen=True, slots=True)
class Reread:
    """A version as it reads today; *cause* says why it does not, and then it is as it was stored."""

    version: Version
    cause: str = ""


def reread(
    db: Database, archive: Archive, sources: Mapping[str, Source], version: Version, fallback_id: str = ""
) -> Reread:
    """Return *version* read under today's key; stored again when that is another one than it was read under.

    *fallback_id* names the source whose declaration counts when that of the version is gone.
    """
    source = sources.get(version.source_id) or sources.get(fallback_id)
    if source is None:
        return Reread(version, "its source is not declared any more")
    snapshot, page = snapshots.get(db, version.snapshot_id), versions.page_of(db, version)
    context = context_for(source, page, snapshot, furniture.learned_furniture(db, page.id))
    if version.reading.reader == reading_key(context):
        return Reread(version)
    result = attempt(db, archive, source, page, snapshot)
    if result.reading is None or result.cause:
        return Reread(version, result.cause)
    return Reread(versions.replace_reading(db, version, result.reading, fingerprint(result.reading)))
