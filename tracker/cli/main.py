"""Put the commands together."""

from __future__ import annotations

import typer

from tracker.cli import (
    access,
    export,
    feeds,
    furniture,
    maintenance,
    parse_diff,
    problems,
    retract,
    search,
    show,
    sources,
    subscribers,
    subscriptions,
    watch,
)

app = typer.Typer(
    help="Watch what regulators publish about AI and data, provision by provision, and tell people what changed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    watch.demo, watch.check, watch.run, parse_diff.parse, parse_diff.diff, export.export, show.profile,
    show.instruments, show.history, search.search, subscribers.subscribe, show.outbox, retract.retract,
    feeds.feeds, watch.serve, maintenance.replay, maintenance.verify, maintenance.backup, maintenance.doctor,
):  # fmt: skip
    app.command()(command)
app.add_typer(sources.sources_app, name="sources")
app.add_typer(furniture.furniture_app, name="furniture")
app.add_typer(problems.problems_app, name="problems")
app.add_typer(subscriptions.subscriptions_app, name="subscriptions")
app.add_typer(subscribers.subscribers_app, name="subscribers")
app.add_typer(access.operators_app, name="operators")
app.add_typer(access.keys_app, name="keys")
