"""A law as a tree that can be amended: a provision is a run of groups, each its words and what stands below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from storage.records import Provision, ProvisionKind
from tracker.reading.structure.draft import Draft
from tracker.reading.structure.eids import ARTICLES, ATTACHMENTS, Cite, finish
from tracker.reading.structure.numbers import fold_number

K = ProvisionKind
_GROUPS = frozenset({K.PARAGRAPH, K.SUBPARAGRAPH, K.WRAPUP})
_ROW = " | "
_EDGES = " .,:;()[]（）、.\u00a0"


@dataclass(eq=False, slots=True)
class TextGroup:
    """An unnumbered paragraph: words, and the numbered provisions under them.

    ``kind`` is None for words that are the provision's own, not those of an unnumbered child; ``fresh`` says that an
    amending act wrote them, so that their references are new already.
    """

    text: str = ""
    below: list[LawNode] = field(default_factory=list)
    kind: ProvisionKind | None = None
    owner: LawNode | None = None
    fresh: bool = False
    origin: str = ""

    def is_empty(self) -> bool:
        """Return whether nothing stands in it."""
        return not self.text and not self.below


@dataclass(eq=False, slots=True)
class LawNode:
    """A provision while it is amended; ``origin`` is its eid in the base text, "" for one that is new."""

    kind: ProvisionKind
    number: str = ""
    label: str = ""
    heading: str = ""
    groups: list[TextGroup] = field(default_factory=lambda: [TextGroup()])
    origin: str = ""
    is_amended: bool = False
    group: TextGroup | None = None

    @property
    def parent(self) -> LawNode | None:
        """Return the provision it stands in."""
        return self.group.owner if self.group is not None else None

    @property
    def key(self) -> str:
        """Return its number in the spelling of ids."""
        return _key_of(self.number)

    @property
    def shown_groups(self) -> list[TextGroup]:
        """Return the groups that hold something."""
        return [group for group in self.groups if not group.is_empty()]

    def below(self) -> Iterator[LawNode]:
        """Yield the provisions directly below, in reading order."""
        for group in self.groups:
            yield from group.below

    def walk(self) -> Iterator[LawNode]:
        """Yield this provision and everything below, in reading order."""
        yield self
        for child in self.below():
            yield from child.walk()

    def adopt(self, group: TextGroup, place: int | None = None) -> None:
        """Take *group* in, at *place* or at the end."""
        group.owner = self
        self.groups.insert(len(self.groups) if place is None else place, group)


@lru_cache(maxsize=8192)
def _key_of(number: str) -> str:
    return fold_number(number).lower()


def put_below(group: TextGroup, node: LawNode, place: int) -> None:
    """Put *node* below the words of *group*."""
    node.group = group
    group.below.insert(place, node)


def take_away(node: LawNode) -> None:
    """Take *node* out of the law."""
    if node.group is not None:
        node.group.below.remove(node)
        node.group = None


def from_draft(draft: Draft) -> LawNode:
    """Return *draft* as a node."""
    node = LawNode(draft.kind, draft.number, draft.label, draft.heading)
    _fill(node, draft.text, draft.children, (from_draft(child) for child in draft.children))
    return node


def law_tree(provisions: Iterable[Provision]) -> LawNode:
    """Return a root over the nodes of *provisions*."""
    root = LawNode(K.BOOK)
    own = root.groups[0]
    own.owner = root
    for provision in provisions:
        put_below(own, _from_provision(provision), len(own.below))
    return root


def finish_tree(root: LawNode, base: Iterable[Provision], cite: Cite) -> tuple[Provision, ...]:
    """Return the tree under *root* as provisions; what kept its place keeps its citation and pid."""
    entry = {provision.eid: provision for top in base for provision in top.walk()}
    return tuple(_keep_citation(top, entry) for top in finish([to_draft(node) for node in root.below()], cite))


def to_draft(node: LawNode) -> Draft:
    """Return *node* as the reader would have drawn it up."""
    draft = Draft(node.kind, node.number, node.label, node.heading)
    groups = node.shown_groups
    kinds = _kinds(node, groups) if node.is_amended else [group.kind for group in groups]
    for group, kind in zip(groups, kinds, strict=True):
        inner = [to_draft(child) for child in group.below]
        if kind is not None:
            draft.children.append(Draft(kind, text=group.text, children=inner))
            continue
        draft.text = draft.text or group.text
        draft.children.extend(inner)
    return draft


def _kinds(node: LawNode, groups: list[TextGroup]) -> list[ProvisionKind | None]:
    """Return what each group of an amended provision becomes: one alone is the provision's own words."""
    with_words = [group for group in groups if group.text or any(child.kind is K.POINT for child in group.below)]
    if len(with_words) <= 1:
        return [None] * len(groups)
    closing = (
        node.kind not in ARTICLES | ATTACHMENTS
        and len(with_words) == 2
        and with_words[0].below
        and not with_words[1].below
    )
    if closing and (node.kind is K.POINT or with_words[1].kind is K.WRAPUP):
        return [K.WRAPUP if group is with_words[1] else None for group in groups]
    entry = {group.kind for group in with_words} - {None, K.WRAPUP}
    whole = K.PARAGRAPH if node.kind in ARTICLES | ATTACHMENTS else K.SUBPARAGRAPH
    kind = next(iter(entry), whole)
    announces = with_words[0] if _announces(with_words) else None
    return [kind if group in with_words and group is not announces else None for group in groups]


def _announces(groups: list[TextGroup]) -> bool:
    """Return whether a provision's own words announced unnumbered paragraphs before: "As used in this part:"."""
    first, *others = groups
    opens = first.kind is None and not first.below and first.text.rstrip().endswith(":")
    return opens and any(group.kind is K.PARAGRAPH and group.origin for group in others)


def _from_provision(provision: Provision) -> LawNode:
    number = provision.label.strip(_EDGES)
    same = fold_number(number).lower() == provision.number.lower()
    node = LawNode(
        provision.kind, number if same else provision.number, provision.label, provision.heading, origin=provision.eid
    )
    _fill(node, provision.text, provision.children, (_from_provision(child) for child in provision.children))
    return node


def _fill(node: LawNode, text: str, children: Iterable[Provision | Draft], nodes: Iterable[LawNode]) -> None:
    own = node.groups[0]
    own.text, own.owner = text, node
    for child, result in zip(children, nodes, strict=True):
        if _is_group(child):
            group = result.groups[0]
            for extra in result.groups[1:]:
                group.below.extend(extra.below)
            group.kind, group.owner, group.origin = result.kind, node, result.origin
            for inner in group.below:
                inner.group = group
            node.groups.append(group)
            continue
        if node.groups[-1].kind is not None:
            node.adopt(TextGroup())
        put_below(node.groups[-1], result, len(node.groups[-1].below))


def _is_group(child: Provision | Draft) -> bool:
    holds_groups = any(_is_group(inner) for inner in child.children)
    bare = not child.number and not child.label and not child.heading
    return child.kind in _GROUPS and bare and _ROW not in child.text and not holds_groups


def _keep_citation(provision: Provision, entry: dict[str, Provision]) -> Provision:
    base = entry.get(provision.eid)
    children = tuple(_keep_citation(child, entry) for child in provision.children)
    if base is not None and base.label == provision.label and base.kind is provision.kind:
        return replace(provision, citation=base.citation, pid=base.pid, number=base.number, children=children)
    return replace(provision, children=children)
