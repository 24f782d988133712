"""What refers here: the references inside a law by the provision they lead to, and what other laws say about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from storage import instruments, relations
from storage.records import Version
from tracker.amending.cross_references import CrossReference, ReferenceState, references_of

_MOST = 2000  # references of one law, of the largest a few hundred are told apart


@dataclass(frozen=True, slots=True)
class RefersHere:
    """One provision that a reference stands in, and the words it uses."""

    eid: str
    citation: str
    words: str


@dataclass(frozen=True, slots=True)
class ReferredProvision:
    """One provision that others refer to, with them, in reading order."""

    eid: str
    citation: str
    heading: str
    by: tuple[RefersHere, ...]


@dataclass(frozen=True, slots=True)
class OtherLaw:
    """What another law that we hold says about this one: amends, repeals, implements."""

    instrument_id: str
    title: str
    title_native: str
    kind: str
    basis: str


@dataclass(frozen=True, slots=True)
class ReferenceIndex:
    """Every reference of a law: what refers to which provision, what leads nowhere, and what names another act."""

    provisions: tuple[ReferredProvision, ...]
    dangling: tuple[RefersHere, ...]
    named_acts: tuple[tuple[str, int], ...]
    others: tuple[OtherLaw, ...]

    @property
    def total(self) -> int:
        """Return how many references lead to a provision of the law itself."""
        return sum(len(provision.by) for provision in self.provisions)


def reference_index(db: Database, version: Version) -> ReferenceIndex:
    """Return the references of *version* by where they lead, and what the laws we hold say about its law."""
    references = references_of(version.reading)[:_MOST]
    places = {p.eid: (p.citation or p.label or p.eid, p.heading) for p in version.reading.walk()}
    by_target: dict[str, list[RefersHere]] = {}
    for reference in references:
        if reference.state is ReferenceState.RESOLVED and reference.to_eid in places:
            by_target.setdefault(reference.to_eid, []).append(_place(reference, places))
    order = list(places)
    return ReferenceIndex(
        tuple(ReferredProvision(eid, *places[eid], tuple(by_target[eid])) for eid in order if eid in by_target),
        tuple(_place(one, places) for one in references if one.state is ReferenceState.DANGLING),
        _named_acts(references),
        _others(db, version.instrument_id),
    )


def _place(reference: CrossReference, places: dict[str, tuple[str, str]]) -> RefersHere:
    citation, _ = places.get(reference.from_eid, (reference.from_eid, ""))
    return RefersHere(reference.from_eid, citation, " ".join(reference.words.split()))


def _named_acts(references: Iterable[CrossReference]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for reference in references:
        name = " ".join((reference.to_instrument or "").split())
        if len(name) > 1:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _others(db: Database, instrument_id: str) -> tuple[OtherLaw, ...]:
    rows = relations.about_instrument(db, instrument_id)
    pairs = [(row, instruments.find(db, row.instrument_id)) for row in rows if row.instrument_id != instrument_id]
    return tuple(
        OtherLaw(other.id, other.title, other.title_native, row.kind.value, " ".join(row.basis.split())[:300])
        for row, other in pairs
        if other is not None
    )
