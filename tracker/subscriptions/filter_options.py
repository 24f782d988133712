"""What can be asked for here: what is declared, what is known already, and what is neither and refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from storage import events, instruments, lists, versions
from storage.records import Filters, Provision, ProvisionKind, ReviewState
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.reading.authorities import table
from tracker.reading.topics import all_topics

_TRADITIONS = ("china", "europe", "america", "india")
_MOST_NAMED = 24  # as many can be read in one line
_STEP = re.compile(rf"({'|'.join(sorted({kind.abbreviation for kind in ProvisionKind}))})_[\w.-]+")


@dataclass(frozen=True, slots=True)
class Offers:
    """What a subscription may name, but for instruments and their provisions, which are too many to list."""

    jurisdictions: tuple[str, ...]
    topics: tuple[str, ...]

    @classmethod
    def of(cls, service: AppContext) -> Offers:
        """Return what can be watched here."""
        declared = service.sources.values()
        held = {*lists.jurisdictions(service.db), *(each.jurisdiction for each in declared)}
        about = {*all_topics(), *lists.topics(service.db), *(topic for each in declared for topic in each.topics)}
        return cls(tuple(sorted(held)), tuple(sorted(about)))


def validate_filters(service: AppContext, filters: Filters) -> None:
    """Raise UsageError, naming it and what there is, for what is asked for and can never be told of."""
    offers = Offers.of(service) if filters.jurisdictions or filters.topics else Offers((), ())
    _refuse("jurisdiction", filters.jurisdictions, offers.jurisdictions)
    _refuse("topic", filters.topics, offers.topics)
    if filters.authorities:
        _refuse("authority", filters.authorities, _authorities(service))
    _refuse("source", filters.sources, tuple(service.sources))
    declared = {each.instrument for each in service.sources.values()}
    for each in filters.instruments:
        if each not in declared and instruments.find(service.db, each) is None:
            read = {known.id for known in instruments.all_instruments(service.db)}
            _refuse("instrument", (each,), read | declared - {""})
    for eid in filters.provisions:
        _refuse_provision(service, eid, filters.instruments)


def _refuse(noun: str, asked: Iterable[str], known: Iterable[str]) -> None:
    offered = sorted(set(known))
    for each in asked:
        if each not in offered:
            raise UsageError(f"there is no {noun} {each[:60]!r}; {_named(each, offered)}")


def _named(asked: str, offered: list[str]) -> str:
    """Return what there is: all of it, or what looks like *asked* when it is much."""
    if not offered:
        return "none is known yet"
    if len(offered) <= _MOST_NAMED:
        return f"there {'is' if len(offered) == 1 else 'are'} {', '.join(offered)}"
    near = get_close_matches(asked[:60], offered, 5, 0.4)
    return f"nearest are {', '.join(near)}" if near else f"they look like {offered[0]}"


def _authorities(service: AppContext) -> set[str]:
    """Return the authorities of our tables, those a declaration names, and those that events were about."""
    signing = {known.authority.id for package in _TRADITIONS for known in table(package)}
    declared = {name for each in service.sources.values() for name in each.authority}
    return signing | declared | set(events.subjects(service.db)["authorities"])


def _refuse_provision(service: AppContext, eid: str, named: tuple[str, ...]) -> None:
    if not all(_STEP.fullmatch(step) for step in eid.split("__")):
        raise UsageError(f"there is no provision {eid[:60]!r}; one looks like art_20 or art_5__para_1")
    read = [each for each in named if versions.find_latest(service.db, each, standing=ReviewState.CONFIRMED)]
    if read and len(read) == len(named) and not any(versions.lineage(service.db, each, eid) for each in read):
        raise UsageError(f"there is no provision {eid[:60]!r} in {', '.join(read)}; {_units(service, read[0])}")


def _units(service: AppContext, instrument_id: str) -> str:
    """Return in words which units an instrument has now."""
    latest = versions.find_latest(service.db, instrument_id, standing=ReviewState.CONFIRMED)
    assert latest is not None, "an instrument that was read has no version"
    units = [each.eid for top in latest.reading.provisions for each in _units_in(top)]
    shown = units if len(units) <= _MOST_NAMED else [*units[:3], "…", units[-1]]
    return f"it has {', '.join(shown)}" if units else "it has none"


def _units_in(top: Provision) -> list[Provision]:
    """Return the provisions that stand by themselves: those whose eid is one step and that hold no such one."""
    inner = [unit for child in top.children if "__" not in child.eid for unit in _units_in(child)]
    return inner or [top]
