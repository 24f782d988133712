"""Why somebody gets a message, in words: what their subscriptions ask for."""

from __future__ import annotations

from collections.abc import Sequence

from storage.records import Subscription
from tracker.render.names import authority_short, jurisdiction_name, topic_name
from tracker.telling.wording import short_citation
from tracker.telling.words import ENGLISH, Words


def reason(subscriptions: Sequence[Subscription], words: Words = ENGLISH) -> str:
    """Return in words what the subscriptions ask for."""
    return words("reason.or").join(dict.fromkeys(wish(each, words) for each in subscriptions))


def wish(subscription: Subscription, words: Words = ENGLISH) -> str:
    """Return in words what one subscription asks for."""
    filters, language = subscription.filters, words.language
    asked = [
        [jurisdiction_name(each, language) for each in filters.jurisdictions],
        [authority_short(each, language=language) for each in filters.authorities],
        filters.sources,
        filters.instruments,
        [_cited(each, words) for each in filters.provisions],
        [topic_name(each, language) for each in filters.topics],
        [words(f"kind.{each}") if f"kind.{each}" in words.labels else each for each in filters.kinds],
    ]
    parts = [words("reason.listed").join(each) for each in asked]
    if filters.words:
        quoted = words("reason.listed").join(words("reason.word", word=each) for each in filters.words)
        parts.append(words("reason.words", words=quoted))
    if filters.least_weight:
        parts.append(words(f"reason.weight_{filters.least_weight.value}"))
    said = words("reason.between").join(part for part in parts if part) or words("reason.everything")
    return words("reason.said", asked=said, cadence=words(f"reason.{subscription.cadence.value}"))


def _cited(eid: str, words: Words) -> str:
    return " ".join(short_citation(step, words) for step in eid.split("__"))
