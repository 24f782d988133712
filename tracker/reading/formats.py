"""Recognise what bytes are — by the bytes, never by a file's name — and refuse what is none of ours."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from lxml import etree

from storage.records import Flaw
from tracker.reading.charset import decode
from tracker.reading.errors import RefusedError

MARKUP_LIMIT = 20_000_000
PDF_LIMIT = 64_000_000
_DEEPEST = 250


class Format(StrEnum):
    """What the bytes are."""

    HTML = "html"
    XML = "xml"
    PDF = "pdf"
    JSON = "json"
    TEXT = "text"


_BINARY = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
)
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|div|p|table|span|h[1-6]|title|meta|section|article)\b", re.I)
_XHTML = re.compile(r"<\s*(?:\w+:)?html\b", re.I)


@dataclass(slots=False)
class Source:
    """A page as received, opened: its format, its text, and its tree when asked for."""

    body: bytes
    format: Format
    text: str = ""
    charset: str = ""
    flaws: list[Flaw] = field(default_factory=list)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The HTML tree. A stray ``</html>`` before the body, seen on gov.cn, is taken out first."""
        with warnings.catch_warnings():
            # XHTML is read as browsers read it; half of what calls itself XML is not well formed
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            return BeautifulSoup(_close_once(self.text), "lxml")

    @cached_property
    def root(self) -> etree._Element | None:
        """The XML root, parsed without entities, network or huge trees; None when it is not well formed."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=False)
        try:
            root = etree.fromstring(self.body, parser)
        except (etree.XMLSyntaxError, ValueError):
            return None
        if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in self.body[:100_000]:
            raise RefusedError("the XML declares entities of its own; refused")
        return root


def open_source(body: bytes, media_type: str = "") -> Source:
    """Return *body* opened as what it is.

    Raises RefusedError for 0 bytes, for bytes of no known format, and beyond the limits of DESIGN section 5.
    """
    if not body.strip(b"\x00 \t\r\n"):
        raise RefusedError("there is nothing in it: 0 bytes of content")
    if body.lstrip()[:5] == b"%PDF-":
        _within(body, PDF_LIMIT, "PDF")
        return Source(body, Format.PDF)
    if body.startswith(_BINARY) or _is_binary(body):
        raise RefusedError("no known format: neither HTML, XML, PDF, JSON nor text")
    _within(body, MARKUP_LIMIT, "markup")
    text, charset, flaws = decode(body, media_type)
    return Source(body, _markup(text), text, charset, flaws)


def _within(body: bytes, limit: int, what: str) -> None:
    if len(body) > limit:
        raise RefusedError(f"over the size limit: {len(body):,} bytes of {what}, at most {limit:,}")


def _is_binary(body: bytes) -> bool:
    if body[:4] in {b"\xff\xfe\x00\x00"} or body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return False
    head = body[:4096]
    control = sum(b < 9 or 13 < b < 27 or 27 < b < 32 for b in head)
    return b"\x00" in head or control > len(head) * 0.05


def _markup(text: str) -> Format:
    head = text[:4096].lstrip("\ufeff \t\r\n")
    if head.startswith("<?xml") or (head.startswith("<") and not _HTML.match(head) and re.match(r"<[\w:!?]", head)):
        return (
            Format.HTML if _XHTML.search(head) else Format.XML if not head.startswith("<!--") else _html_or_text(head)
        )
    if head[:1] in "{[" and text.rstrip()[-1:] in "}]":
        return Format.JSON
    return _html_or_text(head)


def _html_or_text(head: str) -> Format:
    return Format.HTML if _HTML.search(head) else Format.TEXT


def _close_once(text: str) -> str:
    ends = [m.start() for m in re.finditer(r"</html\s*>", text, re.I)]
    for start in reversed(ends[:-1]):
        text = text[:start] + text[text.index(">", start) + 1 :]
    return text
