"""Which events follow from a version: what a subscriber may be told, each unique by its key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from storage import events, milestones, pages, relations, versions
from storage.records import (
    Comparison,
    Event,
    EventKind,
    Milestone,
    MilestoneKind,
    Page,
    Relation,
    RelationKind,
    Version,
    Weight,
)
from tracker.weigh import moved_dates

K = EventKind
_ABOUT = {
    RelationKind.CORRECTS: K.CORRECTED,
    RelationKind.REPEALS: K.REPEALED,
    RelationKind.POSTPONES: K.DATE_MOVED,
}
_ONLY_ABOUT_OTHERS = frozenset({K.CORRECTED, K.DATE_MOVED})
_STALE = timedelta(days=30)  # an act that was news so long ago is none to whoever begins to watch its target
_DATES_TOLD = frozenset({MilestoneKind.IN_FORCE, MilestoneKind.APPLIES, MilestoneKind.COMMENTS_DUE})


def events_for_new_instrument(db: Database, version: Version, page: Page, now: datetime) -> None:
    """Note a newly published instrument; back-fill is no news.

    A corrigendum and a postponement are told as what they do to the other instrument, and not once more as new.
    """
    if not page.discovered or _is_about_others_only(db, version):
        return
    draft = version.reading.draft
    due = next((m.on for m in version.reading.dates if m.kind is MilestoneKind.COMMENTS_DUE), None)
    kind = K.DRAFT_OPENED if draft else K.NEW_INSTRUMENT
    details = {"comments_due": due.isoformat() if due else "", "url": page.url}
    add(db, kind, version, now, key=version.instrument_id, details=details, on=due)


def events_of_relations(db: Database, now: datetime) -> None:
    """Note what instruments say about others, once both ends are known; what is an old story by then is no news."""
    for row in relations.untold_relations(db):
        relations.mark_told(db, row.id)
        version = versions.get(db, row.version_id)
        kind, target = _ABOUT.get(row.kind), row.target_id
        if kind is None or target is None or is_stale(version, now):
            continue
        if kind is K.DATE_MOVED:
            _postpone(db, version, row.relation, target, now)
        else:
            _tell_target(db, kind, version, row.relation, target, versions.page_of(db, version), now)


def is_stale(version: Version, now: datetime) -> bool:
    """Return whether an act was news so long ago that it is none any more."""
    return now - version.seen_at > _STALE


def tell_amended(db: Database, row: relations.RelationRow, now: datetime) -> None:
    """Note that an act amends an instrument, where nothing could be computed of what it makes of it."""
    version = versions.get(db, row.version_id)
    if row.target_id is not None:
        _tell_target(db, K.AMENDING_ACT, version, row.relation, row.target_id, versions.page_of(db, version), now)


def of_new_version(
    db: Database, old: Version, new: Version, comparison: Comparison, set_id: int, now: datetime
) -> None:
    """Note what changed between two versions of one instrument: its provisions, and its dates."""
    if comparison.changes:
        earlier = versions.with_text(db, new.instrument_id, new.text_sha256, new.language)
        kind = K.REVERSED if any(v.id not in {old.id, new.id} for v in earlier) else K.NEW_VERSION
        weight = Weight(str(comparison.summary.get("weight", Weight.EDITORIAL.value)))
        add(db, kind, new, now, key=new.id, change_set_id=set_id, weight=weight)
    _repealed_by_its_own_words(db, old, new, now)
    for kind_of_date, before, after in moved_dates(
        _tellable_dates(old.reading.dates), _tellable_dates(new.reading.dates)
    ):
        _date_moved(db, new, kind_of_date, before, after, "the text itself", now)


def _repealed_by_its_own_words(db: Database, old: Version, new: Version, now: datetime) -> None:
    """Note that the page says of its own instrument that it is repealed, and did not before."""
    repeal_dates = [m for m in new.reading.dates if m.kind is MilestoneKind.REPEALED]
    if repeal_dates and not any(m.kind is MilestoneKind.REPEALED for m in old.reading.dates):
        on, details = repeal_dates[0].on, {"basis": repeal_dates[0].basis[:2000]}
        add(db, K.REPEALED, new, now, key=f"{new.instrument_id}:{on}", details=details, weight=Weight.HIGH, on=on)


def _tellable_dates(dates: Iterable[Milestone]) -> tuple[Milestone, ...]:
    return tuple(m for m in dates if m.kind in _DATES_TOLD)


def _is_about_others_only(db: Database, version: Version) -> bool:
    """Return whether all there is to tell of a new act is what it does to an instrument we know."""
    rows = relations.of_instrument(db, version.instrument_id)
    return any(row.target_id is not None and _ABOUT.get(row.kind) in _ONLY_ABOUT_OTHERS for row in rows)


def _postpone(db: Database, version: Version, relation: Relation, target: str, now: datetime) -> None:
    latest = versions.find_latest(db, target)
    kind = MilestoneKind.IN_FORCE
    before = next(
        (m.on for m in milestones.of_instrument(db, target) if m.kind is kind and m.superseded_by is None), None
    )
    milestones.supersede(db, target, kind, before, by=version.instrument_id, new_on=relation.on, basis=relation.basis)
    if latest is not None:
        _date_moved(db, latest, kind, before, relation.on, relation.basis, now, by=version)


def _date_moved(
    db: Database,
    version: Version,
    kind: MilestoneKind,
    before: date | None,
    after: date | None,
    basis: str,
    now: datetime,
    by: Version | None = None,
) -> None:
    details = {
        "kind": kind.value,
        "old": before.isoformat() if before else "",
        "new": after.isoformat() if after else "",
        "basis": basis,
        "other_title": by.reading.title if by else "",
    }
    if _told_to_have_moved(db, version.instrument_id, details):
        return  # an act put the date off, and now the text says so too
    key = f"{version.instrument_id}:{kind.value}:{details['old']}:{details['new']}:{(by or version).id}"
    add(db, K.DATE_MOVED, version, now, key=key, details=details, on=after, weight=Weight.HIGH)


def _told_to_have_moved(db: Database, instrument_id: str, details: dict[str, str]) -> bool:
    """Say whether a date's last move that was told is this one; what moved back and moves again is news."""
    moves: set[tuple[str, str]] = set()
    for event in events.of_instrument(db, instrument_id):
        if event.kind is K.DATE_MOVED and event.details.get("kind") == details["kind"]:
            old, new = str(event.details.get("old", "")), str(event.details.get("new", ""))
            moves = {(one, other) for one, other in moves if other != old} | {(old, new)}
    return (details["old"], details["new"]) in moves


