"""Small questions to the elements of EUR-Lex pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag
from bs4.element import NavigableString

from tracker.reading.europe.lines import Role, clean, is_label
from tracker.reading.europe.roles import role_of

BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section table tbody tfoot thead tr ul td th caption txt_te".split()
)

_NOTE_ANCHOR = re.compile(r"E\d{4}|ntr")
_BACK_TO_MARK = re.compile(r"#(?:src\.E\d|ntc)")


def classes_of(node: Tag) -> list[str]:
    """Return the classes of *node*."""
    names = node.get("class")
    return [str(name) for name in names] if isinstance(names, list) else []


def holds_block(node: Tag) -> bool:
    """Return whether a block stands somewhere in *node*."""
    return any(isinstance(child, Tag) and child.name in BLOCKS for child in node.descendants)


def rows_of(table: Tag) -> Iterator[Tag]:
    """Yield the rows of *table* itself, not of tables in its cells."""
    for child in table.contents:
        if isinstance(child, Tag):
            if child.name == "tr":
                yield child
            elif child.name in {"tbody", "thead", "tfoot"}:
                yield from child.find_all("tr", recursive=False)


def has_words(node: Tag) -> bool:
    """Return whether *node* shows any words."""
    return any(type(text) is NavigableString and not text.isspace() for text in node.descendants)


def has_border(table: Tag) -> bool:
    """Return whether a table is printed with lines: then it is a table, not the layout of a list."""
    return str(table.get("border") or "0").strip() not in {"", "0"}


def is_data_table(table: Tag) -> bool:
    """Return whether a table of two columns begins one of its rows with words, and so is no list of points."""
    rows = [row.find_all(("td", "th"), recursive=False) for row in rows_of(table)]
    firsts = [clean(cells[0].get_text()) for cells in rows if len(cells) == 2 and has_words(cells[0])]
    return any(map(is_label, firsts)) and not all(map(is_label, firsts))


def is_structural(cell: Tag) -> bool:
    """Return whether *cell* holds a title or another line whose markup says what it is."""
    for child in cell.contents:
        if isinstance(child, Tag) and child.name == "p":
            role = role_of(classes_of(child))
            if role is not None and role is not Role.FOOTNOTE:
                return True
    return False


def holds_title(node: Tag) -> bool:
    """Return whether a paragraph in *node* says by its class what it is."""
    return any(role_of(classes_of(child)) is not None for child in node.find_all("p"))


def first_with_class(node: Tag, name: str) -> Tag | None:
    """Return the first element in *node* if it has the class *name*."""
    for child in node.contents:
        if isinstance(child, Tag):
            return child if name in (child.get("class") or ()) else None
    return None


def spacer_of(first: Tag) -> Tag | None:
    """Return the wide space that parts a label from its text, if *first* holds one."""
    for child in first.contents:
        if isinstance(child, Tag) and "word-spacing" in str(child.get("style") or ""):
            return child
    return None


def text_before(spacer: Tag) -> str:
    """Return the words in front of *spacer*."""
    return clean("".join(part.get_text() for part in reversed(list(spacer.previous_siblings))))


def text_of_cell_before(cell: Tag) -> str:
    """Return the words of the cell before *cell* in its row."""
    before = cell.find_previous_sibling("td")
    return before.get_text() if isinstance(before, Tag) else ""


def mark_of(node: Tag) -> str:
    """Return an amendment mark with what its link says of it."""
    link = node.find("a")
    title = str(link.get("title") or "") if isinstance(link, Tag) else ""
    text = clean(node.get_text())
    return f"{text} ({title})" if ":" in title else text


def footnotes_of(cell: Tag) -> list[Tag]:
    """Return the footnotes that a table prints in its last row: blocks that begin with the anchor a mark leads to."""
    blocks = [child for child in cell.contents if isinstance(child, Tag)]
    return blocks if blocks and all(is_footnote(block) for block in blocks) else []


def is_footnote(block: Tag) -> bool:
    """Return whether a block begins with the anchor to which a mark in the text leads, or leads back to that mark."""
    first = next((child for child in block.contents if isinstance(child, Tag)), None)
    if first is None or first.name != "a":
        return False
    ident, target = str(first.get("id") or ""), str(first.get("href") or "")
    return _NOTE_ANCHOR.match(ident) is not None or _BACK_TO_MARK.match(target) is not None
