"""The Code of Federal Regulations: eCFR XML (DIV1 … DIV9) and the XML of GPO's yearly volumes (PART, SECTION)."""

from __future__ import annotations

import json
import re
from html import unescape

from lxml import etree

from storage.records import Note, ProvisionKind
from tracker.reading.america.attached import Attachment
from tracker.reading.america.ladders import CFR
from tracker.reading.america.markup import attribute, flow, level_of, name_of, text_of
from tracker.reading.america.nesting import section
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.rules import cfr_section
from tracker.reading.structure.draft import Draft

K = ProvisionKind
# a subchapter has no kind of its own; it divides as a subpart does
_CONTAINERS = {
    "DIV1": K.TITLE,
    "DIV2": K.SUBPART,
    "DIV3": K.CHAPTER,
    "DIV4": K.SUBPART,
    "DIV5": K.PART,
    "DIV6": K.SUBPART,
    "TITLE": K.TITLE,
    "CHAPTER": K.CHAPTER,
    "SUBCHAP": K.SUBPART,
    "PART": K.PART,
    "SUBPART": K.SUBPART,
}
_SUBJECT_GROUPS = frozenset({"DIV7", "SUBJGRP"})  # headings between sections, by which nobody cites
_SECTIONS = frozenset({"DIV8", "SECTION"})
_WHOLES = (*_CONTAINERS.keys() - {"TITLE"}, *_SUBJECT_GROUPS, *_SECTIONS)  # a TITLE may be that of the file
_ATTACHMENTS = frozenset({"DIV9", "APPENDIX", "SUPPLEMENT"})
_HEAD = frozenset({"HEAD", "HD", "RESERVED"})
_NOTES = {
    "AUTH": "authority",
    "SOURCE": "source",
    "CITA": "source note",
    "SECAUTH": "authority",
    "EDNOTE": "editorial note",
    "EFFDNOT": "effective date note",
    "FTNT": "footnote",
    "NOTE": "note",
    "CROSSREF": "cross reference",
    "APPRO": "approval note",
}
_FURNITURE = frozenset(
    {"CONTENTS", "CFRTOC", "EAR", "PRTPAGE", "FDSYS", "TOCHD", "FMTR", "BMTR", "GPH", "GID", "IMG", "ALT"}
)
_SECTION_HEAD = re.compile(r"^(?P<label>§+\s*[\w.\-–—]+(?:\s*(?:through|to|and)\s*[\d.]+)?)\s*(?P<title>.*)$", re.S)
_ON_A_DAY = re.compile(r"^/(?:on/(?:_SUBSTITUTE_DATE_|\d{4}-\d\d-\d\d)|current)(?=/)")
_NUMBER = re.compile(r"(?:Title|Chapter|Subchapter|Part|Subpart|Appendix|Supplement)\s+(?:No\.\s*)?([\w.\-]+)", re.I)


def code(root: etree._Element) -> AmericanExtract:
    """Take a piece of the Code apart; the heading of the whole is its title, not a container around it."""
    extract = AmericanExtract(type="regulation", language="en")
    top = _top(root)
    _volume(root, top, extract)
    if name_of(top) in {"DIV8", "SECTION"}:
        extract.drafts.append(_section(top, extract))
    else:
        whole = _container(top, extract)
        extract.title = whole.heading
        extract.front.insert(0, Note("preface", whole.heading))
        extract.drafts = whole.children
        extract.drafts[:0] = [Draft(K.PARAGRAPH, text=whole.text)] if whole.text else []
    _identify(top, extract)
    return extract


def _top(root: etree._Element) -> etree._Element:
    """Go down through wrappers that hold one thing only (ECFR, CFRDOC, DLPSTEXTCLASS, a DIV1 around one DIV5)."""
    if name_of(root) in _WHOLES or name_of(root) == "TITLE":
        return root
    parts = [child for child in root if next(child.iter(*_WHOLES), None) is not None]
    return _top(parts[0]) if len(parts) == 1 else root


def _volume(root: etree._Element, top: etree._Element, extract: AmericanExtract) -> None:
    """Keep what GPO prints about the volume, and what else stands beside the one thing a wrapper holds."""
    stamp = next((child for child in root if name_of(child) == "FDSYS"), None)
    path = {top, *top.iterancestors()}
    for above in top.iterancestors():
        for child in above:
            if child not in path and text_of(child):
                extract.furniture.append(Note(name_of(child).lower(), text_of(child)))
    if stamp is None:
        return
    values = {name_of(node): text_of(node) for node in stamp.iter() if name_of(node)}
    part = re.match(r"PART\s+(\S+)", values.get("HEADING", ""))
    extract.number = f"{values.get('CFRTITLE', '')} CFR Part {part[1]}" if part else ""
    chapter = [text_of(node) for node in stamp.iter() if attribute(node, "HEADING").startswith("CHAPTER")]
    extract.agencies.extend(chapter[:1])


