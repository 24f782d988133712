"""The units a reading counts: article-level provisions of the law's own text, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storage.records import Provision, ProvisionKind
from tracker.reading.structure.eids import ARTICLES, ATTACHMENTS, CONTAINERS

K = ProvisionKind
UNITS = frozenset({*ARTICLES, K.SECTION})


def own_units(provisions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield the units of the law's own text, and its numbered paragraphs when nothing above them is a unit."""
    for provision in provisions:
        if provision.kind in CONTAINERS or divides(provision):
            yield from own_units(provision.children)
        elif provision.kind in UNITS or (provision.kind is K.PARAGRAPH and provision.number):
            yield provision


def all_units(provisions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield every article-level unit, those that annexes and quotations hold included."""
    for root in provisions:
        yield from (p for p in root.walk() if p.kind in UNITS and not divides(p))


def attachments(provisions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield the annexes and schedules."""
    for provision in provisions:
        if provision.kind in ATTACHMENTS:
            yield provision
        elif provision.kind in CONTAINERS:
            yield from attachments(provision.children)


def siblings(provisions: Sequence[Provision]) -> dict[int, int]:
    """Return for each provision, by its identity, a number that it shares with those that stand beside it."""
    parents = dict.fromkeys(map(id, provisions), 0)
    for root in provisions:
        for provision in root.walk():
            parents.update(dict.fromkeys(map(id, provision.children), id(provision)))
    return parents


def books(provisions: Sequence[Provision]) -> dict[int, int]:
    """Return for each provision of a book, or division of an American law, which it stands in, by their identities."""
    return {id(p): id(root) for root in provisions if root.kind is K.BOOK for p in root.walk()}


def divides(provision: Provision) -> bool:
    """Return whether a section only divides a chapter, or a sub-section a section."""
    return provision.kind in {K.SECTION, K.SUBSECTION} and any(
        c.kind in ARTICLES or divides(c) for c in provision.children
    )


def words_of(provision: Provision) -> str:
    """Return what a provision says, headings and labels of what is below it included."""
    return "\n".join(part for p in provision.walk() for part in (p.label, p.heading, p.text) if part)
