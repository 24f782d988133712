"""What we did in a period in which nothing changed: looked, and how well that went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from storage import checks, pages, problems
from storage.records import Filters


@dataclass(frozen=True, slots=True)
class LookSummary:
    """How many sources were looked at, and how many of them have a problem."""

    looked_at: int
    with_problems: int


def count_looks(db: Database, filters: Filters, since: datetime, until: datetime) -> LookSummary:
    """Return how many of the sources a subscription is about were looked at between two moments."""
    source_of = {page.id: page.source_id for page in pages.all_pages(db)}
    source_ids = {
        source_of[c.page_id] for c in checks.since(db, since) if c.checked_at <= until and c.page_id in source_of
    }
    source_ids = {source_id for source_id in source_ids if _is_wanted(source_id, filters)}
    with_problems = {problem.source_id for problem in problems.open_problems(db)}
    return LookSummary(len(source_ids), len(source_ids & with_problems))


def _is_wanted(source_id: str, filters: Filters) -> bool:
    """Return whether a source is one a subscription names; the first part of its id is its jurisdiction."""
    here = not filters.jurisdictions or source_id.partition("_")[0] in filters.jurisdictions
    return here and (not filters.sources or source_id in filters.sources)
