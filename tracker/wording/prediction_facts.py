"""What is said of a computed text beside its changes: from when, out of what, and which instructions were left open."""

from __future__ import annotations

from collections.abc import Iterator

from storage.records import Event
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import day, day_of, short_citation
from tracker.wording.text_fit import one_line

_LONGEST = 300
_MOST_UNITS = 12


def prediction_facts(event: Event, words: Labels = ENGLISH) -> Iterator[tuple[str, str]]:
    """Yield a name and a value for each fact of a computed text: its days by scope, its mark, what was left open."""
    days = event.details.get("days") or [["", []]]
    for on, units in days:
        whole = len(days) == 1
        on_day = day(day_of(on), words) if on else words("fact.not_stated")
        names = words("fact.listed").join(short_citation(unit, words) for unit in units[:_MOST_UNITS])
        scope = "" if whole else f" ({names}{' …' if len(units) > _MOST_UNITS else ''})"
        yield words("fact.effect"), one_line(f"{on_day}{scope}", _LONGEST)
    mark = one_line(str(event.details.get("mark") or ""), _LONGEST)
    yield words("fact.computed"), mark if words.language == ENGLISH.language else words("fact.computed_from_act")
    open_count, count = int(event.details.get("open") or 0), int(event.details.get("instructions") or 0)
    if open_count:
        yield words("fact.open"), words("fact.open_count", n=open_count, count=count)
