"""The text of an XML element: page furniture taken out, italics remembered, lost spaces put back."""

from __future__ import annotations

import re

from lxml import etree

from tracker.reading.formats.blocks import squeeze
from tracker.reading.formats.raised_numbers import subscript, superscript

OPEN, CLOSE = "\ue000", "\ue001"  # private-use marks around italics, taken out by plain()
_ITALIC = {("E", "03"), ("I", ""), ("em", ""), ("i", "")}
_SCRIPT = {("E", "51"), ("E", "52"), ("SU", ""), ("AC", "")}  # indices and exponents stand close to their word
_SUPERSCRIPTS = frozenset({("SU", ""), ("sup", ""), ("SUP", ""), ("superscript", ""), ("E", "51")})
_SUBSCRIPTS = frozenset({("sub", ""), ("SUB", ""), ("subscript", ""), ("E", "52")})
_INLINE = frozenset({"E", "I", "B", "SU", "AC", "FTREF", "SUB", "SUP", "FR", "MATH", "U"})
_BREAKS = frozenset({"br", "td", "th", "tr", "p", "li", "div"})
_BEFORE_POINT = re.compile(r"\s*\n\s*(?=[.,;:](?:\s|$))")
_PUNCTUATION = re.compile(r"^(.*?)([.:,;—\-]*)$", re.S)


def name_of(node: etree._Element) -> str:
    """Return the element's name without its namespace; "" for a comment or processing instruction."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def attribute(node: etree._Element, name: str) -> str:
    """Return an attribute as text; "" when it is not there."""
    return str(node.get(name) or "")


def level_of(heading: etree._Element) -> int:
    """Return the rank of a heading, 1 the highest: HD2, or HD with SOURCE="HD2"."""
    digits = [c for c in attribute(heading, "SOURCE") or name_of(heading) if c.isdecimal()]
    return int(digits[0]) if digits else 1


def flow(node: etree._Element) -> str:
    """Return the text of *node* in one line, italics between OPEN and CLOSE."""
    parts: list[str] = []
    _gather(node, parts)
    return squeeze(_BEFORE_POINT.sub("", "".join(parts)))


def is_footnote_mark(node: etree._Element) -> bool:
    """Return whether *node* is the number of a footnote beside its word, which is no word of the text."""
    next_node = node.getnext()
    return name_of(node) == "SU" and next_node is not None and name_of(next_node) == "FTREF"


def footnote_marks(root: etree._Element) -> str:
    """Return the footnote numbers of a document, in order."""
    return " ".join(filter(None, (text_of(node) for node in root.iter() if is_footnote_mark(node))))


def plain(text: str) -> str:
    """Return *text* without the marks of italics."""
    return text.replace(OPEN, "").replace(CLOSE, "")


def text_of(node: etree._Element) -> str:
    """Return the text of *node* in one line, without marks."""
    return plain(flow(node))


def _gather(node: etree._Element, parts: list[str]) -> None:
    _add(parts, node.text)
    for child in node:
        name = name_of(child)
        if not name:
            _add(parts, child.tail)
            continue
        shape = (name, attribute(child, "T"))
        if is_footnote_mark(child):
            _add(parts, child.tail)
            continue
        breaks = name in _BREAKS or (name.isupper() and name not in _INLINE)
        if breaks:
            parts.append(" ")
        inner: list[str] = []
        _gather(child, inner)
        text = "".join(inner)
        if "".join(parts[-2:])[-1:].strip():  # a number raised beside nothing is that of a footnote
            text = in_script(text, shape)
        if name == "E" and shape not in _SCRIPT:
            _space(parts, text)
        parts.append(_italic(text, parts) if shape in _ITALIC else text)
        if breaks:
            parts.append(" ")
        if name == "E" and shape not in _SCRIPT:
            _space(parts, child.tail or "")
        _add(parts, child.tail)


def in_script(text: str, shape: tuple[str, str]) -> str:
    """Return the number of an exponent or index as such: an element's name and its ``T`` say that it is one."""
    return superscript(text) if shape in _SUPERSCRIPTS else subscript(text) if shape in _SUBSCRIPTS else text


def _add(parts: list[str], text: str | None) -> None:
    if text:
        parts.append(plain(text))


def _space(parts: list[str], text: str) -> None:
    """Put back the space that older files lost at the edge of an inline element."""
    before = "".join(parts[-2:]).rstrip(OPEN + CLOSE)[-1:]
    after = text.lstrip(OPEN)[:1]
    if (before.isalnum() or before in {",", ".", ";", ":", "”"}) and (after.isalnum() or after == "“"):
        parts.append(" ")


def _italic(text: str, parts: list[str]) -> str:
    """Mark *text* as italic, its closing punctuation outside; a marker such as ``(<I>1</I>)`` is left alone."""
    before = "".join(parts[-1:])[-1:]
    if len(text.strip()) < 3 or before == "(":
        return text
    match = _PUNCTUATION.match(text.rstrip())
    body, points = (match[1], match[2]) if match else (text, "")
    return f"{OPEN}{plain(body)}{CLOSE}{points}{' ' if text != text.rstrip() else ''}"
