"""Reduce EUR-Lex HTML of the generations A to D (and E, F, which are bare paragraphs) to lines, in one walk."""

from __future__ import annotations

import re

from bs4 import Tag
from bs4.element import NavigableString

from tracker.reading.europe.inline import SKIP, Inline, is_amendment_mark, lower_marks
from tracker.reading.europe.lines import EuropeanLine, Role, clean, is_label, split_marker
from tracker.reading.europe.nodes import (
    BLOCKS,
    classes_of,
    first_with_class,
    footnotes_of,
    has_border,
    has_words,
    holds_block,
    holds_title,
    is_data_table,
    is_footnote,
    is_structural,
    mark_of,
    rows_of,
    spacer_of,
    text_before,
    text_of_cell_before,
)
from tracker.reading.europe.roles import DATA_TABLES, is_quotation, role_of

ARTICLE_TITLES = ["oj-ti-art", "ti-art", "title-article-norm", "Titrearticle"]  # classes, by generation
_DEEPEST = 80  # elements inside elements; no act comes near, and below it all is taken as running text
_ARTICLE_ID = re.compile(r"art_[^.]+$")
_MARGIN = re.compile(r"margin-left\s*:\s*[1-9]")
_HANGING_INDENT = re.compile(r"text-indent\s*:\s*-")
_PLAINBLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
_ONLY_AT_HOME = frozenset({Role.ARTICLE, Role.ARTICLE_HEADING, Role.DIVISION, Role.DIVISION_HEADING})
_NEVER_IN_ARTICLE = frozenset({Role.TITLE, Role.ANNEX, Role.ANNEX_HEADING, Role.GROUP})


def lines_of(root: Tag) -> list[EuropeanLine]:
    """Return the lines of the document that *root* holds, marks and footnotes among them."""
    walker = _EuropeMarkupWalker()
    walker.has_home = _stands_in_a_container(root)
    walker.walk(root, 0)
    _take_heading_for_title(walker)
    marks = walker.inline
    if marks.footnote_marks:
        walker.lines.append(EuropeanLine(Role.FOOTNOTE_MARK, " ".join(filter(None, marks.footnote_marks))))
    if marks.amendment_marks:
        walker.lines.append(EuropeanLine(Role.MARK, " ".join(marks.amendment_marks)))
    return walker.lines


def _take_heading_for_title(walker: _EuropeMarkupWalker) -> None:
    """Make a first-level heading before the first article the title, on a page whose markup names no title."""
    lines = walker.lines
    first = next((place for place, line in enumerate(lines) if line.role is Role.ARTICLE), 0)
    if any(line.role is Role.TITLE for line in lines):
        return
    for line in lines[:first]:
        if any(line is heading for heading in walker.headings):
            line.role = Role.TITLE


def _stands_in_a_container(root: Tag) -> bool:
    """Return whether the page marks where the act begins and ends: its first article stands in a container."""
    first = root.find(class_=ARTICLE_TITLES)
    return first is not None and any("eli-container" in classes_of(above) for above in first.parents)


