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


def _as_written(wish: Subscription, eid: str) -> ProvisionNumbers:  # noqa: ARG001 - whoever follows needs to know whose it is
    return eid, eid


@dataclass(frozen=True, slots=True)
class Touched:
    """The eids that changed, as the old text and as the new one number them; ``follow`` says what a wish calls them."""

    old: Collection[str] = ()
    new: Collection[str] = ()
    follow: Callable[[Subscription, str], ProvisionNumbers] = _as_written


def match(
    event: Event,
    texts: Sequence[str],
    subscriptions: Iterable[Subscription],
    touched: Touched | None = None,
) -> list[Subscription]:
    """Return the subscriptions that want *event*.

    *texts* are its titles and the words that changed; *touched* is what did, None when it is about the whole.
    """
    candidates = [
        each
        for each in subscriptions
        if _may_see(each, event) and _facets_fit(each.filters, event) and _touches(each, touched)
    ]
    if not any(each.filters.words for each in candidates):
        return candidates
    folded = [fold(text) for text in texts]
    return [each for each in candidates if _words_fit(each.filters.words, folded)]


def fold(text: str) -> str:
    """Return *text* with one spelling for width, case, invisible marks and spaces.

    >>> fold("ＡＩ\u00a0Systems")
    'ai systems'
    """
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    return " ".join(unicodedata.normalize("NFKC", text.casefold()).split())


def holds(text: str, word: str) -> bool:
    """Say whether folded *text* holds folded *word*: whole words in alphabets, anywhere in other scripts.

    A ``*`` at the end asks for the beginning of a word.

    >>> holds("paid by an ai provider", "ai"), holds("深度合成服务", "合成"), holds("chatbots", "chatbot*")
    (True, True, True)
    """
    open_ended = word.endswith("*")
    word = word.rstrip("*")
    at = text.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        if not _joined(text[at - 1 : at], word[0]) and (open_ended or not _joined(text[end : end + 1], word[-1])):
            return True
        at = text.find(word, at + 1)
    return False


def _may_see(subscription: Subscription, event: Event) -> bool:
    return subscription.active and not subscription.pending and event.at >= subscription.created_at


def _facets_fit(filters: Filters, event: Event) -> bool:
    return (
        _asked(filters.jurisdictions, (event.jurisdiction,))
        and _asked(filters.authorities, event.authorities)
        and _asked(filters.sources, (event.source_id,))
        and _asked(filters.instruments, (event.instrument_id,))
        and _asked(filters.topics, event.topics)
        and _asked(filters.kinds, (event.kind.value,))
        and _heavy_enough(filters.least_weight, event.weight)
    )


def _touches(subscription: Subscription, touched: Touched | None) -> bool:
    """Say whether what changed is a wanted provision, stands in one, or holds one."""
    wanted = subscription.filters.provisions
    if not wanted or touched is None:
        return True
    for eid in wanted:
        before, after = touched.follow(subscription, eid)
        if _meets(before, touched.old) or _meets(after, touched.new):
            return True
    return False


def _meets(wanted: str | None, eids: Collection[str]) -> bool:
    return wanted is not None and any(_same_or_inside(wanted, eid) or _same_or_inside(eid, wanted) for eid in eids)


def _same_or_inside(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}__")


def _asked(wanted: tuple[str, ...], offered: tuple[str, ...]) -> bool:
    return not wanted or not set(wanted).isdisjoint(offered)


def _heavy_enough(least: Weight | None, weight: Weight) -> bool:
    return least is None or _WEIGHTS.index(weight) <= _WEIGHTS.index(least)


def _words_fit(words: tuple[str, ...], folded: Sequence[str]) -> bool:
    return not words or any(holds(text, fold(word)) for word in words for text in folded)


def _joined(neighbour: str, edge: str) -> bool:
    return bool(neighbour) and _alphabetic(neighbour) and _alphabetic(edge)


@lru_cache(maxsize=4096)
def _alphabetic(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_ALPHABETS)
