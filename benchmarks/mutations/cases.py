"""One case: two pages and what a comparison must say about them."""

from __future__ import annotations

from dataclasses import dataclass

Record = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Expect:
    """The truth of a case.

    ``leaves`` are the records (kind, old eid, new eid) that must be told, no more and no less; ``units`` the same for
    whole units, with other sets that would be as right in ``or_units``. A case that expects neither expects silence.
    """

    leaves: frozenset[Record] | None = None
    units: frozenset[Record] | None = None
    or_units: tuple[frozenset[Record], ...] = ()
    references: frozenset[Record] = frozenset()  # units whose only change is a reference that followed
    tag: str = ""
    values: tuple[str, str] = ("", "")
    truth: int = 0  # characters a lawyer would mark; 0: not counted
    edges: tuple[tuple[str, str], ...] | None = None  # all pairs of units that are each other's counterpart

    @property
    def silent(self) -> bool:
        return self.leaves is None and self.units is None and self.edges is None


@dataclass(frozen=True, slots=True)
class Case:
    """Two printings of a law and the truth about them."""

    id: str
    bench: str
    tradition: str
    jurisdiction: str
    kind: str
    old: bytes
    new: bytes
    expect: Expect
