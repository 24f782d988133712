"""The summary counts units, each once, by the weightiest thing that happened to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from storage.records import Change, ChangeKind, Weight

NAMES = ("added", "removed", "modified", "reference", "renumbered", "moved", "split", "merged", "unchanged")


class UnitOutcome:
    """The records of one comparison, by the pair of units they belong to."""

    def __init__(self, changes: Iterable[Change]) -> None:
        """Sort *changes* by their units."""
        self._records: dict[tuple[str | None, str | None], list[Change]] = defaultdict(list)
        self._lost_from: set[str | None] = set()
        self._came_into: set[str | None] = set()
        self.heaviest = ""
        weights = []
        for change in changes:
            self._records[change.old_unit, change.new_unit].append(change)
            weights.append(change.weight)
            if change.kind is ChangeKind.MOVED and (change.old_eid, change.new_eid) != (
                change.old_unit,
                change.new_unit,
            ):
                self._lost_from.add(change.old_unit)
                self._came_into.add(change.new_unit)
        if weights:
            self.heaviest = min(weights, key=list(Weight).index).value

    def kind_of(self, old: str, new: str) -> str:
        """Return what happened to a unit and its counterpart, in the words of the summary."""
        records = self._records.get((old, new), [])
        whole = {change.kind for change in records if (change.old_eid, change.new_eid) == (old, new)}
        if not records:
            return "modified" if self._is_crossed(old, new) else "unchanged"
        if ChangeKind.MOVED in whole:
            return "moved"
        if whole == {ChangeKind.RENUMBERED} and len(records) == 1 and not self._is_crossed(old, new):
            return "renumbered"
        return "modified"

    def _is_crossed(self, old: str, new: str) -> bool:
        """Return whether a paragraph left the unit for another, or came into it from another."""
        return old in self._lost_from or new in self._came_into

    def only_references(self, old: str, new: str) -> bool:
        """Return whether nothing but references that followed their targets changed."""
        records = self._records.get((old, new), [])
        return bool(records) and all(change.weight is Weight.REFERENCE for change in records)


def summary(counts: Mapping[str, int], heaviest: str) -> dict[str, int | str]:
    """Return the summary of DESIGN section 5."""
    return {**{name: counts.get(name, 0) for name in NAMES}, "weight": heaviest}
