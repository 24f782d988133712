"""What a page of redlines shows: its rows with their anchors, in sheets, in the layout that was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends
from markupsafe import Markup
from sqlite_utils import Database

from storage import instruments, provisions, versions
from storage.records import Change, Comparison, Reading, Weight
from tracker.compare import front_changes
from tracker.render.law_html import HISTORY_WORDS, redlined_pieces
from tracker.render.plain_text import change_title, summary_line
from tracker.view_models.change_set_facts import change_set_facts
from tracker.view_models.profile.machine_translations import change_translations
from tracker.view_models.provision_links import history_of
from tracker.view_models.redline_units import RedlineRow, units_of
from tracker.view_models.text_pagination import (
    PartRequest,
    RequestedPart,
    TextPart,
    link_to,
    part_of,
    part_of_text,
)
from tracker.wording.interface_words import interface
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.set_summaries import set_summary

_MOST = 250_000  # bytes of changes on one sheet


class View(StrEnum):
    """How a redline is laid out."""

    INLINE = "inline"
    SIDE = "side"


class Show(StrEnum):
    """How much of the text is shown around the changes."""

    CHANGES = "changes"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a reader wants to see the changes, and which sheet of them."""

    view: View
    show: Show
    sheet: PartRequest


async def _layout(part: RequestedPart, view: View = View.INLINE, show: Show = Show.CHANGES) -> Layout:
    return Layout(view, show, part)


AsLaidOut = Annotated[Layout, Depends(_layout)]


def redline_context(
    db: Database,
    comparison: Comparison,
    pair: tuple[str, str],
    layout: Layout,
    address: str,
    words: Labels = ENGLISH,
) -> dict[str, Any]:
    """Return what a page of redlines shows of *comparison*; links to other layouts begin with *address*."""
    old, new = (versions.get_summary(db, version_id) for version_id in pair)
    instrument = instruments.get(db, new.instrument_id)
    readings = _readings(db, pair) if layout.show is Show.WHOLE or comparison.notes else None
    rows = _rows(
        comparison, readings, *(provisions.headings(db, version_id, _units(comparison)) for version_id in pair)
    )
    history = history_of(instrument.id, new.id)
    old_names, new_names = (provisions.citations(db, version_id, _units(comparison)) for version_id in pair)
    facts = change_set_facts(db, comparison, instrument.id)
    if layout.show is Show.WHOLE and readings is not None:
        whole, part, _ = part_of_text(
            redlined_pieces(*readings, comparison, history, interface(words.language).say(HISTORY_WORDS)), layout.sheet
        )
    else:
        place = _place(rows, layout.sheet.at)
        whole, part = Markup(), part_of([row.size for row in rows], _MOST, layout.sheet.part, place)
    return {
        "instrument": instrument,
        "other": instruments.get(db, old.instrument_id),
        "old": old,
        "new": new,
        "summary": summary_line(comparison),
        "says": set_summary(comparison, words) or (comparison.summary_text if words.language == "en" else ""),
        "counts": comparison.summary,
        "weight": comparison.summary.get("weight", ""),
        "facts": facts,
        "notes": facts.notes,
        "view": layout.view.value,
        "show": layout.show.value,
        "address": address,
        "whole": whole,
        "rows": rows,
        "sheet": part,
        "units": units_of(
            [row for row in rows[part.start : part.stop] if not row.reference_only], old_names, new_names, words
        ),
        "translated": change_translations(
            db, (row.change for row in rows[part.start : part.stop]), new.language, words.language
        ),
        "here_followed": [row for row in rows[part.start : part.stop] if row.reference_only],
        "history": history,
        "old_history": history_of(old.instrument_id, old.id),
        "to": link_to(f"{address}view={layout.view.value}&", _anchors(rows, part, layout.show)),
        "concordance": _concordance(db, comparison, old.id, new.id),
    }


def _readings(db: Database, pair: tuple[str, str]) -> tuple[Reading, Reading]:
    old, new = (versions.get(db, version_id).reading for version_id in pair)
    return old, new


def _rows(
    comparison: Comparison, readings: tuple[Reading, Reading] | None, olds: dict[str, str], news: dict[str, str]
) -> list[RedlineRow]:
    """Return the rows in the order of the page: what is told, what stands around it, and what only followed."""
    first_rows = [change for change in comparison.changes if not _is_reference_only(change)]
    around = front_changes(*readings) if readings is not None else []
    last_rows = [change for change in comparison.changes if _is_reference_only(change)]
    anchors: set[str] = set()
    rows = []
    for change in (*first_rows, *around, *last_rows):
        anchor = _anchor(change.new_eid or change.old_eid or "change", anchors)
        unit = change.new_unit or change.old_unit or ""
        heading = news.get(change.new_unit or "", "") or olds.get(change.old_unit or "", "")
        first = unit if unit and unit not in anchors else ""
        anchors |= {anchor, unit}
        front = change.new_unit is None and change.old_unit is None
        title = f"The {anchor}" if front else change_title(change)
        rows.append(RedlineRow(change, anchor, first, title, heading, _is_reference_only(change), front))
    return rows


def _anchors(rows: list[RedlineRow], part: TextPart, show: Show) -> set[str]:
    """Return the anchors of changes that are on the page: none of them where the whole text is shown."""
    return set() if show is Show.WHOLE else {row.anchor for row in rows[part.start : part.stop]}


def _anchor(eid: str, anchors: set[str]) -> str:
    if eid not in anchors:
        return eid
    return next(f"{eid}.{n}" for n in range(2, len(anchors) + 3) if f"{eid}.{n}" not in anchors)


def _place(rows: list[RedlineRow], at: str) -> int | None:
    return next((n for n, row in enumerate(rows) if at in {row.anchor, row.unit}), None) if at else None


def _is_reference_only(change: Change) -> bool:
    return change.weight is Weight.REFERENCE


def _units(comparison: Comparison) -> set[str]:
    return {unit for change in comparison.changes for unit in (change.old_unit, change.new_unit) if unit}


def _concordance(db: Database, comparison: Comparison, old_id: str, new_id: str) -> list[tuple[str, str, str]]:
    """Return the units whose number changed: as the old text cites each, as the new one does, and its new eid."""
    units = {(c.old_unit, c.new_unit): None for c in comparison.changes if c.old_unit and c.new_unit}
    pairs = [(old, new) for old, new in units if old and new and old != new]
    olds = provisions.citations(db, old_id, [old for old, _ in pairs])
    news = provisions.citations(db, new_id, [new for _, new in pairs])
    return [(olds.get(old, old), news.get(new, new), new) for old, new in pairs]
