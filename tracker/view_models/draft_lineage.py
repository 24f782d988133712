"""What became of a draft: the two texts we hold, what links them, and the fate of each article of either."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlite_utils import Database

from storage import instruments, relations, versions
from storage.records import RelationKind, ReviewState, Version
from tracker.amending.drafts.lineage import Fate, Lineage, ProvisionFate, lineage_of

DRAFT_SUFFIX = "-draft"  # of the id of an instrument that is the draft of another
_AT_ONCE = 300  # provisions of a text that is compared while the reader of another page waits
_SHOWN_FIRST = (
    Fate.HARDENED, Fate.SOFTENED, Fate.REWORDED, Fate.NEW, Fate.DROPPED, Fate.SPLIT, Fate.MERGED, Fate.ADOPTED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FateRow:
    """One article: what it is called in the draft and in the final text, and what became of it."""

    fate: str
    draft_eid: str
    draft_citation: str
    final_eid: str
    final_citation: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftLineage:
    """A draft and the text made of it, with the fates counted and one row for each article."""

    draft: Version
    final: Version
    linked_by: str
    rows: tuple[FateRow, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return how many articles met each fate, the changed ones first."""
        counter = Counter(row.fate for row in self.rows)
        return [(fate.value, counter[fate.value]) for fate in _SHOWN_FIRST if counter[fate.value]]


def stages(db: Database, instrument_id: str) -> tuple[str, str] | None:
    """Return the ids of the draft and of the final text of a rule, or None when only one of them is held."""
    if instrument_id.endswith(DRAFT_SUFFIX):
        pair = (instrument_id, instrument_id.removesuffix(DRAFT_SUFFIX))
        return pair if instruments.find(db, pair[1]) else None
    if instruments.find(db, instrument_id + DRAFT_SUFFIX):
        return instrument_id + DRAFT_SUFFIX, instrument_id
    of_it = [row for row in relations.about_instrument(db, instrument_id) if row.kind is RelationKind.DRAFT_OF]
    return (of_it[0].instrument_id, instrument_id) if of_it else None


def lineage_between(db: Database, instrument_id: str) -> tuple[Version, Version, Lineage] | None:
    """Return the newest confirmed draft and final text of a rule, and the fates between them."""
    pair = stages(db, instrument_id)
    if pair is None:
        return None
    draft = versions.find_latest(db, pair[0], standing=ReviewState.CONFIRMED)
    final = versions.find_latest(db, pair[1], standing=ReviewState.CONFIRMED)
    if draft is None or final is None:
        return None
    return draft, final, lineage_of(draft.reading, final.reading)


def draft_lineage(db: Database, instrument_id: str) -> DraftLineage | None:
    """Return what became of the draft of a rule, article by article; None when we do not hold both texts."""
    between = lineage_between(db, instrument_id)
    if between is None:
        return None
    draft, final, lineage = between
    names = [{p.eid: p.citation or p.label or p.eid for p in side.reading.walk()} for side in (draft, final)]
    rows = [_row(fate, *names) for fate in lineage.provisions]
    return DraftLineage(draft, final, lineage.link.value, tuple(rows))


def fate_counts(db: Database, instrument_id: str) -> list[tuple[str, int]]:
    """Return how many articles of a draft met each fate, where both texts are short enough to compare meanwhile."""
    pair = stages(db, instrument_id)
    texts = [versions.find_latest(db, name, standing=ReviewState.CONFIRMED) for name in pair or ()]
    if not texts or any(text is None or sum(1 for _ in text.reading.walk()) > _AT_ONCE for text in texts):
        return []
    lineage = draft_lineage(db, instrument_id)
    return lineage.counts if lineage is not None else []


def _row(fate: ProvisionFate, in_draft: dict[str, str], in_final: dict[str, str]) -> FateRow:
    old, new = fate.draft_eid or "", fate.final_eid or ""
    claims = tuple(dict.fromkeys(claim.claim.value.replace("_", " ") for claim in fate.claims))
    return FateRow(fate.fate.value, old, in_draft.get(old, old), new, in_final.get(new, new), claims)
