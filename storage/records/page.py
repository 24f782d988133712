"""Pages, checks and snapshots: what was looked at, when, and what it held."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Page:
    """One address watched: declared by a source, or found by it on a list.

    ``listing`` pages are walked for addresses and never read as law. ``discovered`` says that the page appeared on
    a list after that list had been seen before: its first version is news, not back-fill. ``dismissed`` says how
    the page read when an operator knew it to be no law; as long as it reads like that, it is no problem. ``hinted_at``
    is when something else last said that the page may have changed: a list with a newer date, an act that amends it.
    ``comments_due_on`` is until when comments are taken, as the list says that led to it.
    """

    id: int
    source_id: str
    url: str
    listing: bool = False
    discovered: bool = False
    title: str = ""
    published_on: date | None = None
    instrument_id: str = ""
    first_seen_at: datetime | None = None
    gone_at: datetime | None = None
    dismissed: str = ""
    hinted_at: datetime | None = None
    comments_due_on: date | None = None


class Outcome(StrEnum):
    """How one look at a page ended."""

    NEW = "new"
    SAME = "same"
    NOT_MODIFIED = "not_modified"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Check:
    """One look at one page, with its outcome, even when nothing changed."""

    id: int
    page_id: int
    checked_at: datetime
    outcome: Outcome
    status: int | None = None
    snapshot_id: int | None = None
    cause: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class CheckHistory:
    """How often one page was looked at of late, and how often that brought something new.

    ``looks`` counts the looks that did not fail, from ``first_at`` to ``last_good_at``; ``changes`` the texts or, on a
    list, the days of new items they found. ``failures`` counts the looks that failed since; ``cause`` and ``status``
    are those of the last look.
    """

    page_id: int
    last_at: datetime
    looks: int = 0
    changes: int = 0
    first_at: datetime | None = None
    last_good_at: datetime | None = None
    failures: int = 0
    cause: str = ""
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes one page had at one instant; kept whole in the archive, never edited."""

    id: int
    page_id: int
    url: str
    fetched_at: datetime
    status: int
    media_type: str
    sha256: str
    length: int
    headers: dict[str, str] = field(default_factory=dict)
    archived_as: str = ""


@dataclass(frozen=True, slots=True)
class LastLook:
    """A page's latest snapshot, how the last look at it ended, and when it was last fetched whole."""

    snapshot: Snapshot
    last_outcome: Outcome
    whole_at: datetime | None
