"""The edits of a redline, each with a little of what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from storage.records import Op, OpKind

_WIDE = re.compile(r"[\u3400-\u9fff]")
_BEFORE = re.compile(r"(?:[\w'’.-]+\W{1,3}){0,3}\Z")
_AFTER = re.compile(r"\A(?:\W{0,3}[\w'’-]+){0,3}")
_JOINS = re.compile(r"[、，；]|以及|或者|并且|[和或及与]")
_FARTHEST = 8  # characters
_SMALL = 24  # characters
_SMALL_WIDE = 6
_WIDE_CONTEXT = 3
_CLAUSE = 600  # characters; a clause that is longer is cut
_CLAUSE_END = re.compile(r"[;；。!?！？\n]|\.(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Edit:
    """Words struck and words added at one place; *old* and *new* include the same few words on both sides.

    ``clause`` is the whole clause, and ``after`` the few words behind the edit; ``old_at`` and ``new_at`` are where
    the edit begins in the old and in the new text.
    """

    struck: str
    added: str
    old: str
    new: str
    clause: str
    after: str = ""
    old_at: int = 0
    new_at: int = 0

    @property
    def apart(self) -> tuple[str, str]:
        """Return what only went and what only came; nothing on both sides where words took the place of others.

        The same word in another case at the end of both is none of it: "Where it rains, the" for "The".
        """
        old_text, new_text = self.struck.strip(" ,，"), self.added.strip(" ,，")
        if old_text and new_text.lower().endswith(old_text.lower()):
            old_text, new_text = "", self.added.strip()[: -len(old_text)]
        elif new_text and old_text.lower().endswith(new_text.lower()):
            old_text, new_text = self.struck.strip()[: -len(new_text)], ""
        return ("", "") if old_text and new_text else (old_text, new_text)

    def strikes(self, start: int, end: int) -> bool:
        """Return whether the struck words overlap this place of the old text."""
        return bool(self.struck) and start < self.old_at + len(self.struck) and end > self.old_at

    def adds(self, start: int, end: int) -> bool:
        """Return whether the added words overlap this place of the new text."""
        return bool(self.added) and start < self.new_at + len(self.added) and end > self.new_at

    @property
    def length(self) -> int:
        """Return the length of the longer side."""
        return max(len(self.struck), len(self.added))


def is_small(edit: Edit, language: str) -> bool:
    """Return whether an edit is so short that each of its words tells; in a longer one an "and" is only one of them."""
    return edit.length <= (_SMALL_WIDE if language == "zh" else _SMALL)


def edits(ops: Iterable[Op]) -> Iterator[Edit]:
    """Yield the edits of a redline, in order."""
    steps = list(ops)
    place = old_at = new_at = 0
    while place < len(steps):
        if steps[place].kind in (OpKind.EQUAL, OpKind.FOLD):
            old_at += len(steps[place].text)
            new_at += len(steps[place].new if steps[place].kind is OpKind.FOLD else steps[place].text)
            place += 1
            continue
        end = place
        while end < len(steps) and steps[end].kind in (OpKind.DELETE, OpKind.INSERT):
            end += 1
        old_text = "".join(op.text for op in steps[place:end] if op.kind is OpKind.DELETE)
        new_text = "".join(op.text for op in steps[place:end] if op.kind is OpKind.INSERT)
        nearest_first = _near(steps[place - 1 :: -1] if place else [])
        before_text = "".join(reversed(nearest_first))[-_CLAUSE:]
        after_text = "".join(_near(steps[end:]))[:_CLAUSE]
        shift = _slide(old_text or new_text, after_text) if bool(old_text) != bool(new_text) else 0
        if shift:  # 主管{人员和其他直接责任}人员 is 主管人员{和其他直接责任人员}
            before_text += after_text[:shift]
            old_text, new_text = (piece and piece[shift:] + after_text[:shift] for piece in (old_text, new_text))
            after_text = after_text[shift:]
        edit = _edit(old_text, new_text, before_text, after_text)
        yield replace(edit, old_at=old_at + shift, new_at=new_at + shift)
        place, old_at, new_at = end, old_at + len(old_text), new_at + len(new_text)


def _slide(piece: str, behind: str) -> int:
    """Return how far a piece that came or went may slide to begin with the mark or word that joins it."""
    for shift in range(1, min(len(piece), len(behind), _FARTHEST) + 1):
        if piece[shift - 1] != behind[shift - 1] or not _WIDE.match(piece[shift - 1]):
            return 0
        if shift < len(piece) and _JOINS.match(piece, shift) and not _JOINS.match(piece):
            return shift
    return 0


def _near(steps: Iterable[Op]) -> list[str]:
    """Return the words nearest to an edit, as they are now, step by step, until there are enough for a clause."""
    phrase: list[str] = []
    size = 0
    for op in steps:
        if size >= _CLAUSE:
            break
        if op.kind is not OpKind.DELETE:
            phrase.append(op.new if op.kind is OpKind.FOLD else op.text)
            size += len(phrase[-1])
    return phrase


def _edit(old_text: str, new_text: str, before: str, after: str) -> Edit:
    near_before, near_after = before[-60:], after[:60]
    if _WIDE.search(near_before[-4:] + near_after[:4] + old_text + new_text):
        left, right = near_before[-_WIDE_CONTEXT:], near_after[:_WIDE_CONTEXT]
    else:
        start, end = _BEFORE.search(near_before), _AFTER.search(near_after)
        left, right = (start[0] if start else ""), (end[0] if end else "")
    first = max((hit.end() for hit in _CLAUSE_END.finditer(before)), default=0)
    last = _CLAUSE_END.search(after)
    clause = before[first:] + old_text + new_text + (after[: last.start()] if last else after)
    return Edit(old_text, new_text, left + old_text + right, left + new_text + right, clause, right)
