"""``check`` and ``run`` alone, without what the other commands import."""

from __future__ import annotations

import typer

from tracker.cli import watch

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)
for command in (watch.check, watch.run):
    app.command()(command)
