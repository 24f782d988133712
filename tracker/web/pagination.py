"""Pagination of lists: which page, how long it is, and the numbers of rows in addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import HTTPException, Path, Query

_CURSOR = "after-"
RowNumber = Annotated[int, Path(ge=1, le=2**53)]
PageNumber = Annotated[int, Query(ge=1, le=100_000, description="Which page, from 1")]
OutcomeQuery = Annotated[str, Query(alias="done", max_length=40)]  # of a form that was taken
Size = Annotated[int, Query(ge=1, le=200, description="How many on a page")]


CursorParam = Annotated[
    str, Query(max_length=40, description="`next_cursor` of the answer before; what is new meanwhile moves nothing")
]


def read_cursor(cursor: str) -> int | None:
    """Return the row behind which a list goes on, None for its beginning; a cursor of no list is refused with 422."""
    if not cursor:
        return None
    number = cursor.removeprefix(_CURSOR)
    if not cursor.startswith(_CURSOR) or not number.isascii() or not number.isdigit() or len(number) > 15:
        raise HTTPException(422, "This is no cursor: take `next_cursor` of the answer before.")
    return int(number)


def write_cursor(row_id: int) -> str:
    """Return the cursor that goes on behind a row."""
    return f"{_CURSOR}{row_id}"


def start_of(page: int, size: int) -> int:
    """Return how many items are on the pages before *page*."""
    return (page - 1) * size


def page_from(items: Sequence[Any], page: int, size: int) -> dict[str, Any]:
    """Return a page of a list: *items* begins with it, and goes on when there is a next page."""
    return {"page": page, "next": page + 1 if len(items) > size else None, "items": items[:size]}
