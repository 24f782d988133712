"""Compare two readings of one instrument: the order of the steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from storage.records import ChangeKind, Comparison, Reading
from tracker.compare.align import align
from tracker.compare.assignment import in_order
from tracker.compare.children import Inner, inside, rescue
from tracker.compare.classify import Account, record_family, record_loose, record_units
from tracker.compare.containers import align_containers
from tracker.compare.document_level import containers_unprinted, front, is_replaced, remarks, unprinted
from tracker.compare.invariants import check_conservation, check_redlines
from tracker.compare.outline import OutlineNode, Spelling, Unit, UnitGroup, outline
from tracker.compare.reference_shifts import UnitNumbers
from tracker.compare.similar import Scale
from tracker.compare.splits import Family, find
from tracker.compare.summary import UnitOutcome, summary

_TEXTS = (UnitGroup.BODY, UnitGroup.RECITAL, UnitGroup.ATTACHED)
Outline = dict[UnitGroup, list[Unit]]


@dataclass
class _Matched:
    """Which units belong together, and what stands inside them."""

    pairs: list[tuple[Unit, Unit]] = field(default_factory=list)
    families: list[tuple[ChangeKind, Family]] = field(default_factory=list)
    moved: set[Unit] = field(default_factory=set)
    inner: dict[Unit, Inner] = field(default_factory=dict)
    loose: Inner = field(default_factory=Inner)

    @property
    def partner(self) -> dict[Unit, Unit]:
        """Return the counterpart of every unit that has one, both ways."""
        return dict(self.pairs) | {b: a for a, b in self.pairs}

    def nodes(self) -> Iterator[tuple[OutlineNode, OutlineNode]]:
        """Yield all matched nodes, old to new."""
        for inner in (*self.inner.values(), self.loose):
            yield from (*inner.pairs, *inner.same, *inner.alike)
        for kind, family in self.families:
            for part in family.parts:
                yield (family.whole.root, part.root) if kind is ChangeKind.SPLIT else (part.root, family.whole.root)


def compare(old: Reading, new: Reading) -> Comparison:
    """Return everything that changed from *old* to *new*, each leaf once; raise CompareError on a broken promise."""
    spell = Spelling()
    before, after = outline(old, spell), outline(new, spell)
    notes = [*_unprinted(before, after)]
    scale = Scale(unit.root for unit in (*_texts(before), *_texts(after)))
    matched = _match(before, after, scale)
    if note := containers_unprinted(before[UnitGroup.CONTAINER], after[UnitGroup.CONTAINER], matched.pairs):
        notes.append(note)
        before[UnitGroup.CONTAINER], after[UnitGroup.CONTAINER] = [], []
    _match_inside(before, after, matched, scale)
    account = Account(matched.partner, _places(before, after, matched.pairs), UnitNumbers(matched.nodes()))
    _record(matched, account)
    changes = account.changes
    check_redlines(changes)
    check_conservation("old", _leaves(before), account.old)
    check_conservation("new", _leaves(after), account.new)
    apart = sum(family.whole.weight for _, family in matched.families)
    replaced = is_replaced(matched.pairs, apart, _texts(before), _texts(after))
    pairs = {a.eid: b.eid for a, b in reversed([*matched.nodes()])}
    return Comparison(
        changes,
        _summary(matched, before, after, account),
        (*remarks(old, new, replaced=replaced), *notes, *front(old, new)),
        tuple(pairs.items())[::-1],
        replaced,
    )


def _summary(matched: _Matched, before: Outline, after: Outline, account: Account) -> dict[str, int | str]:
    known = {*matched.partner, *(unit for _, family in matched.families for unit in family.members)}
    told = UnitOutcome(account.changes)
    counts = Counter(told.kind_of(a.eid, b.eid) for a, b in matched.pairs if a.group is not UnitGroup.CONTAINER)
    counts += Counter(
        kind
        for a, b in matched.pairs
        if a.group is UnitGroup.CONTAINER and (kind := told.kind_of(a.eid, b.eid)) != "unchanged"
    )
    counts += Counter(kind.value for kind, _ in matched.families)
    counts["removed"] = sum(unit not in known for unit in _all(before))
    counts["added"] = sum(unit not in known for unit in _all(after))
    counts["reference"] = sum(told.only_references(a.eid, b.eid) for a, b in matched.pairs)
    return summary(counts, told.heaviest)


def _unprinted(before: Outline, after: Outline) -> Iterator[str]:
    """Yield a note for each class only one side prints, and take it out of the comparison."""
    for group in (UnitGroup.RECITAL, UnitGroup.ATTACHED):
        if note := unprinted(group, before, after):
            before[group], after[group] = [], []
            yield note


def _match(before: Outline, after: Outline, scale: Scale) -> _Matched:
    matched = _Matched()
    for group in _TEXTS:
        old, new = before[group], after[group]
        pairs = [(old[a], new[b]) for a, b in align(old, new, scale)]
        partner = dict(pairs) | {b: a for a, b in pairs}
        families = [(ChangeKind.SPLIT, found) for found in find(old, new, partner, scale)]
        families += [(ChangeKind.MERGED, found) for found in find(new, old, partner, scale)]
        taken: set[Unit] = set()
        for kind, found in families:
            if not taken & found.members:
                taken |= found.members
                matched.families.append((kind, found))
        pairs = [(a, b) for a, b in pairs if a not in taken and b not in taken]
        kept = in_order([b.order for _, b in pairs])
        matched.moved |= {a for place, (a, _) in enumerate(pairs) if place not in kept}
        matched.pairs += pairs
    return matched


def _match_inside(before: Outline, after: Outline, matched: _Matched, scale: Scale) -> None:
    matched.pairs += align_containers(before[UnitGroup.CONTAINER], after[UnitGroup.CONTAINER], matched.pairs)
    loose = matched.loose
    for a, b in matched.pairs:
        inner = matched.inner[a] = Inner()
        inside(a.root, b.root, scale, inner)
        loose.removed += inner.removed
        loose.added += inner.added
    known = {*matched.partner, *(unit for _, family in matched.families for unit in family.members)}
    loose.removed += [unit.root for unit in _all(before) if unit not in known]
    loose.added += [unit.root for unit in _all(after) if unit not in known]
    rescue(loose, scale)


def _record(matched: _Matched, account: Account) -> None:
    record_loose(matched.loose, account)
    for a, b in matched.pairs:
        record_units(a, b, matched.inner[a], account, moved=a in matched.moved)
    for kind, family in matched.families:
        record_family(family, kind, account)


def _places(before: Outline, after: Outline, pairs: Iterable[tuple[Unit, Unit]]) -> dict[Unit, float]:
    """Say where each unit stands in the new reading order; one that is gone, where it would have stood."""
    places: dict[Unit, float] = {unit: unit.position for unit in _all(after)}
    partner = dict(pairs)
    last = -1.0
    for unit in sorted(_all(before), key=lambda unit: unit.position):
        if unit in partner:
            last = places[unit] = partner[unit].position
        else:
            places[unit] = last + 0.5
    return places


def _leaves(side: Outline) -> list[OutlineNode]:
    return [node for unit in _all(side) for node in unit.root.walk()]


def _texts(side: Outline) -> list[Unit]:
    return [unit for group in _TEXTS for unit in side[group]]


def _all(side: Outline) -> list[Unit]:
    return [unit for group in UnitGroup for unit in side[group]]
