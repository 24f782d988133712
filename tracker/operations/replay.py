"""Replay: read and compare everything again from the archive alone, with today's reader; nobody is told.

Versions and change sets keep their ids. Every version and every change set is its own transaction and is judged by
what is stored, so that replay may be stopped anywhere, and done twice does nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from storage import changes, milestones, pages, snapshots, versions
from storage.changes import ChangeSetRow
from storage.database.connection import transaction
from storage.errors import DamagedArchiveError
from storage.records import Provision, Reading, ReviewState, Version
from storage.search import index
from storage.text_store import blobs
from storage.versions import VersionRow
from tracker.compare import compare
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.pipeline.versions.reading_attempt import attempt, fingerprint
from tracker.pipeline.versions.record_version import carry_over_pids
from tracker.reading.reading_key import code_hash
from tracker.weigh import weigh

ReplayProgress = Callable[[str], None]
_EVERY = 50  # versions between two words to a waiting person


@dataclass
class ReplayReport:
    """What came of reading again; ``words`` are versions whose law reads otherwise, ``facts`` those that only know more
    or other things about it, ``recovered`` pages that were no law to the reader of their day and are to today's.
    """

    same: int = 0
    facts: int = 0
    words: int = 0
    sets_same: int = 0
    sets_changed: int = 0
    recovered: list[str] = field(default_factory=list)
    differences: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, str]] = field(default_factory=list)

    def as_json(self, *, dry: bool) -> dict[str, Any]:
        """Return the shape ``clausewatch/replay/1``."""
        return {
            "schema": "clausewatch/replay/1", "reader": code_hash()[:16], "dry_run": dry,
            "versions": {"read": self.same + self.facts + self.words, "same": self.same, "facts": self.facts,
                         "words": self.words},
            "change_sets": {"compared": self.sets_same + self.sets_changed, "same": self.sets_same,
                            "changed": self.sets_changed},
            "recovered": self.recovered, "differences": self.differences, "problems": self.problems,
        }  # fmt: skip


def replay(
    service: AppContext, source_ids: Collection[str], since: date | None, tell: ReplayProgress, *, dry: bool = False
) -> ReplayReport:
    """Read and compare again the versions of the sources *source_ids* (all if none) that were seen *since* a day.

    *dry* only says what would differ. Raises UsageError for a source that is not declared.
    """
    if unknown_ids := set(source_ids) - service.sources.keys():
        raise UsageError(f"{', '.join(sorted(unknown_ids))}: no such source; see `clausewatch sources list`")
    result, rows = ReplayReport(), [v for v in versions.all_versions(service.db) if _is_wanted(v, source_ids, since)]
    read_again: dict[str, Version] = {}
    for number, row in enumerate(rows, 1):
        if number % _EVERY == 0 or number == len(rows):
            tell(f"read {number} of {len(rows)} versions")
        reread = _read_again(service, row, result, dry=dry)
        if dry and reread is not None:
            read_again[row.id] = reread
    _compare_again(service, {row.id for row in rows}, read_again, result, tell, dry=dry)
    result.recovered = _recovered_pages(service, source_ids, since)
    if not dry:
        index.index_new_provisions(service.db)
        with transaction(service.db):
            blobs.sweep(service.db)
    return result


def _is_wanted(version: VersionRow, source_ids: Collection[str], since: date | None) -> bool:
    return (not source_ids or version.source_id in source_ids) and (since is None or version.seen_at.date() >= since)


def _read_again(service: AppContext, row: VersionRow, result: ReplayReport, *, dry: bool) -> Version | None:
    """Read one version from its snapshot and put the reading in the place of the stored one when it differs."""
    try:
        reading = _reading(service, row)
    except (DamagedArchiveError, UsageError) as error:
        result.problems.append({"version": row.id, "cause": str(error)})
        return None
    with transaction(service.db):
        version = versions.get(service.db, row.id)
        if _bare(version.reading) == replace(reading, reader=version.reading.reader):
            result.same += 1
            if version.reading.reader == reading.reader or dry:
                return version
            return versions.replace_reading(service.db, version, reading, fingerprint(reading))
        sha = fingerprint(reading)
        _note(result, version, reading, sha)
        pids = {provision.eid: provision.pid for provision in version.reading.walk()}
        if row.first:
            pids = {provision.eid: pids.get(provision.eid) or provision.eid for provision in reading.walk()}
        if dry:
            return replace(version, reading=reading, text_sha256=sha)
        reread = versions.replace_reading(service.db, version, reading, sha)
        versions.set_pids(service.db, row.id, {eid: pid for eid, pid in pids.items() if pid})
        latest = versions.find_latest(
            service.db, row.instrument_id, language=row.language, standing=ReviewState.CONFIRMED
        )
        if latest is not None and latest.id == row.id and version.reading.dates != reading.dates:
            milestones.replace(service.db, row.instrument_id, row.id, reading.dates)
        return reread


def _reading(service: AppContext, row: VersionRow) -> Reading:
    source = service.sources.get(row.source_id)
    if source is None:
        raise UsageError(f"its source {row.source_id} is not declared any more: left as it is")
    snapshot = snapshots.get(service.db, row.snapshot_id)
    result = attempt(service.db, service.archive, source, versions.page_of(service.db, row), snapshot)
    if result.reading is None or result.cause:
        raise UsageError(f"today's reader takes it for no law ({result.cause}): left as it is")
    return result.reading


def _note(result: ReplayReport, version: Version, reading: Reading, sha: str) -> None:
    kind = "facts" if sha == version.text_sha256 else "words"
    result.facts += kind == "facts"
    result.words += kind == "words"
    before, after = (sum(1 for _ in reading_side.walk()) for reading_side in (version.reading, reading))
    result.differences.append(
        {"version": version.id, "differs": kind, "provisions_before": before, "provisions_after": after}
    )


def _compare_again(
    service: AppContext,
    rows: Collection[str],
    readings: dict[str, Version],
    result: ReplayReport,
    tell: ReplayProgress,
    *,
    dry: bool,
) -> None:
    """Compare every pair of which one version was read again; *readings* are readings that were not stored."""
    change_sets = [
        change_set for change_set in changes.all_sets(service.db) if change_set.old in rows or change_set.new in rows
    ]
    for number, change_set in enumerate(change_sets, 1):
        if number % _EVERY == 0 or number == len(change_sets):
            tell(f"compared {number} of {len(change_sets)} change sets")
        with transaction(service.db):
            _compare_one(service, change_set, readings, result, dry=dry)


def _compare_one(
    service: AppContext, change_set: ChangeSetRow, readings: dict[str, Version], result: ReplayReport, *, dry: bool
) -> None:
    db = service.db
    old, new = (readings.get(name) or versions.get(db, name) for name in (change_set.old, change_set.new))
    comparison = weigh(compare(old.reading, new.reading), old.reading, new.reading)
    if comparison == changes.get_set(db, change_set.id):
        result.sets_same += 1
    else:
        result.sets_changed += 1
    if dry:
        return
    changes.replace_set(db, change_set.id, comparison)
    versions.set_pids(db, new.id, carry_over_pids(old, new, comparison.pairs))


def _recovered_pages(service: AppContext, source_ids: Collection[str], since: date | None) -> list[str]:
    """Return the pages of law whose newest snapshot was no law when it was read, and is to today's reader."""
    urls = []
    for snapshot in snapshots.refused_snapshots(service.db):
        page = pages.get(service.db, snapshot.page_id)
        source = service.sources.get(page.source_id)
        if (
            source is None
            or page.listing
            or source.kind.value == "news"
            or (source_ids and source.id not in source_ids)
        ):
            continue
        newest = snapshots.latest(service.db, page.id)
        if (since and snapshot.fetched_at.date() < since) or newest is None or newest.id != snapshot.id:
            continue
        try:
            result = attempt(service.db, service.archive, source, page, snapshot)
        except DamagedArchiveError:
            continue
        if not result.cause and result.reading is not None and result.reading.provisions:
            urls.append(page.url)
    return urls


def _bare(reading: Reading) -> Reading:
    return replace(reading, provisions=tuple(_without_pid(provision) for provision in reading.provisions))


def _without_pid(provision: Provision) -> Provision:
    return replace(provision, pid="", children=tuple(_without_pid(child) for child in provision.children))
