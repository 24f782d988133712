"""``lineage``: from a draft to its final text, provision by provision."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.amending.analysis_json import lineage_json
from tracker.amending.drafts.lineage import lineage_of
from tracker.cli.command import FormatOption, JurisdictionOption, Output, answer_json, one_clear_line
from tracker.cli.law.readings import reading_of


def lineage(
    draft: Annotated[str, typer.Argument(help="The draft: a file, or the id of a stored version.")],
    final: Annotated[str, typer.Argument(help="A later draft or the final text: a file, or an id.")],
    jurisdiction: JurisdictionOption = None,
    output: FormatOption = Output.TEXT,
) -> None:
    """Show what became of each provision of a draft in its final text."""
    with one_clear_line():
        before, after = (reading_of(name, jurisdiction) for name in (draft, final))
        outcome = lineage_of(before, after)
    if output is Output.JSON:
        answer_json(lineage_json(outcome))
        return
    typer.echo(f"linked by {outcome.link.value}")
    for fate in outcome.provisions:
        typer.echo(f"{fate.fate.value:9} {fate.draft_eid or '-'} -> {fate.final_eid or '-'}")
