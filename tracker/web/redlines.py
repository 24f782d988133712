"""What changed between two versions: inline or side by side, only the changes or the whole text."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from sqlite_utils import Database

from storage import changes, instruments, lists, versions
from storage.errors import MissingRowError
from storage.records import Change, ChangeKind, Comparison, Reading, Standing, Version, Weight
from tracker.compare import compare
from tracker.render.html import redline_html, sides_html
from tracker.render.law import redlined_html
from tracker.render.text import change_title, summary_line
from tracker.web.database import RequestDatabase
from tracker.web.limits import costly
from tracker.web.views import page_of, segment
from tracker.weigh import weigh

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
RowNumber = Annotated[int, Path(ge=1, le=2**53)]


class View(StrEnum):
    """How a redline is laid out."""

    INLINE = "inline"
    SIDE = "side"


class Show(StrEnum):
    """How much of the text is shown around the changes."""

    CHANGES = "changes"
    WHOLE = "whole"


@router.get("/changes/{set_id}")
def one_change(db: RequestDatabase, set_id: RowNumber, view: View = View.INLINE, show: Show = Show.CHANGES) -> str:
    """Show one set of changes with the redline of each."""
    try:
        found, row = changes.get_set(db, set_id), changes.get_row(db, set_id)
    except MissingRowError:
        raise HTTPException(404, "There is no such set of changes.") from None
    address = f"/changes/{set_id}?"
    return page_of("change.html", **told_of(db, found, (row.old, row.new), (view, show), address))


@router.get("/compare", dependencies=[Depends(costly)])
def compare_any(
    db: RequestDatabase,
    old: str = "",
    new: str = "",
    view: View = View.INLINE,
    show: Show = Show.CHANGES,
) -> str:
    """Compare any two versions, of one instrument or of two."""
    if not old or not new:
        return page_of("compare.html", rows=lists.instruments(db, limit=500), old=old, new=new)
    before, after = _version(db, old), _version(db, new)
    stored = changes.set_of_pair(db, before.id, after.id)
    found = changes.get_set(db, stored) if stored is not None else contrast(before.reading, after.reading)
    address = f"/compare?old={segment(before.id)}&new={segment(after.id)}&"
    return page_of("change.html", **told_of(db, found, (before.id, after.id), (view, show), address))


def contrast(old: Reading, new: Reading) -> Comparison:
    """Return what changed between two readings, weighed."""
    return weigh(compare(old, new), old, new)


def _version(db: Database, asked: str) -> Version:
    """Return the version with this id, or the latest of the instrument with this id."""
    found = versions.find(db, asked) or versions.find_latest(db, asked, standing=Standing.CONFIRMED)
    if found is None or found.standing is not Standing.CONFIRMED:
        raise HTTPException(404, f"There is no version {asked!r}.")
    return found


def told_of(
    db: Database, found: Comparison, pair: tuple[str, str], layout: tuple[View, Show], address: str
) -> dict[str, Any]:
    """Return what a page needs to show *found* between two versions; links to other layouts begin with *address*."""
    old, new = (_light(db, each) for each in pair)
    view, show = layout
    known = instruments.get(db, new.instrument_id)
    whole = ""
    if show is Show.WHOLE:
        links = f"/instruments/{segment(known.id)}/history/"
        whole = redlined_html(versions.get(db, old.id).reading, versions.get(db, new.id).reading, found, links)
    told = [each for each in found.changes if not _followed(each)]
    return {
        "instrument": known,
        "other": instruments.get(db, old.instrument_id),
        "old": old,
        "new": new,
        "summary": summary_line(found),
        "weight": found.summary.get("weight", ""),
        "notes": found.notes,
        "view": view.value,
        "show": show.value,
        "address": address,
        "whole": Markup(whole),  # noqa: S704 - escaped where it was made
        "told": _rows(told, view),
        "followed": _rows([each for each in found.changes if _followed(each)], View.INLINE, len(told)),
        "concordance": _concordance(db, found, old.id, new.id),
    }


def _light(db: Database, version_id: str) -> versions.VersionRow:
    instrument_id = version_id.rpartition("@")[0]
    return next(row for row in versions.of_instrument(db, instrument_id) if row.id == version_id)


def _followed(change: Change) -> bool:
    return change.weight is Weight.REFERENCE


def _rows(found: list[Change], view: View, before: int = 0) -> list[dict[str, Any]]:
    """Return what a template needs of each change, with an anchor that is its own."""
    taken: dict[str, int] = {}
    rows = []
    for place, change in enumerate(found, before):
        eid = change.new_eid or change.old_eid or "change"
        taken[eid] = taken.get(eid, 0) + 1
        rows.append(
            {
                "change": change,
                "anchor": eid if taken[eid] == 1 and not before else f"{eid}.{place}",
                "title": change_title(change),
                "inline": "" if change.kind is ChangeKind.RENUMBERED else Markup(redline_html(change)),  # noqa: S704
                "sides": [Markup(side) for side in sides_html(change)] if view is View.SIDE else [],  # noqa: S704
            }
        )
    return rows


def _concordance(db: Database, found: Comparison, old_id: str, new_id: str) -> list[tuple[str, str, str]]:
    """Return the units whose number changed: as the old text cites each, as the new one does, and its new eid."""
    units = {(c.old_unit, c.new_unit): None for c in found.changes if c.old_unit and c.new_unit}
    moved = [(old, new) for old, new in units if old and new and old != new]
    olds = lists.citations(db, old_id, [old for old, _ in moved])
    news = lists.citations(db, new_id, [new for _, new in moved])
    return [(olds.get(old, old), news.get(new, new), new) for old, new in moved]
