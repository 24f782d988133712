"""``export``: a version or a file in a format that other tools read."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tracker import render
from tracker.cli.files import reading_of
from tracker.cli.shared import JurisdictionOption, one_clear_line, say


class ExportFormat(StrEnum):
    """What a reading is exported as."""

    AKN = "akn"


def export(
    what: Annotated[str, typer.Argument(metavar="VERSION_OR_FILE", help="A file, or the id of a stored version.")],
    output: Annotated[ExportFormat, typer.Option("--format", help="akn: Akoma Ntoso 3.0 XML.")] = ExportFormat.AKN,
    jurisdiction: JurisdictionOption = None,
    to: Annotated[Path | None, typer.Option("--to", help="Write to this file instead of standard output.")] = None,
) -> None:
    """Write a law as Akoma Ntoso 3.0, with our ids, for other legal tools.

    Ends with 1 when it was read but is no law: nothing is written then.
    """
    with one_clear_line():
        reading = reading_of(what, jurisdiction)
        if not reading.is_law:
            fatal = next(flaw for flaw in reading.flaws if flaw.fatal)
            say(f"clausewatch: {what}: not exported: {fatal.cause}: {fatal.text}")
            raise typer.Exit(1)
        written = _WRITERS[output](reading, on=date.today())  # noqa: DTZ011 - the day of writing is the writer's own
        if to is None:
            typer.echo(written, nl=False)
        else:
            to.write_bytes(written)


_WRITERS = {ExportFormat.AKN: render.reading_akn}
