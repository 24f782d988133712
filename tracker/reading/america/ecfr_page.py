"""A part of the Code of Federal Regulations as the eCFR's page shows it, made into the elements of the eCFR's XML."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from lxml import etree

from tracker.reading.america.code import code
from tracker.reading.america.record import AmericanExtract
from tracker.reading.formats.blocks import squeeze

_METADATA = "data-hierarchy-metadata"
_ELEMENTS = {
    "title": "DIV1",
    "subtitle": "DIV2",
    "chapter": "DIV3",
    "subchapter": "DIV4",
    "part": "DIV5",
    "subpart": "DIV6",
    "subject-group": "DIV7",
    "section": "DIV8",
    "appendix": "DIV9",
    "authority": "AUTH",
    "source": "SOURCE",
    "editorial-note": "EDNOTE",
    "cross-reference": "CROSSREF",
}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PARAGRAPHS = frozenset({"p", "li", "td", "th", "dt", "dd", "pre", *_HEADINGS})
_ITALIC = frozenset({"em", "i"})


def is_ecfr_page(soup: BeautifulSoup) -> bool:
    """Return whether a page shows sections of the Code with the eCFR's own metadata."""
    return soup.select_one(f"[{_METADATA}]") is not None and soup.select_one("div.section") is not None


def ecfr_page(soup: BeautifulSoup) -> AmericanExtract:
    """Read a part, a subpart or a section from its page."""
    top = soup.find("div", class_=list(_ELEMENTS))
    assert isinstance(top, Tag)
    root = etree.Element(_element_of(top) or "DIV5")
    metadata = top.select_one(f"[{_METADATA}]")
    if metadata is not None:
        root.set("hierarchy_metadata", str(metadata.get(_METADATA)))
    _fill(top, root)
    return code(root)


def _fill(tag: Tag, element: etree._Element) -> None:
    for child in tag.find_all(True, recursive=False):
        name = _element_of(child)
        if name:
            inner = etree.SubElement(element, name)
            if name == "DIV8" and child.get("id"):
                inner.set("N", str(child.get("id")))
            _fill(child, inner)
        elif child.name in _PARAGRAPHS:
            _paragraph(child, element)
        else:
            _fill(child, element)


def _paragraph(tag: Tag, element: etree._Element) -> None:
    text = squeeze(tag.get_text())
    if not text:
        return
    is_head = tag.name in _HEADINGS and len(element) == 0 and element.tag.startswith("DIV")
    is_citation = "citation" in (tag.get("class") or ())
    node = etree.SubElement(element, "HEAD" if is_head else "CITA" if is_citation else "P")
    _inline(tag, node)


def _inline(tag: Tag, node: etree._Element) -> None:
    """Copy the words of a paragraph, what is in italics as the XML marks it: a term that is defined."""
    for child in tag.children:
        if isinstance(child, Tag) and child.name in _ITALIC:
            etree.SubElement(node, "I").text = child.get_text()
        elif isinstance(child, Tag):
            _inline(child, node)
        elif type(child) is NavigableString:
            _append(node, str(child))


def _append(node: etree._Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


def _element_of(tag: Tag) -> str:
    classes = tag.get("class") or ()
    return next((_ELEMENTS[name] for name in classes if name in _ELEMENTS), "") if tag.name == "div" else ""
