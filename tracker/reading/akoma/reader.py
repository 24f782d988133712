"""Take an Akoma Ntoso document apart by its element names."""

from __future__ import annotations

from lxml import etree

from storage.records import Flaw, Note
from tracker.reading.akoma.elements import ATTACHMENT_KINDS, KINDS, TRANSPARENT, K, number_of
from tracker.reading.akoma.meta import attribute_of, language_of, name_of, published_of, title_of
from tracker.reading.akoma.text import AkomaWords
from tracker.reading.structure.draft import Draft, Extract

_FRONT = {"preface": "preface", "preamble": "preamble", "conclusions": "conclusions", "header": "preface"}
_DOCUMENTS = frozenset("act bill doc statement amendment documentCollection officialGazette debateReport".split())
_BODIES = frozenset({"body", "mainBody", "collectionBody", "amendmentBody"})
_OPEN = frozenset({"attachments", "components", "component", "citations", "recitals"})


def extract(root: etree._Element) -> Extract:
    """Return the document as drafts, front matter and notes."""
    reader = _AkomaReader()
    reader.extract.title = title_of(root)
    reader.extract.language = language_of(root)
    reader.extract.number = attribute_of(root, "FRBRnumber", "value")
    reader.extract.uri = attribute_of(root, "FRBRuri", "value")
    reader.extract.published_on = published_of(root)
    for child in root:
        reader.document(child, reader.extract.drafts)
    if not reader.extract.drafts:
        reader.extract.flaws.append(
            Flaw("no provisions", "this Akoma Ntoso has no hierarchy of provisions", fatal=True)
        )
    return reader.extract


class _AkomaReader:
    def __init__(self) -> None:
        self.extract = Extract()
        self.words = AkomaWords(self.extract.notes)

    def document(self, node: etree._Element, into: list[Draft]) -> None:
        """Read one document, its parts in order."""
        for child in node:
            name = name_of(child)
            if name in _FRONT:
                self.front(child, _FRONT[name])
            elif name in _BODIES:
                self.body(child, into)
            elif name == "attachment":
                self.attachment(child)
            elif name == "coverPage":
                self.extract.furniture += [Note("cover page", line) for line in self.words.lines(child)]
            elif name == "meta":
                notes = child.iterfind("{*}notes/{*}note")
                self.extract.notes += [
                    Note(_note_name(note), line) for note in notes for line in self.words.lines(note)
                ]
            elif name in _DOCUMENTS | _OPEN:
                self.document(child, into)

    def front(self, node: etree._Element, unit: str) -> None:
        for child in node:
            name = name_of(child)
            if name == "recital":
                self.extract.drafts.append(self.provision(child, K.RECITAL))
            elif name == "recitals":
                self.front(child, unit)
            elif name and name not in {"num", "heading"}:
                self.extract.front += [Note(unit, line) for line in self.words.lines(child)]
            elif name:
                self.extract.front += [Note(unit, self.words.of(child))]

    def body(self, node: etree._Element, into: list[Draft]) -> None:
        holder = Draft(K.PARAGRAPH)
        self.inside(node, holder)
        if holder.text:
            into.extend(Draft(K.PARAGRAPH, text=line) for line in holder.text.split("\n"))
        into.extend(holder.children)

    def attachment(self, node: etree._Element) -> None:
        """Read an attachment as an annex: its kind by its name or heading, its words by its document."""
        inner = next((child for child in node if name_of(child) in _DOCUMENTS), None)
        label, heading = self.head(node)
        name = f"{inner.get('name') if inner is not None else ''} {label} {heading}".lower()
        kind = next((kind for word, kind in ATTACHMENT_KINDS if word in name), K.ANNEX)
        draft = Draft(kind, number_of(label), label, heading)
        self.extract.drafts.append(draft)
        for child in inner if inner is not None else ():
            if name_of(child) in _BODIES:
                self.inside(child, draft)
            elif name_of(child) not in {"meta", ""}:
                draft.text = "\n".join(filter(None, (draft.text, *self.words.lines(child))))

    def provision(self, node: etree._Element, kind: K) -> Draft:
        label, heading = self.head(node)
        draft = Draft(kind, number_of(label), label, heading)
        self.inside(node, draft)
        return draft

    def head(self, node: etree._Element) -> tuple[str, str]:
        label = next((self.words.of(child) for child in node if name_of(child) == "num"), "")
        headings = (self.words.of(child) for child in node if name_of(child) in {"heading", "subheading"})
        return label, "\n".join(filter(None, headings))

    def inside(self, node: etree._Element, draft: Draft) -> None:
        """Give *draft* what stands in *node*: text before its first child is its own, later text a wrap-up."""
        for child in node:
            name = name_of(child)
            kind = _kind(child)
            if not name or name in {"num", "heading", "subheading"}:
                continue
            if kind is not None:
                draft.children.append(self.provision(child, kind))
            elif name in TRANSPARENT or name == "hcontainer":
                self.inside(child, draft)
            else:
                self.text(self.words.lines(child), draft)

    def text(self, lines: list[str], draft: Draft) -> None:
        if not lines:
            return
        last = draft.children[-1] if draft.children else None
        if last is not None and (last.kind is not K.WRAPUP or last.children):
            draft.children.append(Draft(K.WRAPUP, text="\n".join(lines)))
        else:
            target = last or draft
            target.text = "\n".join(filter(None, (target.text, *lines)))


def _kind(node: etree._Element) -> K | None:
    """Return the kind of provision that *node* is; a nameless container with a number is a paragraph."""
    name = name_of(node)
    if name != "hcontainer":
        return KINDS.get(name)
    kind = KINDS.get(str(node.get("name")))
    has_number = any(name_of(child) == "num" for child in node)
    return kind or (K.PARAGRAPH if has_number else None)


def _note_name(note: etree._Element) -> str:
    return str(note.get("class") or "note").replace("-", " ")
