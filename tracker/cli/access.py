"""``operators`` and ``keys``: who may sign in, and which programs may write."""

from __future__ import annotations

import secrets
import sys
from typing import Annotated

import typer

from storage import api_keys
from storage.database.connection import transaction
from tracker.cli.command import FormatOption, Output, answer_json, one_clear_line, say, service
from tracker.errors import UsageError
from tracker.web.operators.passwords import LEAST, fingerprint, hashed

operators_app = typer.Typer(help="Who may sign in on the web.", no_args_is_help=True)
keys_app = typer.Typer(help="Keys with which programs write by the API.", no_args_is_help=True)


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
    typer.echo(hashed(password))


@keys_app.command("new")
def new_key(name: Annotated[str, typer.Argument(help="What it is for, for people.")]) -> None:
    """Make a key and print it, once: only its hash is stored."""
    with one_clear_line():
        watched, key = service(), f"cw_{secrets.token_urlsafe(32)}"
        with transaction(watched.db):
            number = api_keys.add(watched.db, name, fingerprint(key), watched.clock())
    typer.echo(key)
    say(f"key {number}; send it as `Authorization: Bearer {key[:6]}…`, end it with `clausewatch keys end {number}`")


@keys_app.command("list")
def list_keys(output: FormatOption = Output.TEXT) -> None:
    """List the keys, never what they are."""
    with one_clear_line():
        found = api_keys.all_keys(service().db)
    if output is Output.JSON:
        rows = [
            {"id": each.id, "name": each.name, "made_at": each.made_at.isoformat(),
             "ended_at": each.ended_at.isoformat() if each.ended_at else None}
            for each in found
        ]  # fmt: skip
        answer_json({"schema": "clausewatch/keys/1", "keys": rows})
        return
    for each in found:
        typer.echo(f"{each.id:>4}  {'ended' if each.ended_at else 'in use':<6}  {each.made_at:%Y-%m-%d}  {each.name}")


@keys_app.command("end")
def end_key(number: Annotated[int, typer.Argument(help="The key's number.")]) -> None:
    """End a key: it opens nothing any more."""
    with one_clear_line():
        watched = service()
        with transaction(watched.db):
            if not api_keys.end(watched.db, number, watched.clock()):
                raise UsageError(f"key {number}: there is none, or it has ended")
    typer.echo(f"key {number} has ended")
