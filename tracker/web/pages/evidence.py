"""Evidence: what a page said, byte for byte, shown where it can do nothing."""

from __future__ import annotations

import re

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from storage import log, pages, snapshots
from storage.archive import Archive
from storage.errors import DamagedArchiveError, MissingRowError
from storage.records import Snapshot
from tracker.view_models.look_log import carried_versions
from tracker.view_models.provision_links import text_path
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import page_of
from tracker.web.pagination import RowNumber

router = APIRouter(include_in_schema=False)

# no script, no form, no frame, no request of any kind leaves a page that is shown as evidence
_CAGE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'self'"
_SHOWN_AS = {"text/html": "text/html", "application/xhtml+xml": "text/html"}
_AS_TEXT = re.compile(r"text/|application/(xml|json|.*\+xml|.*\+json)")
_CHARSET = re.compile(r"charset=[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


@router.get("/evidence/{snapshot_id}", response_class=HTMLResponse)
def evidence(db: RequestDatabase, snapshot_id: RowNumber) -> str:
    """Show what is on record of one page as received: address, time, hash, headers, and the page in a cage."""
    snapshot = _snapshot(db, snapshot_id)
    page = pages.get(db, snapshot.page_id)
    others = [other for other in snapshots.of_page(db, snapshot.page_id) if other.id != snapshot.id]
    can_frame = _type(snapshot) is not None
    newest_others = others[::-1][:50]
    carried = carried_versions(db, snapshot.page_id, [snapshot.id, *(other.id for other in newest_others)])
    return page_of(
        "evidence.html",
        snapshot=snapshot,
        source_id=page.source_id,
        others=newest_others,
        framed=can_frame,
        version=carried.get(snapshot.id),
        sealed=log.last_checkpoint(db) is not None,
        carried=carried,
        text_path=text_path,
    )


@router.get("/evidence/{snapshot_id}/page")
def as_received(db: RequestDatabase, request: Request, snapshot_id: RowNumber) -> Response:
    """Return the page as received, for the frame: markup without any power, other text as text."""
    snapshot = _snapshot(db, snapshot_id)
    kind = _type(snapshot)
    if kind is None:
        raise HTTPException(404, "This kind of file is not shown; download it instead.")
    charset = _CHARSET.search(_header(snapshot, "content-type"))
    content_type = f"{kind}; charset={charset[1]}" if charset else kind
    # set as a header, or the framework would add a charset the publisher did not give
    return Response(_body(request, snapshot), headers={"Content-Security-Policy": _CAGE, "Content-Type": content_type})


@router.get("/evidence/{snapshot_id}/download")
def download(db: RequestDatabase, request: Request, snapshot_id: RowNumber) -> Response:
    """Return the bytes as a file to keep, named by their hash."""
    snapshot = _snapshot(db, snapshot_id)
    return Response(
        _body(request, snapshot),
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{snapshot.sha256[:16]}.bin"'},
    )


def _snapshot(db: RequestDatabase, snapshot_id: int) -> Snapshot:
    try:
        return snapshots.get(db, snapshot_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such snapshot.") from None


def _body(request: Request, snapshot: Snapshot) -> bytes:
    archive: Archive = request.app.state.service.archive
    try:
        return archive.body(snapshot.archived_as)
    except DamagedArchiveError:
        raise HTTPException(404, "The archive does not hold these bytes any more.") from None


def _type(snapshot: Snapshot) -> str | None:
    media_type = snapshot.media_type.partition(";")[0].strip().lower()
    return _SHOWN_AS.get(media_type) or ("text/plain" if _AS_TEXT.match(media_type) else None)


def _header(snapshot: Snapshot, name: str) -> str:
    return next((value for key, value in snapshot.headers.items() if key.lower() == name), "")
