"""Refusing a store into which another is copied and not yet whole."""

from __future__ import annotations

from collections.abc import Iterable

from storage.errors import UnfinishedCopyError

UNFINISHED_COPY = "unfinished_copy"
"""The table that a store has while another is copied into it."""


def refuse_unfinished_copy(tables: Iterable[str], place: str) -> None:
    """Raise UnfinishedCopyError when one of *tables* is the mark of a copy that is not finished."""
    if UNFINISHED_COPY in tables:
        raise UnfinishedCopyError(f"{place}: a copy into it is not finished; repeat `clausewatch migrate-store`")
