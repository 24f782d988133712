"""How alike two provisions are: shared words, the rarer the heavier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import log

from tracker.compare.outline import Node

_RAREST = 60
_COMMON = 40  # a feature of more units than this names no candidate
_TOP = 8


class Scale:
    """The weight of each feature, and similarities measured with it."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        """Count in how many of *nodes* each feature stands."""
        found: Counter[str] = Counter()
        total = 0
        for node in nodes:
            found.update(node.features.keys())
            total += 1
        self.found = found
        self._rarest = log(1 + total)
        self._weights = {feature: log(1 + total / count) for feature, count in found.items()}
        self._sums: dict[Node, float] = {}

    def weight(self, feature: str) -> float:
        """Return how telling *feature* is."""
        return self._weights.get(feature, self._rarest)

    def sum(self, node: Node) -> float:
        """Return the weight of everything in *node*."""
        if node not in self._sums:
            self._sums[node] = sum(count * self.weight(feature) for feature, count in node.features.items())
        return self._sums[node]

    def shared(self, a: Node, b: Node) -> float:
        """Return the weight of what both hold."""
        small, large = sorted((a.features, b.features), key=len)
        return sum(
            min(count, large[feature]) * self.weight(feature) for feature, count in small.items() if feature in large
        )

    def dice(self, a: Node, b: Node) -> float:
        """Return 1 for the same words, 0 for none in common."""
        whole = self.sum(a) + self.sum(b)
        return 2 * self.shared(a, b) / whole if whole else 1.0

    def containment(self, a: Node, b: Node) -> float:
        """Return which part of *a* stands in *b* too."""
        whole = self.sum(a)
        return self.shared(a, b) / whole if whole else 0.0


def candidates(old: list[Node], new: list[Node], scale: Scale) -> Mapping[int, list[int]]:
    """Return for each place in *old* the few places in *new* that share its rarest words."""
    postings: dict[str, list[int]] = defaultdict(list)
    for place, node in enumerate(new):
        for feature in node.features:
            if scale.found[feature] <= _COMMON:
                postings[feature].append(place)
    result = {}
    for place, node in enumerate(old):
        telling = sorted((f for f in node.features if f in postings), key=lambda f: (scale.found[f], f))[:_RAREST]
        score: Counter[int] = Counter()
        for feature in telling:
            for other in postings[feature]:
                score[other] += scale.weight(feature)  # type: ignore[assignment]
        result[place] = [other for other, _ in score.most_common(_TOP)]
    return result
