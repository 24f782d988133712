"""``obligations``: who must, must not, may or need not do what, by when."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from tracker.amending.analysis_json import obligations_csv, obligations_json
from tracker.amending.obligations.difference import ObligationFate, obligations_since
from tracker.amending.obligations.extraction import obligations_of
from tracker.cli.command import JurisdictionOption, answer_json, one_clear_line, print_words
from tracker.cli.law.readings import reading_of


class TableOutput(StrEnum):
    """How a list is printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def obligations(
    new: Annotated[str, typer.Argument(help="A file, or the id of a stored version.")],
    since: Annotated[str, typer.Option(help="An older text: tell what opened, closed and moved since.")] = "",
    jurisdiction: JurisdictionOption = None,
    output: Annotated[TableOutput, typer.Option("--format", help="text, json or csv.")] = TableOutput.TEXT,
) -> None:
    """List the obligations of a law, each with the words it rests on."""
    with one_clear_line():
        reading = reading_of(new, jurisdiction)
        if since:
            fates = obligations_since(reading_of(since, jurisdiction), reading)
        else:
            fates = [ObligationFate(obligation) for obligation in obligations_of(reading)]
    if output is TableOutput.JSON:
        answer_json(obligations_json(fates))
    elif output is TableOutput.CSV:
        typer.echo(obligations_csv(fates), nl=False)
    else:
        for fate in fates:
            one = fate.obligation
            change = f" [{fate.change.value}]" if fate.change else ""
            limit = f" ({one.deadline})" if one.deadline else ""
            print_words(f"{one.citation}: {one.bearer or '-'} {one.modality.value} {one.action}{limit}{change}")
