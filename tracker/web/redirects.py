"""Addresses people and programs guess: each leads to where the thing is; and what crawlers look for first."""

from __future__ import annotations

import re

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

router = APIRouter(include_in_schema=False)
_LEADS = {
    "/feeds/all.atom": ("/feed", "/feed.xml", "/feed.atom", "/atom", "/atom.xml", "/rss", "/rss.xml", "/index.xml"),
    "/feeds/all.json": ("/feed.json",),
    "/feeds/all.ics": ("/calendar.ics", "/feed.ics"),
    "/docs": ("/api", "/api/v1", "/api/docs", "/redoc", "/swagger"),
    "/openapi.json": ("/api/openapi.json", "/api/v1/openapi.json", "/swagger.json"),
    "/": ("/index.html", "/home", "/today"),
    "/instruments": ("/laws",),
    "/operators": ("/admin", "/login", "/sign-in"),
    "/healthz": ("/health",),
    "/static/icon.svg": ("/favicon.ico", "/favicon.svg"),
}
# what costs work, is somebody's own, or is a regulator's page and not ours to be found under our name
_NOT_FOR_CRAWLERS = ("/api/", "/compare", "/confirm", "/evidence/", "/language/", "/manage", "/operators", "/search",
                     "/subscribe", "/unsubscribe")  # fmt: skip
_ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in _NOT_FOR_CRAWLERS)
# only plain segments: nothing a browser could take for another host
_PLAIN = re.compile(r"(/[\w@~-][\w@.~-]*)+/", re.ASCII)


@router.get("/robots.txt")
def robots(request: Request) -> Response:
    """Tell crawlers what to leave alone, and where the map of all pages is."""
    site_map = f"Sitemap: {request.app.state.service.settings.base_url}/sitemap.xml\n"
    return PlainTextResponse(_ROBOTS + site_map, headers={"Cache-Control": "max-age=86400"})


def _lead(path: str, to: str) -> None:
    """Let *path* lead to *to*."""

    @router.get(path)
    def elsewhere() -> Response:
        return RedirectResponse(to, 308)


for _to, _paths in _LEADS.items():
    for _path in _paths:
        _lead(_path, _to)


@router.get("/{path:path}/")
def without_slash(request: Request) -> Response:
    """Lead from an address with a slash at its end to the one without; the last room to be asked."""
    path = request.url.path
    if not _PLAIN.fullmatch(path):
        raise HTTPException(404)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path.rstrip("/") + query, 308)
