"""The lives that are ended: each does real work in a process of its own, and dies at its n-th commit or write.

`python -m benchmarks.kills.lives DECLARATIONS` reads lines ``what TAB home TAB moment TAB at`` and forks for each.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from crawlers.declaration.load import load
from storage import problems, subscriptions
from storage.database.connection import transaction
from storage.records import Filters, Stage, Subject
from storage.schema.open import open_database
from tracker.alerts import compose_due, deliver_pending, match_events
from tracker.config import Settings
from tracker.context import AppContext, open_context
from tracker.evidence import transparency_log
from tracker.operations.replay import replay
from tracker.pipeline.run import finish
from tracker.pipeline.steps import learn_furniture  # noqa: F401 - once for all children
from tracker.pipeline.versions import record_version  # noqa: F401 - the same

NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
_EXIT_STATUS = 9


def _a_round(service: AppContext) -> None:
    finish(service)


def _a_log(service: AppContext) -> None:
    transparency_log.record_log(service.db, transparency_log.places_of(service), service.clock())


def _a_delivery(service: AppContext) -> None:
    match_events(service.db, NOW)
    compose_due(service.db, NOW, service.alert_settings)
    deliver_pending(service.db, NOW, service.alert_settings)


def _a_web_write(service: AppContext) -> None:
    with transaction(service.db):
        person = subscriptions.add_subscriber(service.db, "web@policy.example")
        if not subscriptions.of_subscriber(service.db, person):
            subscriptions.add(service.db, person, Filters(), now=NOW)
    with transaction(service.db):
        problems.open_or_touch(service.db, Subject.of_step("drill"), Stage.COMPARE, "drill", "drill", NOW)


def _a_replay(service: AppContext) -> None:
    replay(service, (), None, lambda *_: None)


LIVES: dict[str, Callable[[AppContext], None]] = {
    "round": _a_round, "log": _a_log, "delivery": _a_delivery, "web": _a_web_write, "replay": _a_replay,
}  # fmt: skip
"""What is done in each life; ``upgrade`` opens a home of an earlier release."""


class _Death:
    """Counts the points at which a process may die, and dies at one of them."""

    def __init__(self, moment: str, at: int) -> None:
        self.moment, self.at, self.count = moment, at, 0

    def around(self, act: Callable[..., Any]) -> Callable[..., Any]:
        """Return *act*, before or after which the process may end."""

        def deadly(*arguments: Any, **more: Any) -> Any:
            self.count += 1
            if self.moment == "before" and self.count == self.at:
                os._exit(_EXIT_STATUS)
            result = act(*arguments, **more)
            if self.moment == "after" and self.count == self.at:
                os._exit(_EXIT_STATUS)
            return result

        return deadly


def live(what: str, home: Path, folder: Path, moment: str, at: int) -> int:
    """Do what is to be done, and return how many points of death were passed."""
    death = _Death(moment, at)
    Database.commit = death.around(Database.commit)  # type: ignore[method-assign]
    for module, name in ((os, "fsync"), (os, "link"), (shutil, "copyfile")):
        setattr(module, name, death.around(getattr(module, name)))
    Path.replace = death.around(Path.replace)  # type: ignore[method-assign]
    if what == "upgrade":
        with closing(open_database(home / "clausewatch.db")):
            return death.count
    service = open_context(Settings(home=home), load((folder,)), (folder,), lambda: NOW)
    try:
        LIVES[what](service)
    finally:
        service.db.close()
    return death.count


def main(folder: Path) -> None:
    """Live once for each line, each time in a process of its own."""
    for line in sys.stdin:
        what, home, moment, at = line.rstrip("\n").split("\t")
        child = os.fork()
        if not child:
            code = 1
            try:
                print("points", live(what, Path(home), folder, moment, int(at)), flush=True)
                code = 0
            finally:
                os._exit(code)
        print("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    assert sqlite3.threadsafety
    main(Path(sys.argv[1]))
