"""``prove``: a bundle that shows a stranger what a page said, what changed, or that nothing did."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.command import app_context, one_clear_line
from tracker.errors import UsageError
from tracker.evidence import prove as proving

prove_app = typer.Typer(no_args_is_help=True, help="Prove to a stranger what a page said, offline.")
OutputFile = Annotated[Path, typer.Option("-o", "--output", help="The ZIP to write; verify.py in it verifies it.")]


@prove_app.command()
def version(
    version_id: Annotated[str, typer.Argument(help="The version, as `clausewatch history` names it.")],
    output: OutputFile,
) -> None:
    """Prove that a page held this version, and since when we keep it."""
    with one_clear_line():
        service = app_context()
        proving.write_proof(service, proving.prove_version(service, version_id, _today()), output)
    typer.echo(str(output))


@prove_app.command()
def change(
    set_id: Annotated[int, typer.Argument(help="The number of the change set, as in the address of its page.")],
    output: OutputFile,
) -> None:
    """Prove both versions of a change, with the redline between them."""
    with one_clear_line():
        service = app_context()
        proving.write_proof(service, proving.prove_change(service, set_id, _today()), output)
    typer.echo(str(output))


@prove_app.command()
def silence(
    watched_id: Annotated[str, typer.Argument(help="An instrument, or a source with one page.")],
    output: OutputFile,
    since: Annotated[str, typer.Option("--from", help="The first day, as 2026-01-31.")],
    until: Annotated[str, typer.Option("--to", help="The last day.")],
) -> None:
    """Prove that a page was looked at between two days, how often, and that it said the same."""
    with one_clear_line():
        service = app_context()
        days = _day(since), _day(until)
        proving.write_proof(service, proving.prove_silence(service, watched_id, *days, _today()), output)
    typer.echo(str(output))


def _today() -> date:
    return datetime.now(UTC).date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text}: a day is written as 2026-01-31") from None
