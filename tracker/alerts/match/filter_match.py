"""Which subscriptions want an event; pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from storage.records import Event, Filters, Subscription, Weight

_WEIGHTS = tuple(Weight)  # heaviest first
# soft hyphen, zero-width space and joiners, word joiner, byte order mark: seen in pages, never meant in a search
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
ProvisionNumbers = tuple[str | None, str | None]  # one provision's eid before and after; None where there is none
_ALPHABETS = ("LATIN ", "GREEK ", "CYRILLIC ", "DIGIT ")


def _as_written(subscription: Subscription, eid: str) -> ProvisionNumbers:  # noqa: ARG001 - whoever follows needs to know whose it is
    return eid, eid


@dataclass(frozen=True, slots=True)
class Touch:
    """The eids that changed, as the old text and as the new one number them; ``follow`` says what a wish calls them."""

    old: Collection[str] = ()
    new: Collection[str] = ()
    follow: Callable[[Subscription, str], ProvisionNumbers] = _as_written


def match(
    event: Event,
    texts: Sequence[str],
    subscriptions: Iterable[Subscription],
    touch: Touch | None = None,
) -> list[Subscription]:
    """Return the subscriptions that want *event*.

    *texts* are its titles and the words that changed; *touch* is what did, None when it is about the whole.
    """
    candidates = [
        subscription
        for subscription in subscriptions
        if _may_see(subscription, event) and _facets_fit(subscription.filters, event) and _touches(subscription, touch)
    ]
    if not any(subscription.filters.words for subscription in candidates):
        return candidates
    folded_texts = [fold(text) for text in texts]
    return [subscription for subscription in candidates if _words_fit(subscription.filters.words, folded_texts)]


def fold(text: str) -> str:
    """Return *text* with one spelling for width, case, invisible marks and spaces.

    >>> fold("ＡＩ\u00a0Systems")
    'ai systems'
    """
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return " ".join(unicodedata.normalize("NFKC", text.casefold()).split())


def holds(text: str, word: str) -> bool:
    """Return whether folded *text* holds folded *word*: whole words in alphabets, anywhere in other scripts.

    A ``*`` at the end asks for the beginning of a word.

    >>> holds("paid by an ai provider", "ai"), holds("深度合成服务", "合成"), holds("chatbots", "chatbot*")
    (True, True, True)
    """
    open_ended = word.endswith("*")
    word = word.rstrip("*")
    at = text.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        if not _in_one_word(text[at - 1 : at], word[0]) and (
            open_ended or not _in_one_word(text[end : end + 1], word[-1])
        ):
            return True
        at = text.find(word, at + 1)
    return False


def _may_see(subscription: Subscription, event: Event) -> bool:
    return subscription.active and not subscription.pending and event.at >= subscription.created_at


def _facets_fit(filters: Filters, event: Event) -> bool:
    return (
        _facet_fits(filters.jurisdictions, (event.jurisdiction,))
        and _facet_fits(filters.authorities, event.authorities)
        and _facet_fits(filters.sources, (event.source_id,))
        and _facet_fits(filters.instruments, (event.instrument_id,))
        and _facet_fits(filters.topics, event.topics)
        and _facet_fits(filters.kinds, (event.kind.value,))
        and _heavy_enough(filters.least_weight, event.weight)
    )


def _touches(subscription: Subscription, touch: Touch | None) -> bool:
    """Return whether what changed is a wanted provision, stands in one, or holds one."""
    wanted_eids = subscription.filters.provisions
    if not wanted_eids or touch is None:
        return True
    for eid in wanted_eids:
        before, after = touch.follow(subscription, eid)
        if _meets(before, touch.old) or _meets(after, touch.new):
            return True
    return False


def _meets(wanted_eids: str | None, eids: Collection[str]) -> bool:
    return wanted_eids is not None and any(
        _same_or_inside(wanted_eids, eid) or _same_or_inside(eid, wanted_eids) for eid in eids
    )


def _same_or_inside(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}__")


def _facet_fits(wanted_values: tuple[str, ...], values: tuple[str, ...]) -> bool:
    return not wanted_values or not set(wanted_values).isdisjoint(values)


def _heavy_enough(least: Weight | None, weight: Weight) -> bool:
    return least is None or _WEIGHTS.index(weight) <= _WEIGHTS.index(least)


def _words_fit(words: tuple[str, ...], folded_texts: Sequence[str]) -> bool:
    return not words or any(holds(text, fold(word)) for word in words for text in folded_texts)


def _in_one_word(neighbour: str, edge: str) -> bool:
    return bool(neighbour) and _alphabetic(neighbour) and _alphabetic(edge)


@lru_cache(maxsize=4096)
def _alphabetic(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_ALPHABETS)
