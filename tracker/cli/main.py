"""Put the commands together."""

from __future__ import annotations

import typer

from tracker.cli import declaring, exporting, feeding, files, looking, people, retracting, watching, wishes

app = typer.Typer(
    help="Watch what regulators publish about AI and data, provision by provision, and tell people what changed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    watching.demo, watching.check, watching.run, files.parse, files.diff, exporting.export, looking.profile,
    looking.instruments, looking.history, people.subscribe, looking.outbox, retracting.retract,
    feeding.feeds, watching.serve,
):  # fmt: skip
    app.command()(command)
app.add_typer(declaring.sources_app, name="sources")
app.add_typer(looking.problems_app, name="problems")
app.add_typer(wishes.subscriptions_app, name="subscriptions")
app.add_typer(people.subscribers_app, name="subscribers")


def main() -> None:
    """Run the command line."""
    app(prog_name="clausewatch")
