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
from tracker.compare.document_level import front, is_replaced, note_of_containers, note_of_unprinted, remarks
from tracker.compare.invariants import check_conservation, check_redlines
from tracker.compare.outline import OutlineNode, Spelling, Unit, UnitGroup, outline
from tracker.compare.reference_shifts import UnitNumbers
from tracker.compare.similar import Scale
from tracker.compare.splits import Family, find
from tracker.compare.summary import UnitOutcome, summary

_MOST_STRAYS = 12  # notes about references left behind; more of them say that the law counts otherwise
_TEXTS = (UnitGroup.BODY, UnitGroup.RECITAL, UnitGroup.ATTACHMENT)
Outline = dict[UnitGroup, list[Unit]]


@dataclass
class _Pairing:
    """Which units belong together, and what stands inside them."""

    pairs: list[tuple[Unit, Unit]] = field(default_factory=list)
    families: list[tuple[ChangeKind, Family]] = field(default_factory=list)
    out_of_order: set[Unit] = field(default_factory=set)
    inner: dict[Unit, Inner] = field(default_factory=dict)
    loose: Inner = field(default_factory=Inner)

    @property
    def partner(self) -> dict[Unit, Unit]:
        """Return the counterpart of every unit that has one, both ways."""
        return dict(self.pairs) | {b: a for a, b in self.pairs}

    def nodes(self) -> Iterator[tuple[OutlineNode, OutlineNode]]:
        """Yield all matched nodes, old to new."""
        for inner in (*self.inner.values(), self.loose):
            yield from (*inner.pairs, *inner.same, *inner.alike, *inner.recast)
        for kind, family in self.families:
            for part in family.parts:
                yield (family.whole.root, part.root) if kind is ChangeKind.SPLIT else (part.root, family.whole.root)


def compare(old: Reading, new: Reading) -> Comparison:
    """Return everything that changed from *old* to *new*, each leaf once; raise CompareError on a broken promise."""
    spell = Spelling()
    before, after = outline(old, spell), outline(new, spell)
    notes = [*_set_aside_unprinted(before, after)]
    scale = Scale(unit.root for unit in (*_texts(before), *_texts(after)))
    pairing = _pair_units(before, after, scale)
    if note := note_of_containers(before[UnitGroup.CONTAINER], after[UnitGroup.CONTAINER], pairing.pairs):
        notes.append(note)
        before[UnitGroup.CONTAINER], after[UnitGroup.CONTAINER] = [], []
    _pair_inside(before, after, pairing, scale)
    numbers = UnitNumbers(pairing.nodes(), _leaves(before), _leaves(after))
    account = Account(pairing.partner, _places(before, after, pairing.pairs), numbers)
    _record(pairing, account)
    changes = account.changes
    check_redlines(changes)
    check_conservation("old", _leaves(before), account.old)
    check_conservation("new", _leaves(after), account.new)
    apart = sum(family.whole.weight for _, family in pairing.families)
    is_other_law = is_replaced(pairing.pairs, apart, _texts(before), _texts(after))
    pairs = {a.eid: b.eid for a, b in reversed([*pairing.nodes()])}
    return Comparison(
        changes,
        _summary(pairing, before, after, account),
        (*remarks(old, new, is_other_law=is_other_law), *notes, *front(old, new), *_notes_of_strays(account)),
        tuple(pairs.items())[::-1],
        is_other_law,
    )


def _notes_of_strays(account: Account) -> Iterator[str]:
    """Yield a note for each reference whose words stayed and whose target did not: it now names another provision."""
    for node, claim in account.strays[:_MOST_STRAYS]:
        where = node.citation or node.label or node.eid
        target = f"now points to {claim.new}" if claim.new else "now points to nothing"
        yield f"In {where} “{claim.new_text}” {target} (was {claim.old})"


def _summary(pairing: _Pairing, before: Outline, after: Outline, account: Account) -> dict[str, int | str]:
    with_counterpart = {*pairing.partner, *(unit for _, family in pairing.families for unit in family.members)}
    outcome = UnitOutcome(account.changes)
    counts = Counter(outcome.kind_of(a.eid, b.eid) for a, b in pairing.pairs if a.group is not UnitGroup.CONTAINER)
    counts += Counter(
        kind
        for a, b in pairing.pairs
        if a.group is UnitGroup.CONTAINER and (kind := outcome.kind_of(a.eid, b.eid)) != "unchanged"
    )
    counts += Counter(kind.value for kind, _ in pairing.families)
    counts["removed"] = sum(unit not in with_counterpart for unit in _all(before))
    counts["added"] = sum(unit not in with_counterpart for unit in _all(after))
    counts["reference"] = sum(outcome.only_references(a.eid, b.eid) for a, b in pairing.pairs)
    return summary(counts, outcome.heaviest)


def _set_aside_unprinted(before: Outline, after: Outline) -> Iterator[str]:
    """Yield a note for each class only one side prints, and take it out of the comparison."""
    for group in (UnitGroup.RECITAL, UnitGroup.ATTACHMENT):
        if note := note_of_unprinted(group, before, after):
            before[group], after[group] = [], []
            yield note


def _pair_units(before: Outline, after: Outline, scale: Scale) -> _Pairing:
    pairing = _Pairing()
    for group in _TEXTS:
        old, new = before[group], after[group]
        pairs = [(old[a], new[b]) for a, b in align(old, new, scale)]
        partner = dict(pairs) | {b: a for a, b in pairs}
        families = [(ChangeKind.SPLIT, family) for family in find(old, new, partner, scale)]
        families += [(ChangeKind.MERGED, family) for family in find(new, old, partner, scale)]
        in_families: set[Unit] = set()
        for kind, family in families:
            if not in_families & family.members:
                in_families |= family.members
                pairing.families.append((kind, family))
        pairs = [(a, b) for a, b in pairs if a not in in_families and b not in in_families]
        in_sequence = in_order([b.order for _, b in pairs])
        pairing.out_of_order |= {a for place, (a, _) in enumerate(pairs) if place not in in_sequence}
        pairing.pairs += pairs
    return pairing


def _pair_inside(before: Outline, after: Outline, pairing: _Pairing, scale: Scale) -> None:
    pairing.pairs += align_containers(before[UnitGroup.CONTAINER], after[UnitGroup.CONTAINER], pairing.pairs)
    loose = pairing.loose
    for a, b in pairing.pairs:
        inner = pairing.inner[a] = Inner()
        inside(a.root, b.root, scale, inner)
        loose.old_only += inner.old_only
        loose.new_only += inner.new_only
    with_counterpart = {*pairing.partner, *(unit for _, family in pairing.families for unit in family.members)}
    loose.old_only += [unit.root for unit in _all(before) if unit not in with_counterpart]
    loose.new_only += [unit.root for unit in _all(after) if unit not in with_counterpart]
    rescue(loose, scale)


def _record(pairing: _Pairing, account: Account) -> None:
    record_loose(pairing.loose, account)
    for a, b in pairing.pairs:
        record_units(a, b, pairing.inner[a], account, out_of_order=a in pairing.out_of_order)
    for kind, family in pairing.families:
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