def _identify(top: etree._Element, extract: AmericanExtract) -> None:
    """Read path and citation from hierarchy_metadata, which on a part is escaped twice."""
    text = unescape(unescape(attribute(top, "hierarchy_metadata")))
    try:
        fields = json.loads(text) if text else {}
    except ValueError:
        return
    if isinstance(fields, dict):
        extract.number = str(fields.get("citation", "")) or extract.number
        extract.uri = _ON_A_DAY.sub("", str(fields.get("path", "")))


def _container(element: etree._Element, extract: AmericanExtract) -> Draft:
    draft = Draft(_CONTAINERS.get(name_of(element), K.PART))
    loose: list[str] = []
    for child in element:
        name, text = name_of(child), text_of(child)
        if not name or not text:
            continue
        if name in _HEAD and not draft.heading and not draft.children:
            draft.heading = text
        elif name in _SUBJECT_GROUPS:
            group = _container(child, extract)
            extract.notes.append(Note("subject group", "\n".join(filter(None, (group.heading, group.text)))))
            draft.children.extend(group.children)
        elif name in _CONTAINERS:
            draft.children.append(_with_heading(_container(child, extract), child))
        elif name in {"DIV8", "SECTION"}:
            draft.children.append(_section(child, extract))
        elif name in _ATTACHMENTS:
            draft.children.append(_attachment(child, extract))
        elif name in _NOTES:
            extract.notes.append(Note(_NOTES[name], text))
        elif name in _FURNITURE:
            extract.furniture.append(Note(name.lower(), text))
        else:
            loose.append(text)
    draft.text = "\n".join(loose)
    return draft


def _with_heading(draft: Draft, element: etree._Element) -> Draft:
    """Part "Subpart A—General" into its label, number and heading."""
    label, dash, title = draft.heading.partition("—")
    match = _NUMBER.search(label)
    number = attribute(element, "N")
    if dash and match:
        draft.label, draft.heading, draft.number = label.strip(), title.strip(), match[1]
    else:
        draft.number = match[1] if match and draft.heading.startswith(match[0]) else number if match else ""
    return draft


def _section(element: etree._Element, extract: AmericanExtract) -> Draft:
    if name_of(element) == "SECTION":
        return cfr_section(element, extract)
    label = title = ""
    lines: list[str] = []
    for child in _paragraphs(element):
        name, text = name_of(child), text_of(child)
        if not name or not text:
            continue
        if name == "HEAD":
            match = _SECTION_HEAD.match(text)
            label, title = (match["label"], match["title"]) if match else ("", text)
        elif name in _NOTES:
            extract.notes.append(Note(f"{_NOTES[name]} of {label}", text))
        else:
            lines.append(flow(child))
    number = attribute(element, "N").strip("§ ") or label.strip("§ ")
    return section(number, label, title, lines, CFR)


def _attachment(element: etree._Element, extract: AmericanExtract) -> Draft:
    draft = Draft(K.APPENDIX)
    attachment = Attachment(draft)
    for child in _paragraphs(element):
        name, text = name_of(child), text_of(child)
        if not name or not text:
            continue
        if name in _HEAD and not draft.heading:
            draft.heading = text
        elif name in _NOTES:
            extract.notes.append(Note(_NOTES[name], text))
        elif name in _FURNITURE:
            extract.furniture.append(Note(name.lower(), text))
        elif name.startswith("HD"):
            attachment.heading(level_of(child), text)
        else:
            attachment.paragraph(text)
    match = _NUMBER.match(draft.heading)
    if match:
        draft.number, draft.label = match[1], match[0]
        draft.kind = K.SUPPLEMENT if match[0].lower().startswith("supplement") else K.APPENDIX
        draft.heading = draft.heading[match.end() :].lstrip(" —")
    return draft


def _paragraphs(element: etree._Element) -> list[etree._Element]:
    elements: list[etree._Element] = []
    for child in element:
        inner = name_of(child) in {"EXTRACT", "DIV", "TABLE"} and len(child)
        elements.extend(_paragraphs(child) if inner and name_of(child) != "TABLE" else [child])
    return elements
