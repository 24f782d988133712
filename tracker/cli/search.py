"""``search``: find provisions by their words, in any script."""

from __future__ import annotations

from typing import Annotated

import typer

from storage.search import index
from tracker.cli.command import FormatOption, Output, answer_json, one_clear_line, service
from tracker.render.comparison_html import harmless


def search(
    words: Annotated[list[str], typer.Argument(help="Words that a provision must hold, all of them: 深度合成 评估")],
    jurisdiction: Annotated[str, typer.Option(help="Only in cn, eu, us or in.")] = "",
    instrument: Annotated[str, typer.Option(help="Only in this instrument.")] = "",
    past: Annotated[bool, typer.Option("--past", help="Also in versions that newer ones replaced.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=400, help="How many to show.")] = 20,
    output: FormatOption = Output.TEXT,
) -> None:
    """Find provisions that hold every word, those whose heading says it first, then the newest."""
    question = " ".join(words)
    with one_clear_line():
        watched = service()
    within = index.SearchScope(jurisdiction=jurisdiction, instrument_id=instrument, past=past)
    found = index.search(watched.db, question, within, limit=limit)
    if output is Output.JSON:
        answer_json(
            {
                "schema": "clausewatch/search/1",
                "question": question,
                "total": found.total,
                "more": found.more,
                "hits": [
                    {"instrument": hit.instrument_id, "version": hit.version_id, "eid": hit.eid, "title": hit.title,
                     "citation": hit.citation or hit.label, "current": hit.current, "text": hit.text}
                    for hit in found.hits
                ],
            }
        )  # fmt: skip
        return
    for hit in found.hits:
        typer.echo(
            f"{hit.instrument_id}  {hit.eid}  {hit.citation or hit.label}{'' if hit.current else '  (replaced)'}"
        )
        typer.echo("    " + _marked(hit, question))
    typer.echo(_count(found, limit))


def _marked(hit: index.Hit, question: str) -> str:
    pieces = index.extract(hit, question)
    shown = "".join(f"[{text}]" if asked else text for text, asked in pieces)
    return harmless(" ".join(shown.split()))


def _count(found: index.SearchResult, limit: int) -> str:
    total = f"{'more than ' if found.more else ''}{found.total}"
    shown = f", {limit} shown" if found.total > limit else ""
    return f"{total} provision{'' if found.total == 1 else 's'}{shown}"
