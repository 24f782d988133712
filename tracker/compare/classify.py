"""Records: what is told of each pair, orphan and family (DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from storage.records import Change, ChangeKind, Claim, Op, OpKind, Weight
from tracker.compare.children import Inner
from tracker.compare.outline import OutlineNode, Unit, UnitGroup
from tracker.compare.redline import is_marked, redline
from tracker.compare.reference_shifts import UnitNumbers, only_references, strayed_references
from tracker.compare.splits import Family, portions
from tracker.compare.tokens import REFERENCE_PATTERN as REFERENCE


@dataclass
class Account:
    """The records made so far with their place in the reading order, and the leaves of each side they stand for."""

    partner: Mapping[Unit, Unit]
    places: Mapping[Unit, float]
    numbers: UnitNumbers
    by_place: list[tuple[float, int, Change]] = field(default_factory=list)
    old: list[OutlineNode] = field(default_factory=list)
    new: list[OutlineNode] = field(default_factory=list)
    strays: list[tuple[OutlineNode, Claim]] = field(default_factory=list)
    units_told: set[tuple[str | None, str | None]] = field(default_factory=set)
    _order: dict[OutlineNode, int] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return all records in reading order of the new version."""
        return tuple(change for _, _, change in sorted(self.by_place, key=lambda item: item[:2]))

    def keep(self, node: OutlineNode, record: Change) -> None:
        """Add *record* at the place of *node*."""
        self.by_place.append((self.places[node.unit], self._place(node), record))
        self.units_told.add((record.old_unit, record.new_unit))

    def _place(self, node: OutlineNode) -> int:
        if node not in self._order:
            self._order |= {inner: place for place, inner in enumerate(node.unit.root.walk())}
        return self._order.get(node, 0)

    def cover(self, old: Iterable[OutlineNode], new: Iterable[OutlineNode]) -> None:
        """Note that these nodes are accounted for."""
        self.old.extend(old)
        self.new.extend(new)


def record_units(a: Unit, b: Unit, inner: Inner, account: Account, *, out_of_order: bool) -> None:
    """Record what happened between a unit and its counterpart; orphans must have been recorded before."""
    records = list(_pairs(inner, account, unit_out_of_order=out_of_order))
    has_records = bool(records) or (a.eid, b.eid) in account.units_told
    if out_of_order and not any(node is b.root and record.kind is ChangeKind.MOVED for node, record in records):
        account.keep(b.root, _of_unit(ChangeKind.MOVED, a, b, inner, whole=not has_records))
    elif not has_records and a.number != b.number:
        account.keep(b.root, _of_unit(ChangeKind.RENUMBERED, a, b, inner, whole=True))
    for node, record in records:
        account.keep(node, record)


def record_loose(loose: Inner, account: Account) -> None:
    """Record nodes that left their unit, and each leaf of what was removed or added."""
    for node, record in _pairs(loose, account, unit_out_of_order=False):
        account.keep(node, record)
    for kind, tops in ((ChangeKind.REMOVED, loose.old_only), (ChangeKind.ADDED, loose.new_only)):
        for top in tops:
            _orphan(kind, top, account)


def record_family(family: Family, kind: ChangeKind, account: Account) -> None:
    """Record one edge of a split or merger for each part."""
    cut = portions(family.whole, family.parts)
    for part, portion in zip(family.parts, cut, strict=True):
        other = part.root.all_words
        if kind is ChangeKind.SPLIT:
            account.keep(part.root, _record(kind, family.whole.root, part.root, portion, other))
        else:
            account.keep(family.whole.root, _record(kind, part.root, family.whole.root, other, portion))
    wholes = list(family.whole.root.walk())
    parts = [node for part in family.parts for node in part.root.walk()]
    account.cover(*((wholes, parts) if kind is ChangeKind.SPLIT else (parts, wholes)))


def _pairs(inner: Inner, account: Account, *, unit_out_of_order: bool) -> Iterator[tuple[OutlineNode, Change]]:
    for a, b in inner.pairs:
        account.cover([a], [b])
        for record in _leaf(a, b, inner, account.numbers, unit_out_of_order=unit_out_of_order):
            yield b, record
    for a, b in inner.recast:
        account.cover(a.walk(), b.walk())
        for record in _recast(a, b, inner):
            yield b, record
    for a, b in inner.same:
        account.cover(a.walk(), b.walk())
        account.strays += _strays(a, b, account.numbers)
        for record in _new_number(a, b, inner):
            yield b, record


