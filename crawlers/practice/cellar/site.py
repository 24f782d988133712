"""The practice Cellar site: what it answers on each day."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

from crawlers.practice.cellar.act import consolidated, official_journal
from crawlers.practice.model import COSMETIC_DAY, PracticeAnswer, PracticeRequest, missing
from crawlers.practice.story import days
from crawlers.practice.texts import reflowed
from crawlers.practice.validators import validated

ROBOTS = "User-agent: *\nDisallow: /no-robots/\n"
TRAP = "/no-robots/"

BASE = "32025R9001"
CONSOLIDATED = "02025R9001-20260301"

_CHALLENGE_DAY = 4
_CONSOLIDATED_DAY = 5
_WORKS = {  # CELEX: (Cellar item, first day)
    BASE: ("5b1f0a86-90d1-11f0-9a11-01aa75ed71a1.0006.03", 1),
    CONSOLIDATED: ("7c2e1b97-15aa-11f1-8b22-01aa75ed71a1.0006.03", _CONSOLIDATED_DAY),
}
_LANGUAGE = "eng"  # the only one this act was converted in
_CONTENT_ROOTS = ("/resource/cellar/", "/cellar/")


def answer(asked: PracticeRequest) -> PracticeAnswer:
    """Answer one request to the practice Cellar."""
    if asked.path == "/webapi/rdf/sparql":
        return _sparql(asked)
    if asked.path.startswith("/resource/celex/"):
        return _negotiated(asked, asked.path.removeprefix("/resource/celex/"))
    for root in _CONTENT_ROOTS:
        if asked.path.startswith(root):
            return _content(asked, asked.path.removeprefix(root))
    return missing()


def _negotiated(asked: PracticeRequest, celex: str) -> PracticeAnswer:
    """Redirect to the item in the language and format asked for."""
    language = asked.headers.get("accept-language", "").split(",")[0].split(";")[0].strip().lower()
    if "application/xhtml+xml" not in asked.headers.get("accept", "") or len(language) != 3:
        return PracticeAnswer(b"Invalid content negotiation request.", 400, {"Content-Type": "text/plain"})
    item, since = _WORKS.get(celex, ("", 0))
    if not item or asked.day < since or language != _LANGUAGE:
        return missing()
    return PracticeAnswer(b"", 303, {"Location": f"{asked.origin}/resource/cellar/{item}/DOC_1"})


def _content(asked: PracticeRequest, path: str) -> PracticeAnswer:
    item, _, name = path.partition("/")
    celex = next((key for key, (known, since) in _WORKS.items() if known == item and asked.day >= since), "")
    if not celex or name != "DOC_1":
        return missing()
    if asked.day == _CHALLENGE_DAY:
        return PracticeAnswer(b"", 202, {"x-amzn-waf-action": "challenge", "Content-Type": "text/html"})
    body, changed_on = _document(celex, asked.restyled)
    return validated(asked, body, "application/xhtml+xml;charset=UTF-8", changed_on)


@cache
def _document(celex: str, restyled: bool) -> tuple[bytes, date]:
    """Return the bytes of *celex* and the day of their conversion."""
    if celex == CONSOLIDATED:
        return consolidated(converter="9.18.0", generated="20260306-0411").encode(), days()[_CONSOLIDATED_DAY - 1].on
    if not restyled:
        return official_journal(converter="9.15.0", generated="20250328-0702").encode(), days()[0].on
    text = official_journal(converter="9.18.0", generated="20260304-0345")
    return reflowed(text).encode(), days()[COSMETIC_DAY - 1].on


def _sparql(asked: PracticeRequest) -> PracticeAnswer:
    """List the consolidated versions of the act that the query names."""
    query = " ".join(asked.query.get("query", []))
    if not query:
        return PracticeAnswer(b"Virtuoso 22023 Error: no query", 400, {"Content-Type": "text/plain"})
    found = [CONSOLIDATED] if BASE in query and asked.day >= _CONSOLIDATED_DAY else []
    bindings = [
        {
            "celex": _literal(celex, "string"),
            "date": _literal(f"{celex[-8:-4]}-{celex[-4:-2]}-{celex[-2:]}", "date"),
        }
        for celex in found
    ]
    shape = {
        "head": {"link": [], "vars": ["celex", "date"]},
        "results": {"distinct": True, "ordered": True, "bindings": bindings},
    }
    return PracticeAnswer(json.dumps(shape).encode(), headers={"Content-Type": "application/sparql-results+json"})


def _literal(value: str, kind: str) -> dict[str, str]:
    return {"type": "typed-literal", "datatype": f"http://www.w3.org/2001/XMLSchema#{kind}", "value": value}
