"""A volume of the Code of Federal Regulations in USLM (cfrDoc), put back into the markup of GPO's yearly volumes."""

from __future__ import annotations

import json
import re

from lxml import etree

from tracker.reading.america.markup import attribute, name_of
from tracker.reading.america.newer_register.older_lines import add_block, add_blocks, add_lead, add_leaf, add_section

_CONTAINERS = {
    "title": "TITLE",
    "subtitle": "SUBCHAP",
    "chapter": "CHAPTER",
    "subchapter": "SUBCHAP",
    "part": "PART",
    "subpart": "SUBPART",
}
_LEAVES = {
    "toc": "CONTENTS",
    "authority": "AUTH",
    "source": "SOURCE",
    "editorialNote": "EDNOTE",
    "note": "NOTE",
    "footnote": "FTNT",
    "preface": "FMTR",
    "frontMatter": "FMTR",
    "backmatter": "BMTR",
    "backMatter": "BMTR",
}
_PART = re.compile(r"/us/cfr/t(\w+)/p([\w.-]+)$")


def older_volume(root: etree._Element) -> etree._Element:
    """Return the tree of the cfrDoc *root* as a CFRDOC of titles, chapters, parts and sections."""
    volume = etree.Element("CFRDOC")
    _divide(root, volume)
    parts = [part for part in volume.iter("PART") if attribute(part, "hierarchy_metadata")]
    for part in parts if len(parts) > 1 else []:  # of several parts none is the whole
        del part.attrib["hierarchy_metadata"]
    return volume


def _divide(element: etree._Element, parent: etree._Element) -> None:
    for child in element:
        name = name_of(child)
        if name in _CONTAINERS:
            _contain(child, parent)
        elif name == "section":
            add_section(child, etree.SubElement(parent, "SECTION"))
        elif name in {"appendix", "schedule", "supplement"}:
            attachment = etree.SubElement(parent, "APPENDIX")
            add_lead(attachment, "HD", child)
            add_blocks(child, attachment)
        elif name in _LEAVES:
            add_leaf(parent, _LEAVES[name], child)
        elif name and any(name_of(inner) in {*_CONTAINERS, "section"} for inner in child.iter()):
            _group(child, parent)
        elif name and name not in {"num", "heading", "meta"}:
            add_block(child, parent)


def _contain(child: etree._Element, parent: etree._Element) -> None:
    container = etree.SubElement(parent, _CONTAINERS[name_of(child)])
    place = _PART.match(attribute(child, "identifier"))
    if place:
        container.set("hierarchy_metadata", json.dumps({"citation": f"{place[1]} CFR Part {place[2]}"}))
    add_lead(container, "HD", child)
    _divide(child, container)


def _group(child: etree._Element, parent: etree._Element) -> None:
    """Go into what only holds levels; with a heading of its own it is a subject group, by which nobody cites."""
    if any(name_of(inner) == "heading" for inner in child):
        parent = etree.SubElement(parent, "SUBJGRP")
        add_lead(parent, "HD", child)
    _divide(child, parent)
