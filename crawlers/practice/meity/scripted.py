"""Rules that stand on their page only once its script has run."""

from __future__ import annotations

from crawlers.practice.model import PracticeAnswer, PracticeRequest, missing
from crawlers.practice.texts import ROOT

PAGE = "/app/lantern-rules"
_FILES = {
    PAGE: ("app.html", "text/html; charset=utf-8"),
    "/app/app.js": ("app.js", "text/javascript; charset=utf-8"),
    "/app/rules.json": ("app.json", "application/json"),
}


def answer(asked: PracticeRequest) -> PracticeAnswer:
    """Answer one request for the page or for what its script needs."""
    if asked.path not in _FILES:
        return missing()
    name, kind = _FILES[asked.path]
    return PracticeAnswer((ROOT / "meity" / name).read_bytes(), headers={"Content-Type": kind})
