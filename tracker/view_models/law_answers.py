"""Answers about the law as plain objects for programs: the API and the MCP server give them alike.

Every answer names ids, the version it rests on and when that was seen; what is not known is null, never a guess.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from storage import change_summaries, changes, instruments, milestones, snapshots, versions
from storage.change_summaries import ChangeSetSummary
from storage.errors import MissingRowError
from storage.events import EventSummary
from storage.records import Provision, ReviewState, Version
from storage.search import index
from storage.search.index import Hit, SearchScope
from storage.versions import VersionRow
from tracker import render
from tracker.amending.analysis_json import obligation_json
from tracker.amending.obligations.difference import ObligationFate
from tracker.amending.obligations.extraction import obligations_of
from tracker.render.json_contract import change_json, milestone_json, provision_json
from tracker.translation.faithful_translation import kept_translation
from tracker.wording.safe_links import official_url

Json = dict[str, Any]
_LONGEST_TEXT = 2_000  # characters of one side of a change in a list


def search_hits(db: Database, question: str, scope: SearchScope, limit: int) -> Json:
    """Return the provisions that hold every word of *question*, and how many there are."""
    result = index.search(db, question, scope, limit=limit)
    return {"total": result.total, "more": result.more, "hits": [_hit(hit) for hit in result.hits]}


def profile_of(db: Database, instrument_id: str, on: date) -> Json:
    """Return what is known of an instrument on a day: facts, dates, definitions; raises MissingRowError."""
    instrument = instruments.get(db, instrument_id)
    latest = latest_version(db, instrument_id)
    days = milestones.of_instrument(db, instrument_id) or list(latest.reading.dates)
    shape = render.reading_json(latest.reading, on=on)
    for name in ("provisions", "front", "notes", "furniture"):
        del shape[name]
    return shape | {
        "schema": "clausewatch/profile/1",
        "instrument": instrument_id,
        "version": latest.id,
        "seen_at": latest.seen_at.isoformat(),
        "title": instrument.title,
        "title_native": instrument.title_native,
        "url": official_url(snapshots.url_of(db, latest.snapshot_id), instrument.url),
        "status": render.status_on(days, on, draft=latest.reading.draft).value,
        "dates": [milestone_json(milestone) for milestone in days],
    }


def provision_on(db: Database, instrument_id: str, eid: str, on: date | None, language: str = "") -> Json:
    """Return a provision as the version seen last by a day said it; raises MissingRowError when none was or has it.

    The day is one of seeing, not of force: what a page said on that day.
    """
    version = version_seen_by(db, instrument_id, on, language)
    hit = next((piece for piece in version.reading.walk() if piece.eid == eid), None)
    if hit is None:
        raise MissingRowError(
            f"version {version.id} has no provision {eid!r}; it has for example {_some_eids(version)}"
        )
    instrument = instruments.get(db, instrument_id)
    return {
        "instrument": instrument_id,
        "title": instrument.title,
        "title_native": instrument.title_native,
        "version": version.id,
        "seen_at": version.seen_at.isoformat(),
        "language": version.language,
        "status": render.status_on(_days(db, version), on or version.seen_at.date(), draft=version.reading.draft).value,
        "url": official_url(snapshots.url_of(db, version.snapshot_id), instrument.url),
        "evidence": version.snapshot_id,
        "text": "\n".join(_lines(hit)),
        "provision": provision_json(hit),
    }


def translation_json(db: Database, version_id: str, eid: str, target: str) -> Json:
    """Return what is kept of a machine translation of a provision; no service is asked; raises MissingRowError."""
    version = versions.get(db, version_id)
    pieces = [piece for piece in version.reading.walk() if piece.eid == eid or piece.eid.startswith(f"{eid}__")]
    if not pieces:
        raise MissingRowError(
            f"version {version_id} has no provision {eid!r}; it has for example {_some_eids(version)}"
        )
    rows = [(piece, kept_translation(db, piece.text, target) if piece.text else None) for piece in pieces]
    return {
        "version": version_id,
        "eid": eid,
        "language": version.language,
        "to": target,
        "official": False,
        "made_by": "machine",
        "provisions": [
            {"eid": piece.eid, "text": piece.text, "translation": outcome.text or None if outcome else None,
             "refused": outcome.refusal or None if outcome else None}
            for piece, outcome in rows
        ],
    }  # fmt: skip


def version_seen_by(db: Database, instrument_id: str, on: date | None, language: str = "") -> Version:
    """Return the newest confirmed version seen by the end of a day; raises MissingRowError."""
    instruments.get(db, instrument_id)
    rows = [
        row
        for row in versions.of_instrument(db, instrument_id, ReviewState.CONFIRMED)
        if (on is None or row.seen_at.date() <= on) and (not language or row.language == language)
    ]
    if not rows:
        when = f" by {on}" if on else ""
        raise MissingRowError(f"there is no version of {instrument_id!r}{when}{f' in {language}' if language else ''}")
    return versions.get(db, rows[-1].id)


def latest_version(db: Database, instrument_id: str) -> Version:
    """Return the newest confirmed version of an instrument; raises MissingRowError."""
    version = versions.find_latest(db, instrument_id, standing=ReviewState.CONFIRMED)
    if version is None:
        raise MissingRowError(f"there is no instrument {instrument_id!r} with a version")
    return version


def changes_since(
    db: Database, since: date, *, jurisdiction: str = "", instrument: str = "", topic: str = "", limit: int = 20
) -> Json:
    """Return the sets of changes since a day, newest first, each with its summary and its weightiest changes."""
    rows = change_summaries.list_sets(db, jurisdiction=jurisdiction, instrument_id=instrument, limit=500)
    rows_chosen = [
        row for row in rows if row.at.date() >= since and (not topic or topic in _topics(db, row.instrument_id))
    ]
    return {"total": len(rows_chosen), "sets": [change_set_json(db, row) for row in rows_chosen[:limit]]}


def change_set_json(db: Database, row: ChangeSetSummary, most: int = 20) -> Json:
    """Return a set of changes with its sentence, its act, its effect and its weightiest changes, old and new text."""
    comparison = changes.get_set(db, row.id)
    order = ("high", "medium", "low", "editorial", "reference")
    by_weight = sorted(comparison.changes, key=lambda change: order.index(change.weight.value))
    effect, act = comparison.effect, comparison.amended_by
    return {
        "id": row.id,
        "instrument": row.instrument_id,
        "jurisdiction": row.jurisdiction,
        "title": row.title,
        "title_native": row.title_native,
        "old_version": row.old,
        "new_version": row.new,
        "at": row.at.isoformat(),
        "summary": {name: value for name, value in row.summary.items() if name != "text"},
        "summary_text": comparison.summary_text,
        "amended_by": {"title": act.title, "number": act.number, "on": _iso(act.on)} if act else None,
        "effect": {"on": _iso(effect.on) if effect else None, "basis": effect.basis if effect else None},
        "changes": [_short(change_json(change)) for change in by_weight[:most]],
        "changes_left_out": max(0, len(by_weight) - most),
    }


def obligations_json_of(db: Database, instrument_id: str, bearer: str = "", eid: str = "") -> Json:
    """Return who must, must not, may or need not do what by an instrument as it stands."""
    version = latest_version(db, instrument_id)
    rows = [
        obligation
        for obligation in obligations_of(version.reading)
        if (not bearer or bearer.casefold() in (obligation.bearer or "").casefold())
        and (not eid or obligation.eid == eid or obligation.eid.startswith(f"{eid}__"))
    ]
    return {
        "schema": "clausewatch/obligations/1",
        "instrument": instrument_id,
        "version": version.id,
        "obligations": [obligation_json(ObligationFate(row)) for row in rows],
    }


def dates_json(db: Database, since: date, until: date | None, jurisdiction: str = "", limit: int = 100) -> list[Json]:
    """Return the legal dates from a day on, soonest first, each with the words it rests on."""
    return [
        {
            "instrument": row.instrument_id,
            "jurisdiction": row.jurisdiction,
            "title": row.title,
            "title_native": row.title_native,
            "kind": row.kind.value,
            "on": row.on.isoformat(),
            "basis": row.basis,
            "eid": row.eid,
        }
        for row in milestones.list_dates(db, since, until, jurisdiction=jurisdiction, limit=limit)
    ]


def evidence_json(db: Database, version_id: str) -> Json:
    """Return what a version rests on: the page, when it was fetched, the hash of its bytes; raises MissingRowError."""
    row: VersionRow = versions.get_summary(db, version_id)
    snapshot = snapshots.get(db, row.snapshot_id)
    again = snapshots.seen_again_at(db, snapshot)
    return {
        "version": row.id,
        "instrument": row.instrument_id,
        "source": row.source_id,
        "standing": row.standing.value,
        "snapshot": snapshot.id,
        "url": snapshot.url,
        "fetched_at": snapshot.fetched_at.isoformat(),
        "seen_again_at": again.isoformat() if again else None,
        "status": snapshot.status,
        "media_type": snapshot.media_type,
        "sha256": snapshot.sha256,
        "bytes": snapshot.length,
        "text_sha256": row.text_sha256,
        "proof": f"clausewatch prove version {row.id} -o proof.zip",
    }


def event_json(row: EventSummary) -> Json:
    """Return an event as programs get it."""
    event = row.event
    return {
        "id": event.id,
        "kind": event.kind.value,
        "at": event.at.isoformat(),
        "instrument": event.instrument_id,
        "title": row.title,
        "title_native": row.title_native,
        "jurisdiction": event.jurisdiction,
        "weight": event.weight.value,
        "topics": list(event.topics),
        "authorities": list(event.authorities),
        "version": event.version_id,
        "change_set": event.change_set_id,
        "on": _iso(event.on),
        "summary_text": str(row.summary.get("text", "")) or None,
    }


def topics_json(db: Database, names: Collection[str]) -> list[Json]:
    """Return the topics with how many instruments are about each; one that none is about has 0."""
    counts = instruments.count_by_topic(db)
    return [{"id": name, "instruments": counts.get(name, 0)} for name in sorted({*names, *counts})]


def _hit(hit: Hit) -> Json:
    return {
        "instrument": hit.instrument_id,
        "version": hit.version_id,
        "jurisdiction": hit.jurisdiction,
        "title": hit.title,
        "title_native": hit.title_native,
        "language": hit.language,
        "current": hit.current,
        "eid": hit.eid,
        "citation": hit.citation or hit.label,
        "heading": hit.heading,
        "text": hit.text[:_LONGEST_TEXT],
    }


def _short(change: Json) -> Json:
    places = {name: change[name] for name in ("kind", "weight", "old_eid", "new_eid", "old_citation", "new_citation")}
    texts = {name: (change[name] or "")[:_LONGEST_TEXT] or None for name in ("old_text", "new_text")}
    return places | texts | {"explanation": change["explanation"]}


def _lines(provision: Provision) -> Iterable[str]:
    for piece in provision.walk():
        words = " ".join(filter(None, (piece.label, piece.heading, piece.text)))
        if words:
            yield words


def _some_eids(version: Version) -> str:
    eids = [piece.eid for piece in version.reading.walk() if "__" not in piece.eid]
    return ", ".join(eids[:8]) or "none"


def _topics(db: Database, instrument_id: str) -> tuple[str, ...]:
    latest = versions.find_latest(db, instrument_id, standing=ReviewState.CONFIRMED)
    return latest.reading.topics if latest else ()


def _days(db: Database, version: Version) -> list[Any]:
    return milestones.of_instrument(db, version.instrument_id) or list(version.reading.dates)


def _iso(on: date | datetime | None) -> str | None:
    return on.isoformat() if on else None
