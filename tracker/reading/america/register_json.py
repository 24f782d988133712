"""Federal Register and eCFR JSON: facts about documents, not their text."""

from __future__ import annotations

import json
from datetime import date

from storage.records import Milestone, MilestoneKind, Note
from tracker.reading.america.record import AmericanExtract

_TYPES = {"rule": "final rule", "proposed rule": "proposed rule", "notice": "notice"}
_NOTES = ("dates", "abstract", "action", "explanation", "disposition_notes", "executive_order_notes")
_DATES = (
    ("publication_date", MilestoneKind.PUBLISHED),
    ("effective_on", MilestoneKind.IN_FORCE),
    ("comments_close_on", MilestoneKind.COMMENTS_DUE),
    ("signing_date", MilestoneKind.ISSUED),
)


def document(text: str) -> AmericanExtract:
    """Take a JSON answer apart: the facts of one document, or a record that is no document."""
    extract = AmericanExtract(language="en")
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or "document_number" not in fields:
        extract.furniture.append(Note("record", text))
        return extract
    _facts(fields, extract)
    return extract


def _facts(fields: dict[str, object], extract: AmericanExtract) -> None:
    extract.title = str(fields.get("title") or "")
    extract.number = str(fields.get("document_number") or "")
    extract.uri = str(fields.get("html_url") or "")
    kind = str(fields.get("type") or "").lower()
    extract.type = _TYPES.get(kind, str(fields.get("subtype") or kind).lower())
    agencies = fields.get("agencies")
    for agency in agencies if isinstance(agencies, list) else []:
        if isinstance(agency, dict):
            extract.agencies.append(str(agency.get("name") or agency.get("raw_name") or ""))
    for key, milestone in _DATES:
        on = _date(fields.get(key))
        if on:
            extract.milestones.append(Milestone(milestone, on, f"{key}: {on.isoformat()}"))
    extract.published_on = _date(fields.get("publication_date"))
    for key, value in fields.items():
        if value is None or value in ([], {}, ""):
            continue
        line = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if key in _NOTES:
            extract.notes.append(Note(key.replace("_", " "), str(line)))
        elif key == "title":
            extract.front.append(Note("preface", str(line)))
        else:
            extract.furniture.append(Note("record", f"{key}: {line}"))


def _date(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
