"""A redline cut to fit a mail: every edit with some words around it, the long rest left to our page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from storage.records import Op, OpKind
from tracker.wording.text_fit import clip, readable

_AROUND = 60  # characters kept on each side of an edit
_MOST_OPS = 400
_GAP = " … "


@dataclass(frozen=True, slots=True)
class ExcerptPart:
    """Some words of a redline: ``equal``, ``delete`` or ``insert``."""

    kind: OpKind
    text: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a mail shows of one redline; ``cut`` says that an edit is not wholly shown."""

    pieces: tuple[ExcerptPart, ...] = ()
    cut: bool = False


def excerpt(ops: Iterable[Op], limit: int) -> Excerpt:
    """Return the edits of *ops* with their surroundings, in at most about *limit* characters."""
    pieces: list[ExcerptPart] = []
    left = limit
    for piece in _shorten(list(islice(_pieces(ops), _MOST_OPS + 1))[:_MOST_OPS]):
        if left <= 0:
            return Excerpt(tuple(pieces), cut=True)
        pieces.append(ExcerptPart(piece.kind, clip(piece.text, left)))
        left -= len(piece.text)
    return Excerpt(tuple(pieces), cut=left < 0)


def whole(kind: OpKind, text: str, limit: int) -> Excerpt:
    """Return the excerpt of a text that is wholly new or wholly gone."""
    text_shown = readable(clip(text, limit))
    return Excerpt((ExcerptPart(kind, text_shown),) if text_shown else (), cut=len(text) > limit)


def _pieces(ops: Iterable[Op]) -> Iterator[ExcerptPart]:
    """Yield non-empty pieces, a fold as the equal words it stands for."""
    for op in ops:
        kind, text = (OpKind.EQUAL, op.new) if op.kind is OpKind.FOLD else (op.kind, op.text)
        if text:
            yield ExcerptPart(kind, text)


def _shorten(pieces: list[ExcerptPart]) -> Iterator[ExcerptPart]:
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        text = piece.text
        if piece.kind is OpKind.EQUAL:
            text = _surroundings(text, after_edit=place > 0, before_edit=place < last)
        yield ExcerptPart(piece.kind, readable(text))


def _surroundings(text: str, *, after_edit: bool, before_edit: bool) -> str:
    """Return the beginning of *text* when an edit stands before it and its end when one follows."""
    head, tail = _AROUND * after_edit, _AROUND * before_edit
    if len(text) <= head + tail + len(_GAP):
        return text
    end = text[len(text) - tail :] if tail else ""
    return text[:head].rstrip() + _GAP + end.lstrip()
