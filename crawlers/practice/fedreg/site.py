"""The practice Federal Register and eCFR: what they answer on each day."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from functools import cache
from typing import Any

from crawlers.practice.model import PracticeAnswer, PracticeRequest, html, not_found
from crawlers.practice.story import days
from crawlers.practice.texts import ROOT, law, reflow, template

ROBOTS = "User-agent: *\nDisallow: /admin/\nDisallow: /my/\n"
TRAP = "/admin/"

PART = "9101"
TITLE = 16

_BLOCKED_DAY = 5
_AMENDED_DAY = 4
_FIRST_ISSUE = date(2026, 2, 27)  # before the practice begins
_API = "/api/v1/documents"
_TEXT = re.compile(r"/documents/full_text/(xml|text)/\d{4}/\d\d/\d\d/([\d-]+)\.(?:xml|txt)")
_FULL = re.compile(r"/api/versioner/v1/full/(\d{4}-\d\d-\d\d)/title-(\d+)\.xml")
_TAG = re.compile(r"<[^>]+>")


def answer(request: PracticeRequest) -> PracticeAnswer:
    """Answer one request to the practice Federal Register or eCFR."""
    if request.path == f"{_API}.json":
        return _listing(request)
    if request.path.startswith(f"{_API}/"):
        return _detail(request, request.path.removeprefix(f"{_API}/").removesuffix(".json"))
    if text := _TEXT.fullmatch(request.path):
        return _full_text(request, form=text[1], number=text[2])
    if request.path == "/api/versioner/v1/titles.json":
        return _titles(request)
    if full := _FULL.fullmatch(request.path):
        return _part(request, issue_day=full[1], title=full[2])
    return not_found()


@cache
def _documents() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((ROOT / "fedreg" / "documents.toml").read_text(encoding="utf-8"))["document"])


def _current_documents(request: PracticeRequest) -> list[dict[str, Any]]:
    return [document for document in _documents() if request.day >= document["since"]]


def _listing(request: PracticeRequest) -> PracticeAnswer:
    """List what the conditions ask for; conditions other than the type and the term are not played."""
    kinds = request.query.get("conditions[type][]", ["RULE"])
    term = " ".join(request.query.get("conditions[term]", [])).strip('"').lower()
    documents = [
        d for d in _current_documents(request) if "RULE" in kinds and term in f"{d['title']} {d['abstract']}".lower()
    ]
    results = [_row(request, document) for document in documents]
    return _json(
        {"count": len(documents), "description": "Documents of type Rule", "total_pages": 1, "results": results}
    )


def _row(request: PracticeRequest, document: dict[str, Any]) -> dict[str, Any]:
    full = _shape(request, document)
    keys = ("abstract", "agencies", "document_number", "html_url", "pdf_url", "publication_date", "title", "type")
    return {key: full[key] for key in keys} | {"excerpts": None, "public_inspection_pdf_url": None}


def _detail(request: PracticeRequest, number: str) -> PracticeAnswer:
    for document in _current_documents(request):
        if document["document_number"] == number:
            return _json(_shape(request, document))
    return _json({"status": 404, "message": "Record not found"}, status=404)


def _shape(request: PracticeRequest, document: dict[str, Any]) -> dict[str, Any]:
    number, on = document["document_number"], document["publication_date"]
    place = f"{request.origin}/documents/full_text"
    path = on.replace("-", "/")
    defaults = json.loads((ROOT / "fedreg" / "document.json").read_text(encoding="utf-8"))
    keys = ("document_number", "title", "action", "abstract", "dates", "citation", "start_page")
    return {
        **defaults,
        **{key: document[key] for key in (*keys, "publication_date", "effective_on")},
        "end_page": document["start_page"] + 2,
        "body_html_url": f"{place}/html/{path}/{number}.html",
        "full_text_xml_url": f"{place}/xml/{path}/{number}.xml",
        "raw_text_url": f"{place}/text/{path}/{number}.txt",
        "html_url": f"{request.origin}/documents/{path}/{number}/{document['slug']}",
        "json_url": f"{request.origin}{_API}/{number}.json",
        "pdf_url": f"{request.origin}/content/pkg/FR-{on}/pdf/{number}.pdf",
        "page_views": {"count": 100 + request.token, "last_updated": f"{request.on} 08:15:04 -0500"},
        "regulations_dot_gov_info": {"checked_regulationsdotgov_at": f"{request.on}T08:{request.token % 60:02d}:42Z"},
    }


def _full_text(request: PracticeRequest, *, form: str, number: str) -> PracticeAnswer:
    document = next((d for d in _current_documents(request) if d["document_number"] == number), None)
    if document is None:
        return not_found()
    if request.day == _BLOCKED_DAY:  # 200, and not what was asked for
        return html(template("fedreg", "blocked.html").substitute(token=f"{request.token:08x}"))
    text = _rule(document, request.new_template)
    if form == "xml":
        return PracticeAnswer(text.encode(), headers={"Content-Type": "text/xml"})
    plain = template("fedreg", "raw.txt").substitute(number=number, text=_TAG.sub("", text))
    return PracticeAnswer(plain.encode(), headers={"Content-Type": "text/plain; charset=utf-8"})


def _rule(document: dict[str, Any], new_template: bool) -> str:
    # the page on which a paragraph breaks differs between two conversions
    text = template("fedreg", document["file"]).substitute(printed=document["start_page"] + 1 + new_template)
    return reflow(text, "\n          ") if new_template else text


def _latest_issue(request: PracticeRequest) -> date:
    return days()[_AMENDED_DAY - 1].on if request.day >= _AMENDED_DAY else _FIRST_ISSUE


def _titles(request: PracticeRequest) -> PracticeAnswer:
    issue_day = _latest_issue(request).isoformat()
    row = {
        "number": TITLE,
        "name": "Commercial Practices",
        "latest_amended_on": issue_day,
        "latest_issue_date": issue_day,
    }
    row |= {"up_to_date_as_of": request.on.isoformat(), "reserved": False}
    reserved_title = dict.fromkeys(("latest_amended_on", "latest_issue_date", "up_to_date_as_of"))
    titles = [row, {"number": 35, "name": "Reserved", **reserved_title, "reserved": True}]
    return _json({"titles": titles, "meta": {"date": request.on.isoformat(), "import_in_progress": False}})


def _part(request: PracticeRequest, *, issue_day: str, title: str) -> PracticeAnswer:
    """Answer the part as it read on the date in the address; a date after the latest issue is not there yet."""
    if title != str(TITLE) or request.query.get("part") != [PART] or issue_day > _latest_issue(request).isoformat():
        return _json({"error": "no such content"}, status=404)
    text = law("fedreg", "part.xml", _AMENDED_DAY if issue_day >= days()[_AMENDED_DAY - 1].on.isoformat() else 1)
    if request.new_template:
        text = reflow(text, "\n").replace("&#xA7; 91", "&#xA7;&#xA0;91")
    return PracticeAnswer(text.encode(), headers={"Content-Type": "application/xml"})


def _json(shape: dict[str, Any], *, status: int = 200) -> PracticeAnswer:
    return PracticeAnswer(json.dumps(shape).encode(), status, {"Content-Type": "application/json; charset=utf-8"})
