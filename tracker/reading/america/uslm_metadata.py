"""What a USLM file says of itself beside its text, and what its text sets aside: side notes, and what is struck."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from storage.records import Milestone, MilestoneKind, Note
from tracker.reading.america.markup import attribute, name_of, text_of
from tracker.reading.america.record import AmericanExtract
from tracker.reading.formats.blocks import squeeze

_CITATION = re.compile(r"(?P<number>\d{2,3} [A-Z]{1,8} \d{1,5})(?: [A-Z]{2,4}\d?)?:")  # "115 SJRES 1 ENR: Approving …"
_STRUCK_STATES = frozenset({"del", "strike", "s", "deleted-phrase", "deletedText"})


def set_apart(root: etree._Element, extract: AmericanExtract) -> None:
    """Take side notes, and what is struck or deleted, out of the words of the law."""
    for element in list(root.iter()):
        cause = "side note" if name_of(element) == "sidenote" else "struck text" if _is_struck(element) else ""
        parent = element.getparent()
        if cause and parent is not None:
            if any(above is root for above in element.iterancestors()):
                extract.notes.extend(
                    Note(cause, line) for line in [squeeze(" ".join(map(str, element.itertext())))] if line
                )
            before = element.getprevious()
            if before is not None:
                before.tail = f"{before.tail or ''}{element.tail or ''}"
            else:
                parent.text = f"{parent.text or ''}{element.tail or ''}"
            parent.remove(element)


def _is_struck(element: etree._Element) -> bool:
    if name_of(element) in _STRUCK_STATES or attribute(element, "changed") == "deleted":
        return True
    styles = (
        f"{attribute(element, 'reported-display-style')} {attribute(element, 'class')} {attribute(element, 'style')}"
    )
    return "strikethrough" in styles or "line-through" in styles


def read_older_metadata(root: etree._Element, extract: AmericanExtract) -> None:
    """Read from the older DTD what USLM says in its metadata: number, title and stage."""
    if extract.number:
        return
    texts = {name_of(node): text_of(node) for node in reversed(list(root.iter())) if name_of(node)}
    extract.stage = attribute(root, "bill-stage") or attribute(root, "resolution-stage") or extract.stage
    extract.number = " ".join(filter(None, (texts.get("congress"), texts.get("legis-num"))))
    extract.title = texts.get("official-title") or extract.title
    extract.agencies = ["Congress"]


def read_metadata(meta: etree._Element, extract: AmericanExtract) -> None:
    """Read stage, number, type, title, author and day of approval from a meta element."""
    values = {name_of(child): text_of(child) for child in reversed(meta) if name_of(child)}
    extract.stage = values.get("docStage", "")
    citation = next((text_of(child) for child in meta if name_of(child) == "citableAs"), "")
    extract.number = re.sub(r"\s+[A-Z]{2,4}\d?$", "", citation) if " " in citation else citation
    if not extract.number and (citation_match := _CITATION.match(values.get("title", ""))):
        extract.number = citation_match["number"]
    kind = values.get("type", "").lower()
    if "resolution" in kind or "law" in kind:
        extract.type = kind.removeprefix("house ").removeprefix("senate ")
    extract.title = re.sub(r"^[^:]{0,40}:\s*", "", values.get("title", ""))
    extract.agencies.append(values.get("creator", ""))
    _approval(values.get("approvedDate", ""), extract)


def _approval(day: str, extract: AmericanExtract) -> None:
    """Remember the day the metadata says a law was approved."""
    try:
        extract.milestones.append(Milestone(MilestoneKind.ADOPTED, date.fromisoformat(day), f"approved {day}"))
    except ValueError:
        return
