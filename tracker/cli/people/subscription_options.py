"""The options that say what a subscription is about, shared by the commands that take them."""

from __future__ import annotations

from typing import Annotated

import typer

from storage.records import EventKind, Filters, Weight
from tracker.cli.command import Jurisdiction

Jurisdictions = Annotated[list[Jurisdiction] | None, typer.Option("--jurisdiction", help="Only these; may repeat.")]
Authorities = Annotated[list[str] | None, typer.Option("--authority", help="Only these authorities, such as cn_cac.")]
SourcesOption = Annotated[list[str] | None, typer.Option("--source", help="Only these sources.")]
InstrumentsOption = Annotated[list[str] | None, typer.Option("--instrument", help="Only these instruments.")]
ProvisionsOption = Annotated[
    list[str] | None, typer.Option("--provision", help="Only changes in these provisions, such as art_20.")
]
Topics = Annotated[list[str] | None, typer.Option("--topic", help="Only these topics, such as model-safety.")]
KindsOption = Annotated[list[EventKind] | None, typer.Option("--kind", help="Only these kinds of event.")]
WordsOption = Annotated[
    list[str] | None, typer.Option("--word", help="Only what holds one of these words, in any script.")
]
Least = Annotated[Weight | None, typer.Option("--least", help="Only changes of at least this weight.")]


def filters_of(
    jurisdiction: list[Jurisdiction] | None = None,
    authority: list[str] | None = None,
    source: list[str] | None = None,
    instrument: list[str] | None = None,
    provision: list[str] | None = None,
    topic: list[str] | None = None,
    kind: list[EventKind] | None = None,
    word: list[str] | None = None,
    least: Weight | None = None,
) -> Filters:
    """Return the filters that the options ask for."""
    return Filters(
        jurisdictions=tuple(value.value for value in jurisdiction or ()),
        authorities=tuple(authority or ()),
        sources=tuple(source or ()),
        instruments=tuple(instrument or ()),
        provisions=tuple(provision or ()),
        topics=tuple(topic or ()),
        kinds=tuple(value.value for value in kind or ()),
        words=tuple(word or ()),
        least_weight=least,
    )
