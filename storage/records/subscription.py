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


class Channel(StrEnum):
    """How a subscription is told."""

    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A person who may be told."""

    id: int
    address: str
    name: str = ""
    timezone: str = "UTC"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a subscription is about; an empty filter lets everything through."""

    jurisdictions: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    least_weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscriber's wish: filters, cadence and channel. Events before ``created_at`` are not for it."""

    id: int
    subscriber_id: int
    filters: Filters
    created_at: datetime
    cadence: Cadence = Cadence.AT_ONCE
    channel: Channel = Channel.EMAIL
    hour: int = 8
    active: bool = True
