"""A reading as an Akoma Ntoso 3.0 document (OASIS), so that other legal tools can take it over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from lxml import etree

from storage.records import Provision, ProvisionKind, Reading
from tracker.render.akoma_metadata import NAMESPACE, add, add_meta, clean, root_element

K = ProvisionKind
ATTACHED = frozenset({K.ANNEX, K.SCHEDULE, K.APPENDIX, K.SUPPLEMENT})
# kinds that Akoma Ntoso has an element for; the others are an hcontainer that bears their name
_ELEMENTS = frozenset(
    {
        K.BOOK, K.PART, K.TITLE, K.CHAPTER, K.SUBPART, K.SECTION, K.ARTICLE, K.RULE, K.PARAGRAPH, K.SUBPARAGRAPH,
        K.SUBSECTION, K.CLAUSE, K.SUBCLAUSE, K.POINT, K.PROVISO,
    }
)  # fmt: skip
_NO_SPACE = re.compile(r"\s+")


def reading_akn(reading: Reading, *, on: date) -> bytes:
    """Return *reading* as XML; *on* is the day it is written. Ids are ours; what belongs to the site is left out."""
    root = root_element()
    kind = "bill" if reading.draft else "act"
    document = add(root, kind, name=kind, contains="singleVersion")
    add_meta(document, reading, on)
    _preface(document, reading)
    _preamble(document, reading)
    body = add(document, "body")
    own = [p for p in reading.provisions if p.kind not in ATTACHED and p.kind is not K.RECITAL]
    for provision in own:
        _provision(body, provision)
    if not own:
        add(body, "hcontainer", name="empty", eId="body_1")
    _front(document, reading, "conclusions")
    _attachments(document, reading, on)
    etree.indent(root)
    xml: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return xml


def _preface(document: etree._Element, reading: Reading) -> None:
    if not reading.title and not any(note.name == "preface" for note in reading.front):
        return
    preface = add(document, "preface")
    if reading.title:
        add(add(preface, "longTitle"), "p", "").append(_title(reading.title))
    _paragraphs(preface, [note.text for note in reading.front if note.name == "preface"])


def _title(text: str) -> etree._Element:
    title = etree.Element(f"{{{NAMESPACE}}}docTitle")
    title.text = clean(text)
    return title


def _preamble(document: etree._Element, reading: Reading) -> None:
    recitals = [provision for provision in reading.provisions if provision.kind is K.RECITAL]
    notes = [note.text for note in reading.front if note.name == "preamble"]
    if not recitals and not notes:
        return
    preamble = add(document, "preamble")
    _paragraphs(preamble, notes)
    if recitals:
        group = add(preamble, "recitals", eId="recs_1")
        for recital in recitals:
            node = add(group, "recital", **_ids(recital))
            _head(node, recital)
            _paragraphs(node, [recital.text, *_lines(recital.children)], at_least_one=True)


def _lines(children: Iterable[Provision]) -> list[str]:
    return [" ".join(filter(None, (p.label, p.heading, p.text))) for child in children for p in child.walk()]


def _front(document: etree._Element, reading: Reading, unit: str) -> None:
    notes = [note.text for note in reading.front if note.name == unit]
    if notes:
        _paragraphs(add(document, unit), notes)


def _attachments(document: etree._Element, reading: Reading, on: date) -> None:
    attachments = [provision for provision in reading.provisions if provision.kind in ATTACHED]
    if not attachments:
        return
    group = add(document, "attachments")
    for provision in attachments:
        node = add(group, "attachment", **_ids(provision))
        _head(node, provision)
        inner = add(node, "doc", name=provision.kind.value)
        add_meta(inner, reading, on, part=provision.eid)
        body = add(inner, "mainBody")
        _paragraphs(body, [provision.text], at_least_one=not provision.children)
        for child in provision.children:
            _provision(body, child)


def _provision(parent: etree._Element, provision: Provision) -> None:
    if provision.kind in _ELEMENTS:
        node = add(parent, provision.kind.value, **_ids(provision))
    else:
        node = add(parent, "hcontainer", name=provision.kind.value, **_ids(provision))
    _head(node, provision)
    children, ending = _ending(provision.children)
    if provision.text:
        place = add(node, "intro" if children or ending else "content", eId=f"{provision.eid}__text")
        _paragraphs(place, [provision.text])
    for child in children:
        _provision(node, child)
    if ending is not None:
        _paragraphs(add(node, "wrapUp", **_ids(ending)), [ending.text], at_least_one=True)


def _ending(children: Sequence[Provision]) -> tuple[Sequence[Provision], Provision | None]:
    """Part the text behind the last child from the children: Akoma Ntoso has an element for it."""
    last = children[-1] if children else None
    if last is None or last.kind is not K.WRAPUP or last.children or last.label or last.heading or len(children) < 2:
        return children, None
    return children[:-1], last


def _head(node: etree._Element, provision: Provision) -> None:
    if provision.label:
        add(node, "num", provision.label)
    for place, line in enumerate(provision.heading.split("\n") if provision.heading else ()):
        add(node, "subheading" if place else "heading", line)


def _paragraphs(node: etree._Element, texts: Iterable[str], *, at_least_one: bool = False) -> None:
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    for line in lines or ([""] if at_least_one else []):
        add(node, "p", line)


def _ids(provision: Provision) -> dict[str, str]:
    ids = {"eId": _NO_SPACE.sub("-", provision.eid)}
    return {**ids, "wId": _NO_SPACE.sub("-", provision.pid)} if provision.pid else ids
