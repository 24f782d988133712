"""What the form of a subscription offers, and what came back of it; pure but for the lists it offers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar
from zoneinfo import available_timezones

from storage import instruments
from storage.records import Cadence, EventKind, Filters, Weekday, Weight
from tracker.alerts import SignUpError
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.subscriptions.filter_options import FilterOptions, validate_filters
from tracker.subscriptions.request import SubscriptionRequest
from tracker.web.forms import FormData
from tracker.web.page_templates import LANGUAGE, own_title
from tracker.wording.text_fit import one_line

KINDS = {
    EventKind.NEW_INSTRUMENT: "a new law or guidance",
    EventKind.NEW_VERSION: "a changed text",
    EventKind.DRAFT_OPENED: "a draft open for comment",
    EventKind.DATE_NEAR: "a deadline or date coming near",
    EventKind.DATE_MOVED: "a date moved or postponed",
    EventKind.AMENDING_ACT: "an amending act not yet reflected in the text",
    EventKind.WILL_CHANGE: "the text as an amending act will change it, computed",
    EventKind.DIFFERED: "an official text that differs from the computed one",
    EventKind.REPEALED: "a law repealed or replaced",
    EventKind.CORRECTED: "a correction of an earlier alert",
    EventKind.REVERSED: "a withdrawn change",
}
WEIGHTS = {
    None: "everything, including updated cross-references",
    Weight.EDITORIAL: "rewording or higher",
    Weight.LOW: "low weight or higher",
    Weight.MEDIUM: "medium weight or higher",
    Weight.HIGH: "only high weight",
}
_BETWEEN = re.compile(r"[,，、;；\n]+")
_Kind = TypeVar("_Kind", Cadence, Weekday, Weight)


def blank_request(service: AppContext, names: FormData) -> SubscriptionRequest:
    """Return the wish a form begins with: empty, but for what the link to it asked for and we know."""
    options = FilterOptions.of(service)
    instrument_ids = [name for name in names.many("instrument") if instruments.find(service.db, name)]
    filters = Filters(
        jurisdictions=tuple(name for name in names.many("jurisdiction") if name in options.jurisdictions),
        topics=tuple(name for name in names.many("topic") if name in options.topics),
        instruments=tuple(instrument_ids[:20]),
        kinds=tuple(name for name in names.many("kind") if name in list(KINDS)),
        words=words_in(names.one("words"))[:20],
        least_weight=next((weight for weight in Weight if weight.value == names.one("least")), None),
    )
    return SubscriptionRequest("", filters)


def request_of_form(
    service: AppContext, form: FormData, before: SubscriptionRequest | None = None
) -> SubscriptionRequest:
    """Return what the form asks for; what has no field on it stays as it was *before*.

    Raises SignUpError, in words for the one who asked, for what cannot be ticked on our form or must not be mailed.
    """
    filters = replace(
        before.filters if before else Filters(),
        jurisdictions=_once(form.many("jurisdiction")),
        topics=_once(form.many("topic")),
        instruments=_once(form.many("instrument")),
        kinds=_among(form.many("kind"), list(KINDS), "kind of news"),
        words=words_in(form.one("words")),
        least_weight=_one_of(Weight, form.one("least"), "weight") if form.one("least") else None,
    )
    try:
        validate_filters(service, filters)
    except UsageError as error:
        raise SignUpError(str(error)) from None
    hour = form.one("hour") or "8"
    if not (hour.isascii() and hour.isdigit() and len(hour) < 3):
        raise SignUpError("the hour is a number from 0 to 23")
    return replace(
        before or SubscriptionRequest(form.one("address"), language=LANGUAGE.get()),
        filters=filters,
        cadence=_one_of(Cadence, form.one("cadence") or Cadence.AT_ONCE.value, "rhythm"),
        hour=int(hour),
        weekday=_one_of(Weekday, form.one("weekday") or Weekday.MONDAY.value, "weekday"),
        timezone=form.one("timezone") or "UTC",
        when_quiet=bool(form.one("when_quiet")),
    )


def cadences(weekday: str) -> dict[Cadence, str]:
    """Return in words how often somebody may be told, the weekly digest on its own day."""
    day = weekday.capitalize() if weekday in set(Weekday) else "one day"
    return {Cadence.AT_ONCE: "at once", Cadence.DAILY: "once a day", Cadence.WEEKLY: f"once a week, on {day}"}


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a line, which commas part.

    >>> words_in("评估、 deep fake, AI")
    ('评估', 'deep fake', 'AI')
    """
    return tuple(dict.fromkeys(filter(None, (one_line(word, len(text)) for word in _BETWEEN.split(text)))))


def form_values(
    service: AppContext, request: SubscriptionRequest | None, form: FormData | None = None
) -> dict[str, Any]:
    """Return what the template of the form needs: of a wish, or of what was sent and could not be one."""
    options = FilterOptions.of(service)
    values = _of_sent(form) if request is None and form is not None else _of_request(request or SubscriptionRequest(""))
    titles = {instrument_id: instruments.find(service.db, instrument_id) for instrument_id in values["instruments"]}
    return {
        "wish": values,
        "offered": options,
        "followed": [
            (instrument_id, own_title(instrument.title, instrument.title_native) or instrument_id)
            for instrument_id, instrument in titles.items()
            if instrument
        ],
        "kinds": KINDS,
        "cadences": cadences(values["weekday"]),
        "weekdays": {day.value: day.value.capitalize() for day in Weekday},
        "weights": WEIGHTS,
        "zones": sorted(available_timezones() - {"Factory", "localtime"}),
    }


def _of_request(request: SubscriptionRequest) -> dict[str, Any]:
    filters = request.filters
    return {
        "address": request.address,
        "jurisdictions": filters.jurisdictions,
        "topics": filters.topics,
        "instruments": filters.instruments,
        "kinds": filters.kinds,
        "words": ", ".join(filters.words),
        "least": filters.least_weight.value if filters.least_weight else "",
        "cadence": request.cadence.value,
        "hour": str(request.hour),
        "timezone": request.timezone,
        "when_quiet": request.when_quiet,
        "weekday": request.weekday.value,
    }


def _of_sent(form: FormData) -> dict[str, Any]:
    """Return what somebody typed, as they typed it."""
    plain = {
        name: form.one(name)[:2_000] for name in ("address", "words", "least", "cadence", "hour", "timezone", "weekday")
    }
    lists = {f"{name}s": form.many(name) for name in ("jurisdiction", "topic", "instrument", "kind")}
    return {**plain, **lists, "when_quiet": bool(form.one("when_quiet"))}


def _among(names: Sequence[str], choices: Sequence[str], name: str) -> tuple[str, ...]:
    if strange := [name_given for name_given in names if name_given not in choices]:
        raise SignUpError(f"there is no {name} {strange[0][:40]!r}")
    return _once(names)


def _once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names[:100]))


def _one_of(kind: type[_Kind], names: str, name: str) -> _Kind:
    try:
        return kind(names)
    except ValueError:
        raise SignUpError(f"there is no {name} {names[:40]!r}") from None
