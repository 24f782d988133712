"""``subscriptions``: what was asked for, what it would have sent, and its end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlite_utils import Database

from storage import subscriptions
from storage.database.connection import transaction
from storage.records import Filters, Subscriber, Subscription
from tracker.alerts import in_words
from tracker.cli.command import FormatOption, Output, answer_json, one_clear_line, service
from tracker.cli.subscription_options import (
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
from tracker.cli.team_file import bring_in
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
        db = service().db
        people = {each.id: each for each in subscriptions.all_subscribers(db)}
        found = [each for each in subscriptions.all_subscriptions(db) if every or each.active]
    if output is Output.JSON:
        listed = [_shape(db, each, people[each.subscriber_id]) for each in found]
        answer_json({"schema": "clausewatch/subscriptions/1", "subscriptions": listed})
        return
    for each in found:
        person = people[each.subscriber_id]
        refused = ", address refused" if person.refused_at else ""
        typer.echo(f"{each.id:>5}  {each.status:<9}  {person.address}  {in_words(db, each)}{_where(each)}{refused}")


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
        watched = service()
        db = watched.db
        filters = filters_of(jurisdiction, authority, source, instrument, provision, topic, kind, word, least)
        if number is not None:
            found = subscriptions.find(db, number)
            if found is None or filters != Filters():
                raise UsageError(f"subscription {number}: there is none, or filters were given beside it")
            filters = found.filters
        else:
            validate_filters(watched, filters)
        foreseen = preview(db, filters)
    _print(foreseen, output)


@subscriptions_app.command("import")
def import_team(file: Annotated[Path, typer.Argument(help="A TOML file of subscribers and subscriptions.")]) -> None:
    """Bring in the subscriptions of a team; what is known already is left as it is."""
    with one_clear_line():
        watched = service()
        new, known = bring_in(watched, file)
    typer.echo(f"{new} new, {known} known already")


@subscriptions_app.command("end")
def end(number: _Number) -> None:
    """End one subscription."""
    with one_clear_line():
        db = service().db
        with transaction(db):
            if not subscriptions.deactivate(db, number):
                raise UsageError(f"subscription {number}: there is none, or it has ended")
    typer.echo(f"subscription {number} has ended")


def _print(foreseen: Preview, output: Output) -> None:
    if output is Output.JSON:
        told = [
            {"at": each.at.isoformat(), "kind": each.kind, "instrument": each.instrument_id, "subject": each.subject}
            for each in foreseen.told
        ]
        shape = {"count": len(told), "of": foreseen.of, "by_month": foreseen.by_month, "events": told}
        answer_json({"schema": "clausewatch/preview/1", **shape})
        return
    typer.echo(f"{len(foreseen.told)} of {foreseen.of} events")
    for month, count in foreseen.by_month.items():
        typer.echo(f"  {month}  {count:>4}")
    for each in foreseen.told[-_MOST_SHOWN:]:
        typer.echo(f"{each.at:%Y-%m-%d}  {each.subject}")
    if len(foreseen.told) > _MOST_SHOWN:
        typer.echo(f"… the latest {_MOST_SHOWN}; --format json prints all")


def _where(each: Subscription) -> str:
    return f" by {each.channel.value}" if each.target else ""


def _shape(db: Database, each: Subscription, person: Subscriber) -> dict[str, object]:
    return {
        "id": each.id,
        "status": each.status,
        "address": person.address,
        "refused": person.refused_at is not None,
        "asks": in_words(db, each),
        "cadence": each.cadence.value,
        "channel": each.channel.value,
        "hour": each.hour,
        "weekday": each.weekday.value,
        "timezone": person.timezone,
        "when_quiet": each.when_quiet,
        "created_at": each.created_at.isoformat(),
    }
