"""``sources list|test|probe|accept|new|docs``: the declared places we watch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawlers.declaration import catalogue
from crawlers.declaration.load import is_loopback
from crawlers.declaration.params import PARAMS
from crawlers.declaration.proposals import accept_proposal
from storage import operator_writes
from storage.database.connection import transaction
from storage.records import Source
from tracker.cli.command import (
    FormatOption,
    Output,
    answer_json,
    app_context,
    load_declarations,
    one_clear_line,
    say,
    user_name,
)
from tracker.cli.remaining_time import RemainingTime
from tracker.config import Settings
from tracker.config import load as load_settings
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.operations.dry_run import DryRun

sources_app = typer.Typer(help="The declared places we watch.", no_args_is_help=True)


@sources_app.command("list")
def sources_list(output: FormatOption = Output.TEXT) -> None:
    """List every declared source."""
    with one_clear_line():
        declarations = load_declarations(load_settings())
    if output is Output.JSON:
        rows = [
            {"id": s.id, "jurisdiction": s.jurisdiction, "title": s.title, "title_native": s.title_native,
             "authority": list(s.authority), "spider": s.spider, "every": catalogue.duration_text(s.every),
             "certainty": {fact: evidence.grade for fact, evidence in s.evidence.items()},
             "evidence": {fact: asdict(evidence) for fact, evidence in s.evidence.items()},
             "dormant": s.dormant, "instrument": s.instrument, "kind": s.kind.value, "urls": list(s.urls)}
            for s in declarations.values()
        ]  # fmt: skip
        answer_json({"schema": "clausewatch/sources/1", "sources": rows})
    else:
        for s in declarations.values():
            rhythm = f"every {catalogue.duration_text(s.every)}" if not s.dormant else "not asked"
            note = f" ({s.dormant})" if s.dormant else ""
            typer.echo(f"{s.id:<42} {s.spider:<17} {rhythm:<16} {catalogue.sureness(s):<9} {s.title}{note}")


@sources_app.command("test")
def sources_test(
    source_ids: Annotated[list[str] | None, typer.Argument(help="Ids of sources; all when none is named.")] = None,
    output: FormatOption = Output.TEXT,
) -> None:
    """Try declarations on the web, read-only: nothing is stored and nobody is notified."""
    from tracker.operations.probe import probe  # noqa: PLC0415 - it brings every reader along

    with one_clear_line():
        settings = load_settings()
        declarations = load_declarations(settings)
        wanted_ids = _askable(source_ids, settings, declarations)
        say(f"looking at {len(wanted_ids)} source(s), one request at a time for each host")
        results = probe(wanted_ids, declarations, settings, dormant_too=bool(source_ids))
    if output is Output.JSON:
        shapes = [{**(result.trial.shape() if result.trial else {}), **result.shape()} for result in results]
        only = shapes[0] if len(shapes) == 1 else {}
        answer_json({"schema": "clausewatch/probe/1", **only, "sources": shapes})
    else:
        _print_table([result.trial for result in results if result.trial is not None])
    if any(result.trial is not None and result.trial.problem for result in results):
        raise typer.Exit(1)


@sources_app.command("probe")
def sources_probe(
    source_ids: Annotated[list[str] | None, typer.Argument(help="Ids of sources; all when none is named.")] = None,
    record: Annotated[Path | None, typer.Option(help="Keep the answers in this folder, for tests to play.")] = None,
    output: FormatOption = Output.TEXT,
) -> None:
    """Look once at every source, politely: which work, which refuse, which changed their shape, and what mends it."""
    from tracker.operations.probe import probe  # noqa: PLC0415 - it brings every reader along

    with one_clear_line():
        settings = load_settings()
        declarations = load_declarations(settings)
        wanted_ids = _askable(source_ids, settings, declarations)
        say(f"looking at {len(wanted_ids)} source(s), one request at a time for each host")
        is_named = bool(source_ids)
        results = probe(wanted_ids, declarations, settings, dormant_too=is_named, record=record, tell=RemainingTime())
    if output is Output.JSON:
        answer_json({"schema": "clausewatch/probe/1", "sources": [result.shape() for result in results]})
    else:
        typer.echo(f"{'source':<42} {'verdict':<14} {'rows':>5}  why")
        for result in results:
            mend = f" (proposed: `clausewatch sources accept {result.id}`)" if result.proposal else ""
            why = (result.why or "").replace("\n", " ")[:100]
            typer.echo(f"{result.id:<42} {result.verdict:<14} {result.rows:>5}  {why}{mend}")
    if any(result.verdict not in {"works", "dormant"} for result in results):
        raise typer.Exit(1)


@sources_app.command("canary")
def sources_canary(
    source_ids: Annotated[list[str] | None, typer.Argument(help="Ids of sources; all when none is named.")] = None,
    output: FormatOption = Output.TEXT,
) -> None:
    """Plant a change at each source, in a home of its own, and say whether and when it arrives as a mail."""
    from tracker.operations.canaries.run_canaries import run_canaries  # noqa: PLC0415 - it brings every reader along
    from tracker.operations.canaries.watch_canaries import report_canaries  # noqa: PLC0415 - the same

    with one_clear_line():
        context = app_context()
        results = run_canaries(context, source_ids or [], RemainingTime())
        report_canaries(context, results)
    if output is Output.JSON:
        rows = [{**asdict(result), "planted_at": result.planted_at.isoformat()} for result in results]
        answer_json({"schema": "clausewatch/canaries/1", "canaries": rows})
    else:
        for result in results:
            after = f"after {result.seconds:.1f} s" if result.seconds is not None else result.text
            typer.echo(f"{result.source_id:<42} {result.state.value:<11} {after}")
    if any(result.state.value == "missing" for result in results):
        raise typer.Exit(1)


@sources_app.command("accept")
def sources_accept(source_id: Annotated[str, typer.Argument(metavar="ID", help="A source with a proposal.")]) -> None:
    """Mend a declaration as it was proposed when its list was found again in another shape."""
    with one_clear_line():
        context = app_context()
        if source_id not in context.sources:
            raise UsageError(f"{source_id}: no such source; see `clausewatch sources list`")
        with transaction(context.db):  # not mended, not noted
            operator_writes.note(context.db, user_name(), "accepted", f"proposal {source_id}", context.clock())
            path = accept_proposal(context.settings.home, source_id, context.settings.folders)
    typer.echo(path)
    say(f"look at it, then `clausewatch sources test {source_id}`")


@sources_app.command("new")
def sources_new(
    source_id: Annotated[str, typer.Argument(metavar="ID", help="<jurisdiction>_<publisher>_<subject>")],
    url: Annotated[str, typer.Argument(help="The address to watch.")],
    spider: Annotated[str, typer.Option(help="How it is walked; guessed from the address when not given.")] = "",
    folder: Annotated[
        Path | None, typer.Option(help="Folder of declarations; the configured one, else the home's.")
    ] = None,
) -> None:
    """Write the draft of one more declaration."""
    with one_clear_line():
        settings = load_settings()
        if source_id in load_declarations(settings):
            raise UsageError(f"{source_id}: is declared already")
        if spider and spider not in PARAMS:
            raise UsageError(f"{spider}: no such walk; known are {', '.join(sorted(PARAMS))}")
        path = catalogue.scaffold(source_id, url, folder or settings.declarations or settings.own_declarations, spider)
    typer.echo(path)
    say(f"fill it in, then `clausewatch sources list` and `clausewatch sources test {source_id}`")


@sources_app.command("docs")
def sources_docs() -> None:
    """Print the catalogue as the page ``docs/sources.md``."""
    with one_clear_line():
        declarations = load_declarations(load_settings())
    typer.echo(catalogue.markdown(declarations.values()), nl=False)


def _askable(source_ids: list[str] | None, settings: Settings, declarations: Mapping[str, Source]) -> list[str]:
    """Return the sources to look at; raises UsageError for one that is not declared, or without a contact."""
    wanted_ids = source_ids or list(declarations)
    if unknown_ids := [source_id for source_id in wanted_ids if source_id not in declarations]:
        raise UsageError(f"{', '.join(unknown_ids)}: no such source; see `clausewatch sources list`")
    urls = (url for source_id in wanted_ids for url in declarations[source_id].urls)
    if not settings.contact and not all(is_loopback(url) for url in urls):
        raise UsageError("set CLAUSEWATCH_CONTACT: a publisher must be able to ask who is looking")
    return wanted_ids


def _print_table(trials: list[DryRun]) -> None:
    typer.echo(f"{'source':<42} {'result':<20} {'items':>5} {'units':>5}  what it says")
    for trial in trials:
        says = (trial.text if trial.problem else trial.title).replace("\n", " ")[:100]
        typer.echo(f"{trial.id:<42} {trial.problem or 'ok':<20} {trial.items:>5} {trial.provisions:>5}  {says}")
