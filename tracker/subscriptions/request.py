"""Subscription request: what somebody may ask for, in one shape for form, API, team file and command line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field
from sqlite_utils import Database

from storage import subscriptions
from storage.records import Cadence, Channel, EventKind, Filters, Subscriber, Subscription, Weekday, Weight
from tracker.alerts.errors import SignUpError
from tracker.wording.text_fit import one_line

_ADDRESS = re.compile(r"[^\s@<>,;:\"\\()\[\]]{1,64}@[^\s@<>,;:\"\\()\[\]]{1,250}")
_LINK = re.compile(r"://|www\.|@|\w\.[^\W\d]{2,}\b", re.IGNORECASE)
_MOST_WORDS = 20
_LONGEST = 100
TextsField = Annotated[list[Annotated[str, Field(min_length=1, max_length=_LONGEST)]], Field(max_length=_MOST_WORDS)]


@dataclass(frozen=True, slots=True)
class SubscriptionRequest:
    """What somebody asks for: who they are, what it is to be about, how often and on which way it comes."""

    address: str
    filters: Filters = field(default_factory=Filters)
    cadence: Cadence = Cadence.AT_ONCE
    hour: int = 8
    timezone: str = "UTC"
    name: str = ""
    language: str = "en"
    when_quiet: bool = False
    weekday: Weekday = Weekday.MONDAY
    channel: Channel = Channel.EMAIL
    target: str = ""

    def is_granted_by(self, subscription: Subscription) -> bool:
        """Return whether *subscription*, of the same person, is just what is asked for."""
        return subscription.status == "confirmed" and _terms(self) == _terms(subscription)


class SubscriptionTerms(BaseModel):
    """What a program or a file asks for; an empty list lets everything through."""

    model_config = ConfigDict(extra="forbid")

    jurisdictions: TextsField = []
    authorities: TextsField = []
    sources: TextsField = []
    instruments: TextsField = []
    provisions: TextsField = []
    topics: TextsField = []
    kinds: list[EventKind] = Field(default=[], max_length=20)
    words: TextsField = []
    least_weight: Weight | None = None
    cadence: Cadence = Cadence.AT_ONCE
    hour: int = Field(default=8, ge=0, le=23, description="Of a digest, in the subscriber's time zone")
    weekday: Weekday = Field(default=Weekday.MONDAY, description="Of a weekly digest")
    when_quiet: bool = Field(default=False, description="Send a digest also when nothing changed")
    channel: Channel = Channel.EMAIL
    target: str = Field(default="", max_length=2_000, description="Of a webhook or of Apprise: where messages go")

    def request(
        self, address: str, *, name: str = "", timezone: str = "UTC", language: str = "en"
    ) -> SubscriptionRequest:
        """Return these terms as the request of one person."""
        lists = ("jurisdictions", "authorities", "sources", "instruments", "provisions", "topics", "words")
        filters = Filters(
            **{facet: tuple(getattr(self, facet)) for facet in lists},
            kinds=tuple(kind.value for kind in self.kinds),
            least_weight=self.least_weight,
        )
        return SubscriptionRequest(
            address=address,
            filters=filters,
            name=name,
            timezone=timezone,
            language=language,
            **{term: getattr(self, term) for term in _TERMS},
        )


_TERMS = ("cadence", "hour", "weekday", "when_quiet", "channel", "target")


def request_of(subscription: Subscription, person: Subscriber) -> SubscriptionRequest:
    """Return the request that *subscription* grants."""
    return SubscriptionRequest(
        address=person.address,
        filters=subscription.filters,
        name=person.name,
        timezone=person.timezone,
        language=person.language,
        **{term: getattr(subscription, term) for term in _TERMS},
    )


TARGETS = {  # what the target of each channel looks like, and what is said when it does not
    Channel.EMAIL: (r"\Z", "mail goes to the subscriber's address; a target is for other channels"),
    Channel.WEBHOOK: (r"https?://", "a webhook needs a target that is a http or https address"),
    Channel.APPRISE: (r".*://", "apprise needs a target that is one of its addresses"),
}


def validate_request(request: SubscriptionRequest) -> None:
    """Raise SignUpError, in words for the one who asked, when nobody could be told so."""
    if not is_address(request.address):
        raise SignUpError("that is no email address")
    if request.timezone not in available_timezones():
        raise SignUpError(f"there is no time zone {one_line(request.timezone, 40)!r}; one looks like Asia/Shanghai")
    if not 0 <= request.hour <= 23:
        raise SignUpError("the hour is a number from 0 to 23")
    pattern, refusal = TARGETS[request.channel]
    if not re.match(pattern, request.target):
        raise SignUpError(refusal)


def validate_words(request: SubscriptionRequest) -> None:
    """Raise SignUpError for words that a stranger must not have us print in a mail to somebody else."""
    filters = request.filters
    texts = [*filters.words, *filters.instruments, *filters.provisions, *filters.sources, *filters.authorities]
    if any(_LINK.search(one_line(word, len(word))) for word in filters.words):  # as our mail would print them
        raise SignUpError("words to look for are words of the law; addresses of mail and of web pages are not taken")
    if len(texts) > _MOST_WORDS or any(not 0 < len(text.strip()) <= _LONGEST for text in texts):
        raise SignUpError(f"at most {_MOST_WORDS} words and names, each of at most {_LONGEST} characters")


def is_address(text: str) -> bool:
    """Return whether *text* is one email address, in any script."""
    return len(text) <= 254 and text.isprintable() and _ADDRESS.fullmatch(text) is not None


def store_request(db: Database, request: SubscriptionRequest, now: datetime, *, pending: bool = False) -> Subscription:
    """Store what is asked for, and its person unless they are known, within the caller's transaction."""
    person = subscriptions.add_subscriber(
        db,
        request.address,
        name=one_line(request.name, _LONGEST),
        timezone=request.timezone,
        language=request.language,
    )
    terms = {term: getattr(request, term) for term in _TERMS}
    return subscriptions.get(db, subscriptions.add(db, person, request.filters, now=now, pending=pending, **terms))


def _terms(terms_of: SubscriptionRequest | Subscription) -> tuple[object, ...]:
    return (terms_of.filters, *(getattr(terms_of, term) for term in _TERMS))
