"""``operators`` and ``keys``: who may sign in, and which programs may write."""

from __future__ import annotations

import secrets
import sys
from typing import Annotated

import typer

from storage import api_keys, operator_writes
from storage.database.connection import transaction
from tracker.cli.command import FormatOption, Output, answer_json, app_context, one_clear_line, say, user_name
from tracker.errors import UsageError
from tracker.signing import key_fingerprint
from tracker.web.operators.passwords import LEAST, hash_of

operators_app = typer.Typer(help="Who may sign in on the web.", no_args_is_help=True)
keys_app = typer.Typer(
    help="Keys for programs that write through the API, and for people of the team.", no_args_is_help=True
)


@operators_app.command("hash")
def hash_password() -> None:
    """Ask for the operators' password, or read it from standard input, and print its hash.

    Set CLAUSEWATCH_OPERATOR_PASSWORD_HASH to it; the password itself is stored nowhere.
    """
    with one_clear_line():
        if sys.stdin.isatty():
            password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        else:
            password = sys.stdin.readline().rstrip("\r\n")
        if len(password) < LEAST:
            raise UsageError(f"a password of operators has at least {LEAST} characters")
    typer.echo(hash_of(password))


@operators_app.command("log")
def list_writes(
    most: Annotated[int, typer.Option(min=1, help="So many, the newest first.")] = 100,
    output: FormatOption = Output.TEXT,
) -> None:
    """List what operators and programs wrote: when, who, what."""
    with one_clear_line():
        writes = operator_writes.recent(app_context().db, most)
    if output is Output.JSON:
        rows = [{"id": w.id, "at": w.at.isoformat(), "who": w.who, "act": w.act, "subject": w.subject} for w in writes]
        answer_json({"schema": "clausewatch/operator-writes/1", "writes": rows})
        return
    for write in writes:
        typer.echo(f"{write.at:%Y-%m-%d %H:%M}  {write.who:<24}  {write.act} {write.subject}")


@keys_app.command("new")
def new_key(name: Annotated[str, typer.Argument(help="What it is for, for people.")]) -> None:
    """Make a key and print it, once: only its hash is stored."""
    with one_clear_line():
        context, key = app_context(), f"cw_{secrets.token_urlsafe(32)}"
        with transaction(context.db):
            number = api_keys.add(context.db, name, key_fingerprint(key), context.clock())
            operator_writes.note(context.db, user_name(), "made", f"key {number}", context.clock())
    typer.echo(key)
    say(f"key {number}; send it as `Authorization: Bearer {key[:6]}…`, end it with `clausewatch keys end {number}`")


@keys_app.command("list")
def list_keys(output: FormatOption = Output.TEXT) -> None:
    """List the keys; their secrets are never shown."""
    with one_clear_line():
        keys = api_keys.all_keys(app_context().db)
    if output is Output.JSON:
        rows = [
            {"id": key.id, "name": key.name, "made_at": key.made_at.isoformat(),
             "ended_at": key.ended_at.isoformat() if key.ended_at else None}
            for key in keys
        ]  # fmt: skip
        answer_json({"schema": "clausewatch/keys/1", "keys": rows})
        return
    for key in keys:
        typer.echo(f"{key.id:>4}  {'ended' if key.ended_at else 'in use':<6}  {key.made_at:%Y-%m-%d}  {key.name}")


@keys_app.command("end")
def end_key(number: Annotated[int, typer.Argument(help="The key's number.")]) -> None:
    """Revoke a key: it opens nothing any more."""
    with one_clear_line():
        context = app_context()
        with transaction(context.db):
            if not api_keys.end(context.db, number, context.clock()):
                raise UsageError(f"key {number}: there is none, or it has ended")
            operator_writes.note(context.db, user_name(), "ended", f"key {number}", context.clock())
    typer.echo(f"key {number} has ended")
