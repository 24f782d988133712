"""Redlines: the steps that turn the old words into the new ones, readable and exact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.distance import Indel

from storage.records import Op, OpKind
from tracker.compare.tokens import RedlineToken, is_typed, is_wide, sentences, tokens

_DIFFLIB_LIMIT = 6_000  # tokens; beyond it difflib takes seconds
_INDEL_LIMIT = 30_000  # tokens; rapidfuzz's memory grows with the square
_LINE_END = re.compile(r"[^\W\d_]-\s+[^\W\d_]")  # a hyphen at the end of a line, or what is left of one
_DIGITS_APART = re.compile(r"\d\s+\d")  # 3 0 is not 30
RedlineStep = tuple[str, int, int, int, int]


def redline(old: str, new: str) -> tuple[Op, ...]:
    """Return the steps from *old* to *new*; applying them gives *new* byte for byte."""
    if old == new:
        return (Op(OpKind.EQUAL, old),) if old else ()
    (old_lead, a), (new_lead, b), opcodes = align_tokens(old, new)
    ops = [_fold(old_lead, new_lead)]
    for kind, i1, i2, j1, j2 in _clean(opcodes, a, b):
        if kind == "equal":
            ops.extend(_equal_ops(a[i1:i2], b[j1:j2]))
        elif _is_printing(a[i1:i2], b[j1:j2]):
            ops.append(Op(OpKind.FOLD, _raw(a[i1:i2]), _raw(b[j1:j2])))
        else:
            ops.append(Op(OpKind.DELETE, _raw(a[i1:i2])))
            ops.append(Op(OpKind.INSERT, _raw(b[j1:j2])))
    return _join_neighbours(ops)


@lru_cache(maxsize=2)  # a pair that was marked is asked again whether only its references differ
def align_tokens(
    old: str, new: str
) -> tuple[tuple[str, list[RedlineToken]], tuple[str, list[RedlineToken]], list[RedlineStep]]:
    """Return the tokens of both texts and the opcodes between them."""
    left, right = tokens(old), tokens(new)
    return left, right, steps(left[1], right[1])


def apply(ops: Iterable[Op], old: str) -> str:
    """Return what *ops* make of *old*; raise ValueError where they do not fit it."""
    at = 0
    result = []
    for op in ops:
        if op.kind is not OpKind.INSERT:
            if not old.startswith(op.text, at):
                raise ValueError(f"the redline does not fit the old text at {at}")
            at += len(op.text)
        if op.kind is OpKind.FOLD:
            result.append(op.new)
        elif op.kind is not OpKind.DELETE:
            result.append(op.text)
    if at != len(old):
        raise ValueError(f"the redline ends at {at} of {len(old)}")
    return "".join(result)


def is_marked(ops: Iterable[Op]) -> bool:
    """Return whether anything is struck or added."""
    return any(op.kind in (OpKind.DELETE, OpKind.INSERT) for op in ops)


def steps(a: Sequence[RedlineToken], b: Sequence[RedlineToken]) -> list[RedlineStep]:
    """Return opcodes over tokens: whole sentences first, then the words of those that differ."""
    spans_a, spans_b = sentences(list(a)), sentences(list(b))
    whole_a = [tuple(t.key for t in a[i:j]) for i, j in spans_a]
    whole_b = [tuple(t.key for t in b[i:j]) for i, j in spans_b]
    result: list[RedlineStep] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, whole_a, whole_b, autojunk=False).get_opcodes():
        start_a, end_a = _bounds(spans_a, i1, i2, len(a))
        start_b, end_b = _bounds(spans_b, j1, j2, len(b))
        if kind == "replace":
            result.extend(_words(a, b, start_a, end_a, start_b, end_b))
        else:
            result.append((kind, start_a, end_a, start_b, end_b))
    return result


def _bounds(spans: list[tuple[int, int]], first: int, last: int, size: int) -> tuple[int, int]:
    start = spans[first][0] if first < len(spans) else size
    return start, spans[last - 1][1] if last > first else start


def _words(
    a: Sequence[RedlineToken], b: Sequence[RedlineToken], i1: int, i2: int, j1: int, j2: int
) -> list[RedlineStep]:
    """Return opcodes over the words of two runs; what they begin and end with in common is set aside first."""
    left = [token.key for token in a[i1:i2]]
    right = [token.key for token in b[j1:j2]]
    head = _common(left, right)
    tail = _common(left[head:][::-1], right[head:][::-1])
    middle_left, middle_right = left[head : len(left) - tail], right[head : len(right) - tail]
    opcodes: list[RedlineStep] = [("equal", 0, head, 0, head)] if head else []
    for kind, a1, a2, b1, b2 in _opcodes(middle_left, middle_right):
        opcodes.append((kind, head + a1, head + a2, head + b1, head + b2))
    if tail:
        opcodes.append(("equal", len(left) - tail, len(left), len(right) - tail, len(right)))
    return [(kind, i1 + a1, i1 + a2, j1 + b1, j1 + b2) for kind, a1, a2, b1, b2 in opcodes]


def _common(left: list[str], right: list[str]) -> int:
    pairs = zip(left, right, strict=False)
    return next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(left), len(right)))


def _opcodes(left: list[str], right: list[str]) -> list[RedlineStep]:
    size = max(len(left), len(right))
    if size > _INDEL_LIMIT or not left or not right:
        return [("replace", 0, len(left), 0, len(right))]
    if size > _DIFFLIB_LIMIT:
        codes = Indel.opcodes(left, right)
        return [(op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end) for op in codes]
    return list(SequenceMatcher(None, left, right, autojunk=False).get_opcodes())


def _clean(opcodes: list[RedlineStep], a: Sequence[RedlineToken], b: Sequence[RedlineToken]) -> list[RedlineStep]:
    """Join edits, and swallow an island of kept words too small to read between two larger edits."""
    result: list[RedlineStep] = []
    for index, step in enumerate(opcodes):
        edit = step[0] != "equal"
        after = opcodes[index + 1] if index + 1 < len(opcodes) else None
        if not edit and result and after and result[-1][0] != "equal":
            smaller = min(_size(result[-1], a, b), _size(after, a, b))
            edit = not _is_typed(after, a, b) and _is_island(a[step[1] : step[2]], smaller)
        if edit and result and result[-1][0] != "equal":
            result[-1] = ("replace", result[-1][1], step[2], result[-1][3], step[4])
        else:
            result.append(("replace", *step[1:]) if edit else step)
    return result


def _is_typed(step: RedlineStep, a: Sequence[RedlineToken], b: Sequence[RedlineToken]) -> bool:
    return any(is_typed(token.key) for token in (*a[step[1] : step[1] + 1], *b[step[3] : step[3] + 1]))


def _is_island(island: Sequence[RedlineToken], smaller_edit: int) -> bool:
    size = len(_raw(island))
    if size >= smaller_edit or any(is_typed(t.key) for t in island):
        return False
    if any(is_wide(token.key) for token in island):
        return size <= 2
    return len(island) == 1 and size <= 4


def _size(step: RedlineStep, a: Sequence[RedlineToken], b: Sequence[RedlineToken]) -> int:
    _, i1, i2, j1, j2 = step
    return max(len(_raw(a[i1:i2])), len(_raw(b[j1:j2])))


def _raw(pieces: Iterable[RedlineToken]) -> str:
    return "".join(piece.core + piece.gap for piece in pieces)


def _equal_ops(a: Sequence[RedlineToken], b: Sequence[RedlineToken]) -> Iterable[Op]:
    whole = _raw(a)
    if whole == _raw(b):
        yield Op(OpKind.EQUAL, whole)
        return
    for old, new in zip(a, b, strict=True):
        yield _fold(old.core, new.core)
        yield _fold(old.gap, new.gap)


def _fold(old: str, new: str) -> Op:
    return Op(OpKind.EQUAL, old) if old == new else Op(OpKind.FOLD, old, new)


def _is_printing(a: Sequence[RedlineToken], b: Sequence[RedlineToken]) -> bool:
    """Return whether two runs are the same letters cut otherwise: a word broken at a line's end, a lost blank."""
    raw = [_raw(side) for side in (a, b)]
    left, right = ("".join("".join(piece.key for piece in side).split()) for side in (a, b))
    if left == right:
        return bool(left) and not any(map(_DIGITS_APART.search, raw))
    return any(map(_LINE_END.search, raw)) and left.replace("-", "") == right.replace("-", "")


