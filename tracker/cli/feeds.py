"""``feeds``: what happened, written as files that feed readers and calendars take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.command import one_clear_line, service
from tracker.feeds import write_all


def feeds(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go.")]) -> None:
    """Write Atom, JSON Feed and calendar files for everything, and by jurisdiction, authority, topic and instrument."""
    with one_clear_line():
        watched = service()
        files, written = write_all(watched.db, folder, base_url=watched.settings.base_url)
    typer.echo(f"{files} files in {folder}, {written} new or changed")
