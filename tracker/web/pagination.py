"""Pagination of lists: which page, how long it is, and the numbers of rows in addresses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Path, Query

RowNumber = Annotated[int, Path(ge=1, le=2**53)]
PageNumber = Annotated[int, Query(ge=1, le=100_000, description="Which page, from 1")]
OutcomeQuery = Annotated[str, Query(alias="done", max_length=40)]  # of a form that was taken
Size = Annotated[int, Query(ge=1, le=200, description="How many on a page")]


def start_of(page: int, size: int) -> int:
    """Return how many items are on the pages before *page*."""
    return (page - 1) * size


def page_from(items: Sequence[Any], page: int, size: int) -> dict[str, Any]:
    """Return a page of a list: *items* begins with it, and goes on when there is a next page."""
    return {"page": page, "next": page + 1 if len(items) > size else None, "items": items[:size]}
