"""Evidence: what a page said, byte for byte, shown where it can do nothing."""

from __future__ import annotations

import re

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from storage import pages, snapshots
from storage.archive import Archive
from storage.errors import DamagedArchiveError, MissingRowError
from storage.records import Snapshot
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import page_of
from tracker.web.pagination import RowNumber

router = APIRouter(include_in_schema=False)

# no script, no form, no frame, no request of any kind leaves a page that is shown as evidence
_CAGE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'self'"
_SHOWN = {"text/html": "text/html", "application/xhtml+xml": "text/html"}
_AS_TEXT = re.compile(r"text/|application/(xml|json|.*\+xml|.*\+json)")
_CHARSET = re.compile(r"charset=[\"']?([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)


@router.get("/evidence/{snapshot_id}", response_class=HTMLResponse)
def evidence(db: RequestDatabase, snapshot_id: RowNumber) -> str:
    """Show what is on record of one page as received: address, time, hash, headers, and the page in a cage."""
    found = _snapshot(db, snapshot_id)
    page = pages.get(db, found.page_id)
    others = [each for each in snapshots.of_page(db, found.page_id) if each.id != found.id]
    framed = _type(found) is not None
    return page_of("evidence.html", snapshot=found, source_id=page.source_id, others=others[::-1][:50], framed=framed)


@router.get("/evidence/{snapshot_id}/page")
def as_received(db: RequestDatabase, request: Request, snapshot_id: RowNumber) -> Response:
    """Return the page as received, for the frame: markup without any power, other text as text."""
    found = _snapshot(db, snapshot_id)
    kind = _type(found)
    if kind is None:
        raise HTTPException(404, "This kind of file is not shown; download it instead.")
    named = _CHARSET.search(_given(found, "content-type"))
    content_type = f"{kind}; charset={named[1]}" if named else kind
    # set as a header, or the framework would add a charset the publisher did not give
    return Response(_body(request, found), headers={"Content-Security-Policy": _CAGE, "Content-Type": content_type})


@router.get("/evidence/{snapshot_id}/download")
def download(db: RequestDatabase, request: Request, snapshot_id: RowNumber) -> Response:
    """Return the bytes as a file to keep, named by their hash."""
    found = _snapshot(db, snapshot_id)
    return Response(
        _body(request, found),
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{found.sha256[:16]}.bin"'},
    )


def _snapshot(db: RequestDatabase, snapshot_id: int) -> Snapshot:
    try:
        return snapshots.get(db, snapshot_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such snapshot.") from None


def _body(request: Request, found: Snapshot) -> bytes:
    archive: Archive = request.app.state.service.archive
    try:
        return archive.body(found.archived_as)
    except DamagedArchiveError:
        raise HTTPException(404, "The archive does not hold these bytes any more.") from None


def _type(found: Snapshot) -> str | None:
    given = found.media_type.partition(";")[0].strip().lower()
    return _SHOWN.get(given) or ("text/plain" if _AS_TEXT.match(given) else None)


def _given(found: Snapshot, name: str) -> str:
    return next((value for key, value in found.headers.items() if key.lower() == name), "")
