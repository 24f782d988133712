"""``diff``: compare files, or stored versions, without watching anything."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from storage.records import Comparison, Reading
from tracker import render
from tracker.cli.command import (
    DiffOutput,
    JurisdictionOption,
    answer_json,
    one_clear_line,
    say,
)
from tracker.cli.law.readings import reading_of
from tracker.compare import compare
from tracker.errors import UsageError
from tracker.render.consultation_table import consultation_table
from tracker.render.tracked_docx import comparison_docx
from tracker.weigh import weigh

_WORD = (DiffOutput.DOCX, DiffOutput.DOCX_TABLE)


def diff(
    old: Annotated[str, typer.Argument(help="A file, or the id of a stored version.")],
    new: Annotated[str, typer.Argument(help="A file, or the id of a stored version.")],
    jurisdiction: JurisdictionOption = None,
    output: Annotated[
        DiffOutput,
        typer.Option(
            "--format", help="text, json, html, markdown, docx (Word, tracked changes) or docx-table (two columns)."
        ),
    ] = DiffOutput.TEXT,
    to: Annotated[Path | None, typer.Option("--output", "-o", help="Write the Word document to this file.")] = None,
) -> None:
    """Compare two versions of a law, provision by provision.

    Ends with 0 whether or not anything changed, with 1 when one side is no law, with 2 when one cannot be read.
    """
    with one_clear_line():
        if (output in _WORD) != (to is not None):
            raise UsageError("--format docx and docx-table need -o FILE, and no other format takes it")
        before, after = (reading_of(name, jurisdiction) for name in (old, new))
    comparison = weigh(compare(before, after), before, after)
    if not (before.provisions and after.provisions):
        comparison = _nothing_compared(comparison, before, after)
    if output is DiffOutput.JSON:
        answer_json(render.comparison_json(comparison, before, after))
    elif to is not None:
        if output is DiffOutput.DOCX_TABLE:
            names = tuple(Path(name).stem if Path(name).exists() else name for name in (old, new))
            document = consultation_table(comparison, after.title or before.title, (names[0], names[1]))
        else:
            document = comparison_docx(comparison, before, after, datetime.now(UTC))
        with one_clear_line():
            to.write_bytes(document)
        say(f"clausewatch: wrote {to}")
    elif output is DiffOutput.HTML:
        typer.echo(render.comparison_html(comparison, before, after))
    elif output is DiffOutput.MARKDOWN:
        typer.echo(render.comparison_markdown(comparison, before, after))
    else:
        typer.echo(render.comparison_text(comparison, before, after, colour=sys.stdout.isatty()))
    if not (before.is_law and after.is_law):
        _say_why(("old", before), ("new", after))
        raise typer.Exit(1)


def _nothing_compared(comparison: Comparison, before: Reading, after: Reading) -> Comparison:
    """Return a comparison without changes: against a page that is no law all of the other would seem new, or gone."""
    sides = [name for name, reading in (("old", before), ("new", after)) if not reading.provisions]
    who = "neither side is a law" if len(sides) == 2 else f"the {sides[0]} side is not a law"
    counts: dict[str, int | str] = {name: "" if name == "weight" else 0 for name in comparison.summary}
    return Comparison(summary=counts, summary_text=f"Nothing was compared: {who}.")


def _say_why(*sides: tuple[str, Reading]) -> None:
    for side, reading in sides:
        for flaw in reading.flaws:
            if flaw.fatal:
                say(f"clausewatch: the {side} one is no law: {flaw.cause}: {flaw.text}")
