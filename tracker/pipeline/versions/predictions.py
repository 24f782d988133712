"""Predictions: the pending version an amending act makes the day it appears, and the verdict when the text comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from storage import pages, pending_versions, versions
from storage.records import (
    Comparison,
    Effect,
    EventKind,
    PendingState,
    PendingVersion,
    Reading,
    ReviewState,
    Version,
    Weight,
)
from storage.relations import RelationRow
from tracker.amending.consolidation import consolidate
from tracker.amending.consolidation_json import operation_json
from tracker.amending.pending.official_verdict import Verdict, verdict_of
from tracker.amending.pending.prediction import Prediction, predict
from tracker.compare import compare
from tracker.pending_text import consolidation_of, stacked_reading
from tracker.pipeline import event_derivation
from tracker.weigh import weigh
from tracker.weigh.change_set.set_summary import set_summary

_MOST_DAYS = 8


def predict_target(db: Database, row: RelationRow, now: datetime) -> bool:
    """Compute what the act of *row* makes of the law it amends, and note that it will change; False when it cannot."""
    act, target = versions.get(db, row.version_id), row.target_id
    if target is None or act.reading.draft:
        return False
    if pending_versions.find(db, target, row.instrument_id) is not None:
        return True
    base = _standing(db, target, act)
    prediction = predict(stacked_reading(db, base), act.reading) if base is not None else None
    if base is None or prediction is None:
        return False
    pending = _pending(base, act, prediction, now)
    comparison = _with_effect(prediction.consolidation.changes(), pending)
    pending_id = pending_versions.add(db, pending, comparison)
    if pending_id is not None:
        _tell(db, row, replace(pending, id=pending_id), prediction, comparison, now)
    return True


def _standing(db: Database, target: str, act: Version) -> Version | None:
    """Return the newest text of the law in the language of the act."""
    return versions.find_latest(db, target, language=act.language, standing=ReviewState.CONFIRMED)


def _with_effect(comparison: Comparison, pending: PendingVersion) -> Comparison:
    """Return *comparison* with the day the act says, which the text itself does not."""
    dated = replace(comparison, effect=Effect(pending.effective_on))
    return replace(dated, summary_text=set_summary(dated)) if dated.changes else dated


def _pending(base: Version, act: Version, prediction: Prediction, now: datetime) -> PendingVersion:
    result = prediction.consolidation
    return PendingVersion(
        id=0,
        instrument_id=base.instrument_id,
        base_version_id=base.id,
        amending_id=act.instrument_id,
        amending_version_id=act.id,
        computed_at=now,
        effective_on=prediction.first_day,
        instruction_count=len(result.operations),
        applied_count=result.applied_count,
        operations=tuple(operation_json(operation) for operation in result.operations),
    )


def _tell(
    db: Database,
    row: RelationRow,
    pending: PendingVersion,
    prediction: Prediction,
    comparison: Comparison,
    now: datetime,
) -> None:
    base, act = versions.get(db, pending.base_version_id), versions.get(db, pending.amending_version_id)
    pages.hint(db, base.page_id, now)  # what was amended will soon be printed as amended
    days = [[day.isoformat() if day else "", list(units)] for day, units in prediction.days[:_MOST_DAYS]]
    details: dict[str, Any] = {
        "pending_id": pending.id,
        "other_title": act.reading.title,
        "other_url": versions.page_of(db, act).url,
        "basis": row.basis[:2000],
        "mark": prediction.consolidation.mark,
        "days": days,
        "instructions": pending.instruction_count,
        "open": pending.open_count,
    }
    weight = Weight(str(comparison.summary.get("weight", Weight.EDITORIAL.value)))
    key = f"{pending.instrument_id}:{pending.amending_id}"
    on = pending.effective_on
    event_derivation.add(db, EventKind.WILL_CHANGE, base, now, key=key, details=details, weight=weight, on=on)


def judge_prediction(db: Database, pending: PendingVersion, now: datetime) -> None:
    """Hold the newest official text against what was computed of it; done twice it is done once.

    A text that shows none of what was computed is another change: what is pending is computed anew from it.
    """
    old = versions.get(db, pending.base_version_id)
    new = versions.find_latest(db, pending.instrument_id, language=old.language, standing=ReviewState.CONFIRMED)
    if new is None or new.id == old.id:
        return
    text_computed, verdict = _best_verdict(db, pending, old.reading, new.reading)
    if verdict.is_about_the_act or not _rebase(db, pending, new):
        _judge(db, pending, text_computed, verdict, new, now)


def _best_verdict(db: Database, pending: PendingVersion, old: Reading, official: Reading) -> tuple[Reading, Verdict]:
    """Return the computed text nearest to the official one: of all of the act, or of what counts from its first day."""
    act = versions.get(db, pending.amending_version_id).reading
    base = stacked_reading(db, versions.get(db, pending.base_version_id), before=pending)
    choices = [consolidation_of(db, pending).text, consolidate(base, act).text]
    verdicts = [(text, verdict_of(old, text, official)) for text in choices]
    return max(
        verdicts, key=lambda pair: (-len(pair[1].differed_units) - len(pair[1].open_units), len(pair[1].agreed_units))
    )


def _judge(
    db: Database, pending: PendingVersion, text_computed: Reading, verdict: Verdict, new: Version, now: datetime
) -> None:
    differences = Comparison()
    if verdict.miss_count:
        differences = weigh(compare(text_computed, new.reading), text_computed, new.reading)
        differences = _with_effect(differences, pending)
    state = PendingState.DIFFERED if differences.changes else PendingState.AGREED
    units = {
        "agreed": list(verdict.agreed_units),
        "differed": list(verdict.differed_units),
        "open": list(verdict.open_units),
    }
    outcome = replace(pending, state=state, judged_at=now, judged_version_id=new.id, verdict=units)
    pending_versions.judge(db, outcome, differences)
    if state is PendingState.DIFFERED:
        _tell_difference(db, outcome, differences, new, now)


def _tell_difference(
    db: Database, outcome: PendingVersion, differences: Comparison, new: Version, now: datetime
) -> None:
    act = versions.get(db, outcome.amending_version_id)
    details = {
        "pending_id": outcome.id,
        "other_title": act.reading.title,
        "agreed": len(outcome.verdict["agreed"]),
        "computed_on": outcome.computed_at.date().isoformat(),
    }
    weight = Weight(str(differences.summary.get("weight", Weight.EDITORIAL.value)))
    key = f"{outcome.instrument_id}:{outcome.amending_id}"
    event_derivation.add(db, EventKind.DIFFERED, new, now, key=key, details=details, weight=weight)


def _rebase(db: Database, pending: PendingVersion, new: Version) -> bool:
    """Compute a pending version anew from a newer text; False when the act can do nothing to it any more."""
    act = versions.get(db, pending.amending_version_id)
    prediction = predict(stacked_reading(db, new, before=pending), act.reading)
    if prediction is None:
        return False
    fresh = _pending(new, act, prediction, pending.computed_at)
    pending_versions.rebase(db, replace(fresh, id=pending.id), _with_effect(prediction.consolidation.changes(), fresh))
    return True
