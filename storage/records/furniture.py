"""Furniture: words of a page that are its site's and not the law's, learned from what the page said at each look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FurnitureKind(StrEnum):
    """As what words were recognised; ``candidate`` is what changed, and is not yet known to be furniture."""

    CANDIDATE = "candidate"
    COUNTER = "counter"
    INSTANT = "time"
    TOKEN = "token"  # noqa: S105 - the kind of a word, no secret
    LINKS = "links"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Furniture:
    """Words at one place of one page that change from look to look, with the looks that show it.

    ``path`` says where they stand, ``shape`` what stands around them ("Visits: #"), ``place`` which of how
    many alike it is, ``slot`` which of its changing words. ``seen`` holds the newest looks and what each said, oldest
    first. A line of the kind ``site`` counts wherever it stands.
    """

    id: int
    page_id: int
    host: str
    path: str
    shape: str
    place: str
    slot: int
    kind: FurnitureKind
    seen: tuple[tuple[datetime, str], ...]
    first_seen_at: datetime
    last_seen_at: datetime
    learned_at: datetime | None = None

    @property
    def reason(self) -> str:
        """Why the words are left out of the law, in words for an operator and for the record."""
        return _REASONS[self.kind]


_REASONS = {
    FurnitureKind.CANDIDATE: "changed, and not yet known to be furniture",
    FurnitureKind.COUNTER: "learned: a counter that rises on every request",
    FurnitureKind.INSTANT: "learned: a time that moves on every request",
    FurnitureKind.TOKEN: "learned: a token that is new on every request",
    FurnitureKind.LINKS: "learned: a list of links that is another on every request",
    FurnitureKind.SITE: "decided by an operator: a line of the site, which changed on many pages at once",
}
