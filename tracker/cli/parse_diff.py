"""``parse`` and ``diff``: read and compare files, or stored versions, without watching anything."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from storage import versions
from storage.records import Reading
from tracker import render
from tracker.cli.command import (
    DiffOutput,
    FormatOption,
    Jurisdiction,
    JurisdictionOption,
    Output,
    answer_json,
    app_context,
    one_clear_line,
    say,
)
from tracker.compare import compare
from tracker.errors import UsageError
from tracker.reading import read
from tracker.reading.formats.recognise import PDF_LIMIT
from tracker.reading.structure.draft import ReadingContext
from tracker.weigh import weigh

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


def diff(
    old: Annotated[str, typer.Argument(help="A file, or the id of a stored version.")],
    new: Annotated[str, typer.Argument(help="A file, or the id of a stored version.")],
    jurisdiction: JurisdictionOption = None,
    output: Annotated[DiffOutput, typer.Option("--format", help="text, json, html or markdown.")] = DiffOutput.TEXT,
) -> None:
    """Compare two versions of a law, provision by provision.

    Ends with 0 whether or not anything changed, with 1 when one side is no law, with 2 when one cannot be read.
    """
    with one_clear_line():
        before, after = (reading_of(name, jurisdiction) for name in (old, new))
    comparison = weigh(compare(before, after), before, after)
    if output is DiffOutput.JSON:
        answer_json(render.comparison_json(comparison, before, after))
    elif output is DiffOutput.HTML:
        typer.echo(render.comparison_html(comparison, before, after))
    elif output is DiffOutput.MARKDOWN:
        typer.echo(render.comparison_markdown(comparison, before, after))
    else:
        typer.echo(render.comparison_text(comparison, before, after, colour=sys.stdout.isatty()))
    if not (before.is_law and after.is_law):
        _say_why(("old", before), ("new", after))
        raise typer.Exit(1)


def _say_why(*sides: tuple[str, Reading]) -> None:
    for side, reading in sides:
        for flaw in reading.flaws:
            if flaw.fatal:
                say(f"clausewatch: the {side} one is no law: {flaw.cause}: {flaw.text}")


def read_file(file: Path, jurisdiction: Jurisdiction | None, url: str = "") -> Reading:
    """Return the reading of *file*; raises UsageError or RefusedError with one clear line."""
    if not file.is_file():
        raise UsageError(f"{file}: no such file")
    if file.stat().st_size > PDF_LIMIT:
        raise UsageError(f"{file}: over the size limit of {PDF_LIMIT // 1_000_000} MB")
    hints = ReadingContext(jurisdiction=jurisdiction.value if jurisdiction else "", url=url)
    try:
        return read(file.read_bytes(), hints)
    except PermissionError:
        raise UsageError(f"{file}: may not be read") from None


def reading_of(name: str, jurisdiction: Jurisdiction | None) -> Reading:
    """Return the reading of a stored version or of a file; raises UsageError or RefusedError with one clear line."""
    if "@" in name and not Path(name).exists():
        version = versions.find(app_context().db, name)
        if version is None:
            raise UsageError(f"{name}: neither a file nor the id of a stored version")
        return version.reading
    return read_file(Path(name), jurisdiction)
