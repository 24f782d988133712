"""What must be told of two versions whose articles know who they are, whatever their numbers."""

from __future__ import annotations

from benchmarks.laws.model import Article, Law
from benchmarks.laws.traditions import TRADITIONS
from benchmarks.mutations.cases import Expect, Record

Family = tuple[str, str, tuple[str, ...]]  # kind, whole, parts


def truth(old: Law, new: Law, *, moves: frozenset[str] = frozenset(), families: tuple[Family, ...] = ()) -> Expect:
    """Return what must be told of two versions whose articles know who they are."""
    tradition = TRADITIONS[old.tradition]
    before, after = old.numbers(), new.numbers()
    own = {uid for _, whole, parts in families for uid in (whole, *parts)}
    units: set[Record] = set()
    references: set[Record] = set()
    for kind, whole, parts in families:
        for part in parts:
            one, other = (whole, part) if kind == "split" else (part, whole)
            units.add((kind, tradition.unit_eid(before[one]), tradition.unit_eid(after[other])))
    for uid in (before.keys() | after.keys()) - own:
        a = tradition.unit_eid(before[uid]) if uid in before else None
        b = tradition.unit_eid(after[uid]) if uid in after else None
        kind = "removed" if b is None else "added" if a is None else _what_happened(old, new, uid, moves)
        if kind == "reference":
            references.add(("modified", a, b))
            kind = "modified"
        if kind:
            units.add((kind, a, b))
    edges = tuple(
        (tradition.unit_eid(before[uid]), tradition.unit_eid(after[uid]))
        for uid in before
        if uid in after and uid not in own
    )
    return Expect(units=frozenset(units), references=frozenset(references), edges=edges)


def _what_happened(old: Law, new: Law, uid: str, moves: frozenset[str]) -> str:
    one, other = old.article(uid), new.article(uid)
    if uid in moves:
        return "moved"
    if (one.heading, one.paragraphs) != (other.heading, other.paragraphs):
        return "modified"
    if _texts(old, one) != _texts(new, other):
        return "reference"
    return "renumbered" if old.numbers()[uid] != new.numbers()[uid] else ""


def _texts(law: Law, article: Article) -> list[str]:
    tradition = TRADITIONS[law.tradition]
    return [tradition.text(words, law) for p in article.paragraphs for words in (p.words, *p.items)]
