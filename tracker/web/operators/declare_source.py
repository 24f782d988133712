"""Try a declaration: pasted, checked with every fault named, and looked at once in a folder that is thrown away."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from crawlers.declaration.load import is_loopback, load_file
from crawlers.egress.address_policy import DEFAULT_PORTS, allowed_targets
from crawlers.errors import CrawlError, DeclarationError
from storage.records import Source
from tracker.context import AppContext
from tracker.operations.dry_run import DryRun, try_out
from tracker.web.dependencies import RequestService
from tracker.web.forms import Form, form_page
from tracker.web.session import Operator

router = APIRouter(prefix="/operators/declare", default_response_class=HTMLResponse, include_in_schema=False)
_LONGEST = timedelta(minutes=2)
_EXAMPLE = """title = ""
authority = ""
language = "en"
spider = "page"
urls = ["https://"]
every = "1 day"

[expect]
min_provisions = 1
"""
_look_lock = Lock()  # one look at a time: it is for a person who waits, and hosts have a right to their pauses


@router.get("")
def ask(request: Request, who: Operator) -> Response:
    """Show the form."""
    return _page(request, who, "", _EXAMPLE)


@router.post("")
def attempt(request: Request, service: RequestService, who: Operator, form: Form) -> Response:
    """Check what was pasted, and look at it once when that was asked for and may be."""
    source_id, toml, look = form.one("id"), form.one("toml").replace("\r\n", "\n") + "\n", bool(form.one("look"))
    with TemporaryDirectory(prefix="clausewatch-") as folder:
        try:
            source = _source_of(Path(folder), source_id, toml)
        except DeclarationError as error:
            faults = [fault.replace(f"{folder}/", "") for fault in error.faults]
            return _page(request, who, source_id, toml, status=422, faults=faults, look=look)
        trial, refusal = _look(service, source, Path(folder)) if look else (None, "")
    return _page(request, who, source_id, toml, fine=True, trial=trial, refusal=refusal, look=look)


def _source_of(folder: Path, source_id: str, toml: str) -> Source:
    """Return the source that *toml* declares; raises DeclarationError naming every fault with its key."""
    jurisdiction = source_id.partition("_")[0]
    if not (source_id.isascii() and source_id.isidentifier() and 2 <= len(jurisdiction) <= 3 and len(source_id) < 100):
        raise DeclarationError([f"{source_id[:100]!r}: an id is jurisdiction_publisher_subject, in lower case"])
    path = folder / jurisdiction / f"{source_id}.toml"
    path.parent.mkdir()
    path.write_text(toml, encoding="utf-8")
    return load_file(path)


def _look(service: AppContext, source: Source, folder: Path) -> tuple[DryRun | None, str]:
    contact = service.settings.contact
    if not contact and not all(is_loopback(url) for url in source.urls):
        return None, "It was not looked at: set CLAUSEWATCH_CONTACT first, so that a publisher can ask who is looking."
    if inside := [url for url in source.urls if contact and not _may_be_asked(service, url)]:
        return None, f"It was not looked at: {inside[0]} is on this machine; CLAUSEWATCH_PRIVATE_TARGETS may allow it."
    if not _look_lock.acquire(blocking=False):
        return None, "It was not looked at: another look is under way. Please try again in two minutes."
    try:
        trials = try_out(
            [source.id], {source.id: source}, (folder,), contact,
            timeout=_LONGEST, private_targets=service.settings.private_targets,
        )  # fmt: skip
        return trials[0], ""
    except CrawlError as error:
        return None, f"It could not be looked at: {error}."
    finally:
        _look_lock.release()


def _may_be_asked(service: AppContext, url: str) -> bool:
    """Return whether a form may have us look at *url*: this machine's own services are no publishers."""
    parts, targets = urlsplit(url), allowed_targets(service.settings.private_targets)
    host, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
    return not is_loopback(url) or any(target.fits(host, host, port) for target in targets)


def _page(  # noqa: PLR0913 - what the page shows
    request: Request, who: str, source_id: str, toml: str, *, status: int = 200, faults: list[str] | None = None,
    fine: bool = False, trial: DryRun | None = None, refusal: str = "", look: bool = False,
) -> Response:  # fmt: skip
    return form_page(
        request, who, "operators_declare.html", status,
        place="declare", id=source_id, toml=toml, faults=faults or [], fine=fine, trial=trial, refusal=refusal,
        look=look,
    )  # fmt: skip
