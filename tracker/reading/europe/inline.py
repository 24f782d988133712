"""The text of a piece of HTML: footnote references and amendment marks taken out, superscripts kept as such."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString

from tracker.reading.europe.lines import fold_markup_space
from tracker.reading.formats.raised_numbers import subscript, superscript

SKIP = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "select", "textarea"}
)
_OWN_BRACKETS = "\x00"
_OUTER_BRACKETS = "\x01"
_SUPERSCRIPT = frozenset({"superscript", "oj-super", "super"})
_SUBSCRIPT = frozenset({"subscript", "oj-sub", "sub"})
_NOTES = frozenset({"oj-note", "note", "footnote"})
_MARKS = frozenset({"FootnoteReference", "oj-note-tag", "note-tag"})
_SPACES = frozenset(
    "p div td th tr li ul ol table tbody h1 h2 h3 h4 h5 h6 section article header footer nav main aside form option "
    "button label dl dt dd hr textarea fieldset".split()
)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_REFERENCE = re.compile(r"#(?:ntr|E\d)")
_OUTER = re.compile(r"\(\s*\x01\s*\)")
_TAKEN_OUT = re.compile(r"\s*[\x00\x01]+(\s*)(.?)", re.DOTALL)
_AMENDMENT_MARK = re.compile(r"(?:[►▼]\s?[A-Z]{1,2}\d{0,3}\b|—{4,})\s*|\s{0,3}◄")


class Inline:
    """Gathers running text, and apart from it the marks that are no words of the law."""

    def __init__(self) -> None:
        self.footnote_marks: list[str] = []
        self.amendment_marks: list[str] = []
        self.out_already: set[int] = set()  # nodes whose words are out already, by id
        self.line_break = " "
        self.notes: list[str] = []  # footnotes printed inside a table's cell

    def text(self, node: Tag) -> str:
        """Return the text of *node*; no-break spaces are kept, layout is not."""
        parts: list[str] = []
        self.gather(node, parts)
        return self.join(parts)

    def join(self, parts: list[str]) -> str:
        """Return gathered *parts* as one text, with marks taken out and recorded."""
        raw = "".join(parts)
        if not raw or raw.isspace():
            return ""
        if "\x01" in raw or "\x00" in raw:
            raw = _TAKEN_OUT.sub(_closing_up, _OUTER.sub(_OWN_BRACKETS, raw))
        if "►" in raw or "▼" in raw or "◄" in raw or "————" in raw:
            self.amendment_marks.extend(mark.strip() for mark in _AMENDMENT_MARK.findall(raw))
            raw = _AMENDMENT_MARK.sub("", raw)
        return fold_markup_space(raw)

    def gather(self, node: Tag, parts: list[str]) -> None:
        """Append the text of *node* to *parts*."""
        for child in node.contents:
            if self.out_already and id(child) in self.out_already:
                continue
            if isinstance(child, Tag):
                self.element(child, parts)
            elif type(child) is NavigableString:
                parts.append(child)

    def element(self, node: Tag, parts: list[str]) -> None:
        """Append the text of one element: a reference to a footnote is only a mark, a raised number stays raised."""
        name = node.name
        if name in SKIP:
            return
        if name == "br":
            parts.append(self.line_break)
        elif (name == "a" and is_reference(node)) or not _MARKS.isdisjoint(node.get("class") or ()):
            mark = node.get_text()
            self.footnote_marks.append(fold_markup_space(mark))
            parts.append(_OWN_BRACKETS if "(" in mark or ")" in mark else _OUTER_BRACKETS)
        elif name in {"span", "sup", "sub"}:
            self._script(node, name, parts)
        elif name == "p" and not _NOTES.isdisjoint(node.get("class") or ()):
            self.notes.append(self.text(node))
        elif name in _SPACES:
            parts.append(" ")
            self.gather(node, parts)
            parts.append(" ")
        else:
            self.gather(node, parts)

    def _script(self, node: Tag, name: str, parts: list[str]) -> None:
        classes = node.get("class") or ()
        script = superscript if name == "sup" or not _SUPERSCRIPT.isdisjoint(classes) else None
        if name == "sub" or not _SUBSCRIPT.isdisjoint(classes):
            script = subscript
        if script is None:
            self.gather(node, parts)
            return
        inner: list[str] = []
        self.gather(node, inner)
        parts.append(script("".join(inner)))


def lower_marks(note: str) -> str:
    """Return a footnote with the number it begins with in plain digits."""
    return note[:8].translate(_PLAIN) + note[8:]


def is_amendment_mark(node: Tag) -> bool:
    """Return whether a cell holds nothing but an amendment mark."""
    text = node.get_text().strip()
    return len(text) < 8 and _AMENDMENT_MARK.fullmatch(text) is not None


def is_reference(node: Tag) -> bool:
    """Return whether a link leads from the text to a footnote (and not back)."""
    href = node.get("href")
    return (
        isinstance(href, str) and _REFERENCE.match(href) is not None and not str(node.get("id") or "").startswith("ntr")
    )


def _closing_up(match: re.Match[str]) -> str:
    follower = match[2]
    if not follower:
        return ""
    joins = follower.isalnum() or follower in "(“‘„«"
    return f" {follower}" if joins else match[1] * follower.isspace() + follower
