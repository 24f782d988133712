"""Put the commands together."""

from __future__ import annotations

import typer

from tracker.cli import files, looking, people, watching

app = typer.Typer(
    help="Watch what regulators publish about AI and data, provision by provision, and tell people what changed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    watching.demo, watching.check, watching.run, files.parse, files.diff, looking.profile, looking.instruments,
    looking.history, people.subscribe, looking.outbox, watching.serve,
):  # fmt: skip
    app.command()(command)
app.add_typer(looking.sources_app, name="sources")
app.add_typer(looking.problems_app, name="problems")


def main() -> None:
    """Run the command line."""
    app(prog_name="clausewatch")
