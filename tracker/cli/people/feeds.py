"""``feeds``: what happened, written as files that feed readers and calendars take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.command import app_context, one_clear_line
from tracker.feeds import write_all


def feeds(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go.")]) -> None:
    """Write Atom, JSON Feed and calendar files for everything, and by jurisdiction, authority, topic and instrument."""
    with one_clear_line():
        context = app_context()
        files, count = write_all(context.db, folder, base_url=context.settings.base_url)
    typer.echo(f"{files} files in {folder}, {count} new or changed")
