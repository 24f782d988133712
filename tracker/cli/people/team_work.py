"""``team``: assign changes, talk about them, review them, and share watch lists."""

from __future__ import annotations

import getpass
from datetime import timedelta
from typing import Annotated

import typer

from storage import events, team_notes, watch_lists
from storage.database.connection import transaction
from storage.records import Subscription
from storage.team_notes import TeamAct
from tracker.alerts.match.match_events import subscriptions_wanting
from tracker.cli.command import FormatOption, Output, answer_json, app_context, one_clear_line
from tracker.cli.people.subscription_options import (
    Authorities,
    InstrumentsOption,
    Jurisdictions,
    KindsOption,
    Least,
    ProvisionsOption,
    SourcesOption,
    Topics,
    WordsOption,
    filters_of,
)
from tracker.errors import UsageError
from tracker.subscriptions.filter_options import validate_filters
from tracker.view_models.team.work_list import note, note_json, work_items

team_app = typer.Typer(
    help="Work on changes as a team: assign, comment, review; share watch lists.", no_args_is_help=True
)
lists_app = typer.Typer(help="Named filters that a team shares.", no_args_is_help=True)
team_app.add_typer(lists_app, name="lists")

SetArgument = Annotated[int, typer.Argument(metavar="SET", help="Number of a set of changes, as in /changes/SET.")]
UnitOption = Annotated[str, typer.Option(help="Only one unit of it, such as art_9.")]
AsOption = Annotated[str, typer.Option("--as", help="Who does it; the name you are signed in with when not given.")]


@team_app.command("assign")
def assign(
    number: SetArgument,
    whom: Annotated[str, typer.Argument(help="Who shall look at it.")],
    unit: UnitOption = "",
    who: AsOption = "",
) -> None:
    """Assign a set of changes to somebody."""
    _note(number, TeamAct.ASSIGN, who, unit, whom=whom)


@team_app.command("comment")
def comment(
    number: SetArgument,
    text: Annotated[str, typer.Argument(help="What there is to say.")],
    unit: UnitOption = "",
    who: AsOption = "",
) -> None:
    """Comment on a set of changes."""
    _note(number, TeamAct.COMMENT, who, unit, text=text)


@team_app.command("review")
def review(
    number: SetArgument,
    text: Annotated[str, typer.Argument(help="The outcome, in a sentence.")] = "",
    unit: UnitOption = "",
    who: AsOption = "",
) -> None:
    """Mark a set of changes as reviewed."""
    _note(number, TeamAct.REVIEW, who, unit, text=text)


@team_app.command("reopen")
def reopen(number: SetArgument, text: Annotated[str, typer.Argument(help="Why.")] = "", who: AsOption = "") -> None:
    """Reopen a set of changes that was reviewed; its trail stays."""
    _note(number, TeamAct.REOPEN, who, "", text=text)


@team_app.command("list")
def list_work(
    assignee: Annotated[str, typer.Option(help="Only what is assigned to this person.")] = "",
    with_reviewed: Annotated[bool, typer.Option("--all", help="Also what was reviewed.")] = False,
    output: FormatOption = Output.TEXT,
) -> None:
    """List the sets of changes that wait for somebody, newest first."""
    with one_clear_line():
        items = work_items(app_context().db, assignee=assignee, open_only=not with_reviewed)
    if output is Output.JSON:
        answer_json({"schema": "clausewatch/team_work/1", "work": [item.as_json() for item in items]})
        return
    for item in items:
        state = (
            f"reviewed by {item.reviewer}" if item.reviewer else f"with {item.assignee}" if item.assignee else "open"
        )
        said = f", {item.comment_count} comment(s)" if item.comment_count else ""
        typer.echo(
            f"{item.row.id:>5}  {item.row.at:%Y-%m-%d}  {state}{said}  {item.row.title or item.row.title_native}"
        )


@team_app.command("trail")
def trail(number: SetArgument, output: FormatOption = Output.TEXT) -> None:
    """Show everything that was done with a set of changes, and by whom; nothing in it is ever changed."""
    with one_clear_line():
        rows = team_notes.of_set(app_context().db, number)
    if output is Output.JSON:
        answer_json(
            {"schema": "clausewatch/team_trail/1", "change_set": number, "trail": [note_json(row) for row in rows]}
        )
        return
    for row in rows:
        what = " ".join(filter(None, (row.act.value, row.unit, f"to {row.whom}" if row.whom else "")))
        typer.echo(f"{row.at:%Y-%m-%d %H:%M}  {row.who}  {what}{f': {row.text}' if row.text else ''}")


@lists_app.command("new")
def new_list(
    name: Annotated[str, typer.Argument(help="A name for people.")],
    jurisdiction: Jurisdictions = None,
    authority: Authorities = None,
    source: SourcesOption = None,
    instrument: InstrumentsOption = None,
    provision: ProvisionsOption = None,
    topic: Topics = None,
    kind: KindsOption = None,
    word: WordsOption = None,
    least: Least = None,
    who: AsOption = "",
) -> None:
    """Share a filter under a name."""
    with one_clear_line():
        context = app_context()
        filters = filters_of(jurisdiction, authority, source, instrument, provision, topic, kind, word, least)
        validate_filters(context, filters)
        if not name.strip() or len(name) > 80:
            raise UsageError("a list needs a name of at most 80 characters")
        with transaction(context.db):
            if not watch_lists.add(context.db, name.strip(), filters, who or getpass.getuser(), context.clock()):
                raise UsageError(f"{name}: there is such a list; end it first")
    typer.echo(f"list {name.strip()}")


@lists_app.command("show")
def show_list(
    name: Annotated[str, typer.Argument(help="A list; all when none is named.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3_650, help="What happened in so many days.")] = 30,
) -> None:
    """Show the lists, or what happened of late to what a list watches."""
    with one_clear_line():
        context = app_context()
        row = watch_lists.find(context.db, name) if name else None
        if name and row is None:
            raise UsageError(f"{name}: no such list")
        if row is None:
            for one in watch_lists.all_lists(context.db):
                typer.echo(f"{one.name}  (by {one.made_by}, {one.made_at:%Y-%m-%d})")
            return
        now = context.clock()
        since = now - timedelta(days=days)
        wish = [Subscription(0, 0, row.filters, since)]
        recent = [event for event in events.recent(context.db, 10_000) if event.at >= since]
        chosen = [event for event in recent if subscriptions_wanting(context.db, event, wish, now)]
    for event in chosen:
        typer.echo(f"{event.at:%Y-%m-%d}  {event.weight.value:<9}  {event.kind.value:<15}  {event.instrument_id}")
    typer.echo(f"{len(chosen)} in {days} days")


@lists_app.command("end")
def end_list(name: Annotated[str, typer.Argument(help="A list.")]) -> None:
    """End a list; what was found by it stays."""
    with one_clear_line():
        context = app_context()
        with transaction(context.db):
            if not watch_lists.end(context.db, name, context.clock()):
                raise UsageError(f"{name}: no such list")
    typer.echo(f"list {name} has ended")


def _note(number: int, act: TeamAct, who: str, unit: str, *, whom: str = "", text: str = "") -> None:
    with one_clear_line():
        context = app_context()
        row = note(
            context.db, number, act, who=who or getpass.getuser(), now=context.clock(), unit=unit, whom=whom, text=text
        )
    typer.echo(f"{row.act.value} {row.change_set_id} by {row.who}")
