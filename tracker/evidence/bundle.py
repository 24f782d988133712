"""Evidence: what proves one version, for somebody who has none of our programs; and everything as JSON lines."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from storage import changes, instruments, snapshots, versions
from storage.records import Version
from tracker import render
from tracker.context import AppContext

_README = """\
Evidence of one version of a law, kept by Clausewatch.

page.warc.gz   request and answer as they went over the wire (WARC 1.1, ISO 28500)
page.bin       the page itself, out of that file
version.json   what was read from it
version.txt    the same for people

The page was fetched at {at} from {url}
Its SHA-256 is {sha256}; `sha256sum page.bin` must say the same.
"""


def write_evidence(service: AppContext, version: Version, path: Path, on: date) -> None:
    """Write a ZIP file with the exchange, the page, the reading and a page of explanation.

    Raises DamagedArchiveError when the archive does not hold the page any more.
    """
    snapshot = snapshots.get(service.db, version.snapshot_id)
    body = service.archive.body(snapshot.archived_as)
    shape = render.reading_json(version.reading, on=on) | _identity(version)
    shape |= {"url": snapshot.url, "fetched_at": snapshot.fetched_at.isoformat(), "sha256": snapshot.sha256}
    readme = _README.format(at=snapshot.fetched_at.isoformat(), url=snapshot.url, sha256=snapshot.sha256)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("README.txt", readme)
        file.write(service.archive.root / snapshot.archived_as, "page.warc.gz")
        file.writestr("page.bin", body)
        file.writestr("version.json", json.dumps(shape, ensure_ascii=False, indent=2))
        file.writestr("version.txt", render.reading_text(version.reading, on=on))


def all_records(service: AppContext, on: date) -> Iterator[dict[str, Any]]:
    """Yield every instrument, version and change set as plain values, each with its ``record``."""
    for instrument in instruments.all_instruments(service.db):
        yield {"record": "instrument", "id": instrument.id, "jurisdiction": instrument.jurisdiction,
               "title": instrument.title, "title_native": instrument.title_native, "url": instrument.url}  # fmt: skip
    for row in versions.all_versions(service.db):
        version = versions.get(service.db, row.id)
        yield {"record": "version", **_identity(version), **render.reading_json(version.reading, on=on)}
    for change_set in changes.all_sets(service.db):
        old, new = (versions.get(service.db, name).reading for name in (change_set.old, change_set.new))
        shape = render.comparison_json(changes.get_set(service.db, change_set.id), old, new)
        yield {"record": "change_set", "id": change_set.id, "old_version": change_set.old,
               "new_version": change_set.new, "at": change_set.at.isoformat(), **shape}  # fmt: skip


def _identity(version: Version) -> dict[str, Any]:
    return {
        "version": version.id,
        "instrument": version.instrument_id,
        "source": version.source_id,
        "seen_at": version.seen_at.isoformat(),
        "standing": version.standing.value,
    }
