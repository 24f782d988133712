"""Rules, proposed rules and notices of the Federal Register.

What the law is in them: the sections, appendices and supplements that REGTEXT sets out (``sec_1003.2``), and the
amendatory instructions, which are law too (``para_2``). What follows an instruction and is none of these is what it
puts into the Code, and stays with it. A rule without REGTEXT, as one that delays a date, is read as paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from storage.records import Note, ProvisionKind
from tracker.reading.america.attached import Attachment
from tracker.reading.america.ladders import CFR
from tracker.reading.america.markup import attribute, flow, level_of, name_of, text_of
from tracker.reading.america.nesting import section
from tracker.reading.america.record import AmericanExtract
from tracker.reading.structure.draft import Draft

K = ProvisionKind
TYPES = {"RULE": "final rule", "PRORULE": "proposed rule", "NOTICE": "notice"}
_NOTES = {
    "AGY": "agency",
    "ACT": "action",
    "SUM": "summary",
    "EFFDATE": "dates",
    "DATES": "dates",
    "ADD": "addresses",
    "FURINF": "further information",
}
_PREFACE = frozenset({"AGENCY", "SUBAGY", "CFR", "DEPDOC", "RIN", "SUBJECT", "DOCKET", "RINS"})
_END = frozenset({"FRDOC", "BILCOD", "PRTPAGE", "GPH", "GID", "FTREF"})
_AMENDS = frozenset({"AMDPAR", "SECTION", "PART", "SUBPART", "SUBJGRP"})
_ENDS_AMENDMENTS = frozenset({"REGTEXT", "SUPLINF", "SIG", "LSTSUB", *_END})
_INSTRUCTION = re.compile(r"^(?P<number>\d{1,3}|[a-z]{1,2})\s*\.\s*")
_SECTNO = re.compile(r"§+\s*([\w.\-–]+?)\.?$")
_ATTACHMENT = re.compile(r"^(Appendix|Supplement)\s+([A-Z0-9]{1,5})?\s*to\s+(?:Part|Subpart|§)", re.I)
_FRDOC = re.compile(r"FR Doc\.?\s*([A-Z]?\d?-?\d{2,4}[-–]\d{1,6})")


def rule(root: etree._Element) -> AmericanExtract:
    """Take a RULE, PRORULE or NOTICE element apart."""
    extract = AmericanExtract(type=TYPES[name_of(root)], language="en")
    loose: list[tuple[str, str]] = []
    for child in _amendments_apart(root):
        name = name_of(child)
        if name == "PREAMB":
            _preamble(child, extract)
        elif name == "SUPLINF":
            _supplementary(child, extract, loose)
        elif name == "REGTEXT":
            _regtext(child, extract)
        elif name:
            _other(child, name, extract, loose)
    _settle_loose(extract, loose)
    extract.number = extract.number or attribute(root, "number")
    return extract


def _amendments_apart(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands in *element*; instructions and sections that older files leave outside any REGTEXT, in one."""
    regtext: etree._Element | None = None
    for child in list(element):
        name = name_of(child)
        if name in _AMENDS and next(child.iter("SECTION", "AMDPAR"), None) is not None and regtext is None:
            regtext = etree.Element("REGTEXT")
        if name in _ENDS_AMENDMENTS and regtext is not None:
            yield regtext
            regtext = None
        if regtext is None:
            yield child
        else:
            regtext.append(deepcopy(child))
    if regtext is not None:
        yield regtext


def _preamble(preamble: etree._Element, extract: AmericanExtract) -> None:
    for child in preamble:
        name, text = name_of(child), text_of(child)
        if not name or not text:
            continue
        if name in _PREFACE:
            extract.front.append(Note("preface", text))
            _remember(name, text, extract)
        elif name in _NOTES:
            extract.notes.append(Note(_NOTES[name], " ".join(filter(None, map(text_of, child))) or text))
        else:
            extract.notes.append(Note("preamble", text))


def _remember(name: str, text: str, extract: AmericanExtract) -> None:
    if name in {"AGENCY", "SUBAGY"}:
        extract.agencies.append(text)
    elif name == "SUBJECT":
        extract.title = extract.title or text


def _supplementary(element: etree._Element, extract: AmericanExtract, loose: list[tuple[str, str]]) -> None:
    for child in _amendments_apart(element):
        name = name_of(child)
        if name == "REGTEXT":
            _regtext(child, extract)
        elif name:
            _other(child, name, extract, loose)


def _other(child: etree._Element, name: str, extract: AmericanExtract, loose: list[tuple[str, str]]) -> None:
    text = text_of(child)
    if not text:
        return
    if name == "SIG":
        extract.front.append(Note("conclusions", "\n".join(filter(None, map(text_of, child)))))
    elif name in _END:
        extract.furniture.append(Note(name.lower(), text))
        number = _FRDOC.search(text)
        extract.number = extract.number or (number[1] if number else "")
    elif name == "LSTSUB":
        extract.notes.append(Note("list of subjects", " ".join(filter(None, map(text_of, child)))))
    elif name in {"FTNT", "NOTE", "EDNOTE"}:
        extract.notes.append(Note("footnote" if name == "FTNT" else "note", text))
    elif name in {"EXTRACT", "GPOTABLE", "APPENDIX"}:
        loose.extend(("P", line) for line in map(text_of, child) if line)
    else:
        loose.append((name, text))


