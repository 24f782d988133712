"""Sources: declared places we watch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any


class SourceKind(StrEnum):
    """What a source publishes: law is compared, guidance too, news is listed and never compared."""

    LAW = "law"
    GUIDANCE = "guidance"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class SourceEvidence:
    """How sure one fact of a declaration is: recorded, rebuilt, reported or unknown; when, and who saw it."""

    grade: str
    on: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class KeyNeed:
    """The key that an interface wants: its name among the settings, and the header or field it is sent in."""

    name: str
    header: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a good look at a source yields; less means that something is broken.

    ``min_rows`` counts the rows of a list whatever their titles, ``min_items`` those that are wanted. A list for people
    has one row at least, unless its declaration says ``min_rows = 0``.
    """

    min_provisions: int = 0
    min_items: int = 0
    min_rows: int | None = None
    longest_silence: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Politeness:
    """How a guest behaves at this source's host: ``timeout`` is how long one answer is waited for."""

    pause: timedelta = timedelta(seconds=10)
    timeout: timedelta = timedelta(seconds=60)
    obey_robots: bool = True


@dataclass(frozen=True, slots=True)
class EarlierTemplate:
    """What a declaration selected and removed while a site had an earlier template: of what was kept until a day."""

    until: date
    select: str = ""
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A declared place we watch: one publisher's page, list, feed or API.

    ``dormant`` says why no round asks it: robots.txt or a wall shuts it out, or a key is missing.
    """

    id: str
    jurisdiction: str
    title: str
    authority: tuple[str, ...]
    language: str
    spider: str
    urls: tuple[str, ...]
    every: timedelta
    title_native: str = ""
    instrument: str = ""
    kind: SourceKind = SourceKind.LAW
    select: str = ""
    remove: tuple[str, ...] = ()
    importance: int = 3
    topics: tuple[str, ...] = ()
    timezone: str = "UTC"
    params: dict[str, Any] = field(default_factory=dict)
    evidence: dict[str, SourceEvidence] = field(default_factory=dict)
    dormant: str = ""
    key: KeyNeed | None = None
    expect: Expectation = Expectation()
    politeness: Politeness = Politeness()
    earlier: tuple[EarlierTemplate, ...] = ()

    def template_of(self, on: date) -> EarlierTemplate:
        """Return what is selected and removed on a page as it was on that day: today's, or that of its time."""
        past = sorted((e for e in self.earlier if on <= e.until), key=lambda template: template.until)
        return past[0] if past else EarlierTemplate(on, self.select, self.remove)
