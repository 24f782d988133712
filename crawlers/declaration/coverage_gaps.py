"""Coverage gaps: what is known to be missing, as data, and what is declared and never asked."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from storage.records import Source

_TABLE = "coverage_gaps.toml"


@dataclass(frozen=True, slots=True)
class CoverageGap:
    """One thing that no source brings: whose it is, why it is missing, and what comes nearest."""

    jurisdiction: str
    authority: str
    what: str
    why: str
    instead: str
    source_id: str = ""  # of a source that is declared and not asked


def coverage_gaps(sources: Iterable[Source]) -> list[CoverageGap]:
    """Return what is known to be missing: the gaps on the list, and the sources that no round asks."""
    text = files("crawlers.declaration").joinpath(_TABLE).read_text(encoding="utf-8")
    on_list = [CoverageGap(**entry) for entry in tomllib.loads(text)["gap"]]
    return on_list + [_of_dormant(source) for source in sources if source.dormant]


def _of_dormant(source: Source) -> CoverageGap:
    why, _, instead = source.dormant.partition("; ")
    authority = source.authority[0] if source.authority else ""
    return CoverageGap(source.jurisdiction, authority, source.title, why, instead, source.id)
