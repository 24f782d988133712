"""Static files: the stylesheet, the scripts and the icon that pages use."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter, HTTPException, Response

router = APIRouter(include_in_schema=False)
_TYPES = {
    "clausewatch.css": "text/css",
    "clausewatch.js": "text/javascript",
    "zone.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_STATIC = {name: files("tracker").joinpath("static", name).read_text(encoding="utf-8") for name in _TYPES}


@router.get("/static/{name}")
def static(name: str) -> Response:
    """Return one of the few files pages use."""
    if name not in _STATIC:
        raise HTTPException(404, "There is no such file.")
    return Response(_STATIC[name], media_type=_TYPES[name], headers={"Cache-Control": "max-age=3600"})
