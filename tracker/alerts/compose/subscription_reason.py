"""Why somebody gets a message, in words: what their subscriptions ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType

from sqlite_utils import Database

from storage import instruments, sources
from storage.records import Filters, Subscription
from tracker.render.display_names import authority_short, jurisdiction_name, topic_name
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import short_citation
from tracker.wording.text_fit import one_line

Titles = Mapping[str, str]
"""What instruments and sources are called, by id; one that is not here is called by its id."""

_NO_TITLES: Titles = MappingProxyType({})
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 120  # characters of a title: some are whole paragraphs


def titles_of(db: Database, subscriptions: Sequence[Subscription], language: str = "en") -> Titles:
    """Return what the instruments and sources that *subscriptions* name are called; in *language* if it is theirs."""
    titles: dict[str, str] = {}
    for instrument_id in {name for subscription in subscriptions for name in subscription.filters.instruments}:
        if instrument := instruments.find(db, instrument_id):
            names = (
                (instrument.title_native, instrument.title)
                if language != "en"
                else (instrument.title, instrument.title_native)
            )
            titles[instrument_id] = next(filter(None, names), instrument_id)
    if source_ids := {name for subscription in subscriptions for name in subscription.filters.sources}:
        titles |= {name: title for name, title in sources.titles(db).items() if name in source_ids and title}
    return titles


def describe_with_titles(db: Database, subscription: Subscription, words: Labels = ENGLISH) -> str:
    """Return in words what one subscription asks for, with the titles of what it names."""
    return describe(subscription, words, titles_of(db, [subscription], words.language))


def describe_filters(db: Database, filters: Filters, words: Labels = ENGLISH) -> str:
    """Return in words what filters let through, with the titles of what they name."""
    subscription = Subscription(0, 0, filters, _NEVER)
    return _conditions(subscription, words, titles_of(db, [subscription], words.language))


def reason(
    subscriptions: Sequence[Subscription],
    words: Labels = ENGLISH,
    titles: Titles = _NO_TITLES,
    *,
    quote_words: bool = True,
) -> str:
    """Return in words what the subscriptions ask for; the words they look for are only counted unless *quote_words*."""
    return words("reason.or").join(
        dict.fromkeys(describe(subscription, words, titles, quote_words=quote_words) for subscription in subscriptions)
    )


def describe(
    subscription: Subscription, words: Labels = ENGLISH, titles: Titles = _NO_TITLES, *, quote_words: bool = True
) -> str:
    """Return in words what one subscription asks for: of each kind any that is named, and of all kinds one."""
    conditions = _conditions(subscription, words, titles, quote_words=quote_words)
    return words("reason.said", asked=conditions, cadence=words(f"reason.{subscription.cadence.value}"))


def _conditions(subscription: Subscription, words: Labels, titles: Titles, *, quote_words: bool = True) -> str:
    filters, language = subscription.filters, words.language
    names_by_facet = [
        [jurisdiction_name(name, language) for name in filters.jurisdictions],
        [authority_short(name, language=language) for name in filters.authorities],
        [_title(name, words, titles) for name in filters.sources],
        [_title(name, words, titles) for name in filters.instruments],
        [_cite(name, words) for name in filters.provisions],
    ]
    parts = [_any_of(name, words) for name in names_by_facet if name]
    for label, names in (
        ("reason.topics", [topic_name(name, language) for name in filters.topics]),
        ("reason.kinds", [words(f"kind.{name}") if f"kind.{name}" in words.labels else name for name in filters.kinds]),
        (
            "reason.words" if quote_words else "reason.counted",
            [words("reason.word", word=name) for name in filters.words],
        ),
    ):
        if names:
            parts.append(words(label, len(names), names=_any_of(names, words)))
    if filters.least_weight:
        parts.append(words(f"reason.weight_{filters.least_weight.value}"))
    return words("reason.between").join(parts) or words("reason.everything")


def _any_of(names: Sequence[str], words: Labels) -> str:
    *some, last = names
    return words("reason.any").join([words("reason.listed").join(some), last] if some else [last])


def _title(name: str, words: Labels, titles: Titles) -> str:
    return words("reason.title", title=one_line(titles[name], _LONGEST)) if name in titles else name


def _cite(eid: str, words: Labels) -> str:
    return " ".join(short_citation(step, words) for step in eid.split("__"))
