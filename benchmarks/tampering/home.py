"""A home with a past, made by real rounds over practice regulators: looks, versions, changes, mail and a log of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from crawlers.declaration.load import load
from crawlers.practice import Practice, days
from crawlers.practice import declarations as practice_declarations
from storage import log, operator_writes, problems, subscriptions
from storage.database.connection import transaction
from storage.records import Filters, Stage, Subject
from tracker.config import Settings
from tracker.context import AppContext, open_context
from tracker.operations.verify import verify
from tracker.pipeline.run import one_round

_SOURCES = ("cn_cac_practice_deep_synthesis", "eu_cellar_practice_act")


class DayClock:
    """A clock that is told the day, and moves a microsecond at each look."""

    def __init__(self, day: int) -> None:
        self.now = datetime.combine(days()[day - 1].on, time(9), UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now


@contextmanager
def open_home(home: Path, declarations: Path, day: int = 2) -> Iterator[AppContext]:
    """Open a home on a day."""
    service = open_context(Settings(home=home), load([declarations]), (declarations,), DayClock(day))
    try:
        yield service
    finally:
        service.db.close()


def make_home(folder: Path) -> tuple[Path, Path, Path]:
    """Return a home after three days, the same as it was after the first, and its declarations."""
    home, earlier, declarations = folder / "home", folder / "earlier", folder / "declarations"
    with Practice() as practice:
        for name, text in practice_declarations(practice.origins).items():
            if Path(name).stem in _SOURCES:
                path = declarations / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        for day in (1, 2, 3):
            practice.day = day
            with open_home(home, declarations, day) as service:
                if day == 1:
                    with transaction(service.db):
                        person = subscriptions.add_subscriber(service.db, "team@policy.example")
                        subscriptions.add(service.db, person, Filters(), now=service.clock() - timedelta(days=1))
                if day == 2:
                    _have_a_problem(service)
                one_round(service, all_pages=True)
            if day == 1:
                shutil.copytree(home, earlier)
    return home, earlier, declarations


def _have_a_problem(service: AppContext) -> None:
    """Let something have gone wrong and be well again, and something else be wrong still."""
    now = service.clock()
    with transaction(service.db):
        for name in ("one thing", "another"):
            problems.open_or_touch(service.db, Subject.of_step(name), Stage.COMPARE, "drill", name, now)
        problems.resolve(service.db, Subject.of_step("another"), Stage.COMPARE, now)
        operator_writes.note(service.db, "drill", "looked at", "problem 1", now)
        operator_writes.note(service.db, "drill", "left alone", "problem 1", now)


def faults_of(home: Path, declarations: Path, witness: str = "", *, quick: bool = False) -> list[str]:
    """Return what `verify` finds in a home."""
    service = open_context(Settings(home=home), load([declarations]), (declarations,), DayClock(3), to_watch=False)
    try:
        return verify(service, lambda _: None, [witness] if witness else [], quick=quick).faults
    finally:
        service.db.close()


def newest_checkpoint(home: Path, declarations: Path) -> str:
    """Return the note that a witness would have kept."""
    with open_home(home, declarations) as service:
        checkpoint = log.last_checkpoint(service.db)
        assert checkpoint is not None
        return checkpoint.note
