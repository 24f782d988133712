"""References that only followed their target to its new number, and those that now name another provision, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from storage.records import Claim, ClaimKind
from tracker.compare.outline import OutlineNode, UnitGroup
from tracker.compare.redline import align_tokens
from tracker.compare.references import Path, ReferenceGroup, groups
from tracker.compare.tokens import RedlineToken

GroupPair = tuple[ReferenceGroup, ReferenceGroup]


class UnitNumbers:
    """Where every number of the old version went, and where every number of the new one came from."""

    def __init__(
        self,
        pairs: Iterable[tuple[OutlineNode, OutlineNode]],
        old: Iterable[OutlineNode] = (),
        new: Iterable[OutlineNode] = (),
    ) -> None:
        """Take all pairs of nodes the alignment found, and all nodes of both versions."""
        self._pairs, self._all_old, self._all_new = pairs, old, new

    @cached_property
    def _nodes(self) -> dict[Path, tuple[OutlineNode, OutlineNode]]:
        return {path_of(a): (a, b) for a, b in self._pairs if a.unit.group is UnitGroup.BODY}

    @cached_property
    def _to(self) -> dict[Path, Path]:
        return {path: path_of(b) for path, (_, b) in self._nodes.items()}

    @cached_property
    def _from(self) -> dict[Path, Path]:
        return {new: old for old, new in self._to.items()}

    @cached_property
    def _old(self) -> dict[Path, OutlineNode]:
        return {path_of(node): node for node in self._all_old if node.unit.group is UnitGroup.BODY}

    @cached_property
    def _new(self) -> dict[Path, OutlineNode]:
        return {path_of(node): node for node in self._all_new if node.unit.group is UnitGroup.BODY}

    @cached_property
    def shifted(self) -> bool:
        """Return whether any unit has another number than it had, or is gone."""
        return any(old != new for old, new in self._to.items() if len(old) == 1) or any(
            len(path) == 1 and path not in self._to for path in self._old
        )

    def follows(self, old: ReferenceGroup, new: ReferenceGroup, a: OutlineNode, b: OutlineNode) -> bool:
        """Return whether *new* names exactly what became of what *old* names where *a* became *b*."""
        if not (old.internal and new.internal) or old.is_range != new.is_range:
            return False
        if len(old.paths) > 1 and len(new.paths) > 1 and old.joiners != new.joiners:
            return False
        targets, place_names = (
            self._targets(old, a),
            [self._absolute(p, is_top, b, self._from) for p, is_top in new.paths],
        )
        if old.is_range:
            return self._range_follows(old, new, a, b)
        return bool(targets) and None not in place_names and {t for t in targets if t} == set(place_names)

    def _range_follows(self, old: ReferenceGroup, new: ReferenceGroup, a: OutlineNode, b: OutlineNode) -> bool:
        ends = [self._absolute(p, is_top, a, self._to) for p, is_top in old.paths]
        goals = [self._absolute(p, is_top, b, self._from) for p, is_top in new.paths]
        return len(ends) == len(goals) and all(
            end is not None and self._place(end) == goal for end, goal in zip(ends, goals, strict=True)
        )

    def _targets(self, group: ReferenceGroup, node: OutlineNode) -> list[Path | None]:
        """Return the new path of each path named, None for one that is gone; nothing when one cannot be resolved."""
        result: list[Path | None] = []
        for path, is_top in group.paths:
            whole = self._absolute(path, is_top, node, self._to)
            if whole is None:
                whole = self._absolute(path, is_top, node, self._old)
                if whole is None:
                    return []
                result.append(None)
            else:
                result.append(self._place(whole))
        return result

    def _absolute(
        self, path: Path, is_top: bool, node: OutlineNode, familiar: dict[Path, Path] | dict[Path, OutlineNode]
    ) -> Path | None:
        """Return the whole path a reference in *node* names; below what was read, the rest of a path stays as it is."""
        for prefix in [()] if is_top else prefixes(node):
            whole = prefix + path
            if whole in familiar or (len(whole) > 1 and whole[:1] in familiar and is_top):
                return whole
        return None

    def _place(self, path: Path) -> Path | None:
        if path in self._to:
            return self._to[path]
        if len(path) > 1 and path[:1] in self._to:
            return self._to[path[:1]] + path[1:]
        return None

    def retargets(self, old: ReferenceGroup, new: ReferenceGroup, b: OutlineNode, text: str) -> Iterator[Claim]:
        """Yield what a group of references names now that is not what the one before it named."""
        if not (old.internal and new.internal) or old.is_range or new.is_range:
            return
        if not all(is_top and len(path) == 1 for path, is_top in (*old.paths, *new.paths)):
            return
        before = [path for path, _ in old.paths]
        after = [path for path, _ in new.paths]
        rest = {self._to.get(path) for path in before}
        strays = [path for path in after if path not in rest]
        losses = [path for path in before if self._to.get(path) not in after]
        if any(path not in self._old for path in before) or len(strays) != len(losses):
            return
        for stray, was in zip(strays, losses, strict=True):
            yield self._retarget(stray, was, text, b)

    def _retarget(self, stray: Path, was: Path, text: str, b: OutlineNode) -> Claim:
        home = self._to.get(was)
        past = self._cite(self._old.get(was))
        past += (
            f", now {self._cite(self._new.get(home))}" if home and home != was else "" if home else ", which is gone"
        )
        if stray not in self._new:
            return Claim(ClaimKind.REFERENCE_DANGLING, old=past, new_text=text, unit="target", eid=b.eid)
        now = self._cite(self._new[stray])
        origin = self._from.get(stray)
        now += (
            ", which is new"
            if origin is None
            else ""
            if origin == stray
            else f", formerly {self._cite(self._old.get(origin))}"
        )
        return Claim(ClaimKind.REFERENCE_RETARGETED, old=past, new=now, new_text=text, unit="target", eid=b.eid)

    def _cite(self, node: OutlineNode | None) -> str:
        return (node.citation or node.label or node.eid) if node else ""


def only_references(old: str, new: str, a: OutlineNode, b: OutlineNode, numbers: UnitNumbers) -> bool:
    """Return whether *old* and *new* differ only in references that followed their targets."""
    pairs, same_words = shifted_groups(old, new)
    if not same_words:
        return False
    (_, left), (_, right), _ = align_tokens(old, new)
    differ = [(x, y) for x, y in pairs if _keys(x, left) != _keys(y, right)]
    return bool(differ) and all(numbers.follows(x, y, a, b) for x, y in differ)


def strayed_references(old: str, new: str, a: OutlineNode, b: OutlineNode, numbers: UnitNumbers) -> tuple[Claim, ...]:
    """Return what the references of a provision point to now that they did not point to before."""
    if not numbers.shifted:
        return ()
    pairs, same_words = shifted_groups(old, new)
    _, (_, right), _ = align_tokens(old, new)
    items: list[Claim] = []
    for x, y in pairs if same_words else _unedited_groups(old, new):
        if not numbers.follows(x, y, a, b):
            items += numbers.retargets(x, y, b, "".join(p.core + p.gap for p in right[y.first : y.last + 1]).strip())
    return tuple(items)


def shifted_groups(old: str, new: str) -> tuple[list[GroupPair], bool]:
    """Return the groups of references of two texts in order, and whether all other words are the same."""
    (_, left), (_, right), _ = align_tokens(old, new)
    groups_left, groups_right = groups(left), groups(right)
    if len(groups_left) != len(groups_right) or _collapse(left, groups_left) != _collapse(right, groups_right):
        return [], False
    return list(zip(groups_left, groups_right, strict=True)), True


def _unedited_groups(old: str, new: str) -> Iterator[GroupPair]:
    """Yield the groups of references that stayed as they were where other words of the text were edited."""
    (_, left), (_, right), steps = align_tokens(old, new)
    place = {i1 + n: j1 + n for kind, i1, i2, j1, _ in steps if kind == "equal" for n in range(i2 - i1)}
    by_first = {group.first: group for group in groups(right)}
    for group in groups(left):
        other = by_first.get(place.get(group.first, -1))
        if other is not None and place.get(group.last) == other.last and _keys(group, left) == _keys(other, right):
            yield group, other


def _collapse(pieces: Sequence[RedlineToken], items: Iterable[ReferenceGroup]) -> list[str]:
    keys: list[str] = []
    at = 0
    for group in items:
        keys += [piece.key for piece in pieces[at : group.first]]
        keys.append(f"§{group.members[0].shape.split('#')[0].split('(')[0].strip()}")
        at = group.last + 1
    return keys + [piece.key for piece in pieces[at:]]


def _keys(group: ReferenceGroup, pieces: Sequence[RedlineToken]) -> list[str]:
    return [piece.key for piece in pieces[group.first : group.last + 1]]


def prefixes(node: OutlineNode) -> list[Path]:
    """Return the path of a node and of all above it, the longest first."""
    path = path_of(node)
    return [path[:length] for length in range(len(path), 0, -1)]


def path_of(node: OutlineNode) -> Path:
    """Return the numbers from the unit down to a node."""
    if node.parent is None:
        return (node.number.lower() or node.eid,)
    return (*path_of(node.parent), node.number.lower() or _place(node))


def _place(node: OutlineNode) -> str:
    assert node.parent is not None
    bare = [child for child in node.parent.children if not child.number and child.kind is node.kind]
    return str(bare.index(node) + 1) if node in bare else ""
