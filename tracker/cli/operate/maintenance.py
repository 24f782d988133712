"""``replay``, ``verify``, ``backup`` and ``doctor``: looking after a home."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.command import FormatOption, Output, answer_json, app_context, one_clear_line
from tracker.cli.remaining_time import RemainingTime
from tracker.config import load as load_settings
from tracker.errors import UsageError
from tracker.operations import backup as copying
from tracker.operations import doctor as examining
from tracker.operations import replay as replaying
from tracker.operations import verify as verifying


def replay(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources to read again; all when none is named.")] = None,
    since: Annotated[str, typer.Option(help="Only versions seen on this day or later, as 2026-01-31.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would differ.")] = False,
    output: FormatOption = Output.TEXT,
) -> None:
    """Read and compare again from the archive alone, with today's reader; nobody is told.

    Versions keep their ids. May be stopped anywhere and repeated. Ends with 1 when something could not be read again.
    """
    with one_clear_line():
        result = replaying.replay(app_context(), sources or [], _day(since), RemainingTime(), dry=dry_run)
    if output is Output.JSON:
        answer_json(result.as_json(dry=dry_run))
    else:
        would = "would differ" if dry_run else "were replaced"
        typer.echo(
            f"{result.same} versions the same; {result.words} read otherwise and {result.facts} with other facts "
            f"{would}; "
            f"{result.sets_same} change sets the same, {result.sets_changed} {would}; "
            f"{len(result.recovered)} pages that were no law can be read now"
        )
        for difference in result.differences:
            typer.echo(f"{difference['version']}: {difference['differs']}: provisions {difference['provisions_before']}"
                       f" before, {difference['provisions_after']} now")  # fmt: skip
        for url in result.recovered:
            typer.echo(f"can be read now: {url}")
        for problem in result.problems:
            typer.echo(f"problem: {problem['version']}: {problem['cause']}")
    if result.problems:
        raise typer.Exit(1)


def verify(
    bundle: Annotated[
        Path | None, typer.Argument(help="A bundle of `clausewatch prove`; without it, the home.")
    ] = None,
    witness: Annotated[
        list[Path] | None, typer.Option(help="A checkpoint that somebody kept: finds a home that was rolled back.")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only the log, its checkpoints, key, tiles and counts: seconds.")
    ] = False,
    output: FormatOption = Output.TEXT,
) -> None:
    """Check that everything kept is there, whole, and as it was logged. Ends with 1 on a fault.

    Database, archive, versions, changes and the log of all that happened; or the bundle that somebody was given.
    """
    with one_clear_line():
        if bundle is not None:
            result = verifying.verify_bundle(bundle)
        else:
            notes = [path.read_text(encoding="utf-8") for path in witness or ()]
            result = verifying.verify(app_context(), RemainingTime(), notes, quick=quick)
    if output is Output.JSON:
        answer_json(result.as_json())
    else:
        for note in result.notes:
            typer.echo(f"note: {note}")
        for fault in result.faults:
            typer.echo(f"fault: {fault}")
        counts = ", ".join(f"{count} {_PLURALS.get(kind, f'{kind}s')}" for kind, count in result.looked_at.items())
        typer.echo(f"{counts or 'nothing else was looked at'}; {len(result.faults)} faults")
    if result.faults:
        raise typer.Exit(1)


def backup(
    target: Annotated[Path, typer.Argument(help="A new folder, or a file ending in .tar.gz, .tgz or .tar.")],
) -> None:
    """Copy the home as it is at this instant, also while a round runs; the copy is a home again."""
    with one_clear_line():
        path = copying.backup(app_context(), target, RemainingTime())
    typer.echo(str(path))


def doctor(output: FormatOption = Output.TEXT) -> None:
    """Check everything that watching needs, and say what to do. Ends with 1 when something fails."""
    with one_clear_line():
        findings = examining.examine(load_settings(), datetime.now(UTC))
    failures = [check for check in findings if check.state is examining.DoctorState.FAIL]
    if output is Output.JSON:
        answer_json({"schema": "clausewatch/doctor/1", "findings": [check.as_json() for check in findings]})
    else:
        for check in findings:
            todo = f"; {check.todo}" if check.todo else ""
            typer.echo(f"{check.state.value:<5} {check.name:<13} {check.text}{todo}")
    if failures:
        raise typer.Exit(1)


_PLURALS = {"leaf": "leaves of the log"}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"--since {text}: a day is written as 2026-01-31") from None
