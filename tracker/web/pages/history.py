"""The life of one provision: what happened to it, and to all that stands below it, from version to version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from sqlite_utils import Database

from storage import changes, instruments, versions
from storage.changes import ChangeSetRow
from storage.provisions import ProvisionRow
from storage.records import Change, ChangeKind, Provision, ReviewState
from tracker.render.comparison_html import redline_html
from tracker.view_models.provision_links import text_path
from tracker.web.dependencies import RequestDatabase
from tracker.web.page_templates import LANGUAGE, page_of
from tracker.wording.change_sentences import sentence

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
_DEEPEST = 6  # levels that are set in; what stands deeper is shown as deep as that


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """What one version did to a provision; ``row`` is None when that version has it no more."""

    seen_at: datetime
    row: ProvisionRow | None
    set_id: int | None = None
    changes: tuple[Change, ...] = ()
    was: str = ""  # how it was cited before, when only the number of what it stands in changed

    @property
    def change_rows(self) -> list[tuple[Change, str, str, Markup]]:
        """Return each change with where it is, as both texts cite it, what it means, and its redline."""
        language = LANGUAGE.get()
        return [
            (change, _where(change), sentence(change, language) or change.explanation, _redline(change))
            for change in self.changes
        ]

    @property
    def lines(self) -> list[tuple[int, Provision]]:
        """Return the text with how deep each piece of it stands."""
        return list(_lines(self.row.whole, 0)) if self.row else []


@router.get("/instruments/{instrument_id}/history/{eid}")
def history(db: RequestDatabase, instrument_id: str, eid: str, version: str = "") -> str:
    """Show one provision with all below it through its versions and numbers, newest first.

    *version* says which version's number *eid* is; without it, it is the latest one's that has it.
    """
    instrument = instruments.find(db, instrument_id)
    rows = versions.lineage(db, instrument_id, eid, version) if instrument else []
    if not rows:
        raise HTTPException(404, "This instrument has no such provision.")
    confirmed_rows = [row for row in versions.of_instrument(db, instrument_id) if row.standing is ReviewState.CONFIRMED]
    language = next(row.language for row in confirmed_rows if row.id == rows[-1].version_id)
    now = rows[-1]
    return page_of(
        "history.html",
        instrument=instrument,
        now=now,
        language=language,
        gone=now.version_id != [row.id for row in confirmed_rows if row.language == language][-1],
        text=text_path(instrument_id, now.eid, now.version_id, confirmed_rows[-1].id),
        steps=steps_of(db, instrument_id, rows)[::-1],
    )


def steps_of(db: Database, instrument_id: str, rows: list[ProvisionRow]) -> list[HistoryStep]:
    """Return what each version did to the provision that *rows* are, oldest first."""
    sets = changes.of_instrument(db, instrument_id)
    set_by_new, set_by_old = {row.new: row for row in sets}, {row.old: row for row in sets}
    steps = [HistoryStep(rows[0].seen_at, rows[0], *_first(db, set_by_new.get(rows[0].version_id), rows[0]))]
    for before, after in pairwise(rows):
        change_set = set_by_new.get(after.version_id)
        whole = change_set is not None and change_set.old == before.version_id
        if not whole and before.version_id in set_by_old:
            steps.append(_end(db, set_by_old[before.version_id], before))
        changes_here = _changes_within(db, change_set, before if whole else None, after)
        has_own_number = any(row.new_eid == after.eid for row in changes_here) or before.eid == after.eid
        was = "" if has_own_number else before.whole.citation or before.eid
        steps.append(HistoryStep(after.seen_at, after, change_set.id if change_set else None, changes_here, was))
    if rows[-1].version_id in set_by_old:
        steps.append(_end(db, set_by_old[rows[-1].version_id], rows[-1]))
    return steps


def _first(db: Database, change_set: ChangeSetRow | None, row: ProvisionRow) -> tuple[int | None, tuple[Change, ...]]:
    return (change_set.id, _changes_within(db, change_set, None, row)) if change_set else (None, ())


def _end(db: Database, change_set: ChangeSetRow, before: ProvisionRow) -> HistoryStep:
    """Return the step after which the provision is no more: removed, or gone into others."""
    return HistoryStep(change_set.at, None, change_set.id, _changes_within(db, change_set, before, None))


def _changes_within(
    db: Database, change_set: ChangeSetRow | None, before: ProvisionRow | None, after: ProvisionRow | None
) -> tuple[Change, ...]:
    """Return the changes of a set that are of this provision or of what stands below it, on either side."""
    if change_set is None:
        return ()
    old = {change.eid for change in before.whole.walk()} if before else set()
    new = {change.eid for change in after.whole.walk()} if after else set()
    set_changes = changes.get_set(db, change_set.id).changes
    return tuple(change for change in set_changes if change.new_eid in new or change.old_eid in old)


def _where(change: Change) -> str:
    return " → ".join(dict.fromkeys(citation for citation in (change.old_citation, change.new_citation) if citation))


def _redline(change: Change) -> Markup:
    html = "" if change.kind is ChangeKind.RENUMBERED else redline_html(change)
    return Markup(html)  # noqa: S704 - escaped where it was made


def _lines(provision: Provision, depth: int) -> Iterator[tuple[int, Provision]]:
    yield min(depth, _DEEPEST), provision
    for child in provision.children:
        yield from _lines(child, depth + 1)