def _leaf(
    a: OutlineNode, b: OutlineNode, inner: Inner, numbers: UnitNumbers, *, unit_out_of_order: bool
) -> Iterator[Change]:
    new_heading = [key.lower() for key in a.heading_keys] != [key.lower() for key in b.heading_keys]
    old, new = (a.words, b.words) if new_heading else (a.text, b.text)
    ops = redline(old, new)
    if not is_marked(ops):
        yield from _new_number(a, b, inner)
        return
    move_counts = (unit_out_of_order and a.parent is None) or a in inner.out_of_order
    kind = ChangeKind.MOVED if move_counts else ChangeKind.MODIFIED
    is_followed = only_references(old, new, a, b, numbers)
    claims = () if is_followed else strayed_references(old, new, a, b, numbers)
    weight = Weight.REFERENCE if is_followed else Weight.EDITORIAL
    yield replace(_record(kind, a, b, old, new, ops, weight), claims=claims)


def _recast(a: OutlineNode, b: OutlineNode, inner: Inner) -> Iterator[Change]:
    """Yield one record for a sentence that was set as a list, or a list drawn together: what stayed is seen to stay."""
    ops = redline(a.all_words, b.all_words)
    if is_marked(ops):
        kind = ChangeKind.MOVED if a in inner.out_of_order else ChangeKind.MODIFIED
        yield _record(kind, a, b, a.all_words, b.all_words, ops)
    else:
        yield from _new_number(a, b, inner)


def _strays(a: OutlineNode, b: OutlineNode, numbers: UnitNumbers) -> list[tuple[OutlineNode, Claim]]:
    """Return references in words that stayed the same and now name another provision, or none."""
    if not numbers.shifted or b.unit.group is not UnitGroup.BODY:
        return []
    pairs = zip(a.walk(), b.walk(), strict=False)
    return [
        (y, claim)
        for x, y in pairs
        if y.text and REFERENCE.search(y.text)
        for claim in strayed_references(x.text, y.text, x, y, numbers)
    ]


def _new_number(a: OutlineNode, b: OutlineNode, inner: Inner) -> Iterator[Change]:
    if a in inner.out_of_order:
        yield _record(ChangeKind.MOVED, a, b, a.all_words, b.all_words)
    elif a.number != b.number and (a.parent or b.parent):
        yield _record(ChangeKind.RENUMBERED, a, b, a.words, b.words)


def _of_unit(kind: ChangeKind, a: Unit, b: Unit, inner: Inner, *, whole: bool) -> Change:
    """Return one record for a whole unit: the words that stayed in it, or only its heading when leaves tell more."""
    if not whole:
        return _record(kind, a.root, b.root, a.root.heading, a.root.heading)
    old = {x for x, _ in inner.pairs} | {node for x, _ in inner.same for node in x.walk()}
    new = {y for _, y in inner.pairs} | {node for _, y in inner.same for node in y.walk()}
    return _record(kind, a.root, b.root, _words(a, old), _words(b, new))


def _words(unit: Unit, nodes: set[OutlineNode]) -> str:
    return "\n".join(node.words for node in unit.root.walk() if node in nodes and node.words)


def _record(  # one argument for each thing a record says
    kind: ChangeKind,
    a: OutlineNode,
    b: OutlineNode,
    old: str,
    new: str,
    ops: tuple[Op, ...] | None = None,
    weight: Weight = Weight.EDITORIAL,
) -> Change:
    return Change(
        kind=kind,
        weight=weight,
        old_unit=a.unit.eid,
        new_unit=b.unit.eid,
        old_eid=a.eid,
        new_eid=b.eid,
        old_citation=a.citation or a.label,
        new_citation=b.citation or b.label,
        old_text=old,
        new_text=new,
        ops=redline(old, new) if ops is None else ops,
    )


def _orphan(kind: ChangeKind, top: OutlineNode, account: Account) -> None:
    """Record a provision that is new or gone once, with all that stands in it."""
    nodes = [node for node in top.walk() if node.words]
    account.cover(*((nodes, []) if kind is ChangeKind.REMOVED else ([], nodes)))
    if nodes or top is top.unit.root:  # a unit may be only a number
        account.keep(top, _one_sided(kind, top, account.partner.get(top.unit)))


def _one_sided(kind: ChangeKind, node: OutlineNode, counterpart: Unit | None) -> Change:
    theirs = counterpart.eid if counterpart else None
    citation, words = node.citation or node.label, node.all_words
    if kind is ChangeKind.REMOVED:
        return Change(
            kind,
            old_unit=node.unit.eid,
            new_unit=theirs,
            old_eid=node.eid,
            old_citation=citation,
            old_text=words,
            ops=(Op(OpKind.DELETE, words),) if words else (),
        )
    return Change(
        kind,
        old_unit=theirs,
        new_unit=node.unit.eid,
        new_eid=node.eid,
        new_citation=citation,
        new_text=words,
        ops=(Op(OpKind.INSERT, words),) if words else (),
    )
