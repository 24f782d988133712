"""Draft and final text: what links them, and the fate of each provision (adopted, reworded, softened, hardened, …)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from storage.records import Change, ChangeKind, Claim, Comparison, Provision, ProvisionKind, Reading
from tracker.amending.drafts.link import DraftLink, link_of
from tracker.compare import compare
from tracker.reading.structure.eids import ARTICLES, ATTACHMENTS
from tracker.weigh import weigh

K = ProvisionKind
_TABLE = tomllib.loads(resources.files(__package__).joinpath("fates.toml").read_text(encoding="utf-8"))
_HARDER, _SOFTER = frozenset(_TABLE["harder"]), frozenset(_TABLE["softer"])


class Fate(StrEnum):
    """What became of a provision of a draft in the final text."""

    ADOPTED = "adopted"
    REWORDED = "reworded"
    SOFTENED = "softened"
    HARDENED = "hardened"
    DROPPED = "dropped"
    NEW = "new"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class ProvisionFate:
    """The fate of one unit, from the draft's eid to the final one, with the claims it rests on."""

    draft_eid: str | None
    final_eid: str | None
    fate: Fate
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """A draft and the text made of it: what links them, and the fate of every unit of either."""

    link: DraftLink
    provisions: tuple[ProvisionFate, ...]


def lineage_of(draft: Reading, final: Reading) -> Lineage:
    """Return the lineage from *draft* to *final*."""
    comparison = weigh(compare(draft, final), draft, final)
    return Lineage(link_of(draft, final), tuple(_fates(comparison, draft, final)))


def _fates(comparison: Comparison, draft: Reading, final: Reading) -> Iterator[ProvisionFate]:
    by_units: dict[tuple[str | None, str | None], list[Change]] = {}
    for change in comparison.changes:
        by_units.setdefault((change.old_unit, change.new_unit), []).append(change)
    pairs = dict(comparison.pairs)
    back = {new: old for old, new in comparison.pairs}
    lost_units = {old for old, new in by_units if old and not new}
    for unit in units_of(final.provisions):
        yield from _of_final(unit.eid, by_units, back)
    for unit in units_of(draft.provisions):
        if unit.eid in lost_units or (unit.eid not in pairs and not any(old == unit.eid for old, _ in by_units)):
            yield ProvisionFate(unit.eid, None, Fate.DROPPED, _claims(by_units.get((unit.eid, None), [])))


def _of_final(
    eid: str, by_units: dict[tuple[str | None, str | None], list[Change]], back: dict[str, str]
) -> Iterator[ProvisionFate]:
    edges = [(old, changes) for (old, new), changes in by_units.items() if new == eid and old]
    families = [(old, changes) for old, changes in edges if any(change.kind in _FAMILY for change in changes)]
    for old, changes in families:
        kind = next(change.kind for change in changes if change.kind in _FAMILY)
        yield ProvisionFate(old, eid, Fate(kind.value), _claims(changes))
    if families:
        return
    old_eid = back.get(eid) or (edges[0][0] if edges else None)
    if old_eid is None:
        yield ProvisionFate(None, eid, Fate.NEW, _claims(by_units.get((None, eid), [])))
        return
    changes = [change for old, of_edge in edges if old == old_eid for change in of_edge]
    yield ProvisionFate(old_eid, eid, fate_of(changes), _claims(changes))


_FAMILY = frozenset({ChangeKind.SPLIT, ChangeKind.MERGED})
_SAME_WORDS = frozenset({ChangeKind.RENUMBERED, ChangeKind.MOVED})


def fate_of(changes: Sequence[Change]) -> Fate:
    """Return the fate that the changes of one unit make: hardened or softened when all that tells points one way."""
    with_words = [
        change for change in changes if not (change.kind in _SAME_WORDS and change.old_text == change.new_text)
    ]
    if not with_words or all(change.weight.value == "reference" for change in with_words):
        return Fate.ADOPTED
    kinds = {claim.claim.value for change in with_words for claim in change.claims}
    harder, softer = bool(kinds & _HARDER), bool(kinds & _SOFTER)
    if harder == softer:
        return Fate.REWORDED
    return Fate.HARDENED if harder else Fate.SOFTENED


def _claims(changes: Sequence[Change]) -> tuple[Claim, ...]:
    return tuple(claim for change in changes for claim in change.claims)


def units_of(provisions: Sequence[Provision]) -> Iterator[Provision]:
    """Yield the units of a text, in reading order: what a lawyer cites, containers passed through."""
    for provision in provisions:
        holds = any(inner.kind in ARTICLES | {K.SECTION} for inner in provision.walk() if inner is not provision)
        if provision.kind in ATTACHMENTS or not holds:
            yield provision
        else:
            yield from units_of(provision.children)
