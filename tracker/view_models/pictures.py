"""What pictures show: an instrument's life, activity by week and jurisdiction, articles by how often they changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup
from sqlite_utils import Database

from storage import changes, events
from storage.milestones import DateSummary
from storage.records import ChangeKind, Provision, ProvisionKind, Reading, Weight
from tracker.render.display_names import authority_short, jurisdiction_name
from tracker.render.svg import BarRow, HeatCell, TimelinePoint, bars_svg, heat_svg, squares_svg, timeline_svg
from tracker.view_models.source_coverage import AuthorityCoverage, JurisdictionCoverage
from tracker.view_models.timeline import Moment
from tracker.wording.citation_gloss import citation_gloss

_WEEKS = 26
_UNITS = frozenset({ProvisionKind.ARTICLE, ProvisionKind.RULE, ProvisionKind.REGULATION, ProvisionKind.SECTION,
                    ProvisionKind.ANNEX, ProvisionKind.SCHEDULE})  # fmt: skip
_SHAPES = {"amended": "square", "corrected": "square", "repealed": "square", "amendment takes effect": "triangle"}
_MOST_POINTS = 40


@dataclass(frozen=True, slots=True)
class ActivityPicture:
    """Events by week and jurisdiction, as a picture and as rows of a table."""

    picture: Markup
    weeks: tuple[date, ...]
    rows: tuple[BarRow, ...]
    labels: tuple[str, ...] = ()

    @property
    def totals(self) -> list[int]:
        """How many events there were in each week."""
        return [sum(row.numbers[place] for row in self.rows) for place in range(len(self.weeks))]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """How often each unit of a law changed, as a picture and as rows of a table: eid, citation, times."""

    picture: Markup
    rows: tuple[tuple[str, str, int], ...]


def life_picture(
    moments: Sequence[Moment], today: date, title: str, today_label: str, say: Callable[[str], str] = str
) -> Markup:
    """Return the line of time of an instrument; its marks have the numbers of the list beside it, *say* their words."""
    points = [
        TimelinePoint(
            number, moment.on, _SHAPES.get(moment.what, "circle"), f"{moment.on.isoformat()} {say(moment.what)}"
        )
        for number, moment in enumerate(moments, 1)
        if moment.on and not moment.successor
    ]
    return timeline_svg(points[:_MOST_POINTS], today, title, today_label) if len(points) > 1 else Markup("")


def activity_picture(
    db: Database, today: date, title: str, language: str = "en", only: Sequence[str] = ()
) -> ActivityPicture:
    """Return the events of the half year up to *today* by week and jurisdiction, or of some jurisdictions *only*."""
    monday = today - timedelta(days=today.weekday())
    weeks = tuple(monday - timedelta(weeks=n) for n in range(_WEEKS - 1, -1, -1))
    counter: Counter[tuple[str, date]] = Counter()
    for jurisdiction, on, number in events.count_by_day(db, weeks[0]):
        if on <= today and jurisdiction in (only or (jurisdiction,)):
            counter[jurisdiction, on - timedelta(days=on.weekday())] += number
    places = sorted({place for place, _ in counter})
    rows = tuple(
        BarRow(jurisdiction_name(place, language), tuple(counter[place, week] for week in weeks)) for place in places
    )
    labels = tuple(f"{week.month}月{week.day}日" if language == "zh" else f"{week.day} {week:%b}" for week in weeks)
    return ActivityPicture(bars_svg(rows, labels, title), weeks, rows, labels)


def dates_picture(dates: Sequence[DateSummary], today: date, title: str, today_label: str) -> Markup:
    """Return the line of time of dates that come; its marks have the numbers of the list beside it."""
    points = [TimelinePoint(number, row.on, "circle", row.on.isoformat()) for number, row in enumerate(dates, 1)]
    return timeline_svg(points[:_MOST_POINTS], today, title, today_label) if len(points) > 1 else Markup("")


def heat_map(db: Database, instrument_id: str, reading: Reading, title: str, language: str = "en") -> HeatMap:
    """Return how often each unit of the newest text changed, whatever number it bore then; labels are in *language*."""
    counter: Counter[str] = Counter()
    for row in changes.of_instrument(db, instrument_id):
        comparison = changes.get_set(db, row.id)
        names = {old: new for old, new in comparison.pairs if old != new}
        touched = {
            change.new_unit or ""
            for change in comparison.changes
            if change.kind is not ChangeKind.RENUMBERED and change.weight is not Weight.REFERENCE
        }
        counter = Counter({names.get(unit, unit): number for unit, number in counter.items()})
        counter.update(unit for unit in touched if unit)
    units = [provision for provision in reading.walk() if provision.kind in _UNITS]
    most = max(counter.values(), default=0)
    rows = tuple((unit.eid, unit.citation or unit.label or unit.eid, counter[unit.eid]) for unit in units)
    cells = [
        HeatCell(_short(unit, reading.language, language), counter[unit.eid], _shade(counter[unit.eid], most))
        for unit in units
    ]
    return HeatMap(heat_svg(cells, title) if most else Markup(""), rows)


def coverage_picture(places: Sequence[JurisdictionCoverage], title: str, language: str = "en") -> Markup:
    """Return a square for each authority with the number of its sources: full when fresh, hatched when overdue."""
    rows = [
        (jurisdiction_name(place.jurisdiction, language), [_square(row, language) for row in place.authorities])
        for place in places
        if place.authorities
    ]
    return squares_svg(rows, title)


def _square(row: AuthorityCoverage, language: str) -> HeatCell:
    shade = 1 if row.overdue and row.newest_read_at else 2 if row.newest_read_at else 0
    name = authority_short(row.authority, language=language) if row.authority else row.name
    return HeatCell(name, len(row.sources), shade)


def _short(unit: Provision, own_language: str, language: str) -> str:
    if language != "en" and own_language.startswith(language):
        return unit.label or unit.citation
    return citation_gloss(unit.citation) or f"{unit.kind.abbreviation} {unit.number}"


def _shade(number: int, most: int) -> int:
    return min(4, -(-4 * number // most)) if number and most else 0
