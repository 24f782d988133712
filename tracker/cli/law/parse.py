"""``parse``: read one file, without watching anything."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from tracker import render
from tracker.cli.command import FormatOption, JurisdictionOption, Output, answer_json, one_clear_line
from tracker.cli.law.readings import read_file

OnOption = Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day the status is for.")]


def parse(
    file: Annotated[Path, typer.Argument(help="A page as the regulator serves it: HTML, XML, PDF, text.")],
    jurisdiction: JurisdictionOption = None,
    url: Annotated[str, typer.Option(help="Where the page is from; helps to recognise the site.")] = "",
    output: FormatOption = Output.TEXT,
    on: OnOption = None,
) -> None:
    """Read one page into its provisions and facts.

    Ends with 1 when it was read but is no law, with 2 when it cannot be read at all.
    """
    with one_clear_line():
        reading = read_file(file, jurisdiction, url)
    day = on.date() if on else date.today()  # noqa: DTZ011 - a legal date is the reader's own day
    if output is Output.JSON:
        answer_json(render.reading_json(reading, on=day))
    else:
        typer.echo(render.reading_text(reading, on=day))
    if not reading.is_law:
        raise typer.Exit(1)
