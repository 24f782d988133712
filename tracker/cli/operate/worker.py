"""``worker``: the jobs of a fleet, done on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from storage.database.place import place_without_secrets
from storage.records import FleetStage
from tracker import logs
from tracker.cli.command import answer_scrapes, one_clear_line, say
from tracker.cli.watch import CONFIRM_AFTER, require_contact
from tracker.config import Settings
from tracker.config import load as load_settings
from tracker.context import ReloadingContext
from tracker.errors import UsageError

_EXTRA = "pip install 'clausewatch[fleet]' first"


def worker(
    only: Annotated[
        list[FleetStage] | None, typer.Option(help="Take jobs of these stages only; of all when none is named.")
    ] = None,
    side_by_side: Annotated[int, typer.Option(help="Jobs done side by side.", min=1, max=64)] = 4,
) -> None:
    """Do the jobs of a fleet until told to stop: fetch, read, compare, compose, deliver.

    Any number of workers may run, on any number of machines that share the PostgreSQL store and the home; one killed
    costs nothing but time. `clausewatch run --fleet` opens the rounds.
    """
    with one_clear_line():
        settings = fleet_settings()
        try:
            from tracker.worker.take_jobs import Worker  # noqa: PLC0415 - procrastinate is an extra
        except ModuleNotFoundError:
            raise UsageError(_EXTRA) from None
        contexts = ReloadingContext(settings)
        context = contexts.service()
        require_contact(context, list(context.sources))
        context.db.close()
        logs.configure(settings.log_level, settings.log_format, settings.secrets)
        answer_scrapes(settings, contexts.service)
    say(f"clausewatch: working for {place_without_secrets(settings.database)}; stop with Ctrl-C")
    Worker(settings, contexts, CONFIRM_AFTER, tuple(only or FleetStage), side_by_side).run()


def fleet_settings() -> Settings:
    """Return the settings; raises UsageError when the store is none that machines can share."""
    settings = load_settings()
    if not isinstance(settings.database, str):
        raise UsageError("a fleet shares a PostgreSQL store: set CLAUSEWATCH_DATABASE_URL (see `migrate-store`)")
    return settings
