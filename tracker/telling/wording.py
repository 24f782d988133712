"""Dates, citations and counts as our readers say them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from storage.records import Change, ChangeKind

_MONTHS = "January February March April May June July August September October November December".split()
_STEPS = {
    "art": "art.", "sec": "§", "rule": "rule", "reg": "reg.", "book": "book", "part": "part", "title": "title",
    "chp": "chapter", "subpart": "subpart", "para": "para.", "rec": "recital", "anx": "annex", "sched": "schedule",
    "app": "appendix", "supp": "supplement", "point": "point", "item": "item", "subsec": "subsection",
}  # fmt: skip
_FRONT = {"preface": "title block", "preamble": "preamble", "conclusions": "signature block"}
# what the summary counts, said first and said after something else
_COUNTED = (
    ("changed", "{n} provision{s} changed", "{n} changed"),
    ("added", "{n} new provision{s}", "{n} new"),
    ("removed", "{n} provision{s} removed", "{n} removed"),
    ("split", "{n} provision{s} split", "{n} split"),
    ("merged", "{n} provision{s} merged", "{n} merged"),
    ("moved", "{n} provision{s} moved", "{n} moved"),
)
_QUIET = (("reference", "{n} reference{s} updated"), ("renumbered", "{n} provision{s} renumbered"))
_NAMED = 3  # so many units are named in a subject


def day(on: date | None) -> str:
    """Return a date in words, the same on every machine; an open date is said to be open."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}" if on else "a day not yet set"


def day_of(text: object) -> date | None:
    """Return the ISO date in a detail of an event, or None when it holds none."""
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def short_citation(eid: str) -> str:
    """Return how a unit is named in passing: ``art_15`` is "art. 15"."""
    kind, _, number = eid.rsplit("__", 1)[-1].partition("_")
    return _FRONT.get(kind) or f"{_STEPS.get(kind, kind)} {number}".strip()


def counts(summary: dict[str, int | str], changes: Iterable[Change]) -> str:
    """Return "2 provisions changed, 1 new (art. 15)": each unit that differs, counted once."""
    numbers = {**summary, "changed": _number(summary, "modified") - _number(summary, "reference")}
    names = {"added": _units(changes, ChangeKind.ADDED), "removed": _units(changes, ChangeKind.REMOVED)}
    said: list[str] = []
    for key, first, further in _COUNTED:
        if number := _number(numbers, key):
            said.append(_counted(further if said else first, number) + _named(names.get(key, [])))
    quiet = [_counted(form, _number(numbers, key)) for key, form in _QUIET if _number(numbers, key)]
    return ", ".join(said or quiet) or "text changed outside the provisions"


def _number(summary: dict[str, Any], key: str) -> int:
    value = summary.get(key, 0)
    return value if isinstance(value, int) else 0


def _counted(form: str, number: int) -> str:
    return form.format(n=number, s="" if number == 1 else "s")


def _units(changes: Iterable[Change], kind: ChangeKind) -> list[str]:
    """Return the units that are wholly new or wholly gone, each once."""
    units = [
        change.new_unit or change.old_unit or ""
        for change in changes
        if change.kind is kind and not (change.old_unit and change.new_unit)
    ]
    return list(dict.fromkeys(unit for unit in units if unit))


def _named(units: list[str]) -> str:
    if not 0 < len(units) <= _NAMED:
        return ""
    return f" ({', '.join(short_citation(unit) for unit in units)})"
