"""Inside one pair of units: which paragraph, point or item is which, whatever children a reader cut them into."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from itertools import dropwhile

from storage.records import ProvisionKind
from tracker.compare.assignment import Pair, assign, in_order
from tracker.compare.outline import OutlineNode
from tracker.compare.similar import Scale, candidates, hardly_changed

_PARAGRAPHS = {ProvisionKind.PARAGRAPH, ProvisionKind.SUBPARAGRAPH, ProvisionKind.SUBSECTION}
_ENOUGH = 0.40
_RESCUE_LIKENESS = 0.60
_RECAST_SHARE = 0.6  # of a list's words stood in the text it was made of
_LEAST_LIST = 2  # points
_BLANKS = str.maketrans("", "", " \n\t\r'\"")
_LONG_ENOUGH = 8  # tokens; less is boilerplate and proves no move


@dataclass
class Inner:
    """What became of the nodes of two trees.

    ``same`` are pairs equal with all below them, which is in ``alike``; ``old_only`` and ``new_only`` are orphans
    with all below them; ``out_of_order`` are old nodes that left their order or parent; ``recast`` are texts set as a
    list, or lists drawn together.
    """

    pairs: list[tuple[OutlineNode, OutlineNode]] = field(default_factory=list)
    alike: list[tuple[OutlineNode, OutlineNode]] = field(default_factory=list)
    recast: list[tuple[OutlineNode, OutlineNode]] = field(default_factory=list)
    same: list[tuple[OutlineNode, OutlineNode]] = field(default_factory=list)
    out_of_order: set[OutlineNode] = field(default_factory=set)
    old_only: list[OutlineNode] = field(default_factory=list)
    new_only: list[OutlineNode] = field(default_factory=list)


def inside(a: OutlineNode, b: OutlineNode, scale: Scale, inner: Inner) -> None:
    """Pair *a* with *b* and their children with each other, all the way down."""
    if a.sign == b.sign or (
        _may_be_recut(a, b) and (a.words_and_numbers == b.words_and_numbers or a.words_and_labels == b.words_and_labels)
    ):
        inner.same.append((a, b))
        _pair_below(a, b, inner)
        return
    if _is_recast(a, b) or _is_recast(b, a):
        inner.recast.append((a, b))
        return
    inner.pairs.append((a, b))
    _level(a, b)
    _level(b, a)
    pairs = _children(a.children, b.children, scale)
    in_sequence = in_order([j for _, j in pairs])
    for place, (i, j) in enumerate(pairs):
        if place not in in_sequence:
            inner.out_of_order.add(a.children[i])
        inside(a.children[i], b.children[j], scale, inner)
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    inner.old_only.extend(child for i, child in enumerate(a.children) if i not in left)
    inner.new_only.extend(child for j, child in enumerate(b.children) if j not in right)


def _may_be_recut(a: OutlineNode, b: OutlineNode) -> bool:
    """Return whether the same words may stand in other children; asked before the words are cut into tokens."""
    return _run(a) == _run(b) or _run(a, labels=True) == _run(b, labels=True)


def _is_recast(leaf: OutlineNode, whole: OutlineNode) -> bool:
    """Return whether one text was set as a list: most of the list's words stood in the text."""
    below = [child for child in whole.children if child.kind not in _PARAGRAPHS]
    if leaf.children or not leaf.text or len(below) < _LEAST_LIST or len(below) != len(whole.children):
        return False
    own = Counter(leaf.keys)
    in_list = Counter(key for child in below for key in child.all_keys)
    beyond = own - Counter(whole.keys)  # what the first line of the list does not say
    return (in_list & beyond).total() >= _RECAST_SHARE * in_list.total()


def _run(node: OutlineNode, *, labels: bool = False) -> str:
    """Return the letters and marks of a subtree in one run, without blanks and quotes."""
    below = (
        part for x in node.walk() for part in (x.spell.fold(x.label) if labels and x is not node else "", *x.sign[:2])
    )
    return "".join(below).translate(_BLANKS)


def rescue(inner: Inner, scale: Scale) -> None:
    """Find paragraphs that left their unit or parent: orphans on both sides that say the same."""
    old, new = _long(inner.old_only), _long(inner.new_only)
    near = candidates(old, new, scale)
    scores: dict[Pair, float] = {}
    for i, others in near.items():
        for j in others:
            likeness = scale.dice(old[i], new[j])
            whole_units = old[i].parent is None and new[j].parent is None
            if likeness >= _RESCUE_LIKENESS and not whole_units:
                scores[i, j] = likeness
    used_nodes: set[OutlineNode] = set()
    for i, j in sorted(assign(scores), key=lambda pair: -len(old[pair[0]].all_keys)):
        a, b = old[i], new[j]
        if used_nodes & {*a.walk(), *b.walk()}:
            continue
        used_nodes |= {*a.walk(), *b.walk()}
        inner.out_of_order.add(a)
        inner.old_only = _without(inner.old_only, a)
        inner.new_only = _without(inner.new_only, b)
        inside(a, b, scale, inner)


