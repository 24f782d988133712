"""``briefing``: what changed in one week, as text or as a Word document to send on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from storage.records import Filters
from tracker.cli.command import app_context, one_clear_line, print_words, say
from tracker.errors import UsageError
from tracker.render.display_names import jurisdiction_name
from tracker.subscriptions.filter_options import validate_filters
from tracker.view_models.pictures import activity_picture
from tracker.view_models.team.briefing_document import briefing_document, lead_of
from tracker.view_models.team.weekly_briefing import briefing_of, monday_of
from tracker.wording.labels import words
from tracker.wording.phrases import day


def briefing(
    week: Annotated[str, typer.Argument(help="Such as 2026-W48; the last whole week when not given.")] = "",
    jurisdiction: Annotated[str, typer.Option(help="Only this jurisdiction, such as cn.")] = "",
    topic: Annotated[str, typer.Option(help="Only this topic.")] = "",
    language: Annotated[str, typer.Option(help="en or zh.")] = "en",
    to: Annotated[Path | None, typer.Option("--output", "-o", help="Write a Word document (.docx) instead.")] = None,
) -> None:
    """Sum up one week: what changed in each jurisdiction, the heaviest first, and which dates come next."""
    with one_clear_line():
        if to is not None and to.suffix.casefold() != ".docx":
            raise UsageError(f"{to}: a briefing is written as .docx; print its page to have a PDF")
        context, labels = app_context(), words(language)
        validate_filters(
            context, Filters(jurisdictions=(jurisdiction,) * bool(jurisdiction), topics=(topic,) * bool(topic))
        )
        monday = monday_of(week, context.clock().date())
        weekly = briefing_of(context.db, monday, jurisdiction=jurisdiction, topic=topic, words=labels)
        if to is not None:
            only = (jurisdiction,) if jurisdiction else ()
            activity = activity_picture(context.db, weekly.last, "", labels.language, only)
            to.write_bytes(briefing_document(weekly, labels, activity))
            say(f"clausewatch: wrote {to}")
            return
    typer.echo(labels("briefing.title", first=day(weekly.first, labels), last=day(weekly.last, labels)))
    print_words(lead_of(weekly, labels))
    for place, items in weekly.items.items():
        typer.echo(f"\n{jurisdiction_name(place, labels.language)}")
        for item in items:
            print_words(f"- {item.title} [{labels(f'weight.{item.weight}')}]: {item.says}")
            for gist in item.gists:
                print_words(f"    {gist.citation}: {gist.sentence}")
    if weekly.coming:
        typer.echo(f"\n{labels('briefing.coming')}")
    for row in weekly.coming:
        typer.echo(f"- {day(row.on, labels)}: {labels(f'date.{row.kind.value}')}: {row.title or row.title_native}")
