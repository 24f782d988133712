"""``subscriptions``: what was asked for, what it would have sent, and its end."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

from storage import subscriptions
from storage.database.connection import transaction
from storage.records import Filters, Subscriber, Subscription
from tracker.alerts import describe_with_titles
from tracker.cli.command import FormatOption, Output, answer_json, app_context, one_clear_line
from tracker.cli.people.subscription_options import (
    Authorities,
    InstrumentsOption,
    Jurisdictions,
    KindsOption,
    Least,
    ProvisionsOption,
    SourcesOption,
    Topics,
    WordsOption,
    filters_of,
)
from tracker.cli.people.team_file import bring_in
from tracker.errors import UsageError
from tracker.subscriptions.filter_options import validate_filters
from tracker.subscriptions.preview import Preview, preview

subscriptions_app = typer.Typer(help="What subscribers asked for.", no_args_is_help=True)
_Number = Annotated[int, typer.Argument(help="The subscription's number.")]
_MOST_SHOWN = 50


@subscriptions_app.command("list")
def list_subscriptions(
    output: FormatOption = Output.TEXT,
    every: Annotated[bool, typer.Option("--all", help="Ended ones too.")] = False,
) -> None:
    """List every subscription: whose, for what, how often, and where it stands."""
    with one_clear_line():
        db = app_context().db
        people = {row.id: row for row in subscriptions.all_subscribers(db)}
        rows = [row for row in subscriptions.all_subscriptions(db) if every or row.active]
    if output is Output.JSON:
        shapes = [_shape(db, row, people[row.subscriber_id]) for row in rows]
        answer_json({"schema": "clausewatch/subscriptions/1", "subscriptions": shapes})
        return
    for row in rows:
        person = people[row.subscriber_id]
        note = ", address refused" if person.refused_at else ""
        typer.echo(
            f"{row.id:>5}  {row.status:<9}  {person.address}  {describe_with_titles(db, row)}{_where(row)}{note}"
        )


@subscriptions_app.command("preview")
def foresee(
    number: Annotated[int | None, typer.Argument(help="An existing subscription; else give filters.")] = None,
    jurisdiction: Jurisdictions = None,
    authority: Authorities = None,
    source: SourcesOption = None,
    instrument: InstrumentsOption = None,
    provision: ProvisionsOption = None,
    topic: Topics = None,
    kind: KindsOption = None,
    word: WordsOption = None,
    least: Least = None,
    output: FormatOption = Output.TEXT,
) -> None:
    """Show what a filter would have sent over the stored past: how many, how many a month, which."""
    with one_clear_line():
        context = app_context()
        db = context.db
        filters = filters_of(jurisdiction, authority, source, instrument, provision, topic, kind, word, least)
        if number is not None:
            subscription = subscriptions.find(db, number)
            if subscription is None or filters != Filters():
                raise UsageError(f"subscription {number}: there is none, or filters were given beside it")
            filters = subscription.filters
        else:
            validate_filters(context, filters)
        result = preview(db, filters)
    _print(result, context.clock(), output)


@subscriptions_app.command("import")
def import_team(file: Annotated[Path, typer.Argument(help="A TOML file of subscribers and subscriptions.")]) -> None:
    """Bring in the subscriptions of a team; what is known already is left as it is."""
    with one_clear_line():
        context = app_context()
        new, known_count = bring_in(context, file)
    typer.echo(f"{new} new, {known_count} known already")


@subscriptions_app.command("end")
def end(number: _Number) -> None:
    """End one subscription."""
    with one_clear_line():
        db = app_context().db
        with transaction(db):
            if not subscriptions.deactivate(db, number):
                raise UsageError(f"subscription {number}: there is none, or it has ended")
    typer.echo(f"subscription {number} has ended")


def _print(result: Preview, now: datetime, output: Output) -> None:
    if output is Output.JSON:
        items = [
            {"at": item.at.isoformat(), "kind": item.kind, "instrument": item.instrument_id, "subject": item.subject}
            for item in result.items
        ]
        shape = {"count": len(items), "of": result.of, "by_month": result.by_month, "events": items,
                 "per_week": round(result.per_week(now), 1), "last_year": result.last_year(now),
                 "advice": result.advice(now) or None}  # fmt: skip
        answer_json({"schema": "clausewatch/preview/1", **shape})
        return
    typer.echo(f"{len(result.items)} of {result.of} events")
    typer.echo(f"about {result.per_week(now):.1f} a week of late; {result.last_year(now)} in the last year")
    if advice := result.advice(now):
        typer.echo(f"note: {advice}")
    for month, count in result.by_month.items():
        typer.echo(f"  {month}  {count:>4}")
    for item in result.items[-_MOST_SHOWN:]:
        typer.echo(f"{item.at:%Y-%m-%d}  {item.subject}")
    if len(result.items) > _MOST_SHOWN:
        typer.echo(f"… the latest {_MOST_SHOWN}; --format json prints all")


def _where(subscription: Subscription) -> str:
    return f" by {subscription.channel.value}" if subscription.target else ""


def _shape(db: Database, subscription: Subscription, person: Subscriber) -> dict[str, object]:
    return {
        "id": subscription.id,
        "status": subscription.status,
        "address": person.address,
        "refused": person.refused_at is not None,
        "asks": describe_with_titles(db, subscription),
        "cadence": subscription.cadence.value,
        "channel": subscription.channel.value,
        "hour": subscription.hour,
        "weekday": subscription.weekday.value,
        "timezone": person.timezone,
        "when_quiet": subscription.when_quiet,
        "created_at": subscription.created_at.isoformat(),
    }
