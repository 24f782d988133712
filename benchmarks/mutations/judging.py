"""Try a case on the product and say what it got right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from benchmarks.mutations.cases import Case, Record
from storage.records import Change, Comparison, OpKind
from tracker.compare import compare
from tracker.reading import read
from tracker.reading.structure.draft import ReadingContext
from tracker.weigh import weigh

_RANK = ("split", "merged", "moved")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one case. None: the case does not ask this."""

    case: Case
    is_caught: bool
    exact: bool
    has_tag: bool | None = None
    marked_characters: int = 0
    edges: tuple[int, int, int] = (0, 0, 0)  # right, told, true
    summary: str = ""
    changes: int = 0

    @property
    def right(self) -> bool:
        return self.is_caught and self.exact and self.has_tag is not False


def judge(case: Case) -> Verdict:
    """Read both pages, compare them, weigh the changes and hold them against the truth."""
    hints = ReadingContext(jurisdiction=case.jurisdiction)
    try:
        old, new = read(case.old, hints), read(case.new, hints)
        comparison = weigh(compare(old, new), old, new)
    except Exception as error:
        return Verdict(case, is_caught=False, exact=False, summary=f"{type(error).__name__}: {error}")
    return _verdict(case, comparison)


def _verdict(case: Case, comparison: Comparison) -> Verdict:
    expect = case.expect
    lines = [f"{c.kind.value} {c.old_eid}>{c.new_eid}" for c in comparison.changes]
    characters = sum(
        len(op.text) for c in comparison.changes for op in c.ops if op.kind in (OpKind.DELETE, OpKind.INSERT)
    )
    short = (
        "; ".join(lines[:6]) + (f" and {len(lines) - 6} more" if len(lines) > 6 else "") + " ".join(comparison.notes)
    )
    if expect.silent:
        silent = not comparison.changes and not comparison.replaced
        return Verdict(case, silent, silent, summary=short, changes=len(lines))
    if expect.units is None and expect.leaves is None:
        edges = _edges(case, comparison)
        return Verdict(case, is_caught=True, exact=edges[0] == edges[1] == edges[2], edges=edges, summary=short)
    records = frozenset((c.kind.value, c.old_eid, c.new_eid) for c in comparison.changes)
    exact = is_caught = True
    if expect.leaves is not None:
        exact = records == expect.leaves and len(comparison.changes) == len(records)
        eids = {eid for _, a, b in records for eid in (a, b)}
        is_caught = any(eid in eids for _, a, b in expect.leaves for eid in (a, b) if eid)
    if expect.units is not None:
        units, references = _units(comparison.changes)
        exact &= units in (expect.units, *expect.or_units) and references == expect.references
        is_caught = all(any(unit[1:] == other[1:] for other in units) for unit in expect.units)
    has_tag = _has_tag(case, comparison) if expect.tag else None
    return Verdict(case, is_caught, exact, has_tag, characters, _edges(case, comparison), short, len(lines))


def _units(changes: tuple[Change, ...]) -> tuple[frozenset[Record], frozenset[Record]]:
    """Return what happened to each unit, each once, and those of them in which only references followed."""
    by_unit: dict[tuple[str | None, str | None], list[Change]] = defaultdict(list)
    for change in changes:
        by_unit[change.old_unit, change.new_unit].append(change)
    units, references = set(), set()
    for (old, new), of_unit in by_unit.items():
        kind = _kind(old, new, of_unit)
        units.add((kind, old, new))
        if kind == "modified" and all(change.weight.value == "reference" for change in of_unit):
            references.add((kind, old, new))
    return frozenset(units), frozenset(references)


def _kind(old: str | None, new: str | None, changes: list[Change]) -> str:
    if old is None or new is None:
        return "added" if old is None else "removed"
    if all(change.kind.value == "renumbered" and change.old_eid == old for change in changes):
        return "renumbered"
    kinds = {change.kind.value for change in changes}
    return next((kind for kind in _RANK if kind in kinds), "modified")


def _has_tag(case: Case, comparison: Comparison) -> bool:
    expect = case.expect
    eids = {eid for _, a, b in expect.leaves or () for eid in (a, b) if eid}
    for change in comparison.changes:
        if change.old_eid in eids or change.new_eid in eids:
            for tag in change.tags:
                if tag.tag.value == expect.tag and expect.values in (("", ""), (tag.old, tag.new)):
                    return True
    return False


def _edges(case: Case, comparison: Comparison) -> tuple[int, int, int]:
    if case.expect.edges is None:
        return 0, 0, 0
    true = set(case.expect.edges)
    edges = {(a, b) for a, b in comparison.pairs if _is_unit(a) and _is_unit(b)}
    return len(true & edges), len(edges), len(true)


def _is_unit(eid: str) -> bool:
    return "__" not in eid and eid.partition("_")[0] in ("art", "sec")
