"""Coverage: by jurisdiction and authority, what is watched, how fresh, how sure, and what is known to be missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from crawlers.declaration.catalogue import shape_grade
from crawlers.declaration.coverage_gaps import CoverageGap, coverage_gaps
from crawlers.declaration.evidence import GRADES
from storage import checks
from storage.records import Source, SourceKind
from tracker.render.display_names import authority_short, jurisdiction_name
from tracker.view_models.overdue import overdue_at


@dataclass(frozen=True, slots=True)
class AuthorityCoverage:
    """What is watched of one authority: its sources by kind, how fresh they are, and how sure their shape is."""

    jurisdiction: str
    authority: str
    name: str
    sources: tuple[Source, ...]
    kinds: Mapping[str, int]
    grades: Mapping[str, int]
    dormant: int
    overdue: int
    never_read: int
    oldest_read_at: datetime | None  # of the sources that are asked: as fresh as the stalest of them
    newest_read_at: datetime | None

    @property
    def surest(self) -> str:
        """The grades with how many sources have each, the surest first."""
        return ", ".join(f"{number} {grade}" for number, grade in self.surest_grades)

    @property
    def surest_grades(self) -> list[tuple[int, str]]:
        """How many sources have each grade, the surest first."""
        return [(self.grades[grade], grade) for grade in GRADES if self.grades.get(grade)]


@dataclass(frozen=True, slots=True)
class JurisdictionCoverage:
    """What is watched of one jurisdiction, by authority, and what is known to be missing."""

    jurisdiction: str
    name: str
    authorities: tuple[AuthorityCoverage, ...]
    gaps: tuple[CoverageGap, ...]


def coverage_of(db: Database, sources: Mapping[str, Source], now: datetime) -> list[JurisdictionCoverage]:
    """Return the coverage of every jurisdiction that is watched or known to be missing; a source counts for each
    authority that it names.
    """
    looks, gaps = checks.of_sources(db), coverage_gaps(sources.values())
    by_authority: dict[tuple[str, str], list[Source]] = {}
    for source in sources.values():
        for authority in source.authority or ("",):
            by_authority.setdefault((source.jurisdiction, authority), []).append(source)
    places = {jurisdiction for jurisdiction, _ in by_authority} | {gap.jurisdiction for gap in gaps if by_authority}
    rows = [_row(key, own, looks, now) for key, own in by_authority.items()]
    return [
        JurisdictionCoverage(
            place,
            jurisdiction_name(place),
            tuple(sorted((row for row in rows if row.jurisdiction == place), key=lambda row: row.name)),
            tuple(gap for gap in gaps if gap.jurisdiction == place),
        )
        for place in sorted(places)
    ]


def _row(
    key: tuple[str, str], sources: list[Source], looks: Mapping[str, checks.Looks], now: datetime
) -> AuthorityCoverage:
    active = [source for source in sources if not source.dormant]
    read_at = {source.id: look.last_good_at for source in active if (look := looks.get(source.id)) is not None}
    times = [at for at in read_at.values() if at is not None]
    overdue = [source for source in active if (look := looks.get(source.id)) and _is_overdue(source, look, now)]
    return AuthorityCoverage(
        jurisdiction=key[0],
        authority=key[1],
        name=authority_short(key[1]) if key[1] else "no authority named",
        sources=tuple(sorted(sources, key=lambda source: -source.importance)),
        kinds=Counter(kind.value for kind in SourceKind for source in sources if source.kind is kind),
        grades=Counter(shape_grade(source) for source in sources),
        dormant=len(sources) - len(active),
        overdue=len(overdue),
        never_read=len(active) - len(times),
        oldest_read_at=min(times, default=None),
        newest_read_at=max(times, default=None),
    )


def _is_overdue(source: Source, looks: checks.Looks, now: datetime) -> bool:
    at = overdue_at(source, looks)
    return at is not None and at < now
