"""``check``, ``run`` and ``demo``: the watching itself."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from crawlers.declaration.load import is_loopback
from tracker import logs
from tracker.cli.command import (
    FormatOption,
    Output,
    answer_json,
    answer_scrapes,
    app_context,
    one_clear_line,
    say,
)
from tracker.cli.remaining_time import RoundProgress
from tracker.config import Settings
from tracker.config import load as load_settings
from tracker.context import AppContext, ReloadingContext
from tracker.errors import UsageError
from tracker.locks import try_round_lock
from tracker.operations.canaries.watch_canaries import watch_canaries
from tracker.pipeline.round_report import RoundReport
from tracker.pipeline.run import one_round

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

CONFIRM_AFTER = timedelta(minutes=10)  # a page that flaps has flapped back by then


def check(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources to check now, whatever their schedule.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Check every declared source.")] = False,
    output: FormatOption = Output.TEXT,
) -> None:
    """Check once what is due, and take everything found all the way to the mail."""
    with one_clear_line():
        context = app_context(to_watch=True)
        _check_names(context, sources or [])
        require_contact(context, sources or list(context.sources))
        progress = RoundProgress(context.settings.database)
        try:
            report = one_round(context, sources or None, all_pages=every, progress=progress)
        finally:
            progress.close()
    if output is Output.JSON:
        answer_json(report.as_json())
    else:
        typer.echo(round_line(report))
        for problem in report.problems:
            typer.echo(f"problem: {problem.source}: {problem.stage}: {problem.cause}")
    if report.problems:
        raise typer.Exit(1)


def run(
    tick: Annotated[int, typer.Option(help="Seconds between two checks of what is due.", min=1)] = 60,
    fleet: Annotated[bool, typer.Option("--fleet", help="Only plan; leave the work to `clausewatch worker`.")] = False,
) -> None:
    """Watch on a schedule until stopped (SIGTERM or Ctrl-C); the current round is finished first."""
    if fleet:
        _run_fleet(tick)
        return
    with one_clear_line():
        context_source = ReloadingContext(load_settings())
        context = context_source.service()
        require_contact(context, list(context.sources))
        logs.configure(context.settings.log_level, context.settings.log_format, context.settings.secrets)
        answer_scrapes(context.settings, context_source.service)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    scheduler = round_scheduler(partial(_tick, context.settings, context_source), tick)
    scheduler.start()
    say(f"clausewatch: watching {len(context.sources)} sources, looking every {tick} s; stop with Ctrl-C")
    stop.wait()
    say("clausewatch: stopping after the round in hand")
    scheduler.shutdown(wait=True)


def _run_fleet(tick: int) -> None:
    """Open the rounds of a fleet and watch over them; any number of schedulers may."""
    from tracker.cli.operate.worker import fleet_settings  # noqa: PLC0415 - one machine does without

    with one_clear_line():
        settings = fleet_settings()
        try:
            from tracker.worker.schedule_rounds import Scheduler, SchedulerPace  # noqa: PLC0415 - procrastinate is an extra
        except ModuleNotFoundError:
            raise UsageError("pip install 'clausewatch[fleet]' first") from None
        contexts = ReloadingContext(settings)
        context = contexts.service()
        require_contact(context, list(context.sources))
        context.db.close()
        logs.configure(settings.log_level, settings.log_format, settings.secrets)
        answer_scrapes(settings, contexts.service)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    say(f"clausewatch: planning for a fleet, a round every {tick} s; stop with Ctrl-C")
    Scheduler(settings, contexts, CONFIRM_AFTER, SchedulerPace(tick=tick)).run(stop)


def round_scheduler(round_: Callable[[], None], seconds: float) -> BackgroundScheduler:
    """Return a scheduler, not yet started, that begins a round now and every so many *seconds*.

    A round missed, or still running when the next would begin, is made up once, and two never overlap.
    """
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # a round longer than a tick is no fault
    from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415 - `check` does without

    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(round_, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None,
                      next_run_time=datetime.now(UTC))  # fmt: skip
    return scheduler


def _tick(settings: Settings, context_source: ReloadingContext) -> None:
    """Make one round if it is ours to make."""
    with try_round_lock(settings.database) as ours:
        if not ours:
            return  # another process watches this database, and what it looked at is due no more
        context = context_source.service()
        with closing(context.db):
            report = one_round(context, confirm_after=CONFIRM_AFTER)
            watch_canaries(context)
    if report.checked or report.problems:
        say(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {settings.home.name}: {round_line(report)}")


def demo(
    serve_after: Annotated[bool, typer.Option("--serve", help="Serve the result at once.")] = False,
    port: Annotated[int, typer.Option(help="Port for --serve.")] = 8000,
    output: FormatOption = Output.TEXT,
) -> None:
    """Play the practice regulators' days, offline, up to today: pages change, alerts are sent, problems open and close.

    Starts afresh each time; refuses a home that holds anything but a demo.
    """
    from tracker.operations.demo import play  # noqa: PLC0415 - a round is lighter without the practice regulators

    with one_clear_line():
        settings = load_settings()
        table = play(settings, say, datetime.now(UTC))
    if output is Output.JSON:
        answer_json(
            {"schema": "clausewatch/demo/1", "days": [{"day": day, **report.as_json()} for day, _, report in table]}
        )
    else:
        typer.echo(demo_table(table))
        typer.echo(f"\nThe emails are in {settings.home / 'emails'}; look at the rest with: clausewatch serve")
    if serve_after:
        from tracker.cli.serve import serve  # noqa: PLC0415 - a round is lighter without the web

        serve(port=port)


def round_line(report: RoundReport) -> str:
    """Return a round in one line."""
    return (
        f"{report.checked} checked, {report.unchanged} unchanged, {report.new_instruments} new instruments, "
        f"{report.new_versions} new versions, {report.changes} changes, {report.alerts} alerts, "
        f"{report.emails} emails, {len(report.problems)} problems, {report.closed} closed"
    )


def demo_table(table: list[tuple[int, str, RoundReport]]) -> str:
    """Return the days as a table for a terminal."""
    rows = ["day  checked  unchanged  versions  changes  alerts  emails  problems  closed  what happened"]
    for day, story, r in table:
        rows.append(
            f"{day:>3}  {r.checked:>7}  {r.unchanged:>9}  {r.new_versions:>8}  {r.changes:>7}  {r.alerts:>6}  "
            f"{r.emails:>6}  {len(r.problems):>8}  {r.closed:>6}  {story}"
        )
    return "\n".join(rows)


def _check_names(context: AppContext, names: list[str]) -> None:
    for name in names:
        if name not in context.sources:
            raise UsageError(f"{name}: no such source; see `clausewatch sources list`")


def require_contact(context: AppContext, names: list[str]) -> None:
    """Refuse to look beyond this machine while publishers could not ask who is looking: once, not for each source."""
    urls = (url for name in names for url in context.sources[name].urls)
    if not context.settings.contact and not all(map(is_loopback, urls)):
        raise UsageError(
            "set CLAUSEWATCH_CONTACT to an email or web address, or call `clausewatch init`: publishers must be able "
            "to ask who is looking, and nothing beyond this machine is fetched without it"
        )