def _join_neighbours(ops: Iterable[Op]) -> tuple[Op, ...]:
    """Join neighbours of one kind; blanks that differ beside an edit belong to the edit."""
    result: list[Op] = []
    for op in ops:
        if not op.text and not op.new:
            continue
        if op.kind in (OpKind.DELETE, OpKind.INSERT) and result and _is_blank_fold(result[-1]):
            blank = result.pop()
            _push(result, Op(OpKind.DELETE, blank.text))
            _push(result, Op(OpKind.INSERT, blank.new))
        _push(result, op)
    return tuple(_tails_shared(result))


def _tails_shared(ops: list[Op]) -> Iterable[Op]:
    """Take blanks that end both the struck and the added words out of the edit."""
    result: list[Op] = []
    for op in ops:
        before = result[-1] if result else None
        tail = op.text[len(op.text.rstrip()) :]
        if op.kind is OpKind.INSERT and before and before.kind is OpKind.DELETE and tail and before.text.endswith(tail):
            result.pop()
            _push(result, Op(OpKind.DELETE, before.text[: -len(tail)]))
            _push(result, Op(OpKind.INSERT, op.text[: -len(tail)]))
            _push(result, Op(OpKind.EQUAL, tail))
        else:
            _push(result, op)
    return result


def _is_blank_fold(op: Op) -> bool:
    return op.kind is OpKind.FOLD and not op.text.strip() and not op.new.strip()


def _push(result: list[Op], op: Op) -> None:
    if not op.text and not op.new:
        return
    if op.kind is OpKind.DELETE and result and result[-1].kind is OpKind.INSERT:
        insertion = result.pop()  # struck words stand before added ones
        _push(result, op)
        result.append(insertion)
    elif result and result[-1].kind is op.kind:
        result[-1] = Op(op.kind, result[-1].text + op.text, result[-1].new + op.new)
    else:
        result.append(op)
