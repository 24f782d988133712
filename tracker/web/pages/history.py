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
from tracker.web.page_templates import page_of

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
    def told(self) -> list[tuple[Change, str, Markup]]:
        """Return each change with where it is, as both texts cite it, and its redline."""
        return [(each, _where(each), _redline(each)) for each in self.changes]

    @property
    def lines(self) -> list[tuple[int, Provision]]:
        """Return the text with how deep each piece of it stands."""
        return list(_lines(self.row.whole, 0)) if self.row else []


@router.get("/instruments/{instrument_id}/history/{eid}")
def history(db: RequestDatabase, instrument_id: str, eid: str, version: str = "") -> str:
    """Show one provision with all below it through its versions and numbers, newest first.

    *version* says which version's number *eid* is; without it, it is the latest one's that has it.
    """
    known = instruments.find(db, instrument_id)
    rows = versions.lineage(db, instrument_id, eid, version) if known else []
    if not rows:
        raise HTTPException(404, "This instrument has no such provision.")
    held = [row for row in versions.of_instrument(db, instrument_id) if row.standing is ReviewState.CONFIRMED]
    language = next(row.language for row in held if row.id == rows[-1].version_id)
    now = rows[-1]
    return page_of(
        "history.html",
        instrument=known,
        now=now,
        language=language,
        gone=now.version_id != [row.id for row in held if row.language == language][-1],
        text=text_path(instrument_id, now.eid, now.version_id, held[-1].id),
        steps=steps_of(db, instrument_id, rows)[::-1],
    )


def steps_of(db: Database, instrument_id: str, rows: list[ProvisionRow]) -> list[HistoryStep]:
    """Return what each version did to the provision that *rows* are, oldest first."""
    sets = changes.of_instrument(db, instrument_id)
    made, ended = {each.new: each for each in sets}, {each.old: each for each in sets}
    steps = [HistoryStep(rows[0].seen_at, rows[0], *_first(db, made.get(rows[0].version_id), rows[0]))]
    for before, after in pairwise(rows):
        found = made.get(after.version_id)
        whole = found is not None and found.old == before.version_id
        if not whole and before.version_id in ended:
            steps.append(_end(db, ended[before.version_id], before))
        touched = _touched(db, found, before if whole else None, after)
        renumbered = any(each.new_eid == after.eid for each in touched) or before.eid == after.eid
        was = "" if renumbered else before.whole.citation or before.eid
        steps.append(HistoryStep(after.seen_at, after, found.id if found else None, touched, was))
    if rows[-1].version_id in ended:
        steps.append(_end(db, ended[rows[-1].version_id], rows[-1]))
    return steps


def _first(db: Database, found: ChangeSetRow | None, row: ProvisionRow) -> tuple[int | None, tuple[Change, ...]]:
    return (found.id, _touched(db, found, None, row)) if found else (None, ())


def _end(db: Database, found: ChangeSetRow, before: ProvisionRow) -> HistoryStep:
    """Return the step after which the provision is no more: removed, or gone into others."""
    return HistoryStep(found.at, None, found.id, _touched(db, found, before, None))


def _touched(
    db: Database, found: ChangeSetRow | None, before: ProvisionRow | None, after: ProvisionRow | None
) -> tuple[Change, ...]:
    """Return the changes of a set that are of this provision or of what stands below it, on either side."""
    if found is None:
        return ()
    old = {each.eid for each in before.whole.walk()} if before else set()
    new = {each.eid for each in after.whole.walk()} if after else set()
    told = changes.get_set(db, found.id).changes
    return tuple(each for each in told if each.new_eid in new or each.old_eid in old)


def _where(change: Change) -> str:
    return " → ".join(dict.fromkeys(each for each in (change.old_citation, change.new_citation) if each))


def _redline(change: Change) -> Markup:
    shown = "" if change.kind is ChangeKind.RENUMBERED else redline_html(change)
    return Markup(shown)  # noqa: S704 - escaped where it was made


def _lines(provision: Provision, depth: int) -> Iterator[tuple[int, Provision]]:
    yield min(depth, _DEEPEST), provision
    for child in provision.children:
        yield from _lines(child, depth + 1)