def _settle_loose(extract: AmericanExtract, loose: list[tuple[str, str]]) -> None:
    """Keep the explanation of a rule as a note; where there is no other text, it is the text."""
    if extract.drafts:
        if loose:
            extract.notes.append(Note("supplementary information", "\n".join(text for _, text in loose)))
        return
    headings: list[str] = []
    for name, text in loose:
        if name == "HD":
            headings.append(text)
        else:
            extract.drafts.append(Draft(K.PARAGRAPH, heading="\n".join(headings), text=text))
            headings = []
    if headings:
        extract.notes.append(Note("heading", "\n".join(headings)))
    _dates_are_the_text(extract)


def _dates_are_the_text(extract: AmericanExtract) -> None:
    """Read a rule that says nothing but its DATES from them."""
    if not extract.drafts:
        dates = [note for note in extract.notes if note.name in {"dates", "summary"}]
        extract.notes = [note for note in extract.notes if note not in dates]
        extract.drafts = [Draft(K.PARAGRAPH, heading=note.name.title(), text=note.text) for note in dates]


def _regtext(regtext: etree._Element, extract: AmericanExtract) -> None:
    part = attribute(regtext, "PART")
    if part:
        extract.cfr.append(f"{attribute(regtext, 'TITLE')} CFR Part {part}".strip())
    attachment: Attachment | None = None
    in_instructions = False
    for child in _children(regtext):
        name, text = name_of(child), text_of(child)
        if not name or not text:
            continue
        match = _ATTACHMENT.match(text)
        if name == "AMDPAR":
            attachment, in_instructions = None, True
            extract.drafts.append(_instruction(text))
        elif name == "SECTION":
            attachment = None
            extract.drafts.append(cfr_section(child, extract))
        elif (name == "HD" and match) or name in {"APPENDIX", "SUPPLEMENT"}:
            attachment = Attachment(_attachment(text_of(child[0]) if len(child) else text))
            extract.drafts.append(attachment.draft)
            _fill(attachment, list(child)[1:] if len(child) else [])
        elif name == "CONTENTS":
            extract.notes.append(Note("table of contents", text))
        elif attachment is not None:
            _fill(attachment, [child])
        elif in_instructions:
            _payload(child, extract.drafts[-1])
        else:
            extract.notes.append(Note("part heading", text))


def _children(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands in REGTEXT in order, parts and subparts opened."""
    for child in element:
        if name_of(child) in {"PART", "SUBPART", "SUBJGRP"}:
            yield from _children(child)
        else:
            yield child


def _instruction(text: str) -> Draft:
    match = _INSTRUCTION.match(text)
    if not match:
        return Draft(K.PARAGRAPH, text=text)
    return Draft(K.PARAGRAPH, match["number"], match[0].strip(), text=text[match.end() :])


def _payload(child: etree._Element, last: Draft) -> None:
    """Add words set out after an instruction to it, or to the section they follow as text without number."""
    has_heading = len(child) and name_of(child[0]) in {"HD", "HED"}
    text = "\n".join(filter(None, map(text_of, child))) if has_heading else text_of(child)
    if last.children:
        last.children.append(Draft(K.WRAPUP, text=text))
    else:
        last.text = "\n".join(filter(None, (last.text, text)))


def _attachment(heading: str) -> Draft:
    match = _ATTACHMENT.match(heading)
    kind = K.SUPPLEMENT if match and match[1].lower() == "supplement" else K.APPENDIX
    label = f"{match[1]} {match[2] or ''}".strip() if match else ""
    rest = heading[len(label) :].lstrip(" —") if label and heading.startswith(label) else heading
    return Draft(kind, (match[2] or "") if match else "", label, rest)


def _fill(attachment: Attachment, elements: Iterable[etree._Element]) -> None:
    for element in _leaves(elements):
        text = text_of(element)
        if text and name_of(element) in {"HD", "HD1", "HD2", "HD3", "HED"}:
            attachment.heading(level_of(element), text)
        elif text:
            attachment.paragraph(text)


def _leaves(elements: Iterable[etree._Element]) -> list[etree._Element]:
    leaves: list[etree._Element] = []
    for element in elements:
        leaves.extend(_leaves(element) if name_of(element) in {"EXTRACT", "DIV", "div"} else [element])
    return leaves


def cfr_section(element: etree._Element, extract: AmericanExtract) -> Draft:
    """Return a SECTION element — SECTNO, SUBJECT, paragraphs — as a section."""
    label = subject = ""
    lines: list[str] = []
    for child in _leaves(element):
        name, text = name_of(child), text_of(child)
        if not name or not text:
            continue
        if name == "SECTNO":
            label = text
        elif name in {"SUBJECT", "RESERVED"}:
            subject = f"{subject} {text}".strip()
        elif name in {"CITA", "EDNOTE", "SECAUTH", "FTNT", "NOTE", "CROSSREF", "EFFDNOT"}:
            extract.notes.append(Note(f"{'source note' if name == 'CITA' else 'note'} of {label}", text))
        elif name in {"PRTPAGE", "EAR"}:
            extract.furniture.append(Note("page", text))
        else:
            lines.append(flow(child))
    match = _SECTNO.search(label)
    return section(match[1] if match else label.strip("§ "), label, subject, lines, CFR)
