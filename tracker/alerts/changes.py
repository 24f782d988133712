"""The changes of one change set as a mail tells them: heaviest first, one sentence and one redline each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storage.records import Change, ChangeKind, OpKind, Weight
from tracker.alerts.redlines import Excerpt, excerpt, whole
from tracker.telling.lines import one_line
from tracker.telling.wording import short_citation

_WEIGHTS = tuple(Weight)
_PLAIN = {
    ChangeKind.ADDED: "New",
    ChangeKind.REMOVED: "Removed",
    ChangeKind.MODIFIED: "Reworded",
    ChangeKind.RENUMBERED: "Renumbered",
    ChangeKind.MOVED: "Moved to another place",
    ChangeKind.SPLIT: "Split into several provisions",
    ChangeKind.MERGED: "Merged with another provision",
}
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Told:
    """One change as it is told."""

    unit: str
    citation: str
    weight: str
    sentence: str
    redline: Excerpt


def told(changes: Iterable[Change], limit: int, citations: Mapping[str, str]) -> list[Told]:
    """Return what is worth a reader's look, heaviest first; each redline at most about *limit* characters.

    *citations* says how a unit that is told as a whole is cited.
    """
    groups = sorted(_groups(changes), key=lambda group: _WEIGHTS.index(_heaviest(group).weight))
    return [_told(group, limit, citations) for group in groups]


def followed(changes: Iterable[Change]) -> str:
    """Return in one line the units in which only references to renumbered provisions followed."""
    units = dict.fromkeys(
        change.new_unit or change.old_unit or ""
        for change in changes
        if change.weight is Weight.REFERENCE and change.kind is not ChangeKind.RENUMBERED
    )
    named = [short_citation(unit) for unit in units if unit]
    return ", ".join(named[:_MOST_NAMED]) + (f" and {len(named) - _MOST_NAMED} more" * (len(named) > _MOST_NAMED))


def _groups(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Yield changes one by one, except that a unit wholly new or wholly gone is told as one."""
    units: dict[tuple[ChangeKind, str], list[Change]] = {}
    for place, change in enumerate(changes):
        if change.kind is ChangeKind.RENUMBERED or change.weight is Weight.REFERENCE:
            continue
        one_sided = not (change.old_unit and change.new_unit)
        name = (change.new_unit or change.old_unit or "") if one_sided else f"#{place}"
        units.setdefault((change.kind, name), []).append(change)
    yield from units.values()


def _heaviest(group: list[Change]) -> Change:
    return min(group, key=lambda change: _WEIGHTS.index(change.weight))


def _told(group: list[Change], limit: int, citations: Mapping[str, str]) -> Told:
    heaviest, first = _heaviest(group), group[0]
    unit = first.new_unit or first.old_unit or ""
    return Told(
        unit=unit,
        citation=_citation(group, unit, citations),
        weight=heaviest.weight.value,
        sentence=one_line(heaviest.explanation, 400) or _PLAIN[heaviest.kind],
        redline=_redline(group, limit),
    )


def _citation(group: list[Change], unit: str, citations: Mapping[str, str]) -> str:
    if len(group) > 1:
        return one_line(citations.get(unit, ""), 120) or short_citation(unit)
    change = group[0]
    new = one_line(change.new_citation or change.old_citation, 120) or short_citation(unit)
    old = one_line(change.old_citation, 120)
    return f"{new} (formerly {old})" if old and old != new and change.new_citation else new


def _redline(group: list[Change], limit: int) -> Excerpt:
    if len(group) == 1 and group[0].ops:
        return excerpt(group[0].ops, limit)
    gone = group[0].kind is ChangeKind.REMOVED
    texts = [change.old_text if gone else change.new_text for change in group]
    return whole(
        OpKind.DELETE if gone else OpKind.INSERT, "\n".join(each[: limit + 1] for each in texts if each), limit
    )
