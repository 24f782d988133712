"""What the form of a subscription offers, and what came back of it; pure but for the lists it offers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar
from zoneinfo import available_timezones

from storage import instruments
from storage.records import Cadence, EventKind, Filters, Subscriber, Subscription, Weight
from tracker.alerts import SignUpError
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.subscriptions.filter_options import Offers, validate_filters
from tracker.subscriptions.sign_up import SubscriptionRequest
from tracker.web.forms import Submitted
from tracker.wording.text_fit import one_line

KINDS = {
    EventKind.NEW_INSTRUMENT: "a new law or guidance",
    EventKind.NEW_VERSION: "a changed text",
    EventKind.DRAFT_OPENED: "a draft open for comment",
    EventKind.DATE_NEAR: "a deadline or date coming near",
    EventKind.DATE_MOVED: "a date moved or postponed",
    EventKind.AMENDING_ACT: "an amending act, not yet in the text",
    EventKind.REPEALED: "a law repealed or replaced",
    EventKind.CORRECTED: "a correction of what we told",
    EventKind.REVERSED: "a change taken back",
}
CADENCES = {Cadence.AT_ONCE: "at once", Cadence.DAILY: "once a day", Cadence.WEEKLY: "once a week, on Monday"}
WEIGHTS = {
    None: "everything, down to references that only followed",
    Weight.EDITORIAL: "also mere rewording",
    Weight.LOW: "low weight or more",
    Weight.MEDIUM: "medium weight or more",
    Weight.HIGH: "only high weight",
}
_BETWEEN = re.compile(r"[,，、;；\n]+")
_Kind = TypeVar("_Kind", Cadence, Weight)


def blank(service: AppContext, asked: Submitted) -> SubscriptionRequest:
    """Return the wish a form begins with: empty, but for what the link to it asked for and we know."""
    offered = Offers.of(service)
    named = [each for each in asked.many("instrument") if instruments.find(service.db, each)]
    filters = Filters(
        jurisdictions=tuple(each for each in asked.many("jurisdiction") if each in offered.jurisdictions),
        topics=tuple(each for each in asked.many("topic") if each in offered.topics),
        instruments=tuple(named[:20]),
    )
    return SubscriptionRequest("", filters)


def told_by(subscription: Subscription, person: Subscriber) -> SubscriptionRequest:
    """Return the wish that a subscription grants."""
    return SubscriptionRequest(
        person.address,
        subscription.filters,
        subscription.cadence,
        subscription.hour,
        person.timezone,
        when_quiet=subscription.when_quiet,
    )


def wished(service: AppContext, sent: Submitted, before: SubscriptionRequest | None = None) -> SubscriptionRequest:
    """Return what the form asks for; what has no field on it stays as it was *before*.

    Raises SignUpError, in words for the one who asked, for what cannot be ticked on our form or must not be mailed.
    """
    filters = replace(
        before.filters if before else Filters(),
        jurisdictions=_once(sent.many("jurisdiction")),
        topics=_once(sent.many("topic")),
        instruments=_once(sent.many("instrument")),
        kinds=_among(sent.many("kind"), list(KINDS), "kind of news"),
        words=words_in(sent.one("words")),
        least_weight=_one_of(Weight, sent.one("least"), "weight") if sent.one("least") else None,
    )
    try:
        validate_filters(service, filters)
    except UsageError as error:
        raise SignUpError(str(error)) from None
    hour = sent.one("hour") or "8"
    if not (hour.isascii() and hour.isdigit() and len(hour) < 3):
        raise SignUpError("the hour is a number from 0 to 23")
    return SubscriptionRequest(
        before.address if before else sent.one("address"),
        filters,
        _one_of(Cadence, sent.one("cadence") or Cadence.AT_ONCE.value, "rhythm"),
        int(hour),
        sent.one("timezone") or "UTC",
        when_quiet=bool(sent.one("when_quiet")),
    )


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a line, which commas part.

    >>> words_in("评估、 deep fake, AI")
    ('评估', 'deep fake', 'AI')
    """
    return tuple(dict.fromkeys(filter(None, (one_line(each, len(text)) for each in _BETWEEN.split(text)))))


def form_values(service: AppContext, wish: SubscriptionRequest | None, sent: Submitted | None = None) -> dict[str, Any]:
    """Return what the template of the form needs: of a wish, or of what was sent and could not be one."""
    offered = Offers.of(service)
    values = _of_sent(sent) if wish is None and sent is not None else _of_wish(wish or SubscriptionRequest(""))
    titles = {each: instruments.find(service.db, each) for each in values["instruments"]}
    return {
        "wish": values,
        "offered": offered,
        "followed": [(each, found.title or found.title_native or each) for each, found in titles.items() if found],
        "kinds": KINDS,
        "cadences": CADENCES,
        "weights": WEIGHTS,
        "zones": sorted(available_timezones() - {"Factory", "localtime"}),
    }


def _of_wish(wish: SubscriptionRequest) -> dict[str, Any]:
    filters = wish.filters
    return {
        "address": wish.address,
        "jurisdictions": filters.jurisdictions,
        "topics": filters.topics,
        "instruments": filters.instruments,
        "kinds": filters.kinds,
        "words": ", ".join(filters.words),
        "least": filters.least_weight.value if filters.least_weight else "",
        "cadence": wish.cadence.value,
        "hour": str(wish.hour),
        "timezone": wish.timezone,
        "when_quiet": wish.when_quiet,
    }


def _of_sent(sent: Submitted) -> dict[str, Any]:
    """Return what somebody typed, as they typed it."""
    plain = {name: sent.one(name)[:2_000] for name in ("address", "words", "least", "cadence", "hour", "timezone")}
    listed = {f"{name}s": sent.many(name) for name in ("jurisdiction", "topic", "instrument", "kind")}
    return {**plain, **listed, "when_quiet": bool(sent.one("when_quiet"))}


def _among(asked: Sequence[str], offered: Sequence[str], name: str) -> tuple[str, ...]:
    if strange := [each for each in asked if each not in offered]:
        raise SignUpError(f"there is no {name} {strange[0][:40]!r}")
    return _once(asked)


def _once(asked: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(asked[:100]))


def _one_of(kind: type[_Kind], asked: str, name: str) -> _Kind:
    try:
        return kind(asked)
    except ValueError:
        raise SignUpError(f"there is no {name} {asked[:40]!r}") from None
