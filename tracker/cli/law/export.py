"""``export``: a version, a file, or everything in a format that other tools read."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from storage import versions
from tracker.cli.command import Jurisdiction, JurisdictionOption, app_context, one_clear_line, say
from tracker.cli.law.readings import reading_of
from tracker.errors import UsageError
from tracker.evidence import bundle
from tracker.render.akoma_ntoso import reading_akn


class ExportFormat(StrEnum):
    """What is exported, and as what."""

    AKN = "akn"
    EVIDENCE = "evidence"
    JSONL = "jsonl"


def export(
    what: Annotated[
        str,
        typer.Argument(metavar="VERSION_OR_FILE", help="A file, or the id of a stored version; all with jsonl."),
    ],
    output: Annotated[
        ExportFormat,
        typer.Option("--format", help="akn: Akoma Ntoso 3.0. evidence: ZIP with WARC, JSON and text. jsonl: all."),
    ] = ExportFormat.AKN,
    jurisdiction: JurisdictionOption = None,
    to: Annotated[Path | None, typer.Option("--to", help="Write to this file instead of standard output.")] = None,
) -> None:
    """Write a law as Akoma Ntoso for other legal tools, the evidence of a version, or everything as JSON lines.

    Ends with 1 when it was read but is no law: nothing is written then.
    """
    with one_clear_line():
        if output is ExportFormat.EVIDENCE:
            _evidence(what, to)
        elif output is ExportFormat.JSONL:
            _export_all(what, to)
        else:
            _akoma_ntoso(what, jurisdiction, to)


def _akoma_ntoso(what: str, jurisdiction: Jurisdiction | None, to: Path | None) -> None:
    reading = reading_of(what, jurisdiction)
    if not reading.is_law:
        fatal = next(flaw for flaw in reading.flaws if flaw.fatal)
        say(f"clausewatch: {what}: not exported: {fatal.cause}: {fatal.text}")
        raise typer.Exit(1)
    markup = reading_akn(reading, on=_today())
    if to is None:
        typer.echo(markup, nl=False)
    else:
        to.write_bytes(markup)


def _evidence(what: str, to: Path | None) -> None:
    context = app_context()
    version = versions.find(context.db, what)
    if version is None:
        raise UsageError(f"{what}: not the id of a stored version; see `clausewatch history`")
    path = to or Path(f"{version.id.replace('/', '_')}.zip")
    bundle.write_evidence(context, version, path, _today())
    say(f"clausewatch: wrote {path}")


def _export_all(what: str, to: Path | None) -> None:
    if what != "all":
        raise UsageError(f"{what}: with --format jsonl write `all`")
    context = app_context()
    with to.open("w", encoding="utf-8") if to else nullcontext(sys.stdout) as file:
        for record in bundle.all_records(context, _today()):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day of writing is the writer's own
