"""One set of changes as a team works on it: what it says, its units to talk about, and its trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from storage import change_summaries, changes, provisions, team_notes
from storage.errors import MissingRowError
from tracker.view_models.team.work_list import WorkItem, work_item
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.set_summaries import set_summary


@dataclass(frozen=True, slots=True)
class ChangeWork:
    """A set of changes with what it says in a sentence and the citation of each unit that differs."""

    item: WorkItem
    says: str
    units: Mapping[str, str]


def change_work(db: Database, set_id: int, words: Labels = ENGLISH) -> ChangeWork:
    """Return the set of changes with this number; raises MissingRowError when there is none."""
    rows = change_summaries.of_ids(db, [set_id])
    if not rows:
        raise MissingRowError(f"set of changes {set_id}")
    comparison, row = changes.get_set(db, set_id), rows[0]
    units = {unit: "" for change in comparison.changes if (unit := change.new_unit or change.old_unit)}
    olds, news = (provisions.citations(db, version_id, units) for version_id in (row.old, row.new))
    return ChangeWork(
        item=work_item(row, team_notes.of_set(db, set_id)),
        says=set_summary(comparison, words) or (comparison.summary_text if words.language == "en" else ""),
        units={unit: news.get(unit) or olds.get(unit) or unit for unit in units},
    )
