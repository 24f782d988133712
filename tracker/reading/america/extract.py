"""Choose the reader of an American page by what its markup is, never by its name."""

from __future__ import annotations

import re

from lxml import etree

from storage.records import Flaw, Note
from tracker.reading.america.code import code
from tracker.reading.america.council import council
from tracker.reading.america.fixed_width import is_fixed_width
from tracker.reading.america.issue import issue
from tracker.reading.america.markup import footnote_marks, name_of
from tracker.reading.america.newer_register.older_documents import ROOTS as REGISTER
from tracker.reading.america.newer_register.older_documents import older_markup
from tracker.reading.america.outlines import ROOTS as OUTLINES
from tracker.reading.america.outlines import outline
from tracker.reading.america.pages import page
from tracker.reading.america.paper import paper
from tracker.reading.america.plain import find_head, statute
from tracker.reading.america.presidential import presidential
from tracker.reading.america.printed_lines import printed_lines, title_from_front
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.register_json import document
from tracker.reading.america.rules import TYPES, rule
from tracker.reading.america.uslm import ROOTS, uslm
from tracker.reading.formats.blocks import lines_of
from tracker.reading.formats.legistar import matter_of
from tracker.reading.formats.recognise import Format, OpenedPage
from tracker.reading.structure.draft import Extract, ReadingContext

_READERS = {
    "PRESDOCU": presidential,
    **dict.fromkeys(TYPES, rule),
    **dict.fromkeys((f"DIV{n}" for n in range(1, 10)), code),
    **dict.fromkeys(
        ("ECFR", "DLPSTEXTCLASS", "CFRDOC", "CFRGRANULE", "TITLE", "CHAPTER", "PART", "SUBPART", "SECTION"), code
    ),
    **dict.fromkeys(ROOTS, uslm),
    **dict.fromkeys(OUTLINES, outline),
    "FEDREG": issue,
}
_WORDS = re.compile(
    r"Federal Register|\bU\.S\.C\.|\bCFR\b|Be it enacted by the|leginfo\.legislature|leg\.colorado\.gov|nist\.gov|"
    r"Executive Order \d|General Assembly|United States|Attorney General|whitehouse\.gov|federalregister\.gov",
    re.I,
)
_TAG = re.compile(r"<(?!/?(?:a|b|i|u|em|span|strong|font)\b)[^<>]{1,2000}>")
_SAMPLE = 400_000  # characters of a web page in which its words are looked for
_OUTLINE = re.compile(
    r"\beregs\b|code\.dccouncil|dc-library|cfpb|\bD\.C\. (?:Law|Code|Act)\b|\bDCR\b", re.I
)  # what makes so plain a root one of ours
_USLM = "{http://schemas.gpo.gov/xml/uslm"
_JSON = re.compile(r'"(?:document_number|content_versions|label_level)"')
_MARKUP = re.compile(r'id="bill_all"|class="rmf-content"|class="usa-|leginfo\.legislature\.ca\.gov|nist\.gov', re.I)


def claims(source: OpenedPage, hints: ReadingContext) -> float:
    """Return how surely *source* is American, 0 to 1."""
    if re.match(r"https?://[^/]{0,100}\.gov(?:/|$)", hints.url):
        return 0.9
    if _root(source) is not None:
        return 0.95
    if source.format is Format.XML:
        return 0.0
    if source.format is Format.JSON:
        is_known = matter_of(source.text) is not None or _JSON.search(source.text[:20_000]) is not None
        return 0.9 if is_known else 0.0
    if source.format is Format.HTML and _MARKUP.search(source.text):
        return 0.9
    text = source.words if source.format is not Format.HTML else _TAG.sub("\n", source.text[:_SAMPLE])
    heads = sum(1 for line in text[:200_000].splitlines() if find_head(line.strip()))
    words = len(_WORDS.findall(text[:100_000]))
    return min(0.85, 0.1 * min(words, 4) + 0.15 * min(heads, 3))


def extract(source: OpenedPage, hints: ReadingContext) -> Extract:
    """Take the page apart; every visible word lands in exactly one field of the result."""
    root = _root(source)
    if root is not None:
        root = older_markup(root) if name_of(root) in REGISTER else root
        extract = _READERS[name_of(root)](root)
        marks = footnote_marks(root)
        extract.furniture.extend([Note("footnote marks", marks)] if marks else [])
        return extract
    if source.format is Format.XML:
        return _unreadable(source)
    if source.format is Format.JSON:
        matter = matter_of(source.text)
        return document(source.text) if matter is None else council(matter)
    if source.format is Format.HTML:
        return page(source.soup, hints)
    if source.format is Format.TEXT:
        return _text(source)
    extract = paper(source)
    title_from_front(extract)
    return extract


def _root(source: OpenedPage) -> etree._Element | None:
    """Return the root of XML that we read; USLM names the XHTML namespace for its tables and may be taken for HTML."""
    if source.format is not Format.XML and not source.text.lstrip("\ufeff \r\n\t").startswith("<?xml"):
        return None
    root = source.root
    if root is not None and name_of(root) in REGISTER:
        return root if str(root.tag).startswith(_USLM) else None
    if root is None or name_of(root) not in _READERS:
        return None
    return root if name_of(root) not in OUTLINES or _OUTLINE.search(source.text[:4000]) else None


def _unreadable(source: OpenedPage) -> AmericanExtract:
    is_damaged = source.root is None
    cause = "the XML is not well formed: cut or damaged" if is_damaged else "this XML is no markup of law that we know"
    text = source.soup.get_text(" ", strip=True)
    flaw = Flaw("cut" if is_damaged else "markup", cause, fatal=True)
    return AmericanExtract(notes=[Note("page text", text)], flaws=[flaw])


def _text(source: OpenedPage) -> AmericanExtract:
    if is_fixed_width(source.text):
        return printed_lines(source.text)
    extract = AmericanExtract(language="en")
    lines = [block.text for block in lines_of(source.text)]
    statute(lines, extract)
    if not extract.drafts:
        extract.notes.extend(Note("page text", line) for line in lines)
    title_from_front(extract)
    return extract
