"""Why somebody gets a message, in words: what their subscriptions ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sqlite_utils import Database

from storage import instruments, sources
from storage.records import Subscription
from tracker.render.display_names import authority_short, jurisdiction_name, topic_name
from tracker.wording.labels import ENGLISH, Labels
from tracker.wording.phrases import short_citation
from tracker.wording.text_fit import one_line

Titles = Mapping[str, str]
"""What instruments and sources are called, by id; one that is not here is called by its id."""

_NO_TITLES: Titles = MappingProxyType({})
_LONGEST = 120  # characters of a title: some are whole paragraphs


def titles_of(db: Database, subscriptions: Sequence[Subscription], language: str = "en") -> Titles:
    """Return what the instruments and sources that *subscriptions* name are called; in *language* if it is theirs."""
    found: dict[str, str] = {}
    for each in {name for one in subscriptions for name in one.filters.instruments}:
        if known := instruments.find(db, each):
            told = (known.title_native, known.title) if language != "en" else (known.title, known.title_native)
            found[each] = next(filter(None, told), each)
    if named := {name for one in subscriptions for name in one.filters.sources}:
        found |= {name: title for name, title in sources.titles(db).items() if name in named and title}
    return found


def in_words(db: Database, subscription: Subscription) -> str:
    """Return in words what one subscription asks for, with the titles of what it names."""
    return wish(subscription, ENGLISH, titles_of(db, [subscription]))


def reason(
    subscriptions: Sequence[Subscription], words: Labels = ENGLISH, titles: Titles = _NO_TITLES, *, quoted: bool = True
) -> str:
    """Return in words what the subscriptions ask for; the words they look for are only counted unless *quoted*."""
    return words("reason.or").join(dict.fromkeys(wish(each, words, titles, quoted=quoted) for each in subscriptions))


def wish(
    subscription: Subscription, words: Labels = ENGLISH, titles: Titles = _NO_TITLES, *, quoted: bool = True
) -> str:
    """Return in words what one subscription asks for: of each kind any that is named, and of all kinds one."""
    filters, language = subscription.filters, words.language
    asked = [
        [jurisdiction_name(each, language) for each in filters.jurisdictions],
        [authority_short(each, language=language) for each in filters.authorities],
        [_titled(each, words, titles) for each in filters.sources],
        [_titled(each, words, titles) for each in filters.instruments],
        [_cited(each, words) for each in filters.provisions],
    ]
    parts = [_any_of(each, words) for each in asked if each]
    for label, names in (
        ("reason.topics", [topic_name(each, language) for each in filters.topics]),
        ("reason.kinds", [words(f"kind.{each}") if f"kind.{each}" in words.labels else each for each in filters.kinds]),
        ("reason.words" if quoted else "reason.counted", [words("reason.word", word=each) for each in filters.words]),
    ):
        if names:
            parts.append(words(label, len(names), names=_any_of(names, words)))
    if filters.least_weight:
        parts.append(words(f"reason.weight_{filters.least_weight.value}"))
    said = words("reason.between").join(parts) or words("reason.everything")
    return words("reason.said", asked=said, cadence=words(f"reason.{subscription.cadence.value}"))


def _any_of(names: Sequence[str], words: Labels) -> str:
    *some, last = names
    return words("reason.any").join([words("reason.listed").join(some), last] if some else [last])


def _titled(name: str, words: Labels, titles: Titles) -> str:
    return words("reason.title", title=one_line(titles[name], _LONGEST)) if name in titles else name


def _cited(eid: str, words: Labels) -> str:
    return " ".join(short_citation(step, words) for step in eid.split("__"))
