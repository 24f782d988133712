"""United States Legislative Markup: bills and resolutions at any stage, public laws; and the older bill DTD.

The stage of a bill is a fact of its metadata; slug lines, sponsors and endorsements stand in the front matter, so that
two prints of one text read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from storage.records import Note, ProvisionKind
from tracker.reading.america.markup import attribute, in_script, name_of, text_of
from tracker.reading.america.record import AmericanExtract
from tracker.reading.america.uslm_metadata import read_metadata, read_older_metadata, set_apart
from tracker.reading.formats.blocks import squeeze
from tracker.reading.structure.draft import Draft

K = ProvisionKind
_BREAK = "\x1e"  # ends a paragraph; a line end of the file itself does not, and XML cannot hold this character
# USLM knows more dividers than we have kinds; a subtitle or subchapter divides as a subpart does, a division as a book
LEVELS = {
    "division": K.BOOK,
    "subdivision": K.BOOK,
    "title": K.TITLE,
    "subtitle": K.SUBPART,
    "part": K.PART,
    "subpart": K.SUBPART,
    "chapter": K.CHAPTER,
    "subchapter": K.SUBPART,
    "section": K.SECTION,
    "subsection": K.SUBSECTION,
    "paragraph": K.PARAGRAPH,
    "subparagraph": K.SUBPARAGRAPH,
    "clause": K.CLAUSE,
    "subclause": K.SUBCLAUSE,
    "item": K.ITEM,
    "subitem": K.POINT,
    "recital": K.RECITAL,
    "whereas": K.RECITAL,
    "appendix": K.APPENDIX,
    "schedule": K.SCHEDULE,
}
_DIVIDERS = frozenset({K.BOOK, K.TITLE, K.PART, K.SUBPART, K.CHAPTER, K.SECTION, K.APPENDIX, K.SCHEDULE})
ROOTS = {
    "bill": "bill",
    "resolution": "resolution",
    "engrossedAmendment": "bill",
    "amendment": "bill",
    "amendment-doc": "bill",
    "pLaw": "public law",
    "lawDoc": "statute",
    "uscDoc": "statute",
    "statuteCompilation": "statute",
    "statutesAtLarge": "statute",
}
_OF_CONGRESS = frozenset({"pLaw", "lawDoc", "uscDoc", "statuteCompilation", "statutesAtLarge"})
_NUMBERS = frozenset({"num", "enum"})
_HEADINGS = frozenset({"heading", "header"})
_QUOTES = frozenset({"quotedContent", "quotedText", "quoted-block", "table", "list"})
_BLOCKS = frozenset(
    {
        "p",
        "note",
        "heading",
        "quotedContent",
        "quoted-block",
        "table",
        "tr",
        "listItem",
        "list",
        "caption",
        "br",
        *LEVELS,
    }
)
_FRONT = {
    "preface": "preface",
    "amendPreface": "preface",
    "form": "preface",
    "longTitle": "preface",
    "enactingFormula": "preamble",
    "resolvingClause": "preamble",
    "attestation": "conclusions",
    "signatures": "conclusions",
    "endorsement": "conclusions",
    "legislativeHistory": "conclusions",
    "action": "conclusions",
    "actionDescription": "conclusions",
}
# what the Code prints about a section is not the section
_ASIDE = {
    "sourceCredit": "source credit",
    "notes": "editorial note",
    "note": "editorial note",
    "editorialNote": "editorial note",
    "footnote": "footnote",
    "page": "page number",
}
_INLINE = frozenset(
    "inline i b em ref sponsor cosponsor nonsponsor committee name term shortTitle sup sub span a".split()
)
_SCRIPTS = frozenset({"sup", "sub", "superscript", "subscript"})
_FINAL = ("enr", "public law", "enacted")


def uslm(root: etree._Element) -> AmericanExtract:
    """Take a USLM document apart."""
    extract = AmericanExtract(type=ROOTS.get(name_of(root), "statute"), language="en")
    set_apart(root, extract)
    for child in root:
        if name_of(child) in {"meta", "metadata", "amendMeta"}:
            read_metadata(child, extract)
        else:
            _top(child, extract)
    read_older_metadata(root, extract)
    if name_of(root) in _OF_CONGRESS:
        extract.agencies = ["Congress"]  # whoever printed it
    return extract


def is_draft(extract: AmericanExtract) -> bool:
    """Return whether a bill or resolution has not been enacted."""
    return extract.type.endswith(("bill", "resolution")) and not extract.stage.lower().startswith(_FINAL)


def _top(element: etree._Element, extract: AmericanExtract) -> None:
    name = name_of(element)
    if not name:
        return
    if name in _FRONT:
        _front(element, _FRONT[name], extract)
    elif name in {"main", "preamble", "legis-body", "resolution-body"}:
        _main(element, extract)
    elif name in LEVELS:
        extract.drafts.append(_level(element, extract))
    elif any(name_of(inner) in LEVELS for inner in element.iter()):
        _main(element, extract)
    elif text_of(element):
        extract.furniture.append(Note(name, text_of(element)))


def _front(element: etree._Element, unit: str, extract: AmericanExtract) -> None:
    parts: list[str] = []
    _visible(element, parts)
    extract.front.extend(Note(unit, line) for line in _paragraphs(parts).splitlines())
    if name_of(element) == "longTitle":
        titles = (text_of(child) for child in element.iter() if name_of(child) == "officialTitle")
        extract.title = next(filter(None, titles), extract.title)


def _visible(element: etree._Element, parts: list[str]) -> None:
    """Gather front matter, a line for each of its elements; what is marked as not displayed is not on the page."""
    parts.append(element.text or "")
    for child in element:
        name = name_of(child)
        if name and attribute(child, "display") != "no":
            edge = "" if name in _INLINE else _BREAK
            parts.append(edge)
            _visible(child, parts)
            parts.append(edge)
        parts.append(child.tail or "")


def _main(main: etree._Element, extract: AmericanExtract) -> None:
    loose = [squeeze(main.text or "")]
    for child in main:
        name = name_of(child)
        if name in LEVELS:
            extract.drafts.append(_level(child, extract))
            extract.uri = extract.uri or re.sub(r"/s\d+[^/]*$", "", attribute(child, "identifier"))
        elif name in _FRONT or name == "preamble":
            _top(child, extract)
        elif name == "toc":
            extract.notes.append(Note("table of contents", _toc(child)))
        elif name in _ASIDE and not any(name_of(inner) in LEVELS for inner in child):  # else around a repealed section
            extract.notes.append(Note(_ASIDE[name], text_of(child)))
        elif name in _QUOTES and text_of(child):
            loose.append(_paragraphs([_quotation(child)]))
        elif name and any(name_of(inner) in LEVELS for inner in child.iter()):
            _main(child, extract)
        elif name and text_of(child):
            loose.append(text_of(child))
        loose.append(squeeze(child.tail or ""))
    loose = [line for line in loose if line]
    if name_of(main) in _ASIDE:
        extract.notes.extend(Note(_ASIDE[name_of(main)], line) for line in loose)
    elif loose:
        extract.drafts.append(Draft(K.PARAGRAPH, text="\n".join(loose)))


def _level(element: etree._Element, extract: AmericanExtract) -> Draft:
    draft = Draft(LEVELS[name_of(element)])
    before: list[str] = []
    after: list[str] = []
    for piece in _pieces(element, extract):
        if isinstance(piece, str):
            (after if draft.children else before).append(piece)
        elif name_of(piece) in _NUMBERS:
            draft.label = text_of(piece)
            draft.number = _number(piece) if draft.kind in _DIVIDERS else _number(piece).lower()
        elif name_of(piece) in _HEADINGS:
            draft.heading = f"{draft.heading} {text_of(piece)}".strip()
        else:
            _flush(draft, after)
            draft.children.append(_level(piece, extract))
    draft.text = _paragraphs(before)
    _flush(draft, after)
    return draft


def _flush(draft: Draft, after: list[str]) -> None:
    text = _paragraphs(after)
    after.clear()
    if text:
        draft.children.append(Draft(K.WRAPUP, text=text))


def _number(num: etree._Element) -> str:
    return attribute(num, "value") or re.sub(r"^(?:SECTION|SEC\.|Sec\.|§)\s*", "", text_of(num)).strip('() .—“"')


def _pieces(element: etree._Element, extract: AmericanExtract) -> Iterator[str | etree._Element]:
    """Yield, in order, the text of a level and the elements that are its number, its heading or levels below it."""
    yield element.text or ""
    for child in element:
        name = name_of(child)
        if name in LEVELS or (name in _NUMBERS | _HEADINGS and name_of(element) in LEVELS):
            yield child
        elif name == "toc":
            extract.notes.append(Note("table of contents", _toc(child)))
        elif name == "quote":  # the older DTD leaves the marks to its style sheet
            yield f"“{text_of(child)}”"
        elif name in _ASIDE:
            extract.notes.extend(Note(_ASIDE[name], line) for line in _paragraphs([_quotation(child)]).splitlines())
        elif name in _QUOTES:
            yield (
                f"{_BREAK}{_quotation(child)}{'' if _closes_quote(child.getnext()) else _BREAK}"
                if name != "quotedText"
                else text_of(child)
            )
        elif name in _SCRIPTS:
            yield in_script("".join(str(part) for part in child.itertext()), (name, ""))
        elif name:
            edge = _BREAK if name in _BLOCKS else ""
            yield edge
            yield from _pieces(child, extract)
            yield edge
        yield child.tail or ""


def _closes_quote(element: etree._Element | None) -> bool:
    """Return whether *element* is the full stop that stands behind a quotation and ends the amending sentence."""
    return element is not None and "after-quoted-block" in {attribute(element, "role"), name_of(element)}


def _quotation(element: etree._Element) -> str:
    """Return what an amendment puts in as text: its numbers are payload, not provisions of this act."""
    parts: list[str] = []
    _spell(element, parts)
    return "".join(parts).rstrip(_BREAK + " \n")


def _spell(element: etree._Element, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        name = name_of(child)
        if name in _SCRIPTS:
            parts.append(in_script("".join(str(part) for part in child.itertext()), (name, "")))
        elif name:
            edge = _BREAK if name in _BLOCKS else " " if name in {"td", "th"} else ""
            opening, closing = ("“", "”") if name == "quote" else (edge, edge)
            parts.append(opening)
            _spell(child, parts)
            parts.append(closing)
        parts.append(child.tail or "")


def _paragraphs(parts: list[str]) -> str:
    """Join pieces of text into paragraphs, a line each."""
    return "\n".join(line for line in map(squeeze, "".join(parts).split(_BREAK)) if line)


def _toc(toc: etree._Element) -> str:
    return "\n".join(text for text in (text_of(item) for item in toc) if text)
