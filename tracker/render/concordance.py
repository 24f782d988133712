"""The concordance of two versions: which unit of the old one is which unit of the new one, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storage.records import ChangeKind, Comparison, Provision, ProvisionKind, Reading

_K = ProvisionKind
_UNITS = {
    *(_K.ARTICLE, _K.RULE, _K.REGULATION, _K.SECTION, _K.RECITAL),
    *(_K.ANNEX, _K.SCHEDULE, _K.APPENDIX, _K.SUPPLEMENT),
}
_CONTAINERS = {_K.BOOK, _K.PART, _K.TITLE, _K.CHAPTER, _K.SUBPART, _K.SECTION}
_FIRST = (ChangeKind.SPLIT, ChangeKind.MERGED, ChangeKind.MOVED)


@dataclass(frozen=True, slots=True)
class ConcordanceRow:
    """One line: eids and citations of both sides ("" where there is none), and what kinds_of_pair in one word."""

    old: str
    new: str
    old_citation: str
    new_citation: str
    what: str


def concordance(comparison: Comparison, old: Reading, new: Reading) -> tuple[ConcordanceRow, ...]:
    """Return a row for every unit of both versions, in the order of the new one, what is gone at the end."""
    citations = [
        {unit.eid: unit.citation or unit.label or unit.eid for unit in _units(r.provisions)} for r in (old, new)
    ]
    kinds_of_pair: dict[tuple[str, str], set[ChangeKind]] = defaultdict(set)
    for change in comparison.changes:
        kinds_of_pair[change.old_unit or "", change.new_unit or ""].add(change.kind)
    pairs = dict.fromkeys((a, b) for a, b in comparison.pairs if a in citations[0] and b in citations[1])
    edges = dict.fromkeys(
        edge for edge, kinds in kinds_of_pair.items() if kinds & {ChangeKind.SPLIT, ChangeKind.MERGED}
    )
    all_pairs = [*pairs, *(edge for edge in edges if edge not in pairs)]
    without_counterpart = [eid for eid in citations[0] if eid not in {a for a, _ in all_pairs}]
    come = [eid for eid in citations[1] if eid not in {b for _, b in all_pairs}]
    order = {eid: place for place, eid in enumerate(citations[1])}
    rows = [
        ConcordanceRow(
            a, b, _cite(citations[0], a), _cite(citations[1], b), _what(kinds_of_pair.get((a, b), set()), a, b)
        )
        for a, b in all_pairs
    ]
    rows += [ConcordanceRow("", eid, "", citations[1][eid], "added") for eid in come]
    rows.sort(key=lambda row: order.get(row.new, len(order)))
    return (*rows, *(ConcordanceRow(eid, "", citations[0][eid], "", "removed") for eid in without_counterpart))


def _cite(citations: dict[str, str], eid: str) -> str:
    return citations.get(eid, eid)


def _what(kinds: set[ChangeKind], old: str, new: str) -> str:
    for kind in _FIRST:
        if kind in kinds:
            return kind.value
    if kinds - {ChangeKind.RENUMBERED}:
        return ChangeKind.MODIFIED.value
    return ChangeKind.RENUMBERED.value if kinds or old != new else "unchanged"


def _units(provisions: Iterable[Provision]) -> Iterator[Provision]:
    for provision in provisions:
        below = (inner.kind for inner in provision.walk() if inner is not provision)
        if provision.kind in _CONTAINERS and any(kind in _UNITS for kind in below):
            yield from _units(provision.children)
        else:
            yield provision
