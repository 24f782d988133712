"""Layout: a tree of provisions as runs of columns, cut where its words say so, and the way back.

Runs are cut by what stands in them and not by their number, so that a provision put in moves no other cut.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from storage.records import Provision, ProvisionKind
from storage.serialise import dumps

_LEAST, _MOST = 16_000, 26_000  # bytes of text in one run; two of them are within the reach of the compressor
_ONE_IN = 8  # provisions end a run that is long enough


@dataclass(frozen=True, slots=True)
class ProvisionHead:
    """One provision without its children; ``depth`` says how far below the top it stands."""

    depth: int
    eid: str
    kind: ProvisionKind
    number: str
    label: str
    heading: str
    citation: str


@dataclass(frozen=True, slots=True)
class ColumnRun:
    """Provisions that follow each other: what they are called, and what they say."""

    heads: bytes
    texts: bytes
    count: int


def lines(tree: Iterable[Provision]) -> Iterator[tuple[int, Provision]]:
    """Yield each provision of *tree* with its depth, in reading order, however deep it is."""
    stack = [(0, top) for top in reversed(tuple(tree))]
    while stack:
        depth, provision = stack.pop()
        yield depth, provision
        stack.extend((depth + 1, child) for child in reversed(provision.children))


def runs(tree: Iterable[Provision]) -> Iterator[ColumnRun]:
    """Yield *tree* as runs of columns."""
    batch: list[tuple[int, Provision]] = []
    size = 0
    for line in lines(tree):
        text = line[1].text.encode()
        if batch and (size + len(text) > _MOST or (size >= _LEAST and zlib.crc32(text) % _ONE_IN == 0)):
            yield _run(batch)
            batch, size = [], 0
        batch.append(line)
        size += len(text)
    if batch:
        yield _run(batch)


def heads_of(content: bytes) -> list[ProvisionHead]:
    """Return what the provisions of a run are called."""
    depths, kinds, *names = json.loads(content)
    return [
        ProvisionHead(depth, eid, ProvisionKind(kind), number, label, heading, citation)
        for depth, kind, eid, number, label, heading, citation in zip(depths, kinds, *names, strict=True)
    ]


def texts_of(content: bytes) -> list[str]:
    """Return what the provisions of a run say."""
    texts: list[str] = json.loads(content)
    return texts


def tree_of(rows: Sequence[tuple[ProvisionHead, str, str]]) -> tuple[Provision, ...]:
    """Return the tree of which *rows* are the lines in reading order, each with its persistent id and its text."""
    below: dict[int, list[Provision]] = {}
    for line, pid, text in reversed(rows):  # backwards: a provision's children come before it
        children = tuple(reversed(below.pop(line.depth + 1, [])))
        provision = Provision(
            line.eid, line.kind, line.number, line.label, line.heading, text, line.citation, children, pid
        )
        below.setdefault(line.depth, []).append(provision)
    return tuple(reversed(below.get(0, [])))


def similar(content: bytes, others: Sequence[bytes]) -> int | None:
    """Return the place among *others* of the texts that share most with *content*; None when there are none."""
    ours = set(texts_of(content))
    overlaps = [len(ours.intersection(texts_of(other))) for other in others]
    return overlaps.index(max(overlaps)) if overlaps else None


def _run(batch: Sequence[tuple[int, Provision]]) -> ColumnRun:
    columns: list[list[int] | list[str]] = [[depth for depth, _ in batch], [p.kind.value for _, p in batch]]
    columns += [[str(getattr(p, name)) for _, p in batch] for name in _NAMES]
    return ColumnRun(dumps(columns).encode(), dumps([p.text for _, p in batch]).encode(), len(batch))


_NAMES = ("eid", "number", "label", "heading", "citation")
