"""Recognise what bytes are — by the bytes, never by a file's name — and refuse what is none of ours."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from lxml import etree

from storage.records import Flaw, Note
from tracker.reading.errors import RefusedError
from tracker.reading.formats.charset import decode, unmarked_utf16
from tracker.reading.formats.docx import ZIP, read_docx
from tracker.reading.formats.formex_zip import holds_formex, read_formex_zip
from tracker.reading.formats.old_word import convert_old_word
from tracker.reading.formats.pdf.model import BEYOND_LIMITS, KnownPageFurniture, PdfText, no_furniture

MARKUP_LIMIT = 20_000_000
PDF_LIMIT = 64_000_000
MOST_TAGS = 250_000  # the AI Act has 19,000 and a tag costs a kilobyte of memory
MOST_LINES = 300_000
DEEPEST = 400


class Format(StrEnum):
    """What the bytes are. A Word document is opened as the HTML it amounts to."""

    HTML = "html"
    XML = "xml"
    PDF = "pdf"
    JSON = "json"
    TEXT = "text"


_BINARY = (b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\x7fELF", b"MZ", b"Rar!", b"7z\xbc\xaf", b"RIFF")
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_HTML_NAMES = (
    "a abbr acronym address article aside b big blockquote body br button caption center cite code col colgroup dd del "
    "details dfn dir div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hr html i iframe img input ins kbd label legend li link main map mark marquee menu meta nav nobr "
    "noscript object ol optgroup option p param picture pre q s samp script section select small source span strike "
    "strong style sub summary sup table tbody td template textarea tfoot th thead title tr tt u ul var video"
)
_HTML = re.compile(rf"<\s{{0,9}}(?:!doctype\s+html|(?:{_HTML_NAMES.replace(' ', '|')}))(?=[\s/>])", re.I)
_SOUP = re.compile(r"</?[a-z]\w*[:-]", re.I)  # <o:p>, <st1:place>, <my-app>: names that only pages use
_SURELY_HTML = re.compile(r"<\s{0,9}(?:html|head|body|div|p|table|span|h[1-6]|title|meta|section|article)\b", re.I)
_XHTML = re.compile(r"<\s{0,9}(?:\w+:)?html\b", re.I)
# the parser closes s and strike before the paragraphs inside, which del may hold
_STRIKES = re.compile(r"<(/?)(?:s|strike)(?=[\s>])", re.I)
_STRAY_END = re.compile(r"</html\s{0,9}>", re.I)


@dataclass(slots=False)
class OpenedPage:
    """A page as received, opened: its format, its text, and its tree when asked for.

    ``name`` is the format as received; ``notes`` and ``furniture`` what opening it set aside (a Word document's
    footnotes and running heads), which belong to the page beside its text.
    """

    body: bytes
    format: Format
    text: str = ""
    charset: str = ""
    flaws: list[Flaw] = field(default_factory=list)
    name: str = ""
    notes: list[Note] = field(default_factory=list)
    furniture: list[Note] = field(default_factory=list)
    jurisdiction: str = ""

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The HTML tree. A stray ``</html>`` before the body, seen on gov.cn, is taken out first."""
        if self.text.count("<") > MOST_TAGS:
            raise RefusedError(f"more than {MOST_TAGS:,} tags: no page of law")
        with warnings.catch_warnings():
            # XHTML is read as browsers read it; half of what calls itself XML is not well formed
            warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
            soup = BeautifulSoup(_STRIKES.sub(r"<\1del", _close_once(self.text)), "lxml")
        _not_too_deep(soup)
        return soup

    @cached_property
    def root(self) -> etree._Element | None:
        """The XML root, parsed without entities, network or huge trees; None when it is not well formed."""
        if "<!ENTITY" in self.text:
            raise RefusedError("the XML declares entities of its own; refused")
        plain = self.charset.startswith("utf-8")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, recover=False, encoding="utf-8"
        )
        try:
            return etree.fromstring(self.body if plain else self.text.encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            return None

    def printed(self, is_furniture: KnownPageFurniture = no_furniture) -> PdfText:
        """Return the paragraphs of a PDF, less the furniture that *is_furniture* names.

        Raises RefusedError when reading it takes more than a PDF of law can need.
        """
        from tracker.reading.formats.pdf.read_pdf import read_pdf  # noqa: PLC0415 - PDFium, for files that are PDF

        text = read_pdf(self.body, is_furniture, self.jurisdiction)
        for flaw in text.flaws:
            if flaw.cause in BEYOND_LIMITS:
                raise RefusedError(f"{flaw.cause}: {flaw.text}")
        return text

    @cached_property
    def words(self) -> str:
        """The text to recognise a tradition by, for every format: that of a PDF is its paragraphs, a line each."""
        if self.format is not Format.PDF:
            return self.text
        return "\n".join(paragraph.text for paragraph in self.printed().paragraphs)


def open_source(body: bytes, media_type: str = "", jurisdiction: str = "") -> OpenedPage:
    """Return *body* opened as what it is; *jurisdiction* tells the languages of a scanned PDF.

    Raises RefusedError for 0 bytes, for bytes of no known format, and beyond the limits of DESIGN section 5.
    """
    if not body.strip(b"\x00 \t\r\n"):
        raise RefusedError("there is nothing in it: 0 bytes of content")
    if body[:1024].lstrip()[:5] == b"%PDF-":
        _within(body, PDF_LIMIT, "PDF")
        return OpenedPage(body, Format.PDF, name="pdf", jurisdiction=jurisdiction)
    if body.startswith(ZIP):
        return _open_zip(body, jurisdiction)
    if body.startswith(_OLD_WORD):
        _within(body, PDF_LIMIT, "Word document")
        kind, html = convert_old_word(body)
        page = _open_zip(html, jurisdiction) if kind == "docx" else _open_markup(html, "", jurisdiction)
        page.name = "doc"
        return page
    if body.startswith(_BINARY) or _is_binary(body):
        raise RefusedError("no known format: neither HTML, XML, PDF, DOCX, JSON nor text")
    return _open_markup(body, media_type, jurisdiction)


def _open_zip(body: bytes, jurisdiction: str) -> OpenedPage:
    """Open a Word document, or the parts of an act in Formex as Cellar sends them."""
    _within(body, PDF_LIMIT, "Word document")
    if holds_formex(body):
        page = _open_markup(read_formex_zip(body), "application/xml; charset=utf-8", jurisdiction)
        page.name = "zip"
        return page
    docx = read_docx(body)
    return OpenedPage(body, Format.HTML, docx.html, "utf-8", name="docx", notes=docx.notes, furniture=docx.furniture)


def _open_markup(body: bytes, media_type: str, jurisdiction: str) -> OpenedPage:
    _within(body, MARKUP_LIMIT, "markup")
    text, charset, flaws = decode(body, media_type)
    format_ = _markup(text)
    if format_ is Format.TEXT and text.count("\n") > MOST_LINES:
        raise RefusedError(f"more than {MOST_LINES:,} lines: no page of law")
    return OpenedPage(body, format_, text, charset, flaws, name=format_.value, jurisdiction=jurisdiction)


def _within(body: bytes, limit: int, what: str) -> None:
    if len(body) > limit:
        raise RefusedError(f"over the size limit: {len(body):,} bytes of {what}, at most {limit:,}")


def _is_binary(body: bytes) -> bool:
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"} or unmarked_utf16(body):
        return False
    head = body[:4096]
    control = sum(b < 9 or 13 < b < 27 or 27 < b < 32 for b in head)
    return b"\x00" in head or control > len(head) * 0.05


def _markup(text: str) -> Format:
    head = text[:4096].lstrip("\ufeff \t\r\n")
    if head.startswith("<?xml"):
        return Format.HTML if _XHTML.search(head) else Format.XML
    if re.match(r"</?[a-z!?]", head, re.I):
        return _of_tags(head)
    if head[:1] in "{[" and text.rstrip()[-1:] in "}]":
        return Format.JSON
    return Format.HTML if _SURELY_HTML.search(head) else Format.TEXT


def _of_tags(head: str) -> Format:
    """Return what begins with a tag: HTML by its first element's name, a fragment or soup too, else XML."""
    if _HTML.match(head) or _SOUP.match(head) or head.startswith("</"):
        return Format.XML if re.match(r"<akomaNtoso|<\w+:akomaNtoso", head) else Format.HTML
    if head.startswith("<!"):
        return Format.HTML if _HTML.search(head) else Format.TEXT if head.startswith("<!--") else Format.XML
    return Format.HTML if _XHTML.search(head) else Format.XML


def _close_once(text: str) -> str:
    """Return *text* without any ``</html>`` but the last."""
    ends = len(_STRAY_END.findall(text))
    return _STRAY_END.sub("", text, count=ends - 1) if ends > 1 else text


def _not_too_deep(soup: BeautifulSoup) -> None:
    stack: list[tuple[Tag, int]] = [(soup, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > DEEPEST:
            raise RefusedError(f"elements nested more than {DEEPEST} deep")
        stack.extend((child, depth + 1) for child in node.contents if isinstance(child, Tag))
