"""Put rows into a table, or others in their place: as many cells as the rows beside them, or abstain."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.amending.edit import ReadyEdit
from tracker.amending.errors import AbstainError
from tracker.amending.locate import ROW_MARK, Spot, first_cell, is_row, rows_at
from tracker.amending.operations import Place
from tracker.amending.tree import LawNode, put_below, take_away


def insert_rows(edit: ReadyEdit, text: LawNode) -> None:
    """Put the quoted rows behind (or before) the row named, or at the end of the only table there."""
    anchor = edit.anchor
    rows = rows_at(edit.spots[0]) if anchor is None else rows_at(_table_around(anchor))
    new = _quoted_rows(text, rows)
    group = rows[0].group
    if group is None or (anchor is None and edit.instruction.place is not Place.AT_END):
        raise AbstainError("where the row goes is not sure")
    beside = rows[-1] if anchor is None else anchor.node
    at = group.below.index(beside) + (anchor is None or edit.instruction.place is not Place.BEFORE)
    for offset, row in enumerate(new):
        put_below(group, row, at + offset)


def replace_rows(spots: Sequence[Spot], text: LawNode) -> None:
    """Put the quoted rows in the place of those named."""
    rows = rows_at(_table_around(spots[0]))
    places = [rows.index(spot.node) for spot in spots]
    new = _quoted_rows(text, [row for row in rows if row not in [spot.node for spot in spots]])
    group = rows[0].group
    if group is None or places != list(range(places[0], places[0] + len(places))):
        raise AbstainError("the rows to be replaced do not stand together")
    at = group.below.index(spots[0].node)
    for spot in spots:
        take_away(spot.node)
    for offset, row in enumerate(new):
        put_below(group, row, at + offset)


def _table_around(spot: Spot) -> Spot:
    if spot.node.group is None or spot.node.parent is None:
        raise AbstainError("the row stands in no table")
    return Spot(spot.node.parent, spot.node.group)


def _quoted_rows(text: LawNode, beside: Sequence[LawNode]) -> list[LawNode]:
    new = [node for group in text.groups for node in group.below]
    words_apart = any(group.text for group in text.groups)
    if not new or words_apart or not all(is_row(node) for node in new):
        raise AbstainError("the new rows are not set out as rows")
    if not beside or {_width(node) for node in new} != {_width(node) for node in beside}:
        raise AbstainError("the new rows have not as many cells as the others")
    if {first_cell(node) for node in new} & {first_cell(node) for node in beside}:
        raise AbstainError("a row of that name stands there already")
    for node in new:
        node.kind = beside[0].kind
    return new


def _width(row: LawNode) -> int:
    return row.groups[0].text.count(ROW_MARK)
