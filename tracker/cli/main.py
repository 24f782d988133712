"""The table of commands; a command's file is imported when the command is called, so that each starts light."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker import __version__
from tracker.cli.lazy_group import CommandEntry, lazy_group

_HERE = "tracker.cli"
COMMANDS = {
    name: CommandEntry(f"{_HERE}.{target}", text)
    for name, target, text in (
        ("init", "operate.init:init", "Ask for contact, mail and base address, and write clausewatch.toml."),
        ("demo", "watch:demo", "Play the practice regulators' days, offline: pages change, alerts are written."),
        ("check", "watch:check", "Check once what is due, and take everything found all the way to the mail."),
        ("run", "watch:run", "Watch on a schedule until stopped."),
        ("worker", "operate.worker:worker", "Do the jobs of a fleet on this machine; `run --fleet` plans them."),
        ("serve", "serve:serve", "Show instruments, versions and redlines in a browser."),
        ("mcp", "mcp:mcp", "Offer search, provisions, changes and dates to assistants (Model Context Protocol)."),
        ("parse", "law.parse:parse", "Read one page into its provisions and facts."),
        ("diff", "law.diff:diff", "Compare two versions of a law, provision by provision."),
        ("apply", "law.apply:apply", "Apply an amending act to a law: the text as it will be, computed, not official."),
        ("lineage", "law.lineage:lineage", "Show what became of each provision of a draft in its final text."),
        ("references", "law.references:references", "List the references of a law and where they lead."),
        (
            "obligations",
            "law.obligations:obligations",
            "List the obligations of a law, each with the words it rests on.",
        ),
        (
            "export",
            "law.export:export",
            "Write a law for other legal tools, the evidence of a version, or everything.",
        ),
        ("lock", "law.lock:lock_app", "Pin the provisions that a policy cites, and fail on drift."),
        ("translate", "law.translate:translate", "Translate a law by the service that is configured; marked as such."),
        ("profile", "law.show:profile", "Show what an encyclopaedia entry would say of an instrument, kept current."),
        ("instruments", "law.show:instruments", "List the instruments known, with their newest version."),
        ("history", "law.show:history", "Show the versions of an instrument, or the life of one provision."),
        ("search", "law.search:search", "Find provisions that hold every word."),
        ("subscribe", "people.subscribers:subscribe", "Notify ADDRESS of changes from now on."),
        ("briefing", "law.briefing:briefing", "Sum up one week: what changed, by jurisdiction, and what comes next."),
        ("outbox", "law.show:outbox", "List the newest messages: pending, sent and failed."),
        ("retract", "people.retract:retract", "Withdraw a message: tell everyone who received it that it was wrong."),
        ("feeds", "people.feeds:feeds", "Write Atom, JSON Feed and calendar files."),
        ("replay", "operate.maintenance:replay", "Read and compare again from the archive alone, with today's reader."),
        ("verify", "operate.maintenance:verify", "Check that everything kept is there and whole."),
        ("prove", "operate.prove:prove_app", "Prove to a stranger what a page said, offline."),
        ("backup", "operate.maintenance:backup", "Copy the home as it is at this instant, also while a round runs."),
        (
            "migrate-store",
            "operate.migrate_store:migrate_store",
            "Copy the store from SQLite to PostgreSQL, or back, verified by counts and hashes.",
        ),
        ("doctor", "operate.maintenance:doctor", "Check everything that watching needs, and say what to do."),
        ("sources", "operate.sources:sources_app", "The declared places we watch."),
        (
            "furniture",
            "operate.furniture:furniture_app",
            "Boilerplate of sites that was learned and is left out of the law.",
        ),
        ("problems", "operate.problems:problems_app", "What is wrong, for operators."),
        ("subscriptions", "people.subscriptions:subscriptions_app", "What subscribers asked for."),
        ("team", "people.team_work:team_app", "Work on changes as a team: assign, comment, review; share watch lists."),
        ("subscribers", "people.subscribers:subscribers_app", "A person's own data."),
        ("operators", "operate.access:operators_app", "Who may sign in on the web."),
        (
            "keys",
            "operate.access:keys_app",
            "Keys for programs that write through the API, and for people of the team.",
        ),
    )
}
app = typer.Typer(
    cls=lazy_group(COMMANDS),
    help="Watch what regulators publish about AI and data, provision by provision, and tell people what changed.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"clausewatch {__version__}")
        raise typer.Exit


@app.callback()
def clausewatch(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Watch what regulators publish about AI and data, provision by provision, and tell people what changed."""


def main() -> None:
    """Run the command line."""
    app(prog_name="clausewatch")
