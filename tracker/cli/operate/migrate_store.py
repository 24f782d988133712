"""``migrate-store``: the store copied from SQLite to PostgreSQL, or back, and verified."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from storage.database.place import POSTGRESQL, StorePlace, place_without_secrets, store_place
from storage.transfer.copy_store import StoreCopy, copy_store
from tracker.cli.command import FormatOption, Output, answer_json, one_clear_line
from tracker.cli.remaining_time import RemainingTime
from tracker.config import load as load_settings
from tracker.errors import UsageError
from tracker.locks import try_round_lock

_SCHEMES = ("sqlite:///", *POSTGRESQL)


def migrate_store(
    target: Annotated[str, typer.Argument(help="Where the copy goes: postgresql://… or sqlite:///PATH.")],
    source: Annotated[
        str, typer.Option("--from", help="The store that is copied; without it, the one that is configured.")
    ] = "",
    output: FormatOption = Output.TEXT,
) -> None:
    """Copy the store to TARGET: from SQLite to PostgreSQL, or back; every table is verified by its count and hash.

    Stop `run`, `serve` and workers before. Killed anywhere it goes on when it is repeated; a TARGET that holds anything
    else is left as it is. The archive, keys and mail stay in the home. Set CLAUSEWATCH_DATABASE_URL afterwards.
    """
    with one_clear_line():
        old, new = _place(source) if source else load_settings().database, _place(target)
        if isinstance(old, Path) and not old.exists():
            raise UsageError(f"{old}: there is no store to copy")
        with _alone(old):
            copy = copy_store(old, new, RemainingTime())
    if output is Output.JSON:
        answer_json(_as_json(copy, old, new))
    else:
        typer.echo(_as_text(copy, target))


def _place(text: str) -> StorePlace:
    if not text.startswith(_SCHEMES):
        raise UsageError(f"{text}: neither sqlite:///PATH nor postgresql://…")
    return store_place(text)


@contextmanager
def _alone(old: StorePlace) -> Iterator[None]:
    with try_round_lock(old) as ours:
        if not ours:
            raise UsageError(
                f"{place_without_secrets(old)}: a scheduled round runs on it; stop `clausewatch run` first"
            )
        yield


def _as_json(copy: StoreCopy, old: StorePlace, new: StorePlace) -> dict[str, object]:
    return {
        "schema": "clausewatch/migrate-store/1",
        "from": place_without_secrets(old),
        "to": place_without_secrets(new),
        "was_there": copy.was_there,
        "tables": [{"table": name, "rows": digest.rows, "sha256": digest.sha256} for name, digest in copy.tables],
    }


def _as_text(copy: StoreCopy, target: str) -> str:
    lines = [f"{name:<18} {digest.rows:>10,}  {digest.sha256[:16]}" for name, digest in copy.tables]
    total = sum(digest.rows for _, digest in copy.tables)
    outcome = "were there already" if copy.was_there else "were copied"
    then = f"set CLAUSEWATCH_DATABASE_URL={place_without_secrets(store_place(target))} (with what logs in) to use it"
    return "\n".join([*lines, f"{total:,} rows {outcome}; every table has the same count and hash in both; {then}"])
