"""The laws themselves: what each is, what it says, and the life of one of its provisions."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse
from sqlite_utils import Database

from storage import change_summaries, instruments, milestones, pending_versions, snapshots, versions
from storage.records import Instrument, Note, ReviewState, Version
from tracker import render
from tracker.feeds import Scope
from tracker.render.law_html import HISTORY_WORDS, contents, law_pieces
from tracker.view_models.draft_lineage import fate_counts
from tracker.view_models.pictures import heat_map, life_picture
from tracker.view_models.profile.duties import duties_of
from tracker.view_models.profile.instrument_profile import legislation_json, profile_of
from tracker.view_models.profile.machine_translations import profile_translations
from tracker.view_models.provision_links import history_of, segment
from tracker.view_models.text_pagination import RequestedPart, link_to, part_of_text
from tracker.view_models.timeline import relations_of, stages_of, timeline_of
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import LANGUAGE, page_of, plain, say, translate
from tracker.web.pages.today import PageParam, today_is
from tracker.web.rate_limit import limit_questions
from tracker.wording.labels import words as words_of_labels
from tracker.wording.safe_links import official_url
from tracker.wording.text_fit import clip

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_PAGE = 100
_LAST = "conclusions"  # of what stands around the provisions, the part that follows them
_MOST_AROUND = 200_000  # characters
_MOST_BEARERS, _MOST_DUTIES = 6, 8  # of the obligations, on the page of an instrument


@router.get("/instruments")
def all_instruments(db: RequestDatabase, jurisdiction: str = "", page: PageParam = 1) -> str:
    """List the instruments known."""
    rows = instruments.list_instruments(db, jurisdiction=jurisdiction, limit=_PAGE + 1, offset=(page - 1) * _PAGE)
    return page_of(
        "instruments.html",
        rows=rows[:_PAGE],
        more=len(rows) > _PAGE,
        page=page,
        chosen=jurisdiction,
        jurisdictions=instruments.count_by_jurisdiction(db),
    )


@router.get("/instruments/{instrument_id}")
def one_instrument(
    web: Request, db: RequestDatabase, instrument_id: str, request: RequestedPart, version: str = ""
) -> str:
    """Show one instrument as an encyclopaedia does: what it is, whom it binds, its life, and its text."""
    instrument, version_shown, latest = _find_or_404(db, instrument_id, version)
    days = milestones.of_instrument(db, instrument_id) or list(version_shown.reading.dates)
    status = render.status_on(days, today_is(), draft=version_shown.reading.draft)
    canonical = f"{web.app.state.service.settings.base_url}/instruments/{segment(instrument_id)}"
    all_versions = versions.of_instrument(db, instrument_id)
    older = version_shown.id if version_shown.id != latest else ""
    history = history_of(instrument_id, version_shown.id, latest)
    pieces = law_pieces(version_shown.reading.provisions, history, say(HISTORY_WORDS))
    text, part, here = part_of_text(pieces, request)
    address = f"/instruments/{segment(instrument_id)}?{f'version={segment(older)}&' if older else ''}"
    confirmed_rows = [row for row in all_versions if row.standing is ReviewState.CONFIRMED]
    profile = profile_of(
        db, instrument, version_shown, days, status, confirmed_rows, today_is(), words_of_labels(LANGUAGE.get())
    )
    return page_of(
        "instrument.html",
        profile=profile,
        translated=profile_translations(db, version_shown, LANGUAGE.get()),
        can_translate=_can_translate(web, version_shown),
        canonical=canonical,
        structured=legislation_json(instrument, version_shown.reading, days, status, canonical),
        most_bearers=_MOST_BEARERS,
        most_duties=_MOST_DUTIES,
        instrument=instrument,
        feed=Scope("instruments", instrument.id).path("").removeprefix("instruments/")[:-1],
        version=version_shown,
        official=official_url(snapshots.url_of(db, version_shown.snapshot_id), instrument.url),
        latest=latest,
        pending=pending_versions.open_versions(db, instrument_id),
        reading=version_shown.reading,
        status=status.value,
        timeline=(moments := timeline_of(db, instrument_id, days)),
        picture=life_picture(
            moments, today_is(), str(translate("Life of the instrument")), str(translate("today")), plain
        ),
        stages=stages_of(db, instrument_id),
        fates=fate_counts(db, instrument_id),
        relations=relations_of(db, instrument_id, version_shown.reading),
        versions=all_versions[::-1],
        compared=confirmed_rows[::-1],
        sets=change_summaries.list_sets(db, instrument_id=instrument_id),
        contents=list(contents(version_shown.reading.provisions)),
        text=text,
        before=_by_name(row for row in version_shown.reading.front if row.name != _LAST) if part.number == 1 else {},
        after=_by_name(row for row in version_shown.reading.front if row.name == _LAST)
        if part.number == part.count
        else {},
        notes=_by_name(version_shown.reading.notes) if part.number == part.count else {},
        sheet=part,
        address=address,
        to=link_to(address, here),
    )


@router.get("/instruments/{instrument_id}/duties", dependencies=[Depends(limit_questions)])
def duties_page(web: Request, db: RequestDatabase, instrument_id: str) -> str:
    """Show who must, must not, may or need not do what, by bearer, and what a breach is threatened with."""
    instrument, version, _ = _find_or_404(db, instrument_id, "")
    path, duties = f"/instruments/{segment(instrument_id)}", duties_of(version)
    return page_of(
        "duties.html",
        instrument=instrument,
        language=version.reading.language,
        duties=duties,
        translated=profile_translations(db, version, LANGUAGE.get()),
        canonical=f"{web.app.state.service.settings.base_url}{path}/duties",
        to=link_to(f"{path}?", ()),
    )


@router.get("/instruments/{instrument_id}/changed-articles", dependencies=[Depends(limit_questions)])
def heat_page(db: RequestDatabase, instrument_id: str) -> str:
    """Show which articles of a law changed, and how often."""
    instrument, version, _ = _find_or_404(db, instrument_id, "")
    path = f"/instruments/{segment(instrument_id)}"
    return page_of(
        "heat.html",
        instrument=instrument,
        language=version.reading.language,
        heat=heat_map(
            db, instrument_id, version.reading, str(translate("Which articles changed how often")), LANGUAGE.get()
        ),
        to=link_to(f"{path}?", ()),
    )


def _can_translate(web: Request, version: Version) -> bool:
    """Return whether a service is configured that could put a text into the reader's language."""
    is_configured: bool = web.app.state.service.alert_settings.translation.is_configured
    return is_configured and version.reading.language.partition("-")[0] != LANGUAGE.get()


def _by_name(notes: Iterable[Note]) -> dict[str, list[str]]:
    """Return what stands around the provisions by what it is; what would be longer than the law is cut."""
    by_name: dict[str, list[str]] = {}
    room = _MOST_AROUND
    for note in notes:
        if room > 0:
            by_name.setdefault(note.name, []).append(clip(note.text, room))
        room -= len(note.text)
    return by_name


def _find_or_404(db: Database, instrument_id: str, version_id: str) -> tuple[Instrument, Version, str]:
    """Return the instrument, the version asked for or the latest, and the id of the latest."""
    instrument = instruments.find(db, instrument_id)
    latest = versions.find_latest(db, instrument_id, standing=ReviewState.CONFIRMED)
    if instrument is None or latest is None:
        raise HTTPException(404, "There is no such instrument.")
    if not version_id or version_id == latest.id:
        return instrument, latest, latest.id
    version = versions.find(db, version_id)
    if version is None or version.instrument_id != instrument_id or version.standing is not ReviewState.CONFIRMED:
        raise HTTPException(404, "There is no such version of this instrument.")
    return instrument, version, latest.id
