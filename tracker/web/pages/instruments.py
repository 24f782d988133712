"""The laws themselves: what each is, what it says, and the life of one of its provisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse
from sqlite_utils import Database

from storage import instruments, lists, milestones, snapshots, versions
from storage.records import Instrument, Note, Reading, ReviewState, Version
from tracker import render
from tracker.feeds import Scope
from tracker.render.display_names import authority_short, jurisdiction_name
from tracker.render.law_html import contents, law_pieces
from tracker.view_models.provision_links import history_of, segment
from tracker.view_models.text_pagination import AskedSheet, link_to, sheet_of_text
from tracker.view_models.timeline import relations_of, stages_of, timeline_of
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import day, page_of
from tracker.web.pages.today import PageParam, today_is
from tracker.wording.safe_links import official_url
from tracker.wording.text_fit import clip

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_PAGE = 100
_LAST = "conclusions"  # of what stands around the provisions, the part that follows them
_MOST_AROUND = 200_000  # characters
_SIZES = ("chapter", "part", "section", "article", "rule", "regulation", "recital", "annex", "schedule", "appendix")


@router.get("/instruments")
def all_instruments(db: RequestDatabase, jurisdiction: str = "", page: PageParam = 1) -> str:
    """List the instruments known."""
    found = lists.instruments(db, jurisdiction=jurisdiction, limit=_PAGE + 1, offset=(page - 1) * _PAGE)
    return page_of(
        "instruments.html",
        rows=found[:_PAGE],
        more=len(found) > _PAGE,
        page=page,
        chosen=jurisdiction,
        jurisdictions=lists.jurisdictions(db),
    )


@router.get("/instruments/{instrument_id}")
def one_instrument(db: RequestDatabase, instrument_id: str, asked: AskedSheet, version: str = "") -> str:
    """Show one instrument: facts, timeline, changes, versions and its text with an anchor for each provision."""
    known, shown, latest = _found(db, instrument_id, version)
    days = milestones.of_instrument(db, instrument_id) or list(shown.reading.dates)
    status = render.status_on(days, today_is(), draft=shown.reading.draft)
    held = versions.of_instrument(db, instrument_id)
    older = shown.id if shown.id != latest else ""
    pieces = law_pieces(shown.reading.provisions, history_of(instrument_id, shown.id, latest))
    text, sheet, here = sheet_of_text(pieces, asked)
    address = f"/instruments/{segment(instrument_id)}?{f'version={segment(older)}&' if older else ''}"
    return page_of(
        "instrument.html",
        instrument=known,
        feed=Scope("instruments", known.id).path("").removeprefix("instruments/")[:-1],
        version=shown,
        official=official_url(snapshots.url_of(db, shown.snapshot_id), known.url),
        latest=latest,
        reading=shown.reading,
        status=status.value,
        summary=summary_of(shown.reading, known.jurisdiction, status.value, days),
        timeline=timeline_of(db, instrument_id, days),
        stages=stages_of(db, instrument_id),
        relations=relations_of(db, instrument_id, shown.reading),
        versions=held[::-1],
        compared=[each for each in held[::-1] if each.standing is ReviewState.CONFIRMED],
        sets=lists.sets(db, instrument_id=instrument_id),
        contents=list(contents(shown.reading.provisions)),
        text=text,
        before=_named(each for each in shown.reading.front if each.name != _LAST) if sheet.number == 1 else {},
        after=_named(each for each in shown.reading.front if each.name == _LAST) if sheet.number == sheet.count else {},
        notes=_named(shown.reading.notes) if sheet.number == sheet.count else {},
        sheet=sheet,
        address=address,
        to=link_to(address, here),
    )


def _named(notes: Iterable[Note]) -> dict[str, list[str]]:
    """Return what stands around the provisions by what it is; what would be longer than the law is cut."""
    found: dict[str, list[str]] = {}
    room = _MOST_AROUND
    for note in notes:
        if room > 0:
            found.setdefault(note.name, []).append(clip(note.text, room))
        room -= len(note.text)
    return found


def _found(db: Database, instrument_id: str, version_id: str) -> tuple[Instrument, Version, str]:
    """Return the instrument, the version asked for or the latest, and the id of the latest."""
    known = instruments.find(db, instrument_id)
    latest = versions.find_latest(db, instrument_id, standing=ReviewState.CONFIRMED)
    if known is None or latest is None:
        raise HTTPException(404, "There is no such instrument.")
    if not version_id or version_id == latest.id:
        return known, latest, latest.id
    shown = versions.find(db, version_id)
    if shown is None or shown.instrument_id != instrument_id or shown.standing is not ReviewState.CONFIRMED:
        raise HTTPException(404, "There is no such version of this instrument.")
    return known, shown, latest.id


def summary_of(reading: Reading, jurisdiction: str, status: str, days: list[Any]) -> str:
    """Return in one sentence what an encyclopaedia would say first."""
    named = [authority_short(each.id, reading.authorities) for each in reading.authorities]
    by = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    began = [m.on for m in days if m.kind.value == "in_force" and m.on and not m.superseded_by]
    words = [
        (reading.type or "instrument").capitalize(),
        f"of {by}" if by else "",
        f"({jurisdiction_name(jurisdiction)})",
    ]
    standing = {"unknown": ""}.get(status, status.replace("_", " "))
    if began and status == "in_force":
        standing = f"in force since {day(min(began))}"
    elif began and status == "not_yet_in_force":
        standing = f"in force from {day(min(began))}"
    sizes = ", ".join(
        f"{reading.counts[k]} {k if reading.counts[k] == 1 else _plural(k)}" for k in _SIZES if reading.counts.get(k)
    )
    told = ", ".join(filter(None, (" ".join(filter(None, words)), standing)))
    return f"{told}; {sizes}." if sizes else f"{told}."


def _plural(kind: str) -> str:
    return {"annex": "annexes", "appendix": "appendices"}.get(kind, f"{kind}s")
