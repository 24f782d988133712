"""Read tables by rows, and Markdown without its signs: HTML inside it, tables, comments and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bs4 import BeautifulSoup, Tag

from storage.records import Note
from tracker.reading.formats.blocks import Block, squeeze

CELLS = " | "
_LONGEST_CELL = 400
_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.I)
# each stops at the next opening of its kind, so that many left open cost no more than their length
_COMMENT = re.compile(r"<!--(?:(?!<!--).){0,4000}?-->", re.S)
_UNSEEN_TAGS = re.compile(r"<(style|script)\b[^<>]{0,400}>(?:(?!<(?:style|script)\b).){0,50000}?</\1\s*>", re.S | re.I)
_TABLE = re.compile(r"<table\b(?:(?!<table\b).){0,500000}?</table\s*>", re.S | re.I)
_BREAK = re.compile(r"<br\s*/?>|</?(?:p|div|center|h[1-6]|li|ul|ol|blockquote|section)\b[^>]{0,400}>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,400})?/?>")
_RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_ROW = re.compile(r"^\|(.{1,5000})\|$")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,200})\]\(([^()\n]{0,300}(?:\([^()\n]{0,100}\)[^()\n]{0,200})?)\)")
_ITALIC = re.compile(r"(?<![\w*_\\])[*_]([^\W\d_][^*_\n]{0,120})[*_](?![\w*_])")
_ESCAPE = re.compile(r"\\([.()\[\]#*_+!~>-])")
_BULLET = re.compile(r"^[-*+]\s+(?=\S)")


def is_page(text: str) -> bool:
    """Return whether *text* is a page of HTML, and not text or Markdown with some HTML in it."""
    return text.lstrip("\ufeff \t\r\n")[:1] == "<" or _PAGE.search(text) is not None


def plain_text(text: str) -> tuple[str, list[Note]]:
    """Return *text* with the HTML in it read as a browser would, and what a browser does not show as furniture."""
    if "<" not in text:
        return text, []
    comments = [*(m[0].strip("<!-> ") for m in _COMMENT.finditer(text)), *(m[0] for m in _UNSEEN_TAGS.finditer(text))]
    text = _UNSEEN_TAGS.sub("\n", _COMMENT.sub("\n", text))
    comments += _TAG.findall(text)
    text = _TABLE.sub(lambda m: "\n" + "\n".join(f"|{row}|" for row in _rows_of(m[0])) + "\n", text)
    return _TAG.sub("", _BREAK.sub("\n", text)), [Note("markup", "\n".join(comments))] if comments else []


def _rows_of(markup: str) -> Iterator[str]:
    table = BeautifulSoup(markup, "lxml").table
    for row in table.find_all("tr") if table else []:
        if isinstance(row, Tag):
            yield CELLS.join(cells_of(row))


def cells_of(row: Tag) -> list[str]:
    """Return the text of every cell of *row*; a cell's line breaks are spaces, an empty cell is kept as its place."""
    cells = (cell for cell in row.find_all(["td", "th"]) if isinstance(cell, Tag))
    return [squeeze(cell.get_text(" ")).replace("\n", " ") for cell in cells]


def tables_as_rows(soup: BeautifulSoup) -> None:
    """Make each row of a table of data one line of cells; a table that only lays the page out stays as it is."""
    for table in soup.find_all("table"):
        if not isinstance(table, Tag) or table.find("table"):
            continue
        rows = [(row, cells_of(row)) for row in table.find_all("tr") if isinstance(row, Tag)]
        wide = [cells for _, cells in rows if len(cells) > 1]
        if len(wide) < 2 or any(len(cell) > _LONGEST_CELL for _, cells in rows for cell in cells):
            continue
        for row, cells in rows:
            row.clear()
            row.append(CELLS.join(cells))


def tidy(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[Note]]:
    """Return *blocks* without Markdown's own signs, and the addresses of links as furniture.

    A table row becomes one line of cells, a link its words.
    """
    addresses = [m[2] for block in blocks if "](" in block.text for m in _LINK.finditer(block.text)]
    tidy_blocks = tuple(block for block in map(_tidy, blocks) if block.text)
    return tidy_blocks, [Note("links", "\n".join(addresses))] if addresses else []


def _tidy(block: Block) -> Block:
    text = block.text
    if _RULE.match(text):
        return replace(block, text="")
    row = _ROW.match(text)
    if row:
        cells = (cell.strip() for cell in row[1].split("|"))
        return replace(block, text=CELLS.join(cells).strip(" \u3000"), tag="tr")
    if "](" in text or text[0] in "-*+":
        text = _BULLET.sub("", _LINK.sub(r"\1", text))
    if "*" in text or "_" in text or "\\" in text:
        text = _ESCAPE.sub(r"\1", _ITALIC.sub(r"\1", text))
    return block if text is block.text else replace(block, text=squeeze(text))