def _long(orphans: list[OutlineNode]) -> list[OutlineNode]:
    return [node for orphan in orphans for node in orphan.walk() if len(node.all_keys) >= _LONG_ENOUGH]


def _without(orphans: list[OutlineNode], node: OutlineNode) -> list[OutlineNode]:
    """Return *orphans* less *node*; where it stands below one of them, that one falls apart into the rest."""
    result = []
    for orphan in orphans:
        if orphan is node:
            continue
        if node in set(orphan.walk()):
            shell = replace(orphan, children=[])
            shell.unit = orphan.unit
            result.extend([shell, *_without(orphan.children, node)])
        else:
            result.append(orphan)
    return result


def _pair_below(a: OutlineNode, b: OutlineNode, inner: Inner) -> None:
    """Pair what stands below two equal nodes, for their persistent ids; shapes may differ between readers."""
    if len(a.children) == len(b.children):
        for one, other in zip(a.children, b.children, strict=True):
            inner.alike.append((one, other))
            _pair_below(one, other, inner)


def _level(a: OutlineNode, b: OutlineNode) -> None:
    """Give *a* a first paragraph of its own words when the other side keeps them in one."""
    if not a.text or b.text or not b.children or b.children[0].kind not in _PARAGRAPHS:
        return
    rest = list(dropwhile(lambda child: child.kind not in _PARAGRAPHS, a.children))
    below = a.children[: len(a.children) - len(rest)]
    first = OutlineNode(a.eid, b.children[0].kind, "", "", "", a.text, a.citation, a.spell, below, a)
    first.unit = a.unit
    for child in below:
        child.parent = first
    a.children[:] = [first, *rest]
    a.text = ""
    a.__dict__.pop("keys", None)


def _children(old: list[OutlineNode], new: list[OutlineNode], scale: Scale) -> list[Pair]:
    pairs = _equal(old, new, lambda node: node.sign, {})
    pairs |= _in_place(old, new, pairs)
    pairs = _equal(old, new, lambda node: node.mask, pairs)
    left = [i for i in range(len(old)) if i not in pairs]
    right = sorted(set(range(len(new))) - set(pairs.values()))
    scores: dict[Pair, float] = {}
    for i in left:
        for j in right:
            score = _score(i, j, old, new, scale, sole=len(left) == len(right) == 1)
            if score:
                scores[i, j] = score
    return sorted([*pairs.items(), *assign(scores)])


def _in_place(old: list[OutlineNode], new: list[OutlineNode], pairs: dict[int, int]) -> dict[int, int]:
    """Pair children of the same number, or unnumbered ones in the same place, that hardly changed."""
    partners = set(pairs.values())
    at = {node.number: j for j, node in enumerate(new) if node.number and j not in partners}
    result = {}
    for i, node in enumerate(old):
        j = at.get(node.number) if node.number else i if len(old) == len(new) and not new[i].number else None
        if i not in pairs and j is not None and j not in partners and hardly_changed(node, new[j]):
            result[i] = j
    return result


def _score(i: int, j: int, old: list[OutlineNode], new: list[OutlineNode], scale: Scale, *, sole: bool) -> float:
    a, b = old[i], new[j]
    likeness = scale.dice(a, b)
    label = bool(a.number) and a.number == b.number
    label |= bool(a.heading_keys) and a.heading_keys == b.heading_keys
    both_bare = not a.number and not b.number and i == j and len(old) == len(new)
    place = 1 - abs((i + 0.5) / len(old) - (j + 0.5) / len(new))
    score = 0.75 * likeness + 0.15 * label + 0.10 * place
    least = 0.08 if sole else 0.15
    if (score >= _ENOUGH and likeness > 0.2) or ((label or both_bare) and likeness >= least):
        return score
    return 0.0


def _equal(
    old: list[OutlineNode], new: list[OutlineNode], words: Callable[[OutlineNode], Hashable], pairs: dict[int, int]
) -> dict[int, int]:
    places: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, nodes, partners in ((0, old, set(pairs)), (1, new, set(pairs.values()))):
        for place, node in enumerate(nodes):
            if place not in partners:
                places[words(node)][side].append(place)
    result = dict(pairs)
    for left, right in places.values():
        by_number = [(i, j) for i in left for j in right if old[i].number and old[i].number == new[j].number]
        same_number = dict(by_number) if len({j for _, j in by_number}) == len(by_number) else {}
        rest = [j for j in right if j not in set(same_number.values())]
        result |= same_number
        result |= dict(zip((i for i in left if i not in same_number), rest, strict=False))
    return result
