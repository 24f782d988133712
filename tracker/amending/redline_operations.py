"""Operations computed from a comparison, and a text made by carrying them out: the round trip of our own redlines.

Words come from the changes alone. Were a difference missing there, the round trip would not give the new text back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from storage.records import Change, ChangeKind, Comparison, Op, OpKind, Provision, ProvisionKind, Reading
from tracker.amending.operations import Action
from tracker.compare.assignment import in_order


@dataclass(frozen=True, slots=True)
class RedlineOperation:
    """One operation that leads from an old text towards a new one; provisions are named by their new eid.

    ``parent`` and ``after`` say where a provision is put: below which, behind which ("" is the first place).
    """

    action: Action
    eid: str
    words: str = ""
    ops: tuple[Op, ...] = ()
    parent: str = ""
    after: str = ""
    number: str = ""
    label: str = ""
    kind: ProvisionKind | None = None


@dataclass(eq=False, slots=True)
class TextNode:
    """A provision while operations are carried out on it: its words, and what stands below."""

    eid: str
    kind: ProvisionKind | None
    number: str
    label: str
    words: str
    children: list[TextNode] = field(default_factory=list)
    parent: TextNode | None = None

    def walk(self) -> Iterator[TextNode]:
        """Yield this provision and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def operations_of(comparison: Comparison, old: Reading, new: Reading) -> list[RedlineOperation]:
    """Return the operations that make *new* of *old*, in the order they are carried out."""
    return list(_Deriver(comparison, old, new).operations())


def words_of(provision: Provision) -> str:
    """Return heading and own text of a provision as one."""
    return "\n".join(part for part in (provision.heading, provision.text) if part)


def all_words_of(provision: Provision) -> str:
    """Return the words of a provision and of everything below it, one provision a line."""
    return "\n".join(words for inner in provision.walk() if (words := words_of(inner)))


def carry_out_all(old: Reading, pairs: Mapping[str, str], operations: Sequence[RedlineOperation]) -> TextNode:
    """Return *old* with *operations* carried out; *pairs* gives the new eid of each old provision that stays."""
    root = TextNode("", None, "", "", "")
    back = {new: before for before, new in pairs.items()}
    stationary = {before: new for new, before in back.items()}
    root.children = [_node(provision, root, stationary) for provision in old.provisions]
    nodes = {node.eid: node for node in root.walk()}
    for operation in operations:
        _carry_out(operation, nodes)
    return root


def _node(provision: Provision, parent: TextNode, pairs: Mapping[str, str]) -> TextNode:
    eid = pairs.get(provision.eid, f"gone:{provision.eid}")
    node = TextNode(eid, provision.kind, provision.number, provision.label, words_of(provision), parent=parent)
    node.children = [_node(child, node, pairs) for child in provision.children]
    return node


def _carry_out(operation: RedlineOperation, nodes: dict[str, TextNode]) -> None:
    node = nodes.get(operation.eid)
    if operation.action is Action.INSERT:
        node = TextNode(operation.eid, operation.kind, operation.number, operation.label, operation.words)
        nodes[operation.eid] = node
        _put(node, operation, nodes)
    elif node is not None and operation.action is Action.DELETE:
        _take_out(node)
    elif node is not None and operation.action is Action.SUBSTITUTE_WORDS:
        node.words = _with_ops(node.words, operation.ops) if operation.ops else operation.words
    elif node is not None and operation.action is Action.REPLACE:
        old = "\n".join(inner.words for inner in node.walk() if inner.words)
        node.words = _with_ops(old, operation.ops) if operation.ops else operation.words
        for child in node.children:
            child.parent = None
        node.children = []
    elif node is not None and operation.action is Action.RENUMBER:
        node.number, node.label, node.kind = operation.number, operation.label, operation.kind
    elif node is not None and operation.action is Action.MOVE:
        _take_out(node)
        _put(node, operation, nodes)


def _take_out(node: TextNode) -> None:
    if node.parent is not None:
        node.parent.children.remove(node)
        node.parent = None


def _put(node: TextNode, operation: RedlineOperation, nodes: Mapping[str, TextNode]) -> None:
    node.parent = nodes[operation.parent]
    siblings = node.parent.children
    place = siblings.index(nodes[operation.after]) + 1 if operation.after else 0
    siblings.insert(place, node)


def _with_ops(words: str, ops: Sequence[Op]) -> str:
    """Return the new words; raises ValueError when the redline is of neither the words, the text nor the heading."""
    old = "".join(op.text for op in ops if op.kind is not OpKind.INSERT)
    new = "".join(op.new if op.kind is OpKind.FOLD else op.text for op in ops if op.kind is not OpKind.DELETE)
    if old == words:
        return new
    if words.endswith(f"\n{old}"):
        return words.removesuffix(old) + new
    if words.startswith(f"{old}\n"):
        return new + words.removeprefix(old)
    raise ValueError(f"the redline is not of these words: {words[:60]!r}")


