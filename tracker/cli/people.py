"""``subscribe``: who is told what, how often."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Annotated

import typer

from storage import subscriptions
from storage.database import transaction
from storage.records import Cadence, Channel, EventKind, Filters, Weight
from tracker.cli.shared import Jurisdiction, one_clear_line, service
from tracker.errors import UsageError

_List = Annotated[list[str] | None, typer.Option()]


def subscribe(
    address: Annotated[str, typer.Argument(help="Where alerts go.")],
    name: Annotated[str, typer.Option(help="The person's name.")] = "",
    jurisdiction: Annotated[list[Jurisdiction] | None, typer.Option(help="Only these; may be repeated.")] = None,
    authority: Annotated[list[str] | None, typer.Option(help="Only these authorities, such as cn_cac.")] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only these sources.")] = None,
    instrument: Annotated[list[str] | None, typer.Option(help="Only these instruments.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only these topics, such as model-safety.")] = None,
    kind: Annotated[list[EventKind] | None, typer.Option(help="Only these kinds of event.")] = None,
    word: Annotated[list[str] | None, typer.Option(help="Only what holds one of these words, in any script.")] = None,
    least: Annotated[Weight | None, typer.Option(help="Only changes of at least this weight.")] = None,
    cadence: Annotated[Cadence, typer.Option(help="At once, or gathered.")] = Cadence.AT_ONCE,
    hour: Annotated[int, typer.Option(min=0, max=23, help="Local hour of a digest.")] = 8,
    timezone: Annotated[str, typer.Option(help="The subscriber's time zone.")] = "UTC",
) -> None:
    """Tell ADDRESS about what changes from now on; without a filter, about everything."""
    with one_clear_line():
        if "@" not in parseaddr(address)[1] or any(c in address for c in "\r\n"):
            raise UsageError(f"{address!r}: no email address")
        watched = service()
        filters = Filters(
            jurisdictions=tuple(j.value for j in jurisdiction or ()),
            authorities=tuple(authority or ()),
            sources=tuple(source or ()),
            instruments=tuple(instrument or ()),
            topics=tuple(topic or ()),
            kinds=tuple(k.value for k in kind or ()),
            words=tuple(word or ()),
            least_weight=least,
        )
        with transaction(watched.db):
            known = subscriptions.find_subscriber(watched.db, address)
            person = (
                known.id if known else subscriptions.add_subscriber(watched.db, address, name=name, timezone=timezone)
            )
            made = subscriptions.add(
                watched.db, person, filters, cadence=cadence, channel=Channel.EMAIL, hour=hour, now=watched.clock()
            )
    typer.echo(f"subscription {made}: {address}, {cadence.value.replace('_', ' ')}")
