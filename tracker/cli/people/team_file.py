"""The subscriptions of a team in one TOML file: read, checked whole, and brought in once."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlite_utils import Database

from storage import subscriptions
from storage.database.connection import transaction
from storage.records import Cadence, Channel, EventKind, Filters, Weekday, Weight
from tracker.cli.command import Jurisdiction
from tracker.cli.people.subscribers import check_person, check_way
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.subscriptions.filter_options import validate_filters


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Wish(_Strict):
    jurisdictions: tuple[Jurisdiction, ...] = ()
    authorities: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    words: tuple[str, ...] = ()
    least_weight: Weight | None = None
    cadence: Cadence = Cadence.AT_ONCE
    channel: Channel = Channel.EMAIL
    target: str = ""
    hour: Annotated[int, Field(ge=0, le=23)] = 8
    when_quiet: bool = False
    weekday: Weekday = Weekday.MONDAY

    def filters(self) -> Filters:
        return Filters(
            jurisdictions=tuple(value.value for value in self.jurisdictions),
            authorities=self.authorities,
            sources=self.sources,
            instruments=self.instruments,
            provisions=self.provisions,
            topics=self.topics,
            kinds=tuple(value.value for value in self.kinds),
            words=self.words,
            least_weight=self.least_weight,
        )


class _Person(_Strict):
    address: str
    name: str = ""
    timezone: str = "UTC"
    language: str = "en"
    subscription: tuple[_Wish, ...] = ()


class _Team(_Strict):
    subscriber: tuple[_Person, ...]


def bring_in(service: AppContext, path: Path) -> tuple[int, int]:
    """Store what *path* asks for; return how many subscriptions are new and how many were known.

    Raises UsageError naming the place that is wrong, and then stores nothing.
    """
    team, db, now, new_count, known_count = _read(path), service.db, service.clock(), 0, 0
    _refuse_unknown(service, team, path)
    with transaction(db):
        for person in team.subscriber:
            number = subscriptions.add_subscriber(
                db, person.address, name=person.name, timezone=person.timezone, language=person.language
            )
            for wish in person.subscription:
                is_new = _add_once(db, number, wish, now)
                new_count, known_count = new_count + is_new, known_count + (not is_new)
    return new_count, known_count


def _read(path: Path) -> _Team:
    try:
        team = _Team.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{path}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from None
    for person in team.subscriber:
        check_person(person.address, person.timezone)
        for wish in person.subscription:
            check_way(wish.channel, wish.target)
    return team


def _refuse_unknown(service: AppContext, team: _Team, path: Path) -> None:
    """Raise UsageError for the first wish that names what there is not."""
    for person in team.subscriber:
        for wish in person.subscription:
            try:
                validate_filters(service, wish.filters())
            except UsageError as error:
                raise UsageError(f"{path}: {person.address}: {error}") from None


def _add_once(db: Database, person: int, wish: _Wish, now: datetime) -> bool:
    """Store a wish unless the person has the same one already; return whether it is new."""
    filters = wish.filters()
    wanted_values = (filters, wish.cadence, wish.channel, wish.target, wish.hour, wish.weekday, wish.when_quiet)
    for subscription in subscriptions.of_subscriber(db, person):
        present_values = (
            subscription.filters,
            subscription.cadence,
            subscription.channel,
            subscription.target,
            subscription.hour,
            subscription.weekday,
            subscription.when_quiet,
        )
        if present_values == wanted_values and subscription.status == "confirmed":
            return False
    subscriptions.add(
        db,
        person,
        filters,
        cadence=wish.cadence,
        channel=wish.channel,
        hour=wish.hour,
        now=now,
        target=wish.target,
        when_quiet=wish.when_quiet,
        weekday=wish.weekday,
    )
    return True
