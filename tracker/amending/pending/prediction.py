"""Predict a held law: apply an amending act to the text that stands, with the days from which each part counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from storage.records import Reading
from tracker.amending.consolidation import Consolidation, consolidate
from tracker.amending.operations import OperationStatus
from tracker.compare.normal import fold

_LEAST_TITLE = 12  # characters of a title by which a text may be known to name an act


@dataclass(frozen=True, slots=True)
class Prediction:
    """The text as it will be when everything in the act counts, and the days from which its parts do."""

    consolidation: Consolidation
    days: tuple[tuple[date | None, tuple[str, ...]], ...]

    @property
    def first_day(self) -> date | None:
        """Return the day from which the first part counts."""
        return next((day for day, _ in self.days if day is not None), None)


def predict(base: Reading, amending: Reading) -> Prediction | None:
    """Return what *amending* makes of *base*; None when it changes nothing that could be carried out.

    A text that names the act already is no base for it: what the act does stands in it.
    """
    if _names_act(base, amending):
        return None
    result = consolidate(base, amending)
    last_day = max((op.effective_on for op in result.operations if op.effective_on), default=None)
    if last_day is not None:
        result = consolidate(base, amending, as_of=last_day)
    if not result.applied_count or result.text.provisions == base.provisions:
        return None
    return Prediction(result, _days_of(result))


def _days_of(result: Consolidation) -> tuple[tuple[date | None, tuple[str, ...]], ...]:
    units: dict[date | None, list[str]] = defaultdict(list)
    for operation in result.operations:
        unit = (operation.target_eid or "").split("__")[0]
        if operation.status is OperationStatus.APPLIED and unit not in units[operation.effective_on]:
            units[operation.effective_on].append(unit)
    in_order = sorted(units.items(), key=lambda item: (item[0] is None, item[0] or date.max))
    return tuple((day, tuple(filter(None, names))) for day, names in in_order if names)


def _names_act(base: Reading, amending: Reading) -> bool:
    """Return whether *base* says of itself that the act amended it: in its history note, its preface, its furniture."""
    words_about_itself = fold(" ".join(note.text for note in (*base.front, *base.notes, *base.furniture)))
    names = [amending.number, amending.title if len(amending.title) >= _LEAST_TITLE else ""]
    return any(fold(name) in words_about_itself for name in names if name)
