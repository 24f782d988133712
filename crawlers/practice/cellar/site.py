"""The practice Cellar site: what it answers on each day."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

from crawlers.practice.cellar.act import consolidated_text, official_journal
from crawlers.practice.model import COSMETIC_DAY, PracticeAnswer, PracticeRequest, not_found
from crawlers.practice.story import days
from crawlers.practice.texts import reflow
from crawlers.practice.validators import with_validators

ROBOTS = "User-agent: *\nDisallow: /no-robots/\n"
TRAP = "/no-robots/"

BASE = "32025R9001"
CONSOLIDATED_CELEX = "02025R9001-20260301"

_CHALLENGE_DAY = 4
_CONSOLIDATED_DAY = 5
_WORKS = {  # CELEX: (Cellar item, first day)
    BASE: ("5b1f0a86-90d1-11f0-9a11-01aa75ed71a1.0006.03", 1),
    CONSOLIDATED_CELEX: ("7c2e1b97-15aa-11f1-8b22-01aa75ed71a1.0006.03", _CONSOLIDATED_DAY),
}
_LANGUAGE = "eng"  # the only one this act was converted in
_CONTENT_ROOTS = ("/resource/cellar/", "/cellar/")


def answer(request: PracticeRequest) -> PracticeAnswer:
    """Answer one request to the practice Cellar."""
    if request.path == "/webapi/rdf/sparql":
        return _sparql(request)
    if request.path.startswith("/resource/celex/"):
        return _negotiate(request, request.path.removeprefix("/resource/celex/"))
    for root in _CONTENT_ROOTS:
        if request.path.startswith(root):
            return _content(request, request.path.removeprefix(root))
    return not_found()


def _negotiate(request: PracticeRequest, celex: str) -> PracticeAnswer:
    """Redirect to the item in the language and format asked for."""
    language = request.headers.get("accept-language", "").split(",")[0].split(";")[0].strip().lower()
    if "application/xhtml+xml" not in request.headers.get("accept", "") or len(language) != 3:
        return PracticeAnswer(b"Invalid content negotiation request.", 400, {"Content-Type": "text/plain"})
    item, since = _WORKS.get(celex, ("", 0))
    if not item or request.day < since or language != _LANGUAGE:
        return not_found()
    return PracticeAnswer(b"", 303, {"Location": f"{request.origin}/resource/cellar/{item}/DOC_1"})


def _content(request: PracticeRequest, path: str) -> PracticeAnswer:
    item, _, name = path.partition("/")
    celex = next((key for key, (work_item, since) in _WORKS.items() if work_item == item and request.day >= since), "")
    if not celex or name != "DOC_1":
        return not_found()
    if request.day == _CHALLENGE_DAY:
        return PracticeAnswer(b"", 202, {"x-amzn-waf-action": "challenge", "Content-Type": "text/html"})
    body, changed_on = _document(celex, request.new_template)
    return with_validators(request, body, "application/xhtml+xml;charset=UTF-8", changed_on)


@cache
def _document(celex: str, is_new: bool) -> tuple[bytes, date]:
    """Return the bytes of *celex* and the day of their conversion."""
    if celex == CONSOLIDATED_CELEX:
        return consolidated_text(converter="9.18.0", conversion_stamp="20260306-0411").encode(), days()[
            _CONSOLIDATED_DAY - 1
        ].on
    if not is_new:
        return official_journal(converter="9.15.0", conversion_stamp="20250328-0702").encode(), days()[0].on
    text = official_journal(converter="9.18.0", conversion_stamp="20260304-0345")
    return reflow(text).encode(), days()[COSMETIC_DAY - 1].on


def _sparql(request: PracticeRequest) -> PracticeAnswer:
    """List the consolidated versions of the act that the query names."""
    query = " ".join(request.query.get("query", []))
    if not query:
        return PracticeAnswer(b"Virtuoso 22023 Error: no query", 400, {"Content-Type": "text/plain"})
    numbers = [CONSOLIDATED_CELEX] if BASE in query and request.day >= _CONSOLIDATED_DAY else []
    bindings = [
        {
            "celex": _literal(celex, "string"),
            "date": _literal(f"{celex[-8:-4]}-{celex[-4:-2]}-{celex[-2:]}", "date"),
        }
        for celex in numbers
    ]
    shape = {
        "head": {"link": [], "vars": ["celex", "date"]},
        "results": {"distinct": True, "ordered": True, "bindings": bindings},
    }
    return PracticeAnswer(json.dumps(shape).encode(), headers={"Content-Type": "application/sparql-results+json"})


def _literal(value: str, kind: str) -> dict[str, str]:
    return {"type": "typed-literal", "datatype": f"http://www.w3.org/2001/XMLSchema#{kind}", "value": value}