def _tell_target(
    db: Database, kind: EventKind, version: Version, relation: Relation, target: str, page: Page, now: datetime
) -> None:
    latest = versions.find_latest(db, target)
    if latest is None:
        return
    details = {"other_title": version.reading.title, "other_url": page.url, "basis": relation.basis[:2000],
               "other_id": version.instrument_id}  # fmt: skip
    key, on = f"{target}:{version.instrument_id}", None
    pages.hint(db, latest.page_id, now)  # what was amended will soon be printed as amended
    if kind is K.REPEALED:
        on = relation.on or _first_day(version)
        milestones.supersede(
            db, target, MilestoneKind.REPEALED, None, by=version.instrument_id, new_on=on, basis=relation.basis
        )
    add(db, kind, latest, now, key=key, details=details, weight=Weight.HIGH, on=on)


def _first_day(version: Version) -> date | None:
    """Return when an act takes effect: what it repeals "at the same time" ends then."""
    days = [m.on for m in version.reading.dates if m.kind is MilestoneKind.IN_FORCE and m.on]
    return min(days, default=None)


def add(  # noqa: PLR0913 - the fields of an event that differ
    db: Database,
    kind: EventKind,
    version: Version,
    now: datetime,
    *,
    key: str,
    details: dict[str, Any] | None = None,
    change_set_id: int | None = None,
    weight: Weight = Weight.MEDIUM,
    on: date | None = None,
) -> None:
    """Store an event about the instrument of *version*; one whose *key* is known is no news."""
    reading = version.reading
    event = Event(
        id=0,
        key=f"{kind.value}:{key}",
        kind=kind,
        instrument_id=version.instrument_id,
        at=now,
        version_id=version.id,
        change_set_id=change_set_id,
        weight=weight,
        jurisdiction=reading.jurisdiction,
        authorities=tuple(a.id for a in reading.authorities),
        topics=reading.topics,
        source_id=version.source_id,
        on=on,
        details=details or {},
    )
    events.add(db, event)
