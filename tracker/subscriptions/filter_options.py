"""Filter options: what can be asked for here, and the refusal of what is neither declared nor known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from storage import events, instruments, versions
from storage.records import Filters, Provision, ProvisionKind, ReviewState
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.reading.authorities import table
from tracker.reading.topics import all_topics

_TRADITIONS = ("china", "europe", "america", "india")
_MOST_NAMED = 24  # as many can be read in one line
_STEP = re.compile(rf"({'|'.join(sorted({kind.abbreviation for kind in ProvisionKind}))})_[\w.-]+")


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """What a subscription may name, but for instruments and their provisions, which are too many to list."""

    jurisdictions: tuple[str, ...]
    topics: tuple[str, ...]

    @classmethod
    def of(cls, context: AppContext) -> FilterOptions:
        """Return what can be watched here."""
        declarations = context.sources.values()
        jurisdictions = {
            *instruments.count_by_jurisdiction(context.db),
            *(source.jurisdiction for source in declarations),
        }
        topics = {
            *all_topics(),
            *instruments.count_by_topic(context.db),
            *(topic for source in declarations for topic in source.topics),
        }
        return cls(tuple(sorted(jurisdictions)), tuple(sorted(topics)))


def validate_filters(context: AppContext, filters: Filters) -> None:
    """Raise UsageError, naming it and what there is, for what is asked for and can never be told of."""
    offers = FilterOptions.of(context) if filters.jurisdictions or filters.topics else FilterOptions((), ())
    _refuse("jurisdiction", filters.jurisdictions, offers.jurisdictions)
    _refuse("topic", filters.topics, offers.topics)
    if filters.authorities:
        _refuse("authority", filters.authorities, _authorities(context))
    _refuse("source", filters.sources, tuple(context.sources))
    declared_ids = {instrument_id.instrument for instrument_id in context.sources.values()}
    for instrument_id in filters.instruments:
        if instrument_id not in declared_ids and instruments.find(context.db, instrument_id) is None:
            known_ids = {instrument.id for instrument in instruments.all_instruments(context.db)}
            _refuse("instrument", (instrument_id,), known_ids | declared_ids - {""})
    for eid in filters.provisions:
        _refuse_provision(context, eid, filters.instruments)


def _refuse(noun: str, names: Iterable[str], choices: Iterable[str]) -> None:
    options = sorted(set(choices))
    for name in names:
        if name not in options:
            raise UsageError(f"there is no {noun} {name[:60]!r}; {_list_options(name, options)}")


def _list_options(name: str, options: list[str]) -> str:
    """Return what there is: all of it, or what looks like *name* when it is much."""
    if not options:
        return "none is known yet"
    if len(options) <= _MOST_NAMED:
        return f"there {'is' if len(options) == 1 else 'are'} {', '.join(options)}"
    near = get_close_matches(name[:60], options, 5, 0.4)
    return f"nearest are {', '.join(near)}" if near else f"they look like {options[0]}"


def _authorities(context: AppContext) -> set[str]:
    """Return the authorities of our tables, those a declaration names, and those that events were about."""
    known_ids = {entry.authority.id for package in _TRADITIONS for entry in table(package)}
    declared_ids = {name for source in context.sources.values() for name in source.authority}
    return known_ids | declared_ids | set(events.subjects(context.db)["authorities"])


def _refuse_provision(context: AppContext, eid: str, instrument_ids: tuple[str, ...]) -> None:
    if not all(_STEP.fullmatch(step) for step in eid.split("__")):
        raise UsageError(f"there is no provision {eid[:60]!r}; one looks like art_20 or art_5__para_1")
    with_text = [
        instrument_id
        for instrument_id in instrument_ids
        if versions.find_latest(context.db, instrument_id, standing=ReviewState.CONFIRMED)
    ]
    if (
        with_text
        and len(with_text) == len(instrument_ids)
        and not any(versions.lineage(context.db, instrument_id, eid) for instrument_id in with_text)
    ):
        raise UsageError(
            f"there is no provision {eid[:60]!r} in {', '.join(with_text)}; {_units(context, with_text[0])}"
        )


def _units(context: AppContext, instrument_id: str) -> str:
    """Return in words which units an instrument has now."""
    latest = versions.find_latest(context.db, instrument_id, standing=ReviewState.CONFIRMED)
    assert latest is not None, "an instrument that was read has no version"
    units = [unit.eid for top in latest.reading.provisions for unit in _units_in(top)]
    some = units if len(units) <= _MOST_NAMED else [*units[:3], "…", units[-1]]
    return f"it has {', '.join(some)}" if units else "it has none"


def _units_in(top: Provision) -> list[Provision]:
    """Return the provisions that stand by themselves: those whose eid is one step and that hold no such one."""
    inner = [unit for child in top.children if "__" not in child.eid for unit in _units_in(child)]
    return inner or [top]
