"""The practice regulation: its lines, and its two renderings (Official Journal and consolidated)."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import Template
from uuid import NAMESPACE_URL, uuid5

from crawlers.practice.texts import law, parts

_OJ_LIMIT = "15 days"


@dataclass(slots=True)
class PracticeNode:
    """One line of the law file with the lines that belong under it."""

    kind: str
    label: str
    text: str
    inner: list[PracticeNode] = field(default_factory=list)


_DEPTH = {"title": 0, "cit": 0, "rct": 0, "chapter": 0, "annex": 0, "article": 1, "inserted": 1}
_DEPTH |= {"par": 2, "inserted-par": 2, "text": 2, "item": 3}
_LABEL_KINDS = {"chapter", "article", "inserted", "annex", "item"}
_ONLY_CONSOLIDATED = {"inserted", "inserted-par"}


def official_journal(*, converter: str, conversion_stamp: str) -> str:
    """Render the act as the Official Journal printed it."""
    nodes = _nodes(law("cellar", "act.txt", 1).replace("${limit}", _OJ_LIMIT), skip=_ONLY_CONSOLIDATED)
    return _ActPrinter(parts("cellar", "oj.html"), conversion_stamp).page(nodes, converter)


def consolidated_text(*, converter: str, conversion_stamp: str) -> str:
    """Render the act as amended, with the marks of the amendment and without recitals."""
    part_names = parts("cellar", "consolidated.html")
    nodes = _nodes(law("cellar", "act.txt", 1).replace("${limit}", part_names["limit"].template.strip()), skip=set())
    return _ActPrinter(part_names, conversion_stamp).page(nodes, converter)


def _nodes(text: str, *, skip: set[str]) -> list[PracticeNode]:
    """Nest the lines by depth; a line whose kind is in *skip* is not in this rendering."""
    top: list[PracticeNode] = []
    path: list[tuple[int, PracticeNode]] = []
    for row in text.splitlines():
        kind, rest = row.split(" ", 1)
        if kind in skip:
            continue
        label, words = rest.split("|", 1) if kind in _LABEL_KINDS else ("", rest)
        node = PracticeNode(kind.removeprefix("inserted-"), label, words)
        while path and path[-1][0] >= _DEPTH[kind]:
            path.pop()
        (path[-1][1].inner if path else top).append(node)
        if kind != "text":  # what follows a text stands beside it: its markup has no inside
            path.append((_DEPTH[kind], node))
    return top


class _ActPrinter:
    """One rendering of the nodes with the named parts of one template file."""

    def __init__(self, part_names: dict[str, Template], conversion_stamp: str) -> None:
        self._parts = part_names
        self._stamp = conversion_stamp  # every conversion gives new ids

    def page(self, nodes: list[PracticeNode], converter: str) -> str:
        """Compose the whole page."""
        text = self._parts["page"].substitute(
            converter=converter,
            generated=self._stamp,
            titles=self._all(nodes, "title", "title"),
            citations=self._all(nodes, "cit", "citation"),
            recitals=self._all(nodes, "rct", "recital"),
            chapters=self._all(nodes, "chapter", "chapter"),
            annexes=self._all(nodes, "annex", "annex"),
        )
        return text.replace("&nbsp;", "\u00a0")  # XHTML declares no such entity

    def _all(self, nodes: list[PracticeNode], kind: str, part: str) -> str:
        if part not in self._parts:
            return ""  # the consolidated rendering prints no citation and no recital
        part_name = [node for node in nodes if node.kind == kind]
        return "".join(self._one(node, part, place, "") for place, node in enumerate(part_name, 1)).rstrip("\n")

    def _one(self, node: PracticeNode, part: str, place: int, parent: str) -> str:
        if node.kind == "par" and node.inner and "par-with-items" in self._parts:
            part = "par-with-items"
        pars = 0
        inner = []
        for child in node.inner:
            pars += child.kind == "par"
            inner.append(self._one(child, child.kind, pars, node.label))
        return self._parts[part].substitute(
            uid=f"id-{uuid5(NAMESPACE_URL, f'{self._stamp} {node.kind} {node.label} {node.text}')}",
            number=node.label or place,
            label=node.label,
            heading=node.text,
            text=node.text,
            place=f"{parent.zfill(3)}.{place:03d}",
            inner="".join(inner).rstrip("\n"),
        )
