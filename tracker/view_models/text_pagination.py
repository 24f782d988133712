"""Pagination of long texts: parts small enough to be read at once, none cut inside a provision or a change.

A short text is one sheet and nobody sees that there are any. ``at`` in an address names a provision, so that a link to
it holds whatever sheet it is on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

from fastapi import Depends, HTTPException, Query
from markupsafe import Markup

from tracker.render.law_html import Address, LawFragment
from tracker.view_models.provision_links import segment

_MOST_OF_TEXT = 750_000  # bytes of markup: a browser shows them in an instant
PartNumber = Annotated[int, Query(ge=1, le=100_000)]
At = Annotated[str, Query(max_length=500)]


@dataclass(frozen=True, slots=True)
class PartRequest:
    """The sheet that was asked for: by its number, or by a provision that is ``at`` it."""

    part: int = 1
    at: str = ""


async def _requested_part(part: PartNumber = 1, at: At = "") -> PartRequest:
    return PartRequest(part, at)


RequestedPart = Annotated[PartRequest, Depends(_requested_part)]


@dataclass(frozen=True, slots=True)
class TextPart:
    """One sheet of ``count``: the pieces from ``start`` to before ``stop``, of ``total``."""

    number: int
    count: int
    start: int
    stop: int
    total: int


def part_of(sizes: Sequence[int], most: int, number: int = 1, place: int | None = None) -> TextPart:
    """Return sheet *number* of pieces of these *sizes*, or the one on which the piece at *place* is.

    A sheet holds pieces of *most* bytes together, or one that is larger. Raises 404 when there is no such sheet.
    """
    starts, size_here = [0], 0
    for at, size in enumerate(sizes):
        if size_here and size_here + size > most:
            starts.append(at)
            size_here = 0
        size_here += size
    if place is not None:
        number = sum(start <= place for start in starts)
    if number > len(starts):
        raise HTTPException(404, f"There is no part {number}; there are {len(starts)}.")
    start, stop = list(pairwise([*starts, len(sizes)]))[number - 1]
    return TextPart(number, len(starts), start, stop, len(sizes))


def part_of_text(pieces: Sequence[LawFragment], request: PartRequest) -> tuple[Markup, TextPart, frozenset[str]]:
    """Return the sheet of a text that was asked for, and the eids that stand on it."""
    place = next((at for at, piece in enumerate(pieces) if request.at in piece.eids), None) if request.at else None
    part = part_of([len(piece.markup.encode()) for piece in pieces], _MOST_OF_TEXT, request.part, place)
    here = pieces[part.start : part.stop]
    text = Markup("".join(piece.markup for piece in here))  # noqa: S704 - escaped where it was made
    return text, part, frozenset().union(*(piece.eids for piece in here))


def link_to(address: str, here: Collection[str]) -> Address:
    """Return how a page links to a provision: inside itself, or on another sheet; *address* ends with ? or &."""

    def link(eid: str) -> str:
        anchor = f"#{segment(eid)}"
        return anchor if eid in here else f"{address}at={segment(eid)}{anchor}"

    return link
