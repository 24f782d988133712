"""Whether the count of chapters, parts or titles begins twice: then a table of contents was read as law.

A later number printed twice is a slip of the press, as the Journal's own "HOOFDSTUK III" for the seventh chapter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from storage.records import Provision, ReadingCheck
from tracker.reading.checks.ordinals import ordinal
from tracker.reading.checks.units import divides
from tracker.reading.structure.eids import CONTAINERS


def container_count(provisions: Sequence[Provision]) -> Iterator[ReadingCheck]:
    """Yield a check for each kind of container: whether its count begins once below what holds it."""
    counts: Counter[tuple[str, str, int]] = Counter()
    labels: dict[tuple[str, str, int], str] = {}
    for container, holder in _containers(provisions, 0):
        key = (container.kind.value, container.number, holder)
        counts[key] += bool(container.number)
        labels.setdefault(key, container.label)
    for kind in dict.fromkeys(kind for kind, _, _ in counts):
        numbers = [key for key in counts if key[0] == kind and key[1]]
        twice = [labels[key] for key in numbers if counts[key] > 1 and ordinal(key[1]) == (1, "")]
        text = f"{twice[0]!r} is printed twice: one of them may stand in a table of contents" if twice else ""
        if numbers:
            yield ReadingCheck("sequence", kind, len(numbers), len(numbers) + len(twice), not twice, text)


def _containers(provisions: Sequence[Provision], holder: int) -> Iterator[tuple[Provision, int]]:
    for provision in provisions:
        if provision.kind in CONTAINERS or divides(provision):
            yield provision, holder
            yield from _containers(provision.children, id(provision))
