"""``subscribe`` and ``subscribers``: who is told what, how often; and a person's own data."""

from __future__ import annotations

from typing import Annotated

import typer

from storage import operator_writes, subscriptions
from storage.database.connection import transaction
from storage.records import Cadence, Channel, Weekday
from tracker.alerts import SignUpError, webhook_secret
from tracker.cli.command import answer_json, app_context, one_clear_line, user_name
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
from tracker.errors import UsageError
from tracker.subscriptions.erasure import export_person, forget_person
from tracker.subscriptions.filter_options import validate_filters
from tracker.subscriptions.request import SubscriptionRequest, store_request, validate_request

subscribers_app = typer.Typer(help="A person's own data.", no_args_is_help=True)


def subscribe(
    address: Annotated[str, typer.Argument(help="Where alerts go.")],
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    jurisdiction: Jurisdictions = None,
    authority: Authorities = None,
    source: SourcesOption = None,
    instrument: InstrumentsOption = None,
    provision: ProvisionsOption = None,
    topic: Topics = None,
    kind: KindsOption = None,
    word: WordsOption = None,
    least: Least = None,
    cadence: Annotated[Cadence, typer.Option(help="At once, or gathered.")] = Cadence.AT_ONCE,
    hour: Annotated[int, typer.Option(min=0, max=23, help="Local hour of a digest, and of reminders.")] = 8,
    weekday: Annotated[Weekday, typer.Option(help="Day of a weekly digest.")] = Weekday.MONDAY,
    timezone: Annotated[str, typer.Option(help="The subscriber's time zone, such as Asia/Shanghai.")] = "UTC",
    language: Annotated[str, typer.Option(help="Of labels and sentences: en or zh; others are answered in en.")] = "en",
    when_quiet: Annotated[bool, typer.Option(help="Send the digest also when nothing changed.")] = False,
    channel: Annotated[Channel, typer.Option(help="Mail, a webhook, or what Apprise reaches.")] = Channel.EMAIL,
    target: Annotated[str, typer.Option(help="The webhook's address, or Apprise's.")] = "",
) -> None:
    """Notify ADDRESS of changes from now on; without a filter, of everything."""
    with one_clear_line():
        filters = filters_of(jurisdiction, authority, source, instrument, provision, topic, kind, word, least)
        request = SubscriptionRequest(
            address, filters, cadence, hour, timezone, name, language, when_quiet, weekday, channel, target
        )
        refuse_unfit(request)
        context = app_context()
        validate_filters(context, filters)
        with transaction(context.db):
            subscription = store_request(context.db, request, context.clock())
            subscriptions.clear_refused(context.db, subscription.subscriber_id)
            subject = f"subscription {subscription.id}"
            operator_writes.note(context.db, user_name(), "made", subject, context.clock())
        typer.echo(f"subscription {subscription.id}: {address}, {cadence.value.replace('_', ' ')}")
        if channel is Channel.WEBHOOK:
            typer.echo(f"signed with {webhook_secret(context.alert_settings, subscription.subscriber_id, target)}")


@subscribers_app.command("export")
def export(address: Annotated[str, typer.Argument(help="The person's address.")]) -> None:
    """Print everything stored about the person at ADDRESS, as JSON."""
    with one_clear_line():
        content = export_person(app_context().db, address)
        if content is None:
            raise UsageError(f"{address}: nobody with this address")
        answer_json(content)


@subscribers_app.command("forget")
def forget(address: Annotated[str, typer.Argument(help="The person's address.")]) -> None:
    """Remove the person at ADDRESS from everything but the counts."""
    with one_clear_line():
        context = app_context()
        if not forget_person(context.db, address, context.alert_settings.emails, context.clock()):
            raise UsageError(f"{address}: nobody with this address")
        with transaction(context.db):
            operator_writes.note(context.db, user_name(), "erased", "a subscriber", context.clock())
    typer.echo("forgotten; what was sent stays counted")


def refuse_unfit(request: SubscriptionRequest) -> None:
    """Raise UsageError when nobody could be told what is asked for."""
    try:
        validate_request(request)
    except SignUpError as error:
        raise UsageError(f"{request.address}: {error}") from None
