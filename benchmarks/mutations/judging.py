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
    caught: bool
    exact: bool
    tagged: bool | None = None
    marked: int = 0
    edges: tuple[int, int, int] = (0, 0, 0)  # right, told, true
    told: str = ""
    changes: int = 0

    @property
    def right(self) -> bool:
        return self.caught and self.exact and self.tagged is not False


def judge(case: Case) -> Verdict:
    """Read both pages, compare them, weigh the changes and hold them against the truth."""
    hints = ReadingContext(jurisdiction=case.jurisdiction)
    try:
        old, new = read(case.old, hints), read(case.new, hints)
        found = weigh(compare(old, new), old, new)
    except Exception as error:
        return Verdict(case, caught=False, exact=False, told=f"{type(error).__name__}: {error}")
    return _verdict(case, found)


def _verdict(case: Case, found: Comparison) -> Verdict:
    expect = case.expect
    told = [f"{c.kind.value} {c.old_eid}>{c.new_eid}" for c in found.changes]
    marked = sum(len(op.text) for c in found.changes for op in c.ops if op.kind in (OpKind.DELETE, OpKind.INSERT))
    short = "; ".join(told[:6]) + (f" and {len(told) - 6} more" if len(told) > 6 else "") + " ".join(found.notes)
    if expect.silent:
        silent = not found.changes and not found.replaced
        return Verdict(case, silent, silent, told=short, changes=len(told))
    if expect.units is None and expect.leaves is None:
        edges = _edges(case, found)
        return Verdict(case, caught=True, exact=edges[0] == edges[1] == edges[2], edges=edges, told=short)
    records = frozenset((c.kind.value, c.old_eid, c.new_eid) for c in found.changes)
    exact = caught = True
    if expect.leaves is not None:
        exact = records == expect.leaves and len(found.changes) == len(records)
        touched = {eid for _, a, b in records for eid in (a, b)}
        caught = any(eid in touched for _, a, b in expect.leaves for eid in (a, b) if eid)
    if expect.units is not None:
        units, references = _units(found.changes)
        exact &= units in (expect.units, *expect.or_units) and references == expect.references
        caught = all(any(unit[1:] == other[1:] for other in units) for unit in expect.units)
    tagged = _tagged(case, found) if expect.tag else None
    return Verdict(case, caught, exact, tagged, marked, _edges(case, found), short, len(told))


def _units(changes: tuple[Change, ...]) -> tuple[frozenset[Record], frozenset[Record]]:
    """Return what happened to each unit, each once, and those of them in which only references followed."""
    found: dict[tuple[str | None, str | None], list[Change]] = defaultdict(list)
    for change in changes:
        found[change.old_unit, change.new_unit].append(change)
    units, references = set(), set()
    for (old, new), of_unit in found.items():
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


def _tagged(case: Case, found: Comparison) -> bool:
    wanted = case.expect
    eids = {eid for _, a, b in wanted.leaves or () for eid in (a, b) if eid}
    for change in found.changes:
        if change.old_eid in eids or change.new_eid in eids:
            for tag in change.tags:
                if tag.tag.value == wanted.tag and wanted.values in (("", ""), (tag.old, tag.new)):
                    return True
    return False


def _edges(case: Case, found: Comparison) -> tuple[int, int, int]:
    if case.expect.edges is None:
        return 0, 0, 0
    true = set(case.expect.edges)
    told = {(a, b) for a, b in found.pairs if _is_unit(a) and _is_unit(b)}
    return len(true & told), len(told), len(true)


def _is_unit(eid: str) -> bool:
    return "__" not in eid and eid.partition("_")[0] in ("art", "sec")
