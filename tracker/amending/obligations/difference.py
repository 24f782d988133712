"""What became of the obligations of a law between two versions: opened, closed, tightened, loosened, deadline moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from storage.records import Reading
from tracker.amending.obligations.extraction import Obligation, obligations_of
from tracker.amending.obligations.norm_words import Modality
from tracker.compare import compare

_ALIKE = 0.6
_GRADES = {Modality.NEED_NOT: 0, Modality.MAY: 0, Modality.MUST: 1, Modality.MUST_NOT: 1}


class ObligationChange(StrEnum):
    """What became of an obligation."""

    OPENED = "opened"
    CLOSED = "closed"
    TIGHTENED = "tightened"
    LOOSENED = "loosened"
    DEADLINE_MOVED = "deadline_moved"


@dataclass(frozen=True, slots=True)
class ObligationFate:
    """An obligation of the newer text, or of the older one when it is closed, with what became of it."""

    obligation: Obligation
    change: ObligationChange | None = None


def obligations_since(old: Reading, new: Reading) -> list[ObligationFate]:
    """Return the obligations of *new*, each with what became of it since *old*, and those that are closed."""
    back = {after: before for before, after in compare(old, new).pairs}
    left = list(obligations_of(old))
    fates = []
    for obligation in obligations_of(new):
        before = _counterpart(obligation, left, back.get(obligation.eid, obligation.eid))
        if before is None:
            fates.append(ObligationFate(obligation, ObligationChange.OPENED))
            continue
        left.remove(before)
        fates.append(ObligationFate(obligation, _change(before, obligation)))
    return [*fates, *(ObligationFate(obligation, ObligationChange.CLOSED) for obligation in left)]


def _counterpart(obligation: Obligation, left: Sequence[Obligation], eid: str) -> Obligation | None:
    same_place = [one for one in left if one.eid == eid]
    candidates = [
        (_likeness(one, obligation), -place, one) for place, one in enumerate(same_place or _same_unit(left, eid))
    ]
    best = max(candidates, key=lambda score: score[:2], default=None)
    return best[2] if best is not None and best[0] >= _ALIKE else None


def _same_unit(left: Sequence[Obligation], eid: str) -> Iterator[Obligation]:
    return (one for one in left if one.eid.split("__")[0] == eid.split("__", maxsplit=1)[0])


def _likeness(one: Obligation, other: Obligation) -> float:
    if one.bearer == other.bearer and one.action == other.action:
        return 1.0
    return SequenceMatcher(None, f"{one.bearer} {one.action}", f"{other.bearer} {other.action}").ratio()


def _change(old: Obligation, new: Obligation) -> ObligationChange | None:
    before, after = _GRADES[old.modality], _GRADES[new.modality]
    if before != after:
        return ObligationChange.TIGHTENED if after > before else ObligationChange.LOOSENED
    if old.deadline != new.deadline:
        return ObligationChange.DEADLINE_MOVED
    if bool(old.condition) != bool(new.condition) and after:
        return ObligationChange.LOOSENED if new.condition else ObligationChange.TIGHTENED
    return None