class _EuropeMarkupWalker:
    def __init__(self) -> None:
        self.lines: list[EuropeanLine] = []
        self.run: list[str] = []
        self.inline = Inline()
        self.headings: list[EuropeanLine] = []  # of the first level
        self.nesting = 0
        self.indents = 0  # how many margins deep
        self.in_articles = False  # an article was seen
        self.after_act = False  # after the act: the Journal's own footer
        self.closing = False
        self.article = ""  # "" outside, "open" before an article's title, "named" after it
        self.out_already = self.inline.out_already
        self.has_home = False  # the page says where the act begins and ends
        self.homes = 0  # how many of its containers we are in
        self.in_quotation = False  # inside an article that prints the titles of another act's articles

    def walk(self, node: Tag, depth: int) -> None:
        self.nesting += 1
        if self.nesting > _DEEPEST:
            self.inline.gather(node, self.run)
        else:
            self.children(node, depth)
        self.flush(depth)
        self.nesting -= 1

    def children(self, node: Tag, depth: int) -> None:
        for child in node.contents:
            if self.out_already and id(child) in self.out_already:
                continue
            if isinstance(child, Tag):
                if child.name in BLOCKS:
                    self.flush(depth)
                    self.block(child, depth)
                elif child.name not in SKIP:
                    self.inline_element(child, depth)
            elif type(child) is NavigableString:
                self.run.append(child)

    def inline_element(self, node: Tag, depth: int) -> None:
        if "linkToTop" in (node.get("class") or ()):
            self.lines.append(EuropeanLine(Role.SITE, clean(node.get_text())))
        elif node.name in {"br", "img", "a", "i", "b", "em", "strong", "sup", "sub"} or not holds_block(node):
            self.inline.element(node, self.run)
        else:
            self.flush(depth)
            self.walk(node, depth)

    def flush(self, depth: int) -> None:
        if self.run:
            text = self.inline.join(self.run)
            self.run = []
            self.add(Role.TEXT, text, depth)

    def add(self, role: Role, text: str, depth: int, label: str = "") -> None:
        if not (text and clean(text)) and not label:
            return
        if self.closing and role is Role.TEXT:
            role = Role.CLOSING
        if role in _ONLY_AT_HOME:
            role = self.at_home(role, depth)
        if role in _NEVER_IN_ARTICLE and (self.article or (depth and role is not Role.GROUP)):
            role = Role.TEXT
        if self.after_act and role is Role.TEXT:
            role = Role.HEADER
        if self.has_home and not self.homes and role in {Role.TEXT, Role.ROW}:
            role = Role.SITE
        self.lines.append(EuropeanLine(role, text, label, depth))

    def at_home(self, role: Role, depth: int) -> Role:
        """Take for text a title inside an article that has its own already: it is quoted from another act."""
        if depth or self.in_quotation:
            return Role.TEXT
        if self.article == "named" and role is not Role.ARTICLE_HEADING:
            self.in_quotation = True
            return Role.TEXT
        if role is Role.ARTICLE:
            self.in_articles = True
            self.article = "named" if self.article else ""
        return role

    def block(self, node: Tag, depth: int) -> None:
        name, classes = node.name, classes_of(node)
        if name == "table":
            self.table(node, depth)
            return
        role = role_of(classes)
        if name in _PLAINBLOCKS or role is not None:
            self.paragraph(node, depth, role)
        elif name == "div":
            self.division(node, depth, classes)
        elif name == "hr":
            self.after_act = self.in_articles and not {"oj-doc-end", "doc-end", "oj-separator"}.isdisjoint(classes)
        else:
            self.walk(node, depth)

    def paragraph(self, node: Tag, depth: int, role: Role | None) -> None:
        if role is Role.MARK:
            self.lines.append(EuropeanLine(Role.MARK, mark_of(node)))
            return
        if is_quotation(classes_of(node)):
            start = len(self.lines)
            self.add(Role.TEXT, self.inline.text(node), depth)
            for line in self.lines[start:]:
                line.is_quoted = True
            return
        role = Role.FOOTNOTE if role is None and is_footnote(node) else role
        if role is None or role is Role.CLOSING:
            if holds_block(node) or (
                self.out_already and any(id(child) in self.out_already for child in node.contents)
            ):
                self.walk(node, depth)
            else:
                start = len(self.lines)
                self.add(role or Role.TEXT, self.inline.text(node), depth)
                self.headings += self.lines[start:] if node.name == "h1" else []
            return
        text = self.inline.text(node)
        self.add(role, lower_marks(text) if role is Role.FOOTNOTE else text, depth)

    def division(self, node: Tag, depth: int, classes: list[str]) -> None:
        ident = str(node.get("id") or "")
        if "eli-container" in classes:
            self.homes += 1
            self.walk(node, depth)
            self.homes -= 1
        elif "grid-container" in classes:
            self.grid(node, depth)
        elif "norm" in classes and (label := first_with_class(node, "no-parag")) is not None:
            self.add(Role.PARAGRAPH, "", depth, clean(self.inline.text(label)))
            self.out_already.add(id(label))
            self.walk(node, depth)
        elif "oj-enumeration-spacing" in classes or _HANGING_INDENT.search(str(node.get("style") or "")):
            self.hanging_point(node, depth)
        elif not classes and (self.indents or _MARGIN.search(str(node.get("style") or ""))):
            self.indented_point(node, depth)
        elif _ARTICLE_ID.match(ident) and not self.article:
            self.article, self.in_quotation = "open", False
            self.walk(node, depth)
            self.article, self.in_quotation = "", False
        elif "eli-title" in classes and ident.startswith("art_") and not holds_title(node):
            self.add(Role.ARTICLE_HEADING, self.inline.text(node), depth)
        elif ident == "fnp_1" or "oj-final" in classes or "final" in classes:
            before, self.closing = self.closing, True
            self.walk(node, depth)
            self.closing = before
        else:
            self.walk(node, depth)

    def grid(self, node: Tag, depth: int) -> None:
        """Take a point of a consolidated text: its label in column 1, all else in column 2."""
        for child in node.find_all(True, recursive=False):
            if "grid-list-column-1" in (child.get("class") or ()):
                self.add(Role.POINT, "", depth + 1, clean(self.inline.text(child)))
            else:
                self.walk(child, depth + 1)

    def hanging_point(self, node: Tag, depth: int) -> None:
        """Take a point set by indentation: its label is the text before the first wide space."""
        children = node.find_all(True, recursive=False)
        first = children[0] if children else None
        if first is None:
            self.walk(node, depth)
            return
        spacer = spacer_of(first)
        label = clean(self.inline.text(first)) if spacer is None else text_before(spacer)
        if not is_label(label):
            self.walk(node, depth)
            return
        self.add(Role.POINT, "", depth + 1, label)
        self.out_already.update((id(first),) if spacer is None else map(id, spacer.previous_siblings))
        self.walk(node, depth + 1)

    def indented_point(self, node: Tag, depth: int) -> None:
        """Take a point set by its margin, in which label and text are one: it is one only if it begins with a label."""
        start = len(self.lines)
        self.indents += 1
        self.walk(node, depth + 1)
        self.indents -= 1
        own = self.lines[start:]
        first = next((line for line in own if line.role in {Role.TEXT, Role.POINT}), None)
        if first is None or first.role is Role.POINT or first.depth != depth + 1:
            point = None
        else:
            alone = split_marker(f"{first.text} .") if is_label(first.text) else None
            point = (alone[0], "") if alone else split_marker(first.text)
        if first is not None and point is not None:
            first.role, (first.label, first.text) = Role.POINT, point
            return
        for line in own:
            line.depth = max(line.depth - 1, 0)

    def table(self, node: Tag, depth: int) -> None:
        data = not DATA_TABLES.isdisjoint(node.get("class") or ()) or has_border(node) or is_data_table(node)
        for row in rows_of(node):
            cells = list(row.find_all(("td", "th"), recursive=False))
            full_cells = [cell for cell in cells if has_words(cell)]
            if not full_cells:
                continue
            if len(full_cells) == 1 and (notes := footnotes_of(full_cells[0])):
                for note in notes:
                    self.add(Role.FOOTNOTE, lower_marks(self.inline.text(note)), depth)
            elif data and not any(is_structural(cell) for cell in full_cells):
                self.row(full_cells, depth)
            elif len(full_cells) == 1 or any(self.is_layout(cell) for cell in full_cells):
                for cell in full_cells:
                    self.walk(cell, depth)
            else:
                self.point_or_row(full_cells, depth)

    def is_layout(self, cell: Tag) -> bool:
        """Return whether a cell shows that its table only sets out the page: in a point, titles are quoted."""
        is_point = self.in_articles and is_label(clean(text_of_cell_before(cell)))
        return is_amendment_mark(cell) or (not self.article and not is_point and is_structural(cell))

    def point_or_row(self, cells: list[Tag], depth: int) -> None:
        label = clean(self.inline.text(cells[0])) if len(cells) == 2 else ""
        if label and is_label(label):
            self.add(Role.POINT, "", depth + 1, label)
            self.walk(cells[1], depth + 1)
        else:
            self.row(cells, depth)

    def row(self, cells: list[Tag], depth: int) -> None:
        texts = [clean(self.inline.text(cell)) for cell in cells]
        self.add(Role.ROW, " | ".join(text for text in texts if text), depth)
        while self.inline.notes:
            self.add(Role.FOOTNOTE, self.inline.notes.pop(0), depth)
