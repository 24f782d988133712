"""``search``: find provisions by their words, in any script."""

from __future__ import annotations

from typing import Annotated

import typer

from storage.records import Filters
from storage.search import index
from tracker.cli.command import FormatOption, Output, answer_json, app_context, one_clear_line, print_words
from tracker.render.control_characters import harmless
from tracker.subscriptions.filter_options import validate_filters


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
        context = app_context()
        only = Filters(jurisdictions=(jurisdiction,) * bool(jurisdiction), instruments=(instrument,) * bool(instrument))
        validate_filters(context, only)
    within = index.SearchScope(jurisdiction=jurisdiction, instrument_id=instrument, past=past)
    result = index.search(context.db, question, within, limit=limit)
    if output is Output.JSON:
        answer_json(
            {
                "schema": "clausewatch/search/1",
                "question": question,
                "total": result.total,
                "more": result.more,
                "hits": [
                    {"instrument": hit.instrument_id, "version": hit.version_id, "eid": hit.eid, "title": hit.title,
                     "citation": hit.citation or hit.label, "current": hit.current, "text": hit.text}
                    for hit in result.hits
                ],
            }
        )  # fmt: skip
        return
    for hit in result.hits:
        print_words(
            f"{hit.instrument_id}  {hit.eid}  {hit.citation or hit.label}{'' if hit.current else '  (replaced)'}"
        )
        typer.echo("    " + _mark(hit, question))
    typer.echo(_count(result, limit))


def _mark(hit: index.Hit, question: str) -> str:
    pieces = index.extract(hit, question)
    marked_text = "".join(f"[{text}]" if is_match else text for text, is_match in pieces)
    return harmless(" ".join(marked_text.split()))


def _count(result: index.SearchResult, limit: int) -> str:
    total = f"{'more than ' if result.more else ''}{result.total}"
    limit_note = f", {limit} shown" if result.total > limit else ""
    return f"{total} provision{'' if result.total == 1 else 's'}{limit_note}"
