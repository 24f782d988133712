"""A reading as units (what a lawyer cites) and the nodes inside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from itertools import pairwise

from storage.records import Provision, ProvisionKind, Reading
from tracker.compare.normal import fold
from tracker.compare.tokens import is_reference, keys

K = ProvisionKind
_ARTICLES = {K.ARTICLE, K.RULE, K.REGULATION}
_ATTACHMENTS = {K.ANNEX, K.SCHEDULE, K.APPENDIX, K.SUPPLEMENT}
_CONTAINERS = {K.BOOK, K.PART, K.TITLE, K.CHAPTER, K.SUBPART, K.SECTION}
_UNITS_BELOW = _ARTICLES | {K.RECITAL, K.SECTION}
_BRACKETS = re.compile(r"[(\[（［【〔][^\n]{0,120}[)\]）］】〕]\.?")
_NO_MORE = 3  # tokens: "Repealed."

Sign = tuple[str, str, tuple[tuple[str, "Sign"], ...]]


class Spelling:
    """The compare-normal form of each text of a comparison, worked out once: most texts stand on both sides."""

    def __init__(self) -> None:
        """Start with nothing worked out."""
        self.fold = cache(fold)
        self.keys = cache(keys)


class UnitGroup(StrEnum):
    """Which units may be each other's counterpart."""

    BODY = "body"
    RECITAL = "recital"
    ATTACHMENT = "attachment"
    CONTAINER = "container"


@dataclass(eq=False)
class OutlineNode:
    """One provision inside its unit, with its words in compare-normal form, worked out when asked for.

    ``sign`` is what the subtree says as folded text: equal signs, equal words and inner numbers. It costs a hundredth
    of the keys, and most provisions of two versions need no more. ``size`` is the characters of the subtree.
    """

    eid: str
    kind: ProvisionKind
    number: str
    label: str
    heading: str
    text: str
    citation: str
    spell: Spelling
    children: list[OutlineNode] = field(default_factory=list)
    parent: OutlineNode | None = None
    unit: Unit = field(init=False)
    sign: Sign = field(init=False)
    size: int = field(init=False)

    def __post_init__(self) -> None:
        """Work out what is asked of every node."""
        fold = self.spell.fold
        self.sign = (
            fold(self.heading),
            fold(self.text),
            tuple([(child.number, child.sign) for child in self.children]),
        )
        self.size = len(self.heading) + len(self.text) + sum([child.size for child in self.children])

    def walk(self) -> Iterator[OutlineNode]:
        """Yield this node and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def words(self) -> str:
        """Return heading and own text as one."""
        return "\n".join(part for part in (self.heading, self.text) if part)

    @property
    def all_words(self) -> str:
        """Return the words of this node and everything below it, one provision a line."""
        return "\n".join(node.words for node in self.walk() if node.words)

    @property
    def is_placeholder(self) -> bool:
        """Return whether nothing stands here but a mark in brackets, a word or two, or a dash: [Reserved], （删除）."""
        own = (self.text or self.heading).strip()
        return not self.children and (_BRACKETS.fullmatch(own) is not None or len(self.spell.keys(own)) <= _NO_MORE)

    @cached_property
    def heading_keys(self) -> tuple[str, ...]:
        """Return the heading in compare-normal form."""
        return self.spell.keys(self.heading)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Return heading and own text in compare-normal form."""
        return self.heading_keys + self.spell.keys(self.text)

    @cached_property
    def all_keys(self) -> tuple[str, ...]:
        """Return the keys of this node and everything below it."""
        return sum((child.all_keys for child in self.children), self.keys)

    @cached_property
    def mask(self) -> tuple[str, ...]:
        """Return the keys of the subtree with every reference masked (N2)."""
        return tuple("§" if is_reference(key) else key for key in self.all_keys)

    @cached_property
    def features(self) -> Counter[str]:
        """Count the masked keys and pairs of neighbours of the subtree."""
        low = [key.lower() for key in self.mask]
        features = Counter(low)
        features.update(map(" ".join, pairwise(low)))
        return features

    @cached_property
    def words_and_numbers(self) -> tuple[str, ...]:
        """Return words and inner numbers in reading order, whatever children they were cut into."""
        return self.keys + tuple(
            key for child in self.children for key in (*_number(child.number), *child.words_and_numbers)
        )

    @cached_property
    def words_and_labels(self) -> tuple[str, ...]:
        """Return the same with labels as printed: one reader's label may be another reader's text."""
        return self.keys + tuple(
            key for child in self.children for key in (*self.spell.keys(child.label), *child.words_and_labels)
        )


def _number(number: str) -> tuple[str, ...]:
    return (f"#{number}",) if number else ()


@dataclass(eq=False)
class Unit:
    """What a lawyer cites and a reader is told about: an article, a recital, an annex with all in it, a container."""

    root: OutlineNode
    group: UnitGroup
    order: int  # among the units of its group
    position: int  # among all units
    containers: tuple[OutlineNode, ...] = ()

    @property
    def eid(self) -> str:
        """Return the id of the unit's provision."""
        return self.root.eid

    @property
    def number(self) -> str:
        """Return the unit's printed number."""
        return self.root.number

    @property
    def nodes(self) -> list[OutlineNode]:
        """Return all nodes in reading order."""
        return list(self.root.walk())

    @cached_property
    def weight(self) -> int:
        """Return how many tokens the unit holds."""
        return len(self.root.all_keys)


def outline(reading: Reading, spell: Spelling) -> dict[UnitGroup, list[Unit]]:
    """Return the units of *reading* by group, in reading order; *spell* is shared by both sides."""
    units: dict[UnitGroup, list[Unit]] = {group: [] for group in UnitGroup}
    for position, unit in enumerate(_units(reading.provisions, (), spell)):
        unit.position = position
        unit.order = len(units[unit.group])
        units[unit.group].append(unit)
    return units


def _units(provisions: Iterable[Provision], above: tuple[OutlineNode, ...], spell: Spelling) -> Iterator[Unit]:
    for provision in provisions:
        group = _group(provision)
        if group is UnitGroup.CONTAINER:
            node = _node(provision, spell, [])
            yield _unit(node, group, above)
            yield from _units(provision.children, (*above, node), spell)
        else:
            yield _unit(_node(provision, spell, provision.children), group, above)


def _unit(root: OutlineNode, group: UnitGroup, above: tuple[OutlineNode, ...]) -> Unit:
    unit = Unit(root, group, 0, 0, above)
    for node in root.walk():
        node.unit = unit
    return unit


def _group(provision: Provision) -> UnitGroup:
    if provision.kind in _ATTACHMENTS:
        return UnitGroup.ATTACHMENT
    if provision.kind is K.RECITAL:
        return UnitGroup.RECITAL
    if provision.kind in _CONTAINERS and any(
        below.kind in _UNITS_BELOW for below in provision.walk() if below is not provision
    ):
        return UnitGroup.CONTAINER
    return UnitGroup.BODY


def _node(provision: Provision, spell: Spelling, below: Iterable[Provision]) -> OutlineNode:
    children = [_node(child, spell, child.children) for child in below]
    node = OutlineNode(
        provision.eid,
        provision.kind,
        provision.number,
        provision.label,
        provision.heading,
        provision.text,
        provision.citation,
        spell,
        children,
    )
    for child in children:
        child.parent = node
    return node
