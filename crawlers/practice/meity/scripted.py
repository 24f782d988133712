"""Rules that stand on their page only once its script has run."""

from __future__ import annotations

from crawlers.practice.model import PracticeAnswer, PracticeRequest, not_found
from crawlers.practice.texts import ROOT

PAGE = "/app/lantern-rules"
_FILES = {
    PAGE: ("app.html", "text/html; charset=utf-8"),
    "/app/app.js": ("app.js", "text/javascript; charset=utf-8"),
    "/app/rules.json": ("app.json", "application/json"),
}


def answer(request: PracticeRequest) -> PracticeAnswer:
    """Answer one request for the page or for what its script needs."""
    if request.path not in _FILES:
        return not_found()
    name, kind = _FILES[request.path]
    return PracticeAnswer((ROOT / "meity" / name).read_bytes(), headers={"Content-Type": kind})
