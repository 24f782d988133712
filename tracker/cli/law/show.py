"""``profile``, ``instruments``, ``history``, ``outbox``: look at what is known."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from storage import instruments as stored_instruments
from storage import messages, milestones, versions
from storage.records import ReviewState, Version
from tracker import render
from tracker.cli.command import FormatOption, Output, answer_json, app_context, one_clear_line, print_words
from tracker.context import AppContext
from tracker.errors import UsageError
from tracker.render.json_contract import milestone_json


def profile(
    instrument: Annotated[str, typer.Argument(help="Id of an instrument; see `clausewatch instruments`.")],
    output: FormatOption = Output.TEXT,
) -> None:
    """Show what an encyclopaedia entry would say of an instrument, kept current."""
    with one_clear_line():
        context = app_context()
        version = _latest(context, instrument)
        instrument_row = stored_instruments.get(context.db, instrument)
    days = milestones.of_instrument(context.db, instrument) or list(version.reading.dates)
    today = date.today()  # noqa: DTZ011 - a legal date is the reader's own day
    if output is Output.JSON:
        shape = render.reading_json(version.reading, on=today)
        shape |= {"schema": "clausewatch/profile/1", "instrument": instrument, "version": version.id,
                  "title": instrument_row.title, "dates": [milestone_json(m) for m in days],
                  "status": render.status_on(days, today, draft=version.reading.draft).value}  # fmt: skip
        del shape["provisions"]
        answer_json(shape)
    else:
        typer.echo(render.profile_text(version.reading, on=today, dates=days, english=instrument_row.title))


def instruments(output: FormatOption = Output.TEXT) -> None:
    """List the instruments known, with their newest version."""
    with one_clear_line():
        context = app_context()
    rows = []
    for instrument_row in stored_instruments.all_instruments(context.db):
        rows_of_it = versions.of_instrument(context.db, instrument_row.id)
        newest = rows_of_it[-1].id if rows_of_it else ""
        rows.append(
            {
                "id": instrument_row.id,
                "jurisdiction": instrument_row.jurisdiction,
                "title": instrument_row.title,
                "title_native": instrument_row.title_native,
                "versions": len(rows_of_it),
                "newest": newest,
            }
        )
    if output is Output.JSON:
        answer_json({"schema": "clausewatch/instruments/1", "instruments": rows})
    else:
        for row in rows:
            print_words(f"{row['id']:<44} {row['versions']:>3} version(s)  {row['title']}")


def history(
    instrument: Annotated[str, typer.Argument(help="Id of an instrument.")],
    provision: Annotated[str | None, typer.Argument(help="Id of a provision, such as art_20.")] = None,
    version: Annotated[
        str, typer.Option(help="Id of the version that numbers the provision so; else the latest that does.")
    ] = "",
    output: FormatOption = Output.TEXT,
) -> None:
    """Show the versions of an instrument, or the life of one provision through its numbers."""
    with one_clear_line():
        context = app_context()
        _latest(context, instrument)
        if provision:
            rows = [
                {"version": r.version_id, "eid": r.eid, "label": r.whole.label,
                 "text": "\n".join(piece.text for piece in r.whole.walk() if piece.text)}
                for r in versions.lineage(context.db, instrument, provision, version)
            ]  # fmt: skip
            if not rows:
                raise UsageError(f"{provision}: no such provision in {version or instrument}")
        else:
            rows = [
                {"version": v.id, "seen_at": v.seen_at.isoformat(), "standing": v.standing.value, "source": v.source_id}
                for v in versions.of_instrument(context.db, instrument)
            ]
    if output is Output.JSON:
        answer_json({"schema": "clausewatch/history/1", "instrument": instrument, "rows": rows})
    else:
        for row in rows:
            print_words("  ".join(str(value) for value in row.values()))


def outbox(output: FormatOption = Output.TEXT) -> None:
    """List the newest messages: pending, sent and failed."""
    with one_clear_line():
        context = app_context()
    rows = [
        {"id": m.id, "to": m.address, "audience": m.audience.value, "subject": m.subject, "status": m.status.value,
         "composed_at": m.composed_at.isoformat(), "sent_at": m.sent_at.isoformat() if m.sent_at else None,
         "tries": m.tries, "error": m.error}
        for m in messages.recent(context.db, 200)
    ]  # fmt: skip
    if output is Output.JSON:
        answer_json({"schema": "clausewatch/outbox/1", "messages": rows})
    else:
        for row in rows:
            print_words(f"{row['id']:>5} {row['status']:<8} {row['to']:<30} {row['subject']}")


def _latest(context: AppContext, instrument: str) -> Version:
    version = versions.find_latest(context.db, instrument, standing=ReviewState.CONFIRMED)
    if version is None:
        raise UsageError(f"{instrument}: no such instrument, or no version of it yet; see `clausewatch instruments`")
    return version
