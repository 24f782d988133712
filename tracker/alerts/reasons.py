"""Why somebody gets a message, in words: what their subscriptions ask for."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import Cadence, Subscription
from tracker.render.names import authority_short, jurisdiction_name, topic_name
from tracker.telling.wording import short_citation

_CADENCES = {Cadence.AT_ONCE: "at once", Cadence.DAILY: "daily", Cadence.WEEKLY: "weekly"}


def reason(subscriptions: Sequence[Subscription]) -> str:
    """Return in words what the subscriptions ask for."""
    return " or ".join(dict.fromkeys(wish(each) for each in subscriptions))


def wish(subscription: Subscription) -> str:
    """Return in words what one subscription asks for."""
    filters = subscription.filters
    parts = [
        ", ".join(jurisdiction_name(each) for each in filters.jurisdictions),
        ", ".join(authority_short(each) for each in filters.authorities),
        ", ".join(filters.sources),
        ", ".join(filters.instruments),
        ", ".join(_cited(each) for each in filters.provisions),
        ", ".join(topic_name(each) for each in filters.topics),
        ", ".join(each.replace("_", " ") for each in filters.kinds),
        "the words " + ", ".join(f"“{each}”" for each in filters.words) if filters.words else "",
        f"{filters.least_weight.value} weight or more" if filters.least_weight else "",
    ]
    return f"{'; '.join(part for part in parts if part) or 'everything'} ({_CADENCES[subscription.cadence]})"


def _cited(eid: str) -> str:
    return " ".join(short_citation(step) for step in eid.split("__"))
