"""Parts, chapters and sections: matched by the units that stand in them, compared by number and heading."""

from __future__ import annotations

from collections import Counter

from tracker.compare.assignment import assign
from tracker.compare.outline import OutlineNode, Unit


def align_containers(old: list[Unit], new: list[Unit], pairs: list[tuple[Unit, Unit]]) -> list[tuple[Unit, Unit]]:
    """Return pairs of containers, by the votes of matched units; heading and number decide where votes are even."""
    old_at = {unit.root: place for place, unit in enumerate(old)}
    new_at = {unit.root: place for place, unit in enumerate(new)}
    votes: Counter[tuple[int, int]] = Counter()
    size: Counter[OutlineNode] = Counter()
    for a, b in pairs:
        size.update(a.containers)
        size.update(b.containers)
        for upper in a.containers:
            for other in b.containers:
                if upper.kind is other.kind:
                    votes[old_at[upper], new_at[other]] += 1
    scores = {}
    for i, a in enumerate(old):
        for j, b in enumerate(new):
            score = _score(a, b, 2 * votes[i, j] / max(1, size[a.root] + size[b.root]))
            if score:
                scores[i, j] = score
    return [(old[i], new[j]) for i, j in assign(scores)]


def _score(a: Unit, b: Unit, share: float) -> float:
    if a.root.kind is not b.root.kind:
        return 0.0
    heading = bool(a.root.heading_keys) and a.root.heading_keys == b.root.heading_keys
    number = bool(a.number) and a.number == b.number
    score = share + 0.6 * heading + 0.2 * number
    return score if share >= 0.3 or heading or (number and share > 0) else 0.0
