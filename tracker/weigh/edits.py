"""The edits of a redline, each with a little of what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from storage.records import Op, OpKind

_WIDE = re.compile(r"[\u3400-\u9fff]")
_BEFORE = re.compile(r"(?:[\w'’.-]+\W{1,3}){0,3}\Z")
_AFTER = re.compile(r"\A(?:\W{0,3}[\w'’-]+){0,3}")
_WIDE_CONTEXT = 3
_CLAUSE = 600  # characters; a clause that is longer is cut
_CLAUSE_END = re.compile(r"[;；。!?！？\n]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Edit:
    """Words struck and words added at one place; *old* and *new* include the same few words on both sides.

    ``clause`` is the whole clause, and ``after`` the few words behind the edit.
    """

    struck: str
    added: str
    old: str
    new: str
    clause: str
    after: str = ""

    @property
    def length(self) -> int:
        """Return the length of the longer side."""
        return max(len(self.struck), len(self.added))


def edits(ops: Iterable[Op]) -> Iterator[Edit]:
    """Yield the edits of a redline, in order."""
    steps = list(ops)
    place = 0
    while place < len(steps):
        if steps[place].kind in (OpKind.EQUAL, OpKind.FOLD):
            place += 1
            continue
        end = place
        while end < len(steps) and steps[end].kind in (OpKind.DELETE, OpKind.INSERT):
            end += 1
        struck = "".join(op.text for op in steps[place:end] if op.kind is OpKind.DELETE)
        added = "".join(op.text for op in steps[place:end] if op.kind is OpKind.INSERT)
        nearest_first = _near(steps[place - 1 :: -1] if place else [])
        before_text = "".join(reversed(nearest_first))[-_CLAUSE:]
        after_text = "".join(_near(steps[end:]))[:_CLAUSE]
        yield _edit(struck, added, before_text, after_text)
        place = end


def _near(steps: Iterable[Op]) -> list[str]:
    """Return the words nearest to an edit, as they are now, step by step, until there are enough for a clause."""
    found: list[str] = []
    size = 0
    for op in steps:
        if size >= _CLAUSE:
            break
        if op.kind is not OpKind.DELETE:
            found.append(op.new if op.kind is OpKind.FOLD else op.text)
            size += len(found[-1])
    return found


def _edit(struck: str, added: str, before: str, after: str) -> Edit:
    near_before, near_after = before[-60:], after[:60]
    if _WIDE.search(near_before[-4:] + near_after[:4] + struck + added):
        left, right = near_before[-_WIDE_CONTEXT:], near_after[:_WIDE_CONTEXT]
    else:
        start, end = _BEFORE.search(near_before), _AFTER.search(near_after)
        left, right = (start[0] if start else ""), (end[0] if end else "")
    first = max((hit.end() for hit in _CLAUSE_END.finditer(before)), default=0)
    last = _CLAUSE_END.search(after)
    clause = before[first:] + struck + added + (after[: last.start()] if last else after)
    return Edit(struck, added, left + struck + right, left + added + right, clause, right)
