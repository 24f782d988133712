"""What every drafting tradition offers: the door of ``china/``, ``europe/``, ``america/`` and ``india/``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from storage.records import Authority, Definition, Milestone, Provision, Relation
from tracker.reading.formats.recognise import OpenedPage
from tracker.reading.structure.draft import Draft, Extract, ReadingContext


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says about itself, each fact with the words it rests on; empty means unknown."""

    title: str = ""
    title_native: str = ""
    number: str = ""
    type: str = ""
    draft: bool = False
    language: str = ""
    uri: str = ""
    authorities: tuple[Authority, ...] = ()
    dates: tuple[Milestone, ...] = ()
    definitions: tuple[Definition, ...] = ()
    scope: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()


class Tradition(Protocol):
    """The functions a tradition's package defines in its ``__init__``."""

    def claims(self, source: OpenedPage, hints: ReadingContext) -> float:
        """Return how surely *source* is of this tradition, 0 to 1, by its markup and words."""

    def extract(self, source: OpenedPage, hints: ReadingContext) -> Extract:
        """Take the page apart; every visible word lands in exactly one field of the result."""

    def cite(self, path: Sequence[Draft]) -> str:
        """Return how a lawyer cites the last of *path*, which begins at the article or container."""

    def facts(self, extract: Extract, provisions: tuple[Provision, ...], hints: ReadingContext) -> Facts:
        """Return what the text says about itself."""
