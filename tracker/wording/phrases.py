"""Dates, citations and counts as our readers say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from storage.records import Change, ChangeKind
from tracker.render.unit_counts import unit_counts
from tracker.wording.labels import ENGLISH, Labels

# what the summary counts, in the order it is said; what is quiet is said only when there is nothing else
_COUNTS = ("changed", "added", "removed", "split", "merged", "moved")
_QUIET = ("reference", "renumbered")
_MOST_UNITS = 3  # so many units are named in a subject


def day(on: date | None, words: Labels = ENGLISH) -> str:
    """Return a date in words, the same on every machine; an open date is said to be open."""
    if on is None:
        return words("day.open")
    month = words("day.months").split()[on.month - 1]
    return words("day.written", d=on.day, m=on.month, month=month, y=on.year)


def day_of(text: object) -> date | None:
    """Return the ISO date in a detail of an event, or None when it holds none."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def short_citation(eid: str, words: Labels = ENGLISH) -> str:
    """Return how a unit is named in passing: ``art_15`` is "art. 15"."""
    kind, _, number = eid.rsplit("__", 1)[-1].partition("_")
    label = f"cite.{kind}"
    return words(label, n=number) if label in words.labels else f"{kind} {number}".strip()


def counts(summary: dict[str, int | str], changes: Iterable[Change], words: Labels = ENGLISH) -> str:
    """Return "2 provisions changed, 1 new (art. 15)": each unit that differs, counted once."""
    units = unit_counts(summary)
    numbers = {**units, "changed": units.get("modified", 0)}
    names = {"added": _units(changes, ChangeKind.ADDED), "removed": _units(changes, ChangeKind.REMOVED)}
    parts: list[str] = []
    for key in _COUNTS:
        if number := numbers.get(key, 0):
            label = f"counts.further_{key}" if parts else f"counts.{key}"
            parts.append(_with_units(words(label, n=number), names.get(key, []), words))
    quiet = [words(f"counts.{key}", n=numbers[key]) for key in _QUIET if key in numbers]
    return words("counts.between").join(parts or quiet) or words("counts.none")


def _units(changes: Iterable[Change], kind: ChangeKind) -> list[str]:
    """Return the units that are wholly new or wholly gone, each once."""
    units = [
        change.new_unit or change.old_unit or ""
        for change in changes
        if change.kind is kind and not (change.old_unit and change.new_unit)
    ]
    return list(dict.fromkeys(unit for unit in units if unit))


def _with_units(parts: str, units: list[str], words: Labels) -> str:
    if not 0 < len(units) <= _MOST_UNITS:
        return parts
    names = words("counts.between").join(short_citation(unit, words) for unit in units)
    return words("counts.named", said=parts, names=names)
