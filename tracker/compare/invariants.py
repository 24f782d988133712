"""What every comparison promises, checked each time before anyone is told anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from storage.records import Change
from tracker.compare.errors import CompareError
from tracker.compare.outline import OutlineNode
from tracker.compare.redline import apply


def check_conservation(side: str, leaves: Iterable[OutlineNode], records_cover: Iterable[OutlineNode]) -> None:
    """Raise CompareError unless the words of every leaf of one side are accounted for exactly once."""
    from_text, from_records = _count(leaves), _count(records_cover)
    if from_text != from_records:
        units = sorted({unit for unit, _ in ((from_text - from_records) | (from_records - from_text))})
        raise CompareError(f"the {side} words of {', '.join(units[:5])} are not in exactly one record")


def _count(nodes: Iterable[OutlineNode]) -> Counter[tuple[str, str]]:
    return Counter([(node.unit.eid, words) for node in nodes for words in (node.heading, node.text) if words])


def check_redlines(changes: Iterable[Change]) -> None:
    """Raise CompareError unless each redline turns its old text into its new one."""
    for change in changes:
        try:
            result = apply(change.ops, change.old_text)
        except ValueError as wrong:
            raise CompareError(f"{change.old_eid or change.new_eid}: {wrong}") from wrong
        if result != change.new_text:
            raise CompareError(f"{change.old_eid or change.new_eid}: the redline does not give the new text")
