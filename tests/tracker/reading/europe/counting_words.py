"""Count the words a page shows against the words a reading holds."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from bs4 import Tag
from bs4.element import NavigableString
from lxml import etree

from tracker.reading.formats.recognise import Format, OpenedPage
from tracker.reading.structure.draft import Draft, Extract

INVISIBLE_TAGS = {"script", "style", "noscript", "template", "head", "svg", "select", "textarea", "title"}


def words(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word occurs."""
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", " ".join(texts)).replace("\u00ad", "").casefold()))


def visible_words(source: OpenedPage) -> Counter[str]:
    """Return the visible words of a page."""
    pieces: list[str] = []
    if source.format is Format.XML:
        assert source.root is not None
        _xml(source.root, pieces)
        pieces.extend(f" {marker} " for marker in source.root.xpath("//@marker"))  # printed, in Akoma Ntoso
        return words(["".join(pieces)])
    body = source.soup.body
    assert body is not None
    _html(body, pieces)
    return words(["".join(pieces)])


def words_of_extract(extract: Extract) -> Counter[str]:
    """Return the words of an extract; what an amendment mark's tooltip says is not visible and not counted."""
    texts = [note.text for note in [*extract.front, *extract.notes, *extract.furniture]]
    texts = [text for text in texts if not text.startswith("CLG.MDFO")]  # a processing instruction is not visible
    texts = [re.sub(r" \([^()]*(?:\(\d+\))?: [A-Z]+\)", "", text) for text in texts]
    return words([*texts, *_drafts(extract.drafts)])


def _drafts(drafts: Iterable[Draft]) -> Iterator[str]:
    for draft in drafts:
        yield from (draft.label, draft.heading, draft.text)
        yield from _drafts(draft.children)


INLINE = {"span", "a", "b", "i", "em", "strong", "sup", "sub", "u", "font"}
INLINE_XML = {"HT", "DATE", "REF.DOC.OJ", "QUOT.START", "QUOT.END"}


def _html(node: Tag, pieces: list[str]) -> None:
    for child in node.contents:
        if isinstance(child, Tag):
            if child.name in INVISIBLE_TAGS:
                continue
            mark = child.name == "a" and str(child.get("href") or "").startswith("#")
            space = " " if mark or child.name not in INLINE else ""
            pieces.append(space)
            _html(child, pieces)
            pieces.append(space)
        elif type(child) is NavigableString:
            pieces.append(str(child))


def _xml(node: etree._Element, pieces: list[str]) -> None:
    space = "" if node.tag in INLINE_XML or not isinstance(node.tag, str) else " "
    pieces.append(space)
    if isinstance(node.tag, str):
        pieces.append(node.text or "")
    for child in node:
        _xml(child, pieces)
        pieces.append(child.tail or "")
    pieces.append(space)
