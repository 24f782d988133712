"""The practice Federal Register and eCFR: what they answer on each day."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from functools import cache
from typing import Any

from crawlers.practice.model import PracticeAnswer, PracticeRequest, html, missing
from crawlers.practice.story import days
from crawlers.practice.texts import ROOT, law, reflowed, template

ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /my/\n"
TRAP = "/admin/"

PART = "9101"
TITLE = 16

_BLOCKED_DAY = 5
_AMENDED_DAY = 4
_ISSUED = date(2026, 2, 27)  # before the practice begins
_API = "/api/v1/documents"
_TEXT = re.compile(r"/documents/full_text/(xml|text)/\d{4}/\d\d/\d\d/([\d-]+)\.(?:xml|txt)")
_FULL = re.compile(r"/api/versioner/v1/full/(\d{4}-\d\d-\d\d)/title-(\d+)\.xml")
_TAG = re.compile(r"<[^>]+>")


def answer(asked: PracticeRequest) -> PracticeAnswer:
    """Answer one request to the practice Federal Register or eCFR."""
    if asked.path == f"{_API}.json":
        return _listing(asked)
    if asked.path.startswith(f"{_API}/"):
        return _detail(asked, asked.path.removeprefix(f"{_API}/").removesuffix(".json"))
    if text := _TEXT.fullmatch(asked.path):
        return _full_text(asked, form=text[1], number=text[2])
    if asked.path == "/api/versioner/v1/titles.json":
        return _titles(asked)
    if full := _FULL.fullmatch(asked.path):
        return _part(asked, issued=full[1], title=full[2])
    return missing()


@cache
def _documents() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((ROOT / "fedreg" / "documents.toml").read_text(encoding="utf-8"))["document"])


def _published(asked: PracticeRequest) -> list[dict[str, Any]]:
    return [document for document in _documents() if asked.day >= document["since"]]


def _listing(asked: PracticeRequest) -> PracticeAnswer:
    """List what the conditions ask for; conditions other than the type and the term are not played."""
    kinds = asked.query.get("conditions[type][]", ["RULE"])
    term = " ".join(asked.query.get("conditions[term]", [])).strip('"').lower()
    found = [d for d in _published(asked) if "RULE" in kinds and term in f"{d['title']} {d['abstract']}".lower()]
    results = [_row(asked, document) for document in found]
    return _json({"count": len(found), "description": "Documents of type Rule", "total_pages": 1, "results": results})


def _row(asked: PracticeRequest, document: dict[str, Any]) -> dict[str, Any]:
    full = _shape(asked, document)
    listed = ("abstract", "agencies", "document_number", "html_url", "pdf_url", "publication_date", "title", "type")
    return {key: full[key] for key in listed} | {"excerpts": None, "public_inspection_pdf_url": None}


def _detail(asked: PracticeRequest, number: str) -> PracticeAnswer:
    for document in _published(asked):
        if document["document_number"] == number:
            return _json(_shape(asked, document))
    return _json({"status": 404, "message": "Record not found"}, status=404)


def _shape(asked: PracticeRequest, document: dict[str, Any]) -> dict[str, Any]:
    number, on = document["document_number"], document["publication_date"]
    place = f"{asked.origin}/documents/full_text"
    path = on.replace("-", "/")
    fixed = json.loads((ROOT / "fedreg" / "document.json").read_text(encoding="utf-8"))
    told = ("document_number", "title", "action", "abstract", "dates", "citation", "start_page")
    return {
        **fixed,
        **{key: document[key] for key in (*told, "publication_date", "effective_on")},
        "end_page": document["start_page"] + 2,
        "body_html_url": f"{place}/html/{path}/{number}.html",
        "full_text_xml_url": f"{place}/xml/{path}/{number}.xml",
        "raw_text_url": f"{place}/text/{path}/{number}.txt",
        "html_url": f"{asked.origin}/documents/{path}/{number}/{document['slug']}",
        "json_url": f"{asked.origin}{_API}/{number}.json",
        "pdf_url": f"{asked.origin}/content/pkg/FR-{on}/pdf/{number}.pdf",
        "page_views": {"count": 100 + asked.token, "last_updated": f"{asked.on} 08:15:04 -0500"},
        "regulations_dot_gov_info": {"checked_regulationsdotgov_at": f"{asked.on}T08:{asked.token % 60:02d}:42Z"},
    }


def _full_text(asked: PracticeRequest, *, form: str, number: str) -> PracticeAnswer:
    document = next((d for d in _published(asked) if d["document_number"] == number), None)
    if document is None:
        return missing()
    if asked.day == _BLOCKED_DAY:  # 200, and not what was asked for
        return html(template("fedreg", "blocked.html").substitute(token=f"{asked.token:08x}"))
    text = _rule(document, asked.restyled)
    if form == "xml":
        return PracticeAnswer(text.encode(), headers={"Content-Type": "text/xml"})
    plain = template("fedreg", "raw.txt").substitute(number=number, text=_TAG.sub("", text))
    return PracticeAnswer(plain.encode(), headers={"Content-Type": "text/plain; charset=utf-8"})


def _rule(document: dict[str, Any], restyled: bool) -> str:
    # the page on which a paragraph breaks differs between two conversions
    text = template("fedreg", document["file"]).substitute(printed=document["start_page"] + 1 + restyled)
    return reflowed(text, "\n          ") if restyled else text


def _latest_issue(asked: PracticeRequest) -> date:
    return days()[_AMENDED_DAY - 1].on if asked.day >= _AMENDED_DAY else _ISSUED


def _titles(asked: PracticeRequest) -> PracticeAnswer:
    issued = _latest_issue(asked).isoformat()
    row = {"number": TITLE, "name": "Commercial Practices", "latest_amended_on": issued, "latest_issue_date": issued}
    row |= {"up_to_date_as_of": asked.on.isoformat(), "reserved": False}
    reserved = dict.fromkeys(("latest_amended_on", "latest_issue_date", "up_to_date_as_of"))
    titles = [row, {"number": 35, "name": "Reserved", **reserved, "reserved": True}]
    return _json({"titles": titles, "meta": {"date": asked.on.isoformat(), "import_in_progress": False}})


def _part(asked: PracticeRequest, *, issued: str, title: str) -> PracticeAnswer:
    """Answer the part as it read on the date in the address; a date after the latest issue is not there yet."""
    if title != str(TITLE) or asked.query.get("part") != [PART] or issued > _latest_issue(asked).isoformat():
        return _json({"error": "no such content"}, status=404)
    text = law("fedreg", "part.xml", _AMENDED_DAY if issued >= days()[_AMENDED_DAY - 1].on.isoformat() else 1)
    if asked.restyled:
        text = reflowed(text, "\n").replace("&#xA7; 91", "&#xA7;&#xA0;91")
    return PracticeAnswer(text.encode(), headers={"Content-Type": "application/xml"})


def _json(shape: dict[str, Any], *, status: int = 200) -> PracticeAnswer:
    return PracticeAnswer(json.dumps(shape).encode(), status, {"Content-Type": "application/json; charset=utf-8"})
