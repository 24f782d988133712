"""Read the text an act of the Union quotes into provisions, as the reader would in the position it will take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.amending.numbering import number_key
from tracker.amending.operations import Level
from tracker.amending.tree import LawNode, from_draft
from tracker.reading.europe.assemble import assemble
from tracker.reading.europe.body import fill
from tracker.reading.europe.lines import EuropeanLine, Role
from tracker.reading.structure import european_words
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.numbers import LATIN_SUFFIXES

K = ProvisionKind
_LATIN = rf"(?: ?(?:{'|'.join(LATIN_SUFFIXES)}))?"
_LABEL = re.compile(
    rf"(\((?:\d{{1,3}}[a-zα-ω]{{0,3}}|[^\W\d_]{{1,5}}){_LATIN}\)"
    rf"|\d{{1,3}}(?:\.\d{{1,3}})*[a-zα-ω]{{0,3}}{_LATIN}[.)]"
    rf"|[^\W\d_]{{1,5}}{_LATIN}\)|[A-Z][a-z]?\.(?=\s)|[IVX]{{1,5}}\.(?=\s)|[—–•](?=\s))\s*(?:\|\s*)?(?=\S)"
)
_ROMANS = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split())
_ENDS = (".", ";", ":", ",")
_LONGEST_HEADING = 200
_STRUCTURE = {Role.ARTICLE, Role.DIVISION, Role.ANNEX}


def quoted_node(lines: Sequence[str], level: Level | None) -> LawNode:
    """Return a provision that holds what *lines* quote; *level* says what a leading "1." numbers."""
    lines_out = with_roles(lines, level)
    if any(line.role in _STRUCTURE for line in lines_out):
        holder = Draft(K.BOOK, children=assemble(lines_out).drafts)
    else:
        holder = Draft(K.ARTICLE)
        fill(holder, lines_out)
    return from_draft(holder)


def with_roles(lines: Sequence[str], level: Level | None) -> list[EuropeanLine]:
    """Return *lines* with the roles their words give them."""
    lines_out: list[EuropeanLine] = []
    depths = MarkerDepths()
    for place, text in enumerate(lines):
        role = _title_role(text, lines_out)
        if role is None and _is_heading(text, lines_out, last=place + 1 == len(lines)):
            role = _HEADINGS[lines_out[-1].role]
        if role is not None:
            depths.stack.clear()
            lines_out.append(EuropeanLine(role, text))
            level = Level.PARAGRAPH if role is Role.ARTICLE else level
            continue
        lines_out.append(_line(text, level, depths, first=not lines_out))
    return _with_groups(lines_out) if any(line.role is Role.ANNEX for line in lines_out) else lines_out


def _with_groups(lines: list[EuropeanLine]) -> list[EuropeanLine]:
    """Take for a heading of an annex what bears a label and ends like no sentence."""
    for line in lines:
        has_label = line.role in {Role.PARAGRAPH, Role.POINT} and any(char.isalnum() for char in line.label)
        if (
            has_label
            and len(line.text) < _LONGEST_HEADING
            and not line.text.endswith((*_ENDS, ",", "and", "et", "or", "ou"))
        ):
            line.role, line.text, line.label, line.depth = Role.GROUP, f"{line.label} {line.text}", "", 0
    return lines


_HEADINGS = {
    Role.ARTICLE: Role.ARTICLE_HEADING,
    Role.DIVISION: Role.DIVISION_HEADING,
    Role.ANNEX: Role.ANNEX_HEADING,
}


def _title_role(text: str, before: Sequence[EuropeanLine]) -> Role | None:
    if european_words.article_number(text) is not None:
        return Role.ARTICLE
    if before and not any(line.role in _STRUCTURE for line in before):
        return None
    if european_words.annex_number(text) is not None:
        return Role.ANNEX
    return Role.DIVISION if european_words.division_of(text) is not None else None


def _is_heading(text: str, before: Sequence[EuropeanLine], *, last: bool) -> bool:
    follows = bool(before) and before[-1].role in _HEADINGS
    return (
        follows
        and not last
        and len(text) < _LONGEST_HEADING + 50
        and not text.endswith(_ENDS)
        and not _LABEL.match(text)
    )


def _line(text: str, level: Level | None, depths: MarkerDepths, *, first: bool) -> EuropeanLine:
    hit = _LABEL.match(text)
    if hit is None:
        if " | " in text:
            return EuropeanLine(Role.ROW, text)
        inside = level in {Level.POINT, Level.ANY} and bool(depths.stack)
        del depths.stack[1 if inside else 0 :]
        return EuropeanLine(Role.TEXT, text, "", 1 if inside else 0)
    label, words = hit[1], text[hit.end() :]
    with_number = label[:1].isdecimal() and (label.endswith(".") or first)
    if with_number and level not in {Level.POINT, Level.ANY} and "." not in label[:-1]:
        depths.stack.clear()
        return EuropeanLine(Role.PARAGRAPH, words, label)
    return EuropeanLine(Role.POINT, words, label, depths.depth(label))


class MarkerDepths:
    """How deep a label stands, by the styles of the labels before it."""

    def __init__(self) -> None:
        self.stack: list[tuple[str, str]] = []

    def depth(self, label: str) -> int:
        """Return how deep *label* stands, 1 for the outermost."""
        style = self.style(label)
        styles = [entry for entry, _ in self.stack]
        if style in styles:
            del self.stack[styles.index(style) :]
        self.stack.append((style, number_key(label)))
        return len(self.stack)

    def style(self, label: str) -> str:
        """Return how *label* prints its number."""
        core = number_key(label)
        if not any(char.isalnum() for char in core):
            return "dash"
        if core[:1].isdecimal():
            return f"number{label[-1]}" + ("(" if label.startswith("(") else "")
        if label[:1].isupper():
            return "upper"
        if core in _ROMANS and not self.continues_letters(core):
            return "roman"
        return "letter"

    def continues_letters(self, core: str) -> bool:
        """Return whether a letter such as (i) or (v) goes on from (h) or (u), not from (iv)."""
        if len(core) > 1:
            return False
        before = dict(self.stack)
        follows = len(before.get("letter", "")) == 1 and ord(before["letter"]) == ord(core) - 1
        return follows or ("letter" not in before and "roman" not in before and core not in {"i"})
