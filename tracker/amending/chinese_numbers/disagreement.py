"""Hold the number an item or paragraph came to bear against the one the decision says it becomes."""

from __future__ import annotations

from tracker.amending.edit import ReadyEdit
from tracker.amending.numbering import number_key
from tracker.reading.structure.eids import ARTICLES


def disagreement(edit: ReadyEdit) -> str | None:
    """Return how an item or paragraph that counts on came to bear another number than the act says it becomes."""
    spot, due = edit.spots[0], number_key(edit.instruction.number)
    if spot.group is not None:
        paragraphs = spot.node.shown_groups
        number = str(paragraphs.index(spot.group) + 1) if spot.group in paragraphs else ""
    elif spot.node.kind in ARTICLES:
        return None  # articles are settled together
    else:
        number = spot.node.key
    return None if number == due else f"it would become number {number or '—'}, not {due}"