class _Deriver:
    """Works out the operations of one comparison."""

    def __init__(self, comparison: Comparison, old: Reading, new: Reading) -> None:
        self.pairs = dict(comparison.pairs)
        self.back = {b: a for a, b in comparison.pairs}
        self.old = {provision.eid: provision for provision in old.walk()}
        self.new = new
        self.by_new: dict[str, list[Change]] = {}
        self.by_old: dict[str, list[Change]] = {}
        for change in comparison.changes:
            self.by_new.setdefault(change.new_eid or "", []).append(change)
            self.by_old.setdefault(change.old_eid or "", []).append(change)
        self.places = {eid: place for place, eid in enumerate(self.old)}
        self.old_parent = {c.eid: p.eid for p in old.walk() for c in p.children}

    def operations(self) -> Iterator[RedlineOperation]:
        """Yield words first, then what comes and moves in reading order, what is replaced whole, what goes."""
        yield from self._words()
        yield from self._children(Provision("", ProvisionKind.BOOK, children=self.new.provisions))
        yield from self._replacements()
        for eid in self.old:
            if self.pairs.get(eid) is None or self.back.get(self.pairs[eid]) != eid:
                yield RedlineOperation(Action.DELETE, f"gone:{eid}")

    def whole(self) -> set[str]:
        """Return the new provisions whose words are told together with all that stands below them."""
        return {provision.eid for provision in self.new.walk() if self._whole_change(provision) is not None}

    def _whole_change(self, provision: Provision) -> Change | None:
        """Return the change that tells all words of *provision*; one that came together, as one made of its parts."""
        changes = self.by_new.get(provision.eid, [])
        every = all_words_of(provision)
        parts = [change for change in changes if change.kind is ChangeKind.MERGED]
        if parts:
            return replace(parts[0], old_eid=None, ops=(), new_text="\n".join(change.new_text for change in parts))
        if split := [change for change in changes if change.kind is ChangeKind.SPLIT]:
            return replace(split[0], old_eid=None, ops=())
        return next(
            (
                change
                for change in changes
                if provision.children and change.new_text == every and change.new_text not in _own(provision)
            ),
            None,
        )

    def _words(self) -> Iterator[RedlineOperation]:
        for provision in self.new.walk():
            old = self.old.get(self.back.get(provision.eid, ""))
            for change in self.by_new.get(provision.eid, ()):
                mine = old is not None and change.old_eid == old.eid and change.old_text in _own(old)
                if mine and change.ops and change.new_text in _own(provision):
                    yield RedlineOperation(Action.SUBSTITUTE_WORDS, provision.eid, ops=change.ops)
            if old is not None and old.text and self._went_elsewhere(old, provision):
                yield RedlineOperation(Action.SUBSTITUTE_WORDS, provision.eid, old.heading)

    def _went_elsewhere(self, old: Provision, new: Provision) -> bool:
        """Return whether the own text of a provision is told as that of another: its first paragraph, say."""
        if self._untold_child(new) is not None:
            return True
        tellers = [change for change in self.by_old.get(old.eid, ()) if change.old_text in _own(old) and change.new_eid]
        return bool(tellers) and all(change.new_eid != new.eid for change in tellers)

    def _untold_child(self, new: Provision) -> Provision | None:
        """Return the paragraph no change tells: the only paragraph of an old text, now the first of several."""
        if new.text:
            return None
        return next((c for c in new.children if c.eid not in self.back and not self.by_new.get(c.eid)), None)

    def _replacements(self) -> Iterator[RedlineOperation]:
        for provision in self.new.walk():
            change = self._whole_change(provision)
            if change is not None:
                old = self.old.get(self.back.get(provision.eid, ""))
                same = old is not None and change.old_eid == old.eid and change.old_text == all_words_of(old)
                ops = change.ops if same else ()
                yield RedlineOperation(Action.REPLACE, provision.eid, change.new_text, ops)

    def _children(self, parent: Provision) -> Iterator[RedlineOperation]:
        stationary = self._stationary(parent)
        after = ""
        for child in parent.children:
            old = self.old.get(self.back.get(child.eid, ""))
            where = RedlineOperation(Action.MOVE, child.eid, parent=parent.eid, after=after)
            if old is None:
                yield replace(
                    where,
                    action=Action.INSERT,
                    words=self._new_words(child, parent),
                    number=child.number,
                    label=child.label,
                    kind=child.kind,
                )
            elif child.eid not in stationary:
                yield where
            if old is not None and (old.number, old.label, old.kind) != (child.number, child.label, child.kind):
                yield RedlineOperation(
                    Action.RENUMBER, child.eid, number=child.number, label=child.label, kind=child.kind
                )
            if self._whole_change(child) is None:
                yield from self._children(child)
            after = child.eid

    def _stationary(self, parent: Provision) -> set[str]:
        """Return which children need not be moved: those that stood there already, in their old order."""
        home = self.back.get(parent.eid, "")
        there = [c for c in parent.children if c.eid in self.back and self.old_parent.get(self.back[c.eid], "") == home]
        keep = in_order([self.places[self.back[child.eid]] for child in there])
        return {child.eid for place, child in enumerate(there) if place in keep}

    def _new_words(self, provision: Provision, parent: Provision) -> str:
        tellers = next((change.new_text for change in self.by_new.get(provision.eid, ()) if change.new_text), "")
        old = self.old.get(self.back.get(parent.eid, ""))
        return old.text if not tellers and old is not None and self._untold_child(parent) is provision else tellers


def _own(provision: Provision) -> set[str]:
    """Return the words a redline of the provision itself may be of."""
    return {words_of(provision), provision.text, provision.heading} - {""}


def provisions_told_whole(comparison: Comparison, old: Reading, new: Reading) -> set[str]:
    """Return the new provisions that a change tells with all that stands below them."""
    return _Deriver(comparison, old, new).whole()
