"""Sources: declared places we watch."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any


class SourceKind(StrEnum):
    """What a source publishes: law is compared, guidance too, news is listed and never compared."""

    LAW = "law"
    GUIDANCE = "guidance"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a good look at a source yields; less means that something is broken."""

    min_provisions: int = 0
    min_items: int = 0
    longest_silence: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Politeness:
    """How a guest behaves at this source's host: ``timeout`` is how long one answer is waited for."""

    pause: timedelta = timedelta(seconds=10)
    timeout: timedelta = timedelta(seconds=60)
    obey_robots: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A declared place we watch: one publisher's page, list, feed or API."""

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
    certainty: dict[str, str] = field(default_factory=dict)
    expect: Expectation = Expectation()
    politeness: Politeness = Politeness()
