"""Learn what changes by itself on a page: compare looks, and judge by what each said whether the words are furniture.

Words are furniture when on each of several looks within minutes they were others, and look like a counter, a time or
a token: no law does that. What changes once, or stands still between two such looks, never is, whatever it looks like.
After the idea of volatile blocks in the archives of web pages; the rules and bounds are our own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

from storage.records import Furniture, FurnitureKind
from tracker.reading.errors import RefusedError
from tracker.reading.formats.recognise import Format, open_source
from tracker.reading.furniture.text_lines import COUNT, INSTANT, TOKEN, runs_of, spots_of

K = FurnitureKind
WITHIN = timedelta(minutes=30)
"""How near to each other two looks are, for a difference to be of the request and not of the law."""
CHANGES = 2
"""How many such differences in a row it takes."""
LOOKS_KEPT = 6
_MOST_SLOTS = 400  # of one page; more is no noise but another page
_LIST = "(a list of links)"
_DIGITS = re.compile(r"\d+")

VariableName = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class PageObservation:
    """What a page said at one look in each place where words may change by themselves; by path, shape, place, slot.

    ``again_at`` is when a later look brought the very same page. ``ways`` are the places that have lines at all: its
    template.
    """

    at: datetime
    words: Mapping[VariableName, str] = field(default_factory=dict)
    again_at: datetime | None = None
    ways: frozenset[str] = frozenset()

    def like(self, other: PageObservation) -> float:
        """Return how much the templates of two looks have in common, 0 to 1."""
        both, either = self.ways & other.ways, self.ways | other.ways
        return len(both) / len(either) if either else 1.0


def look_at(body: bytes, media_type: str, at: datetime, again_at: datetime | None = None) -> PageObservation:
    """Return what the page *body* says in each such place; of what is no page, nothing."""
    try:
        source = open_source(body, media_type)
        if source.format is not Format.HTML:
            return PageObservation(at)
        spots = spots_of(source.soup)
    except RefusedError:
        return PageObservation(at)
    words: dict[VariableName, str] = {}
    for spot in spots:
        for slot, word in enumerate(spot.variables):
            words[spot.path, spot.shape, spot.place, slot] = word
    for run in runs_of(spots):
        if not run.is_law:
            words[run.path, _LIST, run.place, 0] = " ".join(_digest(spot.text) for spot in run.spots)
    return PageObservation(at, words, again_at, frozenset(spot.path for spot in spots))


def learn(
    furniture: Sequence[Furniture], before: PageObservation, now: PageObservation, page_id: int, host: str
) -> list[Furniture]:
    """Return what is new or changed in what is *furniture* of a page, after two looks one after the other."""
    by_name = {(f.path, f.shape, f.place, f.slot): f for f in furniture}
    names = [name for name, word in now.words.items() if name not in by_name and before.words.get(name, word) != word]
    additions = [_new(name, before, now, page_id, host) for name in names[:_MOST_SLOTS]]
    seen_again = [_with_looks(f, before, now, name) for name, f in by_name.items() if name in now.words]
    return [_judge(f, now.at) for f in (*seen_again, *additions)]


def _new(name: VariableName, before: PageObservation, now: PageObservation, page_id: int, host: str) -> Furniture:
    path, shape, place, slot = name
    looks = (*_looks(before, name), *_looks(now, name))
    return Furniture(0, page_id, host, path, shape, place, slot, K.CANDIDATE, looks, before.at, now.at)


def _with_looks(furniture: Furniture, before: PageObservation, now: PageObservation, name: VariableName) -> Furniture:
    """Add the newest look, and the one before it when that brought the very same page once more."""
    newer = [look for sight in (before, now) for look in _looks(sight, name) if look[0] > furniture.seen[-1][0]]
    return replace(furniture, seen=(*furniture.seen, *newer)[-LOOKS_KEPT:], last_seen_at=now.at)


def _looks(sight: PageObservation, name: VariableName) -> list[tuple[datetime, str]]:
    word = sight.words.get(name)
    return [] if word is None else [(at, word) for at in (sight.at, sight.again_at) if at is not None]


def _judge(furniture: Furniture, at: datetime) -> Furniture:
    """Return *furniture* with what it is known to be: a counter that fell is law until it proves otherwise again."""
    if furniture.learned_at is not None:
        fell = furniture.kind is K.COUNTER and not _rises([word for _, word in furniture.seen[-2:]], strictly=False)
        if not fell:
            return furniture
        return replace(furniture, kind=K.CANDIDATE, learned_at=None, seen=furniture.seen[-1:])
    words = list(_at_once(furniture.seen))
    if len(words) <= CHANGES or any(old == new for old, new in pairwise(words)):
        return furniture
    kind = _kind(furniture, words)
    return furniture if kind is None else replace(furniture, kind=kind, learned_at=at)


def _at_once(looks: Sequence[tuple[datetime, str]]) -> Iterator[str]:
    """Yield what the newest looks said that followed each other within minutes, oldest first."""
    start = len(looks) - 1
    while start > 0 and looks[start][0] - looks[start - 1][0] <= WITHIN:
        start -= 1
    return (word for _, word in looks[start:])


def _kind(furniture: Furniture, words: Sequence[str]) -> FurnitureKind | None:
    if furniture.shape == _LIST:
        always = set.intersection(*(set(word.split()) for word in words))
        return None if always or len(set(words)) < len(words) else K.LINKS
    if len(set(words)) < len(words):
        return None
    if _all(INSTANT, words):
        return K.INSTANT
    if _all(COUNT, words) and _rises(words, strictly=True):
        return K.COUNTER
    return K.TOKEN if _all(TOKEN, words) else None


def _all(pattern: re.Pattern[str], words: Iterable[str]) -> bool:
    return all(pattern.fullmatch(word) for word in words)


def _rises(words: Sequence[str], *, strictly: bool) -> bool:
    numbers = [int("".join(_DIGITS.findall(word)) or "0") for word in words]
    return all(old < new or (old == new and not strictly) for old, new in pairwise(numbers))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
