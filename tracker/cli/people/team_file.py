"""The subscriptions of a team in one TOML file: read, checked whole, and brought in once."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from storage import subscriptions
from storage.database.connection import transaction
from tracker.cli.people.subscribers import refuse_unfit
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.subscriptions.filter_options import validate_filters
from tracker.subscriptions.request import SubscriptionRequest, SubscriptionTerms, store_request


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Person(_Strict):
    address: str
    name: str = ""
    timezone: str = "UTC"
    language: str = "en"
    subscription: tuple[SubscriptionTerms, ...] = ()

    def requests(self) -> list[SubscriptionRequest]:
        return [terms.request(self.address, **self.details()) for terms in self.subscription]

    def details(self) -> dict[str, str]:
        return {"name": self.name, "timezone": self.timezone, "language": self.language}


class _Team(_Strict):
    subscriber: tuple[_Person, ...]


def bring_in(context: AppContext, path: Path) -> tuple[int, int]:
    """Store what *path* asks for; return how many subscriptions are new and how many were known.

    Raises UsageError naming the place that is wrong, and then stores nothing.
    """
    people = _read(path)
    requests, now, new_count = [request for person in people for request in person.requests()], context.clock(), 0
    for request in requests:
        _refuse_unknown(context, request, path)
    with transaction(context.db):
        for person in people:
            subscriptions.add_subscriber(context.db, person.address, **person.details())
        for request in requests:
            number = subscriptions.add_subscriber(context.db, request.address)
            held_subscriptions = subscriptions.of_subscriber(context.db, number)
            if not any(request.is_granted_by(subscription) for subscription in held_subscriptions):
                store_request(context.db, request, now)
                new_count += 1
    return new_count, len(requests) - new_count


def _read(path: Path) -> tuple[_Person, ...]:
    try:
        team = _Team.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{path}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from None
    for person in team.subscriber:
        for request in (SubscriptionTerms().request(person.address, **person.details()), *person.requests()):
            refuse_unfit(request)
    return team.subscriber


def _refuse_unknown(context: AppContext, request: SubscriptionRequest, path: Path) -> None:
    """Raise UsageError for a request that names what there is not."""
    try:
        validate_filters(context, request.filters)
    except UsageError as error:
        raise UsageError(f"{path}: {request.address}: {error}") from None
