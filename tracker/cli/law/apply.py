"""``apply``: a law as an amending act will make it, computed and marked so."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer

from tracker import render
from tracker.amending.consolidation import Consolidation, consolidate
from tracker.amending.consolidation_json import consolidation_json
from tracker.cli.command import JurisdictionOption, answer_json, one_clear_line, print_words
from tracker.cli.law.readings import reading_of
from tracker.render.akoma_ntoso import reading_akn


class ApplyOutput(StrEnum):
    """How a computed text is printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    AKN = "akn"


AsOfOption = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Apply only what takes effect by this day.")
]


def apply(
    base: Annotated[str, typer.Argument(help="The text as it stands: a file, or the id of a stored version.")],
    amending: Annotated[str, typer.Argument(help="The amending act: a file, or the id of a stored version.")],
    jurisdiction: JurisdictionOption = None,
    as_of: AsOfOption = None,
    output: Annotated[ApplyOutput, typer.Option("--format", help="text, json, html or akn.")] = ApplyOutput.TEXT,
) -> None:
    """Apply an amending act to a law: the text as it will be, computed and not official.

    Ends with 1 when nothing could be applied, with 2 when one side cannot be read.
    """
    with one_clear_line():
        before, act = (reading_of(name, jurisdiction) for name in (base, amending))
        result = consolidate(before, act, as_of=as_of.date() if as_of else None)
    if output is ApplyOutput.JSON:
        answer_json(consolidation_json(result))
    elif output is ApplyOutput.HTML:
        page = render.comparison_html(result.changes(), result.base, result.text)
        typer.echo(page.replace("<body>", f"<body><p><strong>{result.mark_html()}</strong></p>", 1))
    elif output is ApplyOutput.AKN:
        _print_akoma_ntoso(result)
    else:
        _print_text(result)
    if not result.applied_count:
        raise typer.Exit(1)


def _print_akoma_ntoso(result: Consolidation) -> None:
    day = date.today()  # noqa: DTZ011 - a legal date is the reader's own day
    typer.echo(reading_akn(result.marked_text(), on=day).decode())


def _print_text(result: Consolidation) -> None:
    print_words(" ".join((result.mark, *result.standing)) + "\n")
    for operation in result.operations:
        if operation.why:
            print_words(f"open: {operation.basis} [{operation.why}]")
    colour = sys.stdout.isatty()
    typer.echo(render.comparison_text(result.changes(), result.base, result.text, colour=colour))
