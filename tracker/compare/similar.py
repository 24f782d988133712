"""How alike two provisions are: shared words, the rarer the heavier."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from math import log

from rapidfuzz.distance import Indel

from tracker.compare.outline import OutlineNode, Sign

_RAREST = 60
_COMMON = 40  # a feature of more units than this names no candidate
_TOP = 8
_SAMPLE = 150  # units that stand on both sides; they only say which words are common
_LONGEST = 20_000  # characters; beyond it comparing character by character is not cheap


class Scale:
    """The weight of each feature, and similarities measured with it."""

    def __init__(self, nodes: Iterable[OutlineNode]) -> None:
        """Take the nodes to count in; nothing is counted before a weight is asked for, and often none is."""
        self._nodes = list(nodes)
        self._sums: dict[OutlineNode, float] = {}

    @cached_property
    def counts(self) -> Counter[str]:
        """Count in how many nodes each feature stands; what stands on both sides is cut into features once."""
        times: Counter[Sign] = Counter(node.sign for node in self._nodes)
        by_length: dict[int, list[OutlineNode]] = defaultdict(list)
        for sign, node in {node.sign: node for node in self._nodes}.items():
            by_length[times[sign]].append(node)
        total: Counter[str] = Counter()
        for count, nodes in by_length.items():
            step = max(1, len(nodes) // _SAMPLE) if count > 1 else 1  # of many that stayed, some tell enough
            features: Counter[str] = Counter()
            for node in nodes[::step]:
                features.update(node.features.keys())
            weight = count * step
            total.update(features if weight == 1 else {name: weight * number for name, number in features.items()})
        return total

    @cached_property
    def _weights(self) -> dict[str, float]:
        total = len(self._nodes)
        return {feature: log(1 + total / count) for feature, count in self.counts.items()}

    def weight(self, feature: str) -> float:
        """Return how telling *feature* is."""
        return self._weights.get(feature) or log(1 + len(self._nodes))

    def sum(self, node: OutlineNode) -> float:
        """Return the weight of everything in *node*."""
        if node not in self._sums:
            self._sums[node] = sum(count * self.weight(feature) for feature, count in node.features.items())
        return self._sums[node]

    def overlap(self, a: OutlineNode, b: OutlineNode) -> float:
        """Return the weight of what both hold."""
        small, large = sorted((a.features, b.features), key=len)
        return sum(
            min(count, large[feature]) * self.weight(feature) for feature, count in small.items() if feature in large
        )

    def dice(self, a: OutlineNode, b: OutlineNode) -> float:
        """Return 1 for the same words, 0 for none in common."""
        whole = self.sum(a) + self.sum(b)
        return 2 * self.overlap(a, b) / whole if whole else 1.0

    def containment(self, a: OutlineNode, b: OutlineNode) -> float:
        """Return which part of *a* stands in *b* too."""
        whole = self.sum(a)
        return self.overlap(a, b) / whole if whole else 0.0


def hardly_changed(a: OutlineNode, b: OutlineNode, least: float = 0.85) -> bool:
    """Return whether two provisions of the same name are the same but for a few characters; cheap, needs no tokens."""
    if max(a.size, b.size) > _LONGEST or a.heading_keys != b.heading_keys:
        return False
    return Indel.normalized_similarity(a.all_words, b.all_words, score_cutoff=least) >= least


def candidates(old: list[OutlineNode], new: list[OutlineNode], scale: Scale) -> Mapping[int, list[int]]:
    """Return for each place in *old* the few places in *new* that share its rarest words."""
    if not old or not new:
        return {place: [] for place in range(len(old))}
    postings: dict[str, list[int]] = defaultdict(list)
    for place, node in enumerate(new):
        for feature in node.features:
            if scale.counts[feature] <= _COMMON:
                postings[feature].append(place)
    result = {}
    for place, node in enumerate(old):
        rarest = sorted((f for f in node.features if f in postings), key=lambda f: (scale.counts[f], f))[:_RAREST]
        score: Counter[int] = Counter()
        for feature in rarest:
            for other in postings[feature]:
                score[other] += scale.weight(feature)  # type: ignore[assignment]
        result[place] = [other for other, _ in score.most_common(_TOP)]
    return result
