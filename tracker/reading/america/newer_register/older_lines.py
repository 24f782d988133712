"""The paragraphs and words of the Register in USLM, as the older markup sets them: a number stands in its line."""

from __future__ import annotations

import re

from lxml import etree

from tracker.reading.america.markup import attribute, name_of, text_of

LEVELS = frozenset("paragraph subparagraph clause subclause item subitem subsection".split())
LEADS = frozenset({"num", "heading", "chapeau"})
WRAPPERS = frozenset({"content", "chapeau", "continuation", "statement", "quotedContent", "level", "main", "text"})
_ASIDE = {"source": "CITA", "authority": "SECAUTH", "footnote": "FTNT", "note": "NOTE", "editorialNote": "EDNOTE"}
_STYLE = re.compile(r"-uslm-sgm:([A-Z0-9]+)")
_TYPE_FACE = re.compile(r"-gpo-grid-(\d)-(\d)")
_FACES = {"sup": "SU", "sub": "sub", "i": "I", "b": "B", "em": "I"}
_INLINE = frozenset("inline ref date amendingAction headingText term span".split())


def add_blocks(element: etree._Element, parent: etree._Element) -> None:
    """Add what stands in *element* as paragraphs, headings, notes and tables of *parent*."""
    for child in element:
        if not (name_of(element) in {"appendix", "schedule"} and name_of(child) in {"num", "heading"}):
            add_block(child, parent)


def add_block(child: etree._Element, parent: etree._Element) -> None:
    """Add *child* as one or more lines of *parent*."""
    name = name_of(child)
    if not name or name == "elided":  # five stars, which the older markup has as an element without words
        return
    if name in LEVELS:
        _level(child, parent)
    elif name in WRAPPERS and any(is_block(inner) for inner in child):
        _add_loose(child.text, parent)
        for inner in child:
            add_block(inner, parent)
            _add_loose(inner.tail, parent)
    elif name == "section":
        add_lead(parent, "HD", child)
        for inner in child:
            if name_of(inner) not in {"num", "heading"}:
                add_block(inner, parent)
    else:
        leaf = add_leaf(parent, _block_name(child), child)
        rank = next((style for style in styles_of(child) if re.fullmatch(r"HD\d", style)), "")
        if rank:
            leaf.set("SOURCE", rank)


def _block_name(child: etree._Element) -> str:
    name = name_of(child)
    return _ASIDE.get(name) or {"heading": "HD", "table": "GPOTABLE"}.get(name, "P")


def is_block(element: etree._Element) -> bool:
    """Return whether *element* is a line of its own, not a part of one."""
    name = name_of(element)
    return name in LEVELS or name in _ASIDE or name in {"p", "heading", "table", "elided", "section", *WRAPPERS}


def _level(level: etree._Element, parent: etree._Element) -> None:
    """Add a paragraph with its number, as the older markup has it in one line, and those below it."""
    line = etree.SubElement(parent, "P")
    is_open = True  # as long as only its number, heading and first words were added
    for child in level:
        name = name_of(child)
        blocks = [inner for inner in child if is_block(inner)] if name in WRAPPERS else []
        if is_open and name in LEADS | {"content", "text"} and not blocks:
            fill(line, child, italic=name == "heading")
            add_text(line, " ")
            is_open = name in LEADS
        elif is_open and blocks and name_of(blocks[0]) == "p":
            fill(line, blocks[0])
            is_open = False
            for inner in child:
                if inner is not blocks[0]:
                    add_block(inner, parent)
        elif name:
            is_open = False
            add_block(child, parent)


def _add_loose(text: str | None, parent: etree._Element) -> None:
    if text and text.strip():
        etree.SubElement(parent, "P").text = text


def styles_of(element: etree._Element) -> set[str]:
    """Return the names that *element* had in the older markup, as far as it says so."""
    return set(_STYLE.findall(attribute(element, "style")))


def add_leaf(
    parent: etree._Element, name: str, source: etree._Element, without: frozenset[str] = frozenset()
) -> etree._Element:
    """Add the words of *source* to *parent* as one element of the older markup."""
    element = etree.SubElement(parent, name)
    fill(element, source, without=without)
    return element


def fill(
    target: etree._Element, source: etree._Element, *, without: frozenset[str] = frozenset(), italic: bool = False
) -> None:
    """Add the words of *source* to *target*, its inline elements under their older names."""
    if italic:
        target = etree.SubElement(target, "E", T="03")
    add_text(target, source.text)
    for child in source:
        name = name_of(child)
        if name in without:
            add_text(target, " ")
        elif name:
            _inline(child, target, without)
        add_text(target, child.tail)


def _inline(child: etree._Element, target: etree._Element, without: frozenset[str]) -> None:
    face = _TYPE_FACE.search(attribute(child, "class"))
    if "SU" in styles_of(child) and attribute(child, "idref"):
        fill(etree.SubElement(target, "SU"), child)
        etree.SubElement(target, "FTREF")
    elif face:
        fill(etree.SubElement(target, "E", T=f"{face[1]}{face[2]}"), child, without=without)
    elif name_of(child) in _INLINE:
        fill(target, child, without=without)
    elif name_of(child) in _FACES:
        fill(etree.SubElement(target, _FACES[name_of(child)]), child, without=without)
    else:
        add_text(target, " ")
        inner = target if name_of(child) in {"num", *WRAPPERS} else etree.SubElement(target, name_of(child))
        fill(inner, child, without=without)
        add_text(target, " ")


def add_text(target: etree._Element, text: str | None) -> None:
    """Add *text* at the end of *target*."""
    if not text:
        return
    if len(target):
        target[-1].tail = f"{target[-1].tail or ''}{text}"
    else:
        target.text = f"{target.text or ''}{text}"


def add_lead(parent: etree._Element, name: str, element: etree._Element) -> None:
    """Add number and heading of *element* as one line."""
    line = etree.SubElement(parent, name)
    for child in element:
        if name_of(child) in {"num", "heading"}:
            add_text(line, "" if text_of(line).endswith("—") else " ")
            fill(line, child)


def add_section(element: etree._Element, section: etree._Element) -> None:
    """Fill *section* with the number, the heading and the lines of *element*."""
    for child in element:
        name = name_of(child)
        if name in {"num", "heading"}:
            add_leaf(section, "SECTNO" if name == "num" else "SUBJECT", child)
        elif name:
            add_block(child, section)
