"""Problems: expected failures of one source at one stage; they open and close themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """Where on the journey something failed."""

    FETCH = "fetch"
    PAGE = "page"
    READ = "read"
    COMPARE = "compare"
    MATCH = "match"
    COMPOSE = "compose"
    DELIVERY = "delivery"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Problem:
    """An expected failure of one source at one stage; goes to operators, never to readers.

    ``told_at`` is when operators were last told of it, ``end_told_at`` when they were told that it had ended.
    """

    id: int
    source_id: str
    stage: Stage
    cause: str
    text: str
    opened_at: datetime
    last_seen_at: datetime
    closed_at: datetime | None = None
    url: str = ""
    version_id: str | None = None
    times: int = 1
    told_at: datetime | None = None
    end_told_at: datetime | None = None
