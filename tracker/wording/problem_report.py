"""A problem as operators are told of it, in a mail or at the terminal: what it is, since when, and what to try."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlite_utils import Database

from storage import problems, snapshots
from storage.records import Problem, Snapshot, Stage, SubjectKind
from tracker.wording.phrases import day
from tracker.wording.safe_links import safe_url
from tracker.wording.text_fit import one_line

_LONGEST = 400
DEFECT = "defect"
_ROUND_HELD = "round held"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One problem with all that an operator needs; ``good`` is the last snapshot that was what it should be.

    ``pages`` are those that keep a problem of reading open.
    """

    problem: Problem
    title: str
    good: Snapshot | None
    good_url: str
    advice: str
    commands: tuple[str, ...]
    pages: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The address it is about, when it may be put behind a link."""
        return safe_url(self.problem.url)

    @property
    def says(self) -> str:
        """What was said of it last, on one line: of a traceback, its end."""
        lines = self.problem.text.strip().splitlines()
        return one_line(lines[-1], _LONGEST) if lines else ""

    @property
    def first_seen(self) -> str:
        """When it opened, in words."""
        return moment(self.problem.opened_at)

    @property
    def last_seen(self) -> str:
        """When it was last seen, in words."""
        return moment(self.problem.last_seen_at)

    @property
    def ended(self) -> str:
        """When it ended, in words; nothing while it stands."""
        return moment(self.problem.closed_at) if self.problem.closed_at else ""

    @property
    def good_at(self) -> str:
        """When the last good snapshot was taken, in words."""
        return moment(self.good.fetched_at) if self.good else ""

    @property
    def times(self) -> str:
        """How often it was seen, in words."""
        return "once" if self.problem.times == 1 else f"{self.problem.times} times"


def trouble_of(db: Database, problem: Problem, titles: Mapping[str, str], base_url: str) -> Trouble:
    """Return what is to be told of *problem*; *titles* are those of the sources."""
    good = snapshots.latest_good(db, problem.source_id, problem.url) if problem.url else None
    is_reading = problem.stage is Stage.READ and problem.closed_at is None
    same = problems.group_of(problem)
    own = [other for other in problems.open_subjects(db) if problems.group_of(other) == same] if is_reading else []
    facts = told_of(problem, titles, good, base_url)
    return replace(facts, pages=tuple(other.url for other in own if other.subject_kind is SubjectKind.PAGE))


def told_of(problem: Problem, titles: Mapping[str, str], good: Snapshot | None, base_url: str) -> Trouble:
    """Return what is to be told of *problem*, whose last good snapshot is *good*."""
    return Trouble(
        problem=problem,
        title=one_line(titles.get(problem.source_id, problem.source_id), 160),
        good=good,
        good_url=f"{base_url.rstrip('/')}/evidence/{good.id}" if good else "",
        advice=advice_for(problem.cause, problem.stage),
        commands=_commands(problem, titles),
    )


def advice_for(cause: str, stage: Stage) -> str:
    """Return what may be tried about a problem with this label."""
    advice = _advice()
    return advice["cause"].get(cause) or advice["stage"][stage.value]


def moment(at: datetime) -> str:
    """Return an instant in words: the day and the time in UTC."""
    return f"{day(at.date())}, {at:%H:%M} UTC"


def _commands(problem: Problem, titles: Mapping[str, str]) -> tuple[str, ...]:
    if problem.closed_at is not None:
        return ()
    if (problem.version_id is not None and problem.cause != DEFECT) or problem.cause == _ROUND_HELD:
        return tuple(f"clausewatch problems {word} {problem.id}" for word in ("approve", "reject"))
    if problem.source_id not in titles:
        return ()
    look = f"clausewatch check {problem.source_id}"
    is_misread = problem.stage is Stage.READ and problem.cause != DEFECT
    return (look, f"clausewatch problems dismiss {problem.id}") if is_misread else (look,)


@cache
def _advice() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "advice.toml").read_text(encoding="utf-8"))
