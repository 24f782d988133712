"""What a page shows, found without any of the readers: the other side of the sum that proves no word is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import CData, NavigableString, PageElement
from lxml import etree

from tracker.reading.formats.legistar import matter_of
from tracker.reading.formats.recognise import Format, OpenedPage

_UNSEEN_TAGS = frozenset(
    "script style noscript template head title svg iframe object select option textarea datalist audio video "
    "canvas math".split()
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong "
    "sub sup tt u var wbr".split()
)
_NO_DISPLAY = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_INLINE_XML = frozenset(
    "E I B SU AC FTREF SUB SUP U HT DATE FT REF.DOC.OJ QUOT.START QUOT.END IE QUOT.S inline i b em ref sub sup span a "
    "term quotedText shortTitle".split()
)
_UNSEEN_XML = frozenset({"meta", "metadata", "amendMeta", "script", "style"})
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n.{0,4000}?\n---[ \t]*(?:\r?\n|\Z)", re.S)
_COMMENT = re.compile(r"<!--(?:(?!<!--).){0,4000}?-->", re.S)
_LINE_END_HYPHEN = re.compile("[\x02\ufffe\u00ad][ \r\n]*")


BREAK = "\x1e"
"""What stands in ``shown`` where markup begins a new line: a space to whoever counts words, and in no page's text."""


@dataclass(slots=True)
class Visible:
    """The words of a page in its own order: what it shows, and what it carries without showing it.

    A reading must hold all of ``shown``; it may hold some of ``hidden``, such as a tooltip or a record's keys.
    """

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)

    def lines(self) -> str:
        """Return what the page shows as one text, a newline wherever a line begins."""
        text = "".join(self.shown)
        if BREAK in text:
            text = text.replace("\n", " ").replace(BREAK, "\n")
        return text


def visible(source: OpenedPage) -> Visible | None:
    """Return the text of *source* as a reader of the page sees it, or None when nothing but a reader can tell."""
    page = _WAYS.get(source.format, _of_unknown)(source)
    if page is not None:
        page.shown += [f" {note.text} " for note in (*source.notes, *source.furniture)]
    return page


def _of_unknown(_: OpenedPage) -> Visible | None:
    return None


def _text(source: OpenedPage) -> Visible:
    """Take what stands between the marks; Markdown's front matter and comments are not printed."""
    hidden_texts: list[str] = []
    text = source.text
    for pattern in (_FRONT_MATTER, _COMMENT):
        hidden_texts += pattern.findall(text)
        text = pattern.sub(" ", text)
    return Visible([text], hidden_texts)


def _html(source: OpenedPage) -> Visible:
    if source.text.lstrip("\ufeff \t\r\n").startswith("<?xml") and _is_other_markup(source.root):
        return _xml(source)
    return _soup(source)


def _soup(source: OpenedPage) -> Visible:
    page = Visible()
    shown_texts, hidden_texts = page.shown, page.hidden
    stack: list[PageElement | None] = [source.soup]
    while stack:
        node = stack.pop()
        if isinstance(node, Tag):
            if node.name in _UNSEEN_TAGS or (node.attrs and _is_hidden(node)):
                hidden_texts.append(node.get_text(" "))
                continue
            if node.name == "pre":  # whose lines are lines
                shown_texts.append(f"{BREAK}{node.get_text()}{BREAK}".replace("\n", BREAK))
                continue
            if node.name not in _INLINE:
                shown_texts.append(BREAK)
                stack.append(None)
            if node.contents:
                stack.extend(node.contents[::-1])
        elif node is None:
            shown_texts.append(BREAK)
        elif type(node) is NavigableString or type(node) is CData:
            shown_texts.append(node)
    return page


def _is_hidden(node: Tag) -> bool:
    attributes = node.attrs
    style = attributes.get("style")
    if isinstance(style, str) and _NO_DISPLAY.search(style):
        return True
    return "hidden" in attributes or attributes.get("type") == "hidden"


def _is_other_markup(root: etree._Element | None) -> bool:
    """Return whether a page that names the XHTML namespace is an XML of law all the same, as USLM with tables."""
    return root is not None and isinstance(root.tag, str) and etree.QName(root).localname.lower() != "html"


def _xml(source: OpenedPage) -> Visible:
    if source.root is None:
        return _soup(source)
    page = Visible()
    shown_texts = page.shown
    walk = etree.iterwalk(source.root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        name = element.tag
        if not isinstance(name, str):
            shown_texts.append(element.tail or "")
            continue
        edge = "" if name.rpartition("}")[2] in _INLINE_XML else BREAK
        if event == "end":
            shown_texts += (edge, element.tail or "")
        elif _is_unseen(element):
            page.hidden.append(" ".join(element.itertext()))
            walk.skip_subtree()
        else:
            shown_texts += (edge, element.text or "")
    return page


def _is_unseen(element: etree._Element) -> bool:
    return element.get("display") == "no" or str(element.tag).rpartition("}")[2] in _UNSEEN_XML


def _json(source: OpenedPage) -> Visible:
    matter = matter_of(source.text)
    if matter is not None:
        return Visible([f"{line}\n" for line in (*matter.lines, *matter.struck_texts, *matter.rest)])
    try:
        record = json.loads(source.text)
    except (ValueError, RecursionError):
        return Visible([source.text])
    page = Visible()
    stack = [record]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            page.hidden.extend(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
        elif value is not None:
            page.shown.append(f" {value} ")
    return page


def _pdf(source: OpenedPage) -> Visible | None:
    raw = source.printed().raw
    return Visible([_LINE_END_HYPHEN.sub("", page) + "\n" for page in raw]) if raw else None


_WAYS: dict[Format, Callable[[OpenedPage], Visible | None]] = {
    Format.HTML: _html,
    Format.XML: _xml,
    Format.JSON: _json,
    Format.TEXT: _text,
    Format.PDF: _pdf,
}
