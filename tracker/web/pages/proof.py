"""Proof: a bundle for strangers of what was read or of what changed, verified offline by the script in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from fastapi import APIRouter, Depends, HTTPException, Response

from storage import pages, versions
from storage.errors import StorageError
from storage.records import ReviewState
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.evidence.prove import Proof, prove_change, prove_page_silence, prove_version, quiet_since, write_proof
from tracker.evidence.signed_note import NoteError
from tracker.evidence.tiles import TileError
from tracker.web.dependencies import RequestService
from tracker.web.pagination import RowNumber
from tracker.web.rate_limit import limit_questions

router = APIRouter(include_in_schema=False, dependencies=[Depends(limit_questions)])


@router.get("/changes/{set_id}/proof")
def of_change(service: RequestService, set_id: RowNumber) -> Response:
    """Return the proof of one set of changes: both texts, the redline, and that the log holds them."""
    return _bundle(service, lambda on: prove_change(service, set_id, on), f"change-{set_id}")


@router.get("/versions/{version_id}/proof")
def of_version(service: RequestService, version_id: str) -> Response:
    """Return the proof of one version that stands; what waits for an operator is proved to nobody."""
    version = versions.find(service.db, version_id)
    if version is None or version.standing is not ReviewState.CONFIRMED:
        raise HTTPException(404, "There is no such version.")
    return _bundle(service, lambda on: prove_version(service, version_id, on), "version")


@router.get("/sources/{source_id}/proof/{page_id}")
def of_silence(service: RequestService, source_id: str, page_id: RowNumber) -> Response:
    """Return the proof that a page of a source, looked at again and again, has said the same since it last changed."""
    if page_id not in {page.id for page in pages.of_source(service.db, source_id)}:
        raise HTTPException(404, "There is no such page of this source.")
    since, until = quiet_since(service, page_id), service.clock().date()
    if since is None or since > until:
        raise HTTPException(409, "There is no silence to prove yet.")
    return _bundle(service, lambda on: prove_page_silence(service, page_id, source_id, since, until, on), "silence")


def _bundle(service: AppContext, prove: Callable[[date], Proof], name: str) -> Response:
    with TemporaryDirectory(prefix="clausewatch-") as folder:
        path = Path(folder) / "proof.zip"
        try:
            write_proof(service, prove(service.clock().date()), path)
        except StorageError:
            raise HTTPException(404, "There is no such thing to prove.") from None
        except (UsageError, NoteError, TileError):
            raise HTTPException(409, "This is not logged yet, or no longer what was logged.") from None
        headers = {
            "Content-Disposition": f'attachment; filename="{name}.proof.zip"',
            "X-Content-Type-Options": "nosniff",
        }
        return Response(path.read_bytes(), media_type="application/zip", headers=headers)
