"""The site map: the addresses of all pages that are worth being found, for search engines."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response
from sqlite_utils import Database

from storage import instruments
from tracker.view_models.provision_links import segment
from tracker.web.dependencies import RequestDatabase

router = APIRouter(include_in_schema=False)
_MOST = 45_000  # addresses; the format allows 50,000 in one file
_PAGES = (
    "/",
    "/instruments",
    "/changes",
    "/calendar",
    "/topics",
    "/jurisdictions",
    "/sources",
    "/feeds",
    "/briefing",
    "/deadlines",
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'


@router.get("/sitemap.xml")
def site_map(request: Request, db: RequestDatabase) -> Response:
    """Return every page of an instrument, topic and jurisdiction, with the day on which a text was last new."""
    base: str = request.app.state.service.settings.base_url
    lines = [_line(base + path, on) for path, on in _addresses(db)]
    return Response(f"{_HEAD}{''.join(lines)}</urlset>\n", media_type="application/xml")


def _addresses(db: Database) -> Iterator[tuple[str, str]]:
    yield from ((path, "") for path in _PAGES)
    yield from ((f"/jurisdictions/{segment(name)}", "") for name in instruments.count_by_jurisdiction(db))
    yield from ((f"/topics/{segment(topic)}", "") for topic in instruments.count_by_topic(db))
    pairs = instruments.topics_by_jurisdiction(db)
    yield from ((f"/topics/{segment(topic)}/{segment(place)}", "") for topic, place in pairs)
    for row in instruments.list_instruments(db, limit=_MOST):
        yield f"/instruments/{segment(row.id)}", row.newest_at.date().isoformat()


def _line(address: str, on: str) -> str:
    last_change = f"<lastmod>{on}</lastmod>" if on else ""
    return f"<url><loc>{escape(address)}</loc>{last_change}</url>\n"
