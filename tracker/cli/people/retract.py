"""``retract``: take back an alert that proved wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from storage import operator_writes
from storage.database.connection import transaction
from tracker.alerts import RetractionError
from tracker.alerts import retract as take_back
from tracker.cli.command import app_context, one_clear_line, user_name
from tracker.errors import UsageError


def retract(
    message: Annotated[int, typer.Argument(help="Number of the message that was wrong; see `clausewatch outbox`.")],
    because: Annotated[str, typer.Option(help="What was wrong, in a sentence for those who were told.")],
    instrument: Annotated[str, typer.Option(help="Which instrument, when the message tells of several.")] = "",
) -> None:
    """Withdraw a message: tell everyone who received MESSAGE that it was wrong, once; sent with the next round."""
    with one_clear_line():
        context = app_context()
        try:
            count = take_back(context.db, message, because, context.clock(), instrument)
            with transaction(context.db):
                operator_writes.note(context.db, user_name(), "took back", f"message {message}", context.clock())
        except RetractionError as error:
            raise UsageError(str(error)) from None
    typer.echo(f"{count} taken back" if count else "taken back already")
