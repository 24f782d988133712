"""The place of a piece among its parent's pieces, for citing what prints no number: 第二款, "second subparagraph"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from storage.records import ProvisionKind
from tracker.reading.structure.draft import Draft


@dataclass(frozen=True, slots=True)
class SiblingPlace:
    """Where a piece stands, from 1: among all of its kind, and among those of its kind that print no number."""

    of_kind: int
    unnumbered: int


# the parents asked about last, with the places of their children: these are cited in turn, and may be thousands
_MOST = 16
_latest: list[tuple[Draft, dict[int, SiblingPlace]]] = []


def place_of(draft: Draft, parent: Draft) -> SiblingPlace | None:
    """Return the place of *draft* among the children of *parent*, counted once for all of them; None elsewhere."""
    return _places_in(parent).get(id(draft))


def _places_in(parent: Draft) -> dict[int, SiblingPlace]:
    for earlier, places in _latest:
        if earlier is parent and len(places) == len(parent.children):
            return places
    of_kind: Counter[ProvisionKind] = Counter()
    unnumbered: Counter[ProvisionKind] = Counter()
    places = {}
    for child in parent.children:
        of_kind[child.kind] += 1
        unnumbered[child.kind] += not child.number
        places[id(child)] = SiblingPlace(of_kind[child.kind], unnumbered[child.kind])
    _latest[:] = [*_latest[-_MOST:], (parent, places)]
    return places
