"""What changed between two versions: inline or side by side, only the changes or the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlite_utils import Database
from starlette.concurrency import run_in_threadpool

from storage import changes, corrections, log, pending_versions, versions
from storage.errors import MissingRowError
from storage.records import Comparison, Event, Instrument, Reading, ReviewState, Version
from storage.versions import VersionRow
from tracker.render import comparison_markdown
from tracker.render.akoma_ntoso import reading_akn
from tracker.render.consultation_table import consultation_table
from tracker.render.tracked_docx import MEDIA_TYPE, comparison_docx
from tracker.view_models.provision_links import segment
from tracker.view_models.redline_view import AsLaidOut, Layout, redline_context
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import ADDRESS, LANGUAGE, day, own_title, page_of, translate
from tracker.web.pages.compare_picker import choose
from tracker.web.pagination import RowNumber
from tracker.web.rate_limit import limit_questions
from tracker.wording.labels import words

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
ChangesQuery = Annotated[str, Query(max_length=200)]
_ONE_TEXT = "The old and the new text are the same: nothing differs. Choose what to compare it with."


@router.get("/changes/{set_id}")
def one_change(db: RequestDatabase, set_id: RowNumber, layout: AsLaidOut) -> str:
    """Show one set of changes with the redline of each."""
    try:
        comparison, row = changes.get_set(db, set_id), changes.get_row(db, set_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such set of changes.") from None
    back = corrections.of_set(db, set_id)
    return _change_page(db, comparison, (row.old, row.new), layout, f"/changes/{set_id}?", back)


@router.get("/changes/{set_id}/word", dependencies=[Depends(limit_questions)])
def as_word(db: RequestDatabase, set_id: RowNumber) -> Response:
    """Return one set of changes as a Word document with tracked changes."""
    comparison, row, old, new = _stored_set(db, set_id)
    return _file(comparison_docx(comparison, old, new, row.at), MEDIA_TYPE, f"{row.new}.docx")


@router.get("/changes/{set_id}/table", dependencies=[Depends(limit_questions)])
def as_table(db: RequestDatabase, set_id: RowNumber) -> Response:
    """Return one set of changes as a consultation table in two columns, as a Word document."""
    comparison, row, old, new = _stored_set(db, set_id)
    heads = tuple(f"{translate(name)}: {reading.title}" for name, reading in (("Old text", old), ("New text", new)))
    return _file(consultation_table(comparison, new.title, (heads[0], heads[1])), MEDIA_TYPE, f"{row.new}.table.docx")


@router.get("/changes/{set_id}/markdown", dependencies=[Depends(limit_questions)])
def as_markdown(db: RequestDatabase, set_id: RowNumber) -> Response:
    """Return one set of changes as Markdown, with marks for what went and what came."""
    comparison, row, old, new = _stored_set(db, set_id)
    return _file(comparison_markdown(comparison, old, new).encode(), "text/markdown; charset=utf-8", f"{row.new}.md")


@router.get("/changes/{set_id}/akn", dependencies=[Depends(limit_questions)])
def as_akoma_ntoso(db: RequestDatabase, set_id: RowNumber) -> Response:
    """Return the new text of a set of changes as Akoma Ntoso."""
    _, row, _, new = _stored_set(db, set_id)
    return _file(reading_akn(new, on=row.at.date()), "application/akn+xml", f"{row.new}.xml")


def _stored_set(db: Database, set_id: int) -> tuple[Comparison, changes.ChangeSetRow, Reading, Reading]:
    """Return a set of changes with both its texts; raises 404 when there is none."""
    try:
        comparison, row = changes.get_set(db, set_id), changes.get_row(db, set_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such set of changes.") from None
    old, new = (versions.get(db, version_id).reading for version_id in (row.old, row.new))
    return comparison, row, old, new


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name.replace('/', '_'))}"}
    return Response(content, media_type=media_type, headers=headers)


@router.get("/compare", dependencies=[Depends(limit_questions)])
async def compare_any(
    request: Request, db: RequestDatabase, layout: AsLaidOut, old: str = "", new: str = "", q: ChangesQuery = ""
) -> str:
    """Compare any two versions, of one instrument or of two."""
    if not old or not new:
        return await run_in_threadpool(choose, db, old, new, q)
    before, after, stored_comparison = await run_in_threadpool(_pair, db, old, new)
    if before.id == after.id:
        return await run_in_threadpool(choose, db, before.id, "", q, _ONE_TEXT)
    comparison = stored_comparison or await request.app.state.contrasts.of(before, after)
    address = f"/compare?old={segment(before.id)}&new={segment(after.id)}&"
    return await run_in_threadpool(_change_page, db, comparison, (before.id, after.id), layout, address)


def _pair(db: Database, old: str, new: str) -> tuple[Version, Version, Comparison | None]:
    before, after = _version(db, old), _version(db, new)
    set_id = changes.set_of_pair(db, before.id, after.id)
    return before, after, None if set_id is None else changes.get_set(db, set_id)


def _change_page(
    db: Database,
    comparison: Comparison,
    pair: tuple[str, str],
    layout: Layout,
    address: str,
    back: Sequence[Event] = (),
) -> str:
    downloads = address.rstrip("?") if address.startswith("/changes/") else ""
    context = redline_context(db, comparison, pair, layout, address, words(LANGUAGE.get()))
    citation = _citation(context["instrument"], context["old"], context["new"])
    sealed = log.last_checkpoint(db) is not None  # until a round has sealed the log nothing can be proved
    pending = pending_versions.open_versions(db, context["instrument"].id)
    return page_of(
        "change.html", back=back, downloads=downloads, citation=citation, pending=pending, sealed=sealed, **context
    )


def _citation(instrument: Instrument, old: VersionRow, new: VersionRow) -> str:
    """Return how a set of changes is cited: the law, when both texts were seen, and where the page is found."""
    own = own_title(instrument.title, instrument.title_native)
    other = instrument.title if own == instrument.title_native else instrument.title_native
    title = str(translate("{title} ({other})", title=own, other=other)) if other and other != own else own
    between = translate(
        "changes between the texts seen on {old} and on {new}", old=day(old.seen_at), new=day(new.seen_at)
    )
    address = ADDRESS.get().partition("?view=")[0]
    return str(translate("{title}, {between}. Clausewatch, {address}", title=title, between=between, address=address))


def _version(db: Database, name: str) -> Version:
    """Return the version with this id, or the latest of the instrument with this id."""
    comparison = versions.find(db, name) or versions.find_latest(db, name, standing=ReviewState.CONFIRMED)
    if comparison is None or comparison.standing is not ReviewState.CONFIRMED:
        raise HTTPException(404, f"There is no version {name!r}.")
    return comparison
