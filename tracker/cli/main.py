"""Put the commands together."""

from __future__ import annotations

import typer

from tracker.cli import (
    declaring,
    exporting,
    feeding,
    files,
    learned,
    looking,
    operating,
    people,
    retracting,
    searching,
    troubling,
    upkeep,
    watching,
    wishes,
)

app = typer.Typer(
    help="Watch what regulators publish about AI and data, provision by provision, and tell people what changed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    watching.demo, watching.check, watching.run, files.parse, files.diff, exporting.export, looking.profile,
    looking.instruments, looking.history, searching.search, people.subscribe, looking.outbox, retracting.retract,
    feeding.feeds, watching.serve, upkeep.replay, upkeep.verify, upkeep.backup, upkeep.doctor,
):  # fmt: skip
    app.command()(command)
app.add_typer(declaring.sources_app, name="sources")
app.add_typer(learned.furniture_app, name="furniture")
app.add_typer(troubling.problems_app, name="problems")
app.add_typer(wishes.subscriptions_app, name="subscriptions")
app.add_typer(people.subscribers_app, name="subscribers")
app.add_typer(operating.operators_app, name="operators")
app.add_typer(operating.keys_app, name="keys")
