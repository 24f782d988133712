"""Words of a class that an edit took away and brought, less those that only moved or stand in another edit, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from storage.records import Change
from tracker.weigh.edits import Edit
from tracker.weigh.quotable import clause_at, clauses_between, hits_near
from tracker.weigh.words import Finder

RANK = {"obligation": 3, "advice": 1, "permission": 0, "none": 0}
_WORD_FOR_WORD = 24  # characters
Hit = tuple[str, str]


@dataclass(frozen=True)
class WordSwap:
    """Modal words an edit took away and brought."""

    edit: Edit
    lost: tuple[Hit, ...]
    gained: tuple[Hit, ...]


def swap_of(edit: Edit, finder: Finder, change: Change) -> WordSwap:
    """Return which words of a class an edit took away and brought, near it and in the whole clauses it touches."""
    old = hits_near(finder, change.old_text, edit.old_at, edit.old_at + len(edit.struck))
    new = hits_near(finder, change.new_text, edit.new_at, edit.new_at + len(edit.added))
    before, after = Counter(_spell(hit) for hit in old), Counter(_spell(hit) for hit in new)
    in_clauses = [
        Counter(_spell(hit) for hit in finder.find(clauses_between(text, at, at + len(piece))))
        for text, at, piece in (
            (change.old_text, edit.old_at, edit.struck),
            (change.new_text, edit.new_at, edit.added),
        )
    ]
    losses, gains = before - after, after - before  # near the edit, and in the whole clause, too
    if losses and gains and _trades(edit, finder):  # one word took another's place: A must, B may; now A may, B must
        return WordSwap(edit, tuple(_beyond(old, losses)), tuple(_beyond(new, gains)))
    losses = Counter({word: n for word, n in losses.items() if in_clauses[0][word] > in_clauses[1][word]})
    gains = Counter({word: n for word, n in gains.items() if in_clauses[1][word] > in_clauses[0][word]})
    return WordSwap(edit, tuple(_beyond(old, losses)), tuple(_beyond(new, gains)))


def _trades(edit: Edit, finder: Finder) -> bool:
    """Return whether an edit is hardly more than one word of a class in the place of another."""
    hits = finder.find(edit.struck), finder.find(edit.added)
    return all(len(side) == 1 for side in hits) and edit.length <= _WORD_FOR_WORD


def _spell(hit: Hit) -> str:
    return " ".join(hit[1].lower().split())


def _beyond(hits: Iterable[Hit], quota: Counter[str]) -> Iterator[Hit]:
    left = Counter(quota)
    for hit in hits:
        if left[_spell(hit)] > 0:
            left[_spell(hit)] -= 1
            yield hit


def without_moves(swaps: list[WordSwap]) -> list[WordSwap]:
    """Forget a word that one edit only takes and another only brings: it moved."""
    losses_only = Counter(_spell(hit) for s in swaps if not s.gained for hit in s.lost)
    gains_only = Counter(_spell(hit) for s in swaps if not s.lost for hit in s.gained)
    move_counts = losses_only & gains_only
    result = []
    for swap in swaps:
        if bool(swap.lost) != bool(swap.gained):
            side = swap.lost or swap.gained
            left = tuple(_beyond_moves(side, move_counts))
            result.append(replace(swap, lost=left) if swap.lost else replace(swap, gained=left))
        else:
            result.append(swap)
    return result


def in_one_clause(swaps: list[WordSwap], change: Change) -> list[WordSwap]:
    """Join a word lost and another gained in one clause: 应当 struck behind the 鼓励 that now stands first."""
    result = list(swaps)
    for gain in [swap for swap in swaps if len(swap.gained) == 1 and not swap.lost]:
        clause = clause_at(change.new_text, gain.edit.new_at)
        losses = [
            swap
            for swap in result
            if len(swap.lost) == 1 and not swap.gained and clause_at(change.new_text, swap.edit.new_at) == clause
        ]
        if len(losses) == 1 and RANK.get(losses[0].lost[0][0]) != RANK.get(gain.gained[0][0]):
            result.remove(losses[0])
            result[result.index(gain)] = replace(gain, lost=losses[0].lost)
    return result


def without_repeats(swaps: list[WordSwap], change: Change) -> list[WordSwap]:
    """Forget a word that came, or went, alone when the same one is told of as the other half of a change."""
    pairs = [swap for swap in swaps if swap.lost and swap.gained]
    come = {_spell(hit) for swap in pairs for hit in swap.gained if change.new_text.lower().count(_spell(hit)) == 1}
    losses = {_spell(hit) for swap in pairs for hit in swap.lost if change.old_text.lower().count(_spell(hit)) == 1}
    return [
        swap
        if swap in pairs
        else replace(
            swap,
            lost=tuple(hit for hit in swap.lost if _spell(hit) not in losses),
            gained=tuple(hit for hit in swap.gained if _spell(hit) not in come),
        )
        for swap in swaps
    ]


def _beyond_moves(hits: Iterable[Hit], move_counts: Counter[str]) -> Iterator[Hit]:
    left = Counter(move_counts)
    for hit in hits:
        if left[_spell(hit)] > 0:
            left[_spell(hit)] -= 1
        else:
            yield hit
