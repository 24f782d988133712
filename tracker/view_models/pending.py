"""Pending law as pages and programs show it: who amends what, from when, what was left open, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlite_utils import Database

from storage import instruments, pending_versions, versions
from storage.records import PendingVersion


@dataclass(frozen=True, slots=True)
class OpenInstruction:
    """An instruction of the act that was not carried out, in its own words, with the reason."""

    target_eid: str
    basis: str
    why: str


@dataclass(frozen=True, slots=True)
class PendingView:
    """One pending version as it is shown: always with the mark that it is computed and not official."""

    id: int
    instrument_id: str
    title: str
    title_native: str
    act_id: str
    act_title: str
    language: str
    state: str
    computed_at: datetime
    effective_on: date | None
    instruction_count: int
    applied_count: int
    open_instructions: tuple[OpenInstruction, ...]
    mark: str
    judged_at: datetime | None
    agreed_units: tuple[str, ...]
    differed_units: tuple[str, ...]
    came_otherwise: tuple[str, ...]

    @property
    def address(self) -> str:
        """Return where it is shown."""
        return f"/pending/{self.id}"

    def as_json(self) -> dict[str, Any]:
        """Return what programs are told."""
        return {
            "id": self.id,
            "official": False,
            "mark": self.mark,
            "instrument": self.instrument_id,
            "title": self.title,
            "amended_by": {"instrument": self.act_id, "title": self.act_title},
            "state": self.state,
            "computed_at": self.computed_at.isoformat(),
            "effective_on": self.effective_on.isoformat() if self.effective_on else None,
            "instructions": self.instruction_count,
            "applied": self.applied_count,
            "open": [{"target_eid": o.target_eid, "basis": o.basis, "why": o.why} for o in self.open_instructions],
            "verdict": {
                "at": self.judged_at.isoformat() if self.judged_at else None,
                "agreed": list(self.agreed_units),
                "differed": list(self.differed_units),
                "open": list(self.came_otherwise),
            },
        }


def pending_view(db: Database, pending: PendingVersion) -> PendingView:
    """Return a pending version as it is shown."""
    base = versions.get_summary(db, pending.base_version_id)
    title, act = (_title(db, name) for name in (pending.instrument_id, pending.amending_id))
    verdict = pending.verdict
    return PendingView(
        id=pending.id,
        instrument_id=pending.instrument_id,
        title=title,
        title_native=instruments.get(db, pending.instrument_id).title_native,
        act_id=pending.amending_id,
        act_title=act,
        language=base.language,
        state=pending.state.value,
        computed_at=pending.computed_at,
        effective_on=pending.effective_on,
        instruction_count=pending.instruction_count,
        applied_count=pending.applied_count,
        open_instructions=tuple(_open_instructions(pending)),
        mark=f"Computed from {title} and {act}, not official.",
        judged_at=pending.judged_at,
        agreed_units=tuple(verdict.get("agreed", ())),
        differed_units=tuple(verdict.get("differed", ())),
        came_otherwise=tuple(verdict.get("open", ())),
    )


def pending_of(db: Database, instrument_id: str) -> list[PendingView]:
    """Return the pending versions of an instrument, in their order of effect, judged ones too."""
    return [pending_view(db, pending) for pending in pending_versions.of_instrument(db, instrument_id)]


def recent_pending(db: Database, limit: int = 100) -> list[PendingView]:
    """Return the latest pending versions of everything, newest first."""
    return [pending_view(db, pending) for pending in pending_versions.recent(db, limit)]


def _title(db: Database, instrument_id: str) -> str:
    instrument = instruments.get(db, instrument_id)
    return instrument.title or instrument.title_native or instrument_id


def _open_instructions(pending: PendingVersion) -> Iterator[OpenInstruction]:
    for operation in pending.operations:
        if operation.get("status") == "abstained":
            yield OpenInstruction(
                str(operation.get("target_eid") or ""), str(operation["basis"]), str(operation.get("why") or "")
            )
