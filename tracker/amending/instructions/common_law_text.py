"""Read the text a US or Indian act quotes into provisions: bracketed markers nested by their styles."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from storage.records import ProvisionKind
from tracker.amending.instructions.europe_text import MarkerDepths
from tracker.amending.tree import LawNode, TextGroup, put_below

K = ProvisionKind
_MARKER = re.compile(r"\(([0-9]{1,3}[A-Za-z]{0,2}|[A-Za-z]{1,5})\)\s*")
_UNIT = re.compile(
    r"^(?:§+\s*|SEC(?:TION)?\.?\s+|Sec\.\s+)?(\d+[A-Za-z]{0,2}(?:[.-]\d+[A-Za-z]?)*)\.?\s+([^—–(]{2,120}?)\.?\s*(?:[—–-]+\s*|$)(.*)$"
)
_FURTHER_UNIT = re.compile(r"^(?:§|SEC|Sec)|^\d+[A-Z]{0,2}\.\s+[A-Z][^—]{2,120}?\.\s*[—–]")
_NUMBER_STOP = re.compile(r"^(\d{1,3}[A-Z]?)\.\s+")
_END = re.compile(r"[”\"][.;,]?(?: and| or)?$")
_BELOW = {
    K.SUBSECTION: K.PARAGRAPH, K.PARAGRAPH: K.SUBPARAGRAPH, K.SUBPARAGRAPH: K.CLAUSE, K.CLAUSE: K.SUBCLAUSE,
    K.SUBCLAUSE: K.ITEM, K.ITEM: K.POINT, K.POINT: K.POINT, K.SECTION: K.SUBSECTION, K.RULE: K.SUBSECTION,
    K.REGULATION: K.SUBSECTION,
}  # fmt: skip


def quoted_node(lines: Sequence[str], top: ProvisionKind, unit: ProvisionKind | None, *, with_stop: bool) -> LawNode:
    """Return a provision that holds what *lines* quote; *top* is the kind of the first, *unit* of a whole unit.

    *with_stop* says that the outermost numbers are printed "2.".
    """
    holder = LawNode(K.BOOK)
    holder.groups[0].owner = holder
    lines_left = _without_marks([line.strip() for line in lines if line.strip()])
    if unit is None or not lines_left or _UNIT.match(lines_left[0]) is None:
        _nest(holder, [_NUMBER_STOP.sub(r"(\1) ", line) for line in lines_left] if with_stop else lines_left, top)
        for node in holder.below() if with_stop else ():
            node.label = f"{node.number}."
        return holder
    starts = [place for place, line in enumerate(lines_left) if not place or _opens_unit(line)]
    for place, (start, end) in enumerate(itertools.pairwise([*starts, len(lines_left)])):
        put_below(holder.groups[0], _unit_of(lines_left[start:end], unit), place)
    return holder


def _opens_unit(line: str) -> bool:
    """Return whether a further line opens a unit of its own: with its word, or with a heading set off by a dash."""
    return _FURTHER_UNIT.match(line) is not None and _UNIT.match(line) is not None


def _unit_of(lines: Sequence[str], kind: ProvisionKind) -> LawNode:
    head = _UNIT.match(lines[0])
    assert head is not None
    node = LawNode(kind, head[1], lines[0][: head.end(1)] + ".", head[2].strip())
    node.groups[0].owner = node
    _nest(node, [line for line in (head[3], *lines[1:]) if line], _BELOW.get(node.kind, K.PARAGRAPH))
    return node


def _without_marks(lines: list[str]) -> list[str]:
    """Return *lines* without the marks that open each paragraph of a quotation again, and the one that closes it."""
    bare_lines = [line[1:].lstrip() if line[:1] in '“"' else line for line in lines]
    if bare_lines != lines and bare_lines:
        bare_lines[-1] = _END.sub("", bare_lines[-1])
    return bare_lines


def _nest(holder: LawNode, lines: Sequence[str], top: ProvisionKind) -> None:
    depths = MarkerDepths()
    path: list[LawNode] = []
    for line in lines:
        rest, hit = line, _MARKER.match(line)
        if hit is None:
            owner = path[-1] if path else holder
            _add_text(owner, line)
            continue
        while hit is not None:
            rest = rest[hit.end() :]
            depth = depths.depth(f"({hit[1]})")
            del path[depth - 1 :]
            parent = path[-1] if path else holder
            node = LawNode(_kind(top, depth), hit[1], f"({hit[1]})")
            node.groups[0].owner = node
            put_below(parent.groups[-1], node, len(parent.groups[-1].below))
            path.append(node)
            hit = _MARKER.match(rest)
        path[-1].groups[0].text = rest


def _add_text(owner: LawNode, text: str) -> None:
    if owner.groups[-1].is_empty():
        owner.groups[-1].text = text
    else:
        owner.adopt(TextGroup(text, kind=K.WRAPUP))


def _kind(top: ProvisionKind, depth: int) -> ProvisionKind:
    kind = top
    for _ in range(depth - 1):
        kind = _BELOW.get(kind, K.POINT)
    return kind
