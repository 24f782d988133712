"""Legistar, the record of council matters (New York City): the text of a bill and the facts around it.

``Text`` has U+FFFD where the section sign stood; ``RTF`` has it right, so the RTF is read where there is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.reading.formats.rtf import RichText, read_rtf

# what we take -> its names in the council's own files and in the Legistar web API, best first
_NAMES = {
    "rtf": ("RTF", "MatterTextRtf", "Rtf"),
    "text": ("Text", "MatterTextPlain", "Plain"),
    "file": ("File", "MatterFile"),
    "title": ("Title", "MatterTitle", "Name", "MatterName"),
    "type": ("TypeName", "MatterTypeName"),
    "status": ("StatusName", "MatterStatusName"),
    "body": ("BodyName", "MatterBodyName"),
    "enacted": ("EnactmentDate", "MatterEnactmentDate"),
    "passed": ("PassedDate", "MatterPassedDate"),
    "introduced": ("IntroDate", "MatterIntroDate"),
    "number": ("LocalLaw", "EnactmentNumber", "MatterEnactmentNumber"),
    "summary": ("Summary",),
}
_TEXTS = frozenset((*_NAMES["rtf"], *_NAMES["text"]))
_LOST_LETTER = "\ufffd"


@dataclass(slots=True)
class Matter:
    """A council's matter: its text as lines, and what the record states about it. ``rest`` are its other words."""

    title: str = ""
    number: str = ""
    type: str = ""
    status: str = ""
    body: str = ""
    enacted_on: date | None = None
    introduced_on: date | None = None
    lines: list[str] = field(default_factory=list)
    struck_texts: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    lost_letters: bool = False


def matter_of(text: str) -> Matter | None:
    """Return the matter that the JSON *text* records, or None when it is another record."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or not _TEXTS & fields.keys() or not any(_take(fields, n) for n in ("rtf", "text")):
        return None
    own = any(name in fields for key in ("file", "type") for name in _NAMES[key]) or "MatterTextId" in fields
    return _matter(fields) if own else None


def _matter(fields: Mapping[str, Any]) -> Matter:
    words = _words(fields)
    return Matter(
        title=_take(fields, "title"),
        number=_take(fields, "number") or _take(fields, "file"),
        type=_take(fields, "type"),
        status=_take(fields, "status"),
        body=_take(fields, "body"),
        enacted_on=_day(_take(fields, "enacted")),
        introduced_on=_day(_take(fields, "introduced")),
        lines=words.lines,
        struck_texts=words.struck_texts,
        rest=list(_rest(fields)),
        lost_letters=any(_LOST_LETTER in line for line in words.lines),
    )


def _words(fields: Mapping[str, Any]) -> RichText:
    rich = read_rtf(_take(fields, "rtf")) if _take(fields, "rtf") else RichText()
    return rich if rich.lines else read_rtf(_take(fields, "text"))


def _take(fields: Mapping[str, Any], key: str) -> str:
    values = (fields.get(name) for name in _NAMES[key])
    return next((str(value).strip() for value in values if isinstance(value, str | int) and str(value).strip()), "")


def _day(text: str) -> date | None:
    try:
        on = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return on if on.year > 1900 else None  # the record's way of saying that it has not happened


def _rest(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the record's other words, one line a field: they change without a change of the text."""
    for key, value in fields.items():
        if key in _TEXTS or value in (None, "", [], {}):
            continue
        yield f"{key}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
