"""``furniture``: what is left out of the law because it was learned to be the site's, where, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from storage import furniture as stored
from storage import pages
from storage.database.connection import transaction
from tracker.cli.command import FormatOption, Output, answer_json, app_context, one_clear_line
from tracker.errors import UsageError

furniture_app = typer.Typer(
    help="Boilerplate of sites that was learned and is left out of the law.", invoke_without_command=True
)


@furniture_app.callback(invoke_without_command=True)
def furniture(
    typer_context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Only what stands on the pages of this host.")] = None,
    output: FormatOption = Output.TEXT,
) -> None:
    """List everything that is left out of the law on each page, with the reason and the newest words."""
    if typer_context.invoked_subcommand:
        return
    with one_clear_line():
        app = app_context()
        rows_stored = stored.all_known(app.db, host)
        urls = {page.id: page.url for page in pages.all_pages(app.db)}
    rows = [
        {"id": f.id, "host": f.host, "url": urls[f.page_id], "kind": f.kind.value, "reason": f.reason,
         "path": f.path, "shape": f.shape, "newest": f.seen[-1][1], "looks": len(f.seen),
         "learned_at": f.learned_at.isoformat() if f.learned_at else None,
         "last_seen_at": f.last_seen_at.isoformat()}
        for f in rows_stored
    ]  # fmt: skip
    if output is Output.JSON:
        answer_json({"schema": "clausewatch/furniture/1", "furniture": rows})
    else:
        for row in rows:
            typer.echo(
                f"{row['id']:>5} {row['kind']:<8} {row['url']}: {row['shape']!r} at {row['path']}: {row['reason']}"
            )


@furniture_app.command("forget")
def forget(number: Annotated[int, typer.Argument(help="Number of what was learned.")]) -> None:
    """Take back what was learned: the words are law again until they prove otherwise."""
    with one_clear_line():
        context = app_context()
        with transaction(context.db):
            if not stored.forget(context.db, number):
                raise UsageError(f"{number}: nothing was learned under this number; see `clausewatch furniture`")
