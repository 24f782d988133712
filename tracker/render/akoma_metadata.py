"""The metadata of an Akoma Ntoso document: identification after FRBR, dates, references, notes."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote

from lxml import etree

from storage.records import MilestoneKind, Reading

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_US = "#clausewatch"
_NO_DATE = "0001-01-01"  # the schema wants a date; this one says that none is known, as its name does
_WORK_DATES = (MilestoneKind.ADOPTED, MilestoneKind.ISSUED, MilestoneKind.PUBLISHED)
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNSAFE = re.compile(r"[^\w.\-]+")
# ISO 639-1 -> ISO 639-2/T, which Akoma Ntoso asks for
_LANGUAGES = {
    "bg": "bul", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "et": "est", "fi": "fin",
    "fr": "fra", "ga": "gle", "hi": "hin", "hr": "hrv", "hu": "hun", "it": "ita", "lt": "lit", "lv": "lav", "mt": "mlt",
    "nl": "nld", "pl": "pol", "pt": "por", "ro": "ron", "sk": "slk", "sl": "slv", "sv": "swe", "zh": "zho",
}  # fmt: skip


def root_element() -> etree._Element:
    """Return an empty Akoma Ntoso document."""
    return etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}"/>')


def add(parent: etree._Element, element: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    """Add an element of Akoma Ntoso to *parent* and return it."""
    safe_attributes = {key: clean(value) for key, value in attributes.items()}
    node = etree.SubElement(parent, f"{{{NAMESPACE}}}{element}", safe_attributes)
    if text:
        node.text = clean(text)
    return node


def clean(text: str) -> str:
    """Return *text* without the characters that XML forbids."""
    return _ILLEGAL.sub("", text)


def add_meta(document: etree._Element, reading: Reading, on: date, *, part: str = "main") -> None:
    """Add the metadata of the whole, or of the attachment called *part*."""
    meta = add(document, "meta")
    _identification(meta, reading, on, part)
    if part != "main":
        return
    _publication(meta, reading)
    _keywords(meta, reading)
    _lifecycle(meta, reading)
    _references(meta, reading)
    _notes(meta, reading)


def _identification(meta: etree._Element, reading: Reading, on: date, part: str) -> None:
    day, day_name = _work_date(reading)
    work = f"/akn/{reading.jurisdiction or 'un'}/{'bill' if reading.draft else 'act'}/{day}/{_slug(reading)}"
    language = _LANGUAGES.get(reading.language, "und")
    expression = f"{work}/{language}@{day}"
    node = add(meta, "identification", source=_US)
    first = _core(node, "FRBRWork", work, part, (day, day_name), _author(reading))
    add(first, "FRBRcountry", value=reading.jurisdiction or "un")
    if reading.number:
        add(first, "FRBRnumber", value=reading.number)
    if reading.title:
        add(first, "FRBRname", value=reading.title)
    second = _core(node, "FRBRExpression", expression, part, (day, day_name), _author(reading))
    add(second, "FRBRlanguage", language=language)
    third = _core(node, "FRBRManifestation", f"{expression}.akn", part, (on.isoformat(), "generation"), _US)
    add(third, "FRBRformat", value="application/akn+xml")


def _core(
    parent: etree._Element, name: str, uri: str, part: str, milestones: tuple[str, str], author: str
) -> etree._Element:
    node = add(parent, name)
    this = f"{uri}/!{quote(part)}" if name != "FRBRManifestation" else uri.replace(".akn", f"/!{quote(part)}.akn")
    add(node, "FRBRthis", value=this)
    add(node, "FRBRuri", value=uri)
    add(node, "FRBRdate", date=milestones[0], name=milestones[1])
    add(node, "FRBRauthor", href=author)
    return node


def _work_date(reading: Reading) -> tuple[str, str]:
    for kind in _WORK_DATES:
        for milestone in reading.dates:
            if milestone.kind is kind and milestone.on is not None:
                return milestone.on.isoformat(), kind.value
    return _NO_DATE, "unknown"


def _slug(reading: Reading) -> str:
    return quote(_UNSAFE.sub("-", reading.number or reading.title).strip("-").lower()[:120]) or "untitled"


def _author(reading: Reading) -> str:
    return f"#{_id(reading.authorities[0].id)}" if reading.authorities else "#unknown"


def _id(text: str) -> str:
    return _UNSAFE.sub("-", text).strip("-") or "unnamed"


def _publication(meta: etree._Element, reading: Reading) -> None:
    for milestone in reading.dates:
        if milestone.kind is MilestoneKind.PUBLISHED and milestone.on is not None:
            add(meta, "publication", date=milestone.on.isoformat(), name="published", showAs=milestone.basis)
            return


def _keywords(meta: etree._Element, reading: Reading) -> None:
    if reading.topics:
        node = add(meta, "classification", source=_US)
        for topic in reading.topics:
            add(node, "keyword", value=topic, showAs=topic.replace("-", " "), dictionary="#topics")


def _lifecycle(meta: etree._Element, reading: Reading) -> None:
    milestones = [m for m in reading.dates if m.on is not None and m.superseded_by is None]
    if not milestones:
        return
    node = add(meta, "lifecycle", source=_US)
    for place, milestone in enumerate(milestones, 1):
        kind = "repeal" if milestone.kind is MilestoneKind.REPEALED else "generation"
        event = add(node, "eventRef", source=_US, type=kind, date=str(milestone.on), eId=f"meta__event_{place}")
        event.set("refersTo", f"#{milestone.kind.value}")


def _references(meta: etree._Element, reading: Reading) -> None:
    node = add(meta, "references", source=_US)
    for place, relation in enumerate(reading.relations, 1):
        href = f"urn:clausewatch:{quote(relation.target)}"
        add(node, "activeRef", eId=f"meta__ref_{place}", href=href, showAs=f"{relation.kind.value}: {relation.target}")
    add(node, "TLCOrganization", eId="clausewatch", href="/ontology/organization/clausewatch", showAs="Clausewatch")
    for authority in {_id(a.id): a for a in reading.authorities}.values():
        name = _id(authority.id)
        add(node, "TLCOrganization", eId=name, href=f"/ontology/organization/{quote(name)}", showAs=authority.name)
    for kind in sorted({m.kind.value for m in reading.dates if m.on is not None}):
        add(node, "TLCEvent", eId=kind, href=f"/ontology/event/{kind}", showAs=kind.replace("_", " "))
    for place, definition in enumerate(reading.definitions, 1):
        href = f"/ontology/term/{quote(definition.term)}"
        add(node, "TLCTerm", eId=f"meta__term_{place}", href=href, showAs=definition.term)


def _notes(meta: etree._Element, reading: Reading) -> None:
    if reading.notes:
        node = add(meta, "notes", source=_US)
        for place, note in enumerate(reading.notes, 1):
            item = add(node, "note", eId=f"meta__note_{place}")
            item.set("class", clean(note.name.replace(" ", "-")))
            for line in [line for line in note.text.split("\n") if line.strip()] or [""]:
                add(item, "p", line)
