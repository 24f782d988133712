"""What amends the Code in a rule in USLM: its instructions, and the sections and appendices they set out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from tracker.reading.america.markup import attribute, name_of
from tracker.reading.america.newer_register.older_lines import (
    LEADS,
    LEVELS,
    WRAPPERS,
    add_blocks,
    add_lead,
    add_leaf,
    add_section,
)

_CFR_PART = re.compile(r"/us/cfr/t\s*(\w+)\s*/[ps](\d+)")
_BULLET = re.compile(r"^\s*■\s*")


def add_amendments(level: etree._Element, rule: etree._Element) -> None:
    """Add *level* with its instructions to *rule* as a REGTEXT."""
    regtext = etree.SubElement(rule, "REGTEXT")
    place = next((match for inner in level.iter() if (match := _cfr_part(inner))), None)
    if place:
        regtext.set("TITLE", place[1])
        regtext.set("PART", place[2])
    _instructions([level] if attribute(level, "role") == "instruction" else list(level), regtext)


def is_amending(level: etree._Element) -> bool:
    """Return whether *level* holds an instruction or what one sets out."""
    return attribute(level, "role") in {"amending", "instruction"} or any(
        name_of(inner) == "quotedContent" or attribute(inner, "role") == "instruction" for inner in level.iter()
    )


def _cfr_part(element: etree._Element) -> re.Match[str] | None:
    return _CFR_PART.match(attribute(element, "identifier") or attribute(element, "href"))


def _instructions(elements: Iterable[etree._Element], regtext: etree._Element) -> None:
    for element in elements:
        name = name_of(element)
        if attribute(element, "role") == "instruction":
            _instruction(element, regtext)
        elif name in WRAPPERS:
            _instructions(element, regtext)
        elif name in {"part", "subpart", "chapter", "subchapter"}:
            container = etree.SubElement(regtext, "SUBPART" if name == "subpart" else "PART")
            add_lead(container, "HD", element)
            _instructions([child for child in element if name_of(child) not in LEADS], container)
        elif name == "section":
            add_section(element, etree.SubElement(regtext, "SECTION"))
        elif name in {"appendix", "schedule"}:
            attachment = etree.SubElement(regtext, "APPENDIX")
            add_lead(attachment, "HD", element)
            add_blocks(element, attachment)
        elif name and name != "elided":
            add_leaf(regtext, {"heading": "HD", "authority": "AUTH"}.get(name, "P"), element)


def _instruction(element: etree._Element, regtext: etree._Element) -> None:
    """Add an instruction, those below it, and what it sets out."""
    line = add_leaf(regtext, "AMDPAR", element, without=frozenset({"quotedContent", *LEVELS}))
    line.text = _BULLET.sub("", line.text or "")
    for child in element:
        if name_of(child) in LEVELS:
            _instruction(child, regtext)
        else:
            _instructions(_quotations(child), regtext)


def _quotations(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost quotations in *element*."""
    if name_of(element) == "quotedContent":
        yield element
        return
    for child in element:
        yield from _quotations(child)
