"""Check the clock: a round whose servers all say that our clock is years off dates nothing, and operators are told."""

from __future__ import annotations

from datetime import timedelta

from crawlers.checks.clock import agreed_of_late
from crawlers.failure_causes import Cause
from storage import checks, problems
from storage.database.connection import transaction
from storage.records import Outcome, Problem, Stage, Subject
from tracker.context import AppContext
from tracker.pipeline.round_baseline import RoundBaseline

_CLOCK = Subject.of_step("clock")
_LOOK_AGAIN = timedelta(minutes=15)


def is_clock_wrong(service: AppContext, before: RoundBaseline) -> bool:
    """Return whether this round's servers contradict our clock; the problem opens, or ends with a look that agrees."""
    looks = checks.after(service.db, before.rows["checks"])
    contradictions = [look.text for look in looks if look.cause == Cause.CLOCK.value]
    now = service.clock()
    if contradictions and not agreed_of_late(service.settings.locks, now):
        with transaction(service.db):
            words = f"{len(contradictions)} answers contradict this machine's clock: {contradictions[0]}"
            problems.open_or_touch(service.db, _CLOCK, Stage.FETCH, Cause.CLOCK.value, words, now)
        return True
    if _standing_problem(service) is None:
        return False
    if all(look.outcome is Outcome.FAILED for look in looks) and not service.settings.trust_clock:
        return True  # nobody has answered since
    with transaction(service.db):
        problems.resolve(service.db, _CLOCK, Stage.FETCH, now)
    return False


def was_contradicted_lately(service: AppContext) -> bool:
    """Return whether servers contradicted our clock within the last minutes: they are not asked again so soon."""
    problem, now = _standing_problem(service), service.clock()
    return problem is not None and timedelta() <= now - problem.last_seen_at < _LOOK_AGAIN


def _standing_problem(service: AppContext) -> Problem | None:
    return next((problem for problem in problems.open_subjects(service.db) if problem.is_about(_CLOCK)), None)
