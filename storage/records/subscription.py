"""Subscribers and what they asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.change import Weight


class Cadence(StrEnum):
    """How often a subscription is told."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Weekday(StrEnum):
    """On which day of the subscriber's week a weekly digest comes; the order of the members is the week's."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Return the day's number as ``date.weekday`` counts, Monday first."""
        return list(Weekday).index(self)


class Channel(StrEnum):
    """How a subscription is told."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    APPRISE = "apprise"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person who may be told; ``refused_at`` says since when their address takes no mail, ``refusal`` why."""

    id: int
    address: str
    name: str = ""
    timezone: str = "UTC"
    language: str = "en"
    refused_at: datetime | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a subscription is about; an empty filter lets everything through.

    ``provisions`` are eids (``art_20``): what changed must stand in one of them.
    """

    jurisdictions: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    least_weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscriber's wish: filters, cadence and channel. Events before ``created_at`` are not for it.

    ``hour`` and ``weekday`` are the subscriber's own, of digests and reminders.
    ``pending`` until its owner confirmed it; ``target`` is where a channel other than mail leads; ``when_quiet`` asks
    for a digest also when nothing changed.
    """

    id: int
    subscriber_id: int
    filters: Filters
    created_at: datetime
    cadence: Cadence = Cadence.AT_ONCE
    channel: Channel = Channel.EMAIL
    hour: int = 8
    active: bool = True
    pending: bool = False
    target: str = ""
    when_quiet: bool = False
    weekday: Weekday = Weekday.MONDAY

    @property
    def status(self) -> str:
        """Return in one word where the subscription stands: pending, confirmed or ended."""
        if not self.active:
            return "ended"
        return "pending" if self.pending else "confirmed"
