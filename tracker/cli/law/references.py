"""``references``: every reference of a law, and where it leads."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.amending.analysis_json import references_json
from tracker.amending.cross_references import references_of
from tracker.cli.command import (
    FormatOption,
    JurisdictionOption,
    Output,
    answer_json,
    one_clear_line,
    print_words,
)
from tracker.cli.law.readings import reading_of


def references(
    instrument: Annotated[str, typer.Argument(help="A file, or the id of a stored version.")],
    jurisdiction: JurisdictionOption = None,
    output: FormatOption = Output.TEXT,
) -> None:
    """List the references of a law: resolved, dangling, or to another act."""
    with one_clear_line():
        outcome = references_of(reading_of(instrument, jurisdiction))
    if output is Output.JSON:
        answer_json(references_json(outcome))
        return
    for one in outcome:
        print_words(f"{one.state.value:9} {one.from_eid}: {one.words} -> {one.to_eid or one.to_instrument or '-'}")
