"""The redlines of what stands before and after the provisions: no provisions, and yet somebody's words."""

from __future__ import annotations

from storage.records import Change, ChangeKind, Reading
from tracker.compare.redline import is_marked, redline


def front_changes(old: Reading, new: Reading) -> list[Change]:
    """Return the redline of each part (preface, preamble, conclusions) that both print and that differs.

    Such a change has the part's name for its eid and no unit; what it means for the law is told by the dates and facts.
    """
    before, after = _parts(old), _parts(new)
    changes = []
    for name in after:
        if name in before and is_marked(ops := redline(before[name], after[name])):
            changes.append(
                Change(
                    ChangeKind.MODIFIED,
                    old_eid=name,
                    new_eid=name,
                    old_text=before[name],
                    new_text=after[name],
                    ops=ops,
                )
            )
    return changes


def _parts(reading: Reading) -> dict[str, str]:
    parts: dict[str, list[str]] = {}
    for note in reading.front:
        parts.setdefault(note.name, []).append(note.text)
    return {name: "\n".join(texts) for name, texts in parts.items()}
