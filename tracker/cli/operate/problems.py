"""``problems``: what is wrong, what to try, and what an operator decides."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from storage import problems as stored
from storage.records import ReviewState
from tracker.cli.command import FormatOption, Output, answer_json, app_context, one_clear_line, user_name
from tracker.operations.review import decide, dismiss, retry
from tracker.view_models.doubtful_matches import DoubtfulMatch, doubtful_matches
from tracker.wording.problem_report import Trouble, trouble_of
from tracker.wording.text_fit import wrap

problems_app = typer.Typer(help="What is wrong, for operators.", invoke_without_command=True)
Number = Annotated[int, typer.Argument(help="Number of the problem.")]


@problems_app.callback(invoke_without_command=True)
def problems(
    typer_context: typer.Context,
    with_closed: Annotated[bool, typer.Option("--closed", help="Also those that ended.")] = False,
    output: FormatOption = Output.TEXT,
) -> None:
    """List the open problems: since when, the last good snapshot, and what to try."""
    if typer_context.invoked_subcommand:
        return
    with one_clear_line():
        app = app_context()
        titles = {source.id: source.title for source in app.sources.values()}
        rows = stored.all_problems(app.db) if with_closed else stored.open_problems(app.db)
        troubles = [trouble_of(app.db, row, titles, app.settings.base_url) for row in rows]
        matches = doubtful_matches(app.db)
    if output is Output.JSON:
        rows_shown = [_json(row) for row in troubles]
        doubts = [_doubt_json(match) for match in matches]
        answer_json({"schema": "clausewatch/problems/1", "problems": rows_shown, "doubtful": doubts})
    else:
        typer.echo("\n\n".join(_text(row) for row in troubles) if troubles else "no problems")
        for match in matches:
            names = ", ".join(candidate.title for candidate in match.candidates)
            typer.echo(f"doubtful: {match.by.title} {match.kind} “{match.target}”: {names}?")


def _doubt_json(match: DoubtfulMatch) -> dict[str, object]:
    names = [candidate.title for candidate in match.candidates]
    return {"by": match.by.title, "kind": match.kind, "target": match.target, "candidates": names}


@problems_app.command("approve")
def approve(number: Number) -> None:
    """Approve a quarantined version: it is compared and subscribers are notified."""
    with one_clear_line():
        decide(app_context(), number, ReviewState.CONFIRMED, user_name())


@problems_app.command("reject")
def reject(number: Number) -> None:
    """Reject a quarantined version: the last good one stands."""
    with one_clear_line():
        decide(app_context(), number, ReviewState.REJECTED, user_name())


@problems_app.command("dismiss")
def dismiss_(
    number: Number,
    url: Annotated[str, typer.Option(help="Only this page; without it, every page that keeps the problem open.")] = "",
) -> None:
    """Take pages for known and no law: they are no problem again until they read otherwise."""
    with one_clear_line():
        for page in dismiss(app_context(), number, url, who=user_name()):
            typer.echo(f"known, no law: {page.url}")


@problems_app.command("retry")
def retry_(number: Number) -> None:
    """Try again what failed by a defect of ours; a newer release does so by itself."""
    with one_clear_line():
        problem = retry(app_context(), number, who=user_name())
        typer.echo(f"tried again: {problem.subject_kind.value} {problem.subject_id}")


def _text(trouble: Trouble) -> str:
    problem = trouble.problem
    state = "closed" if problem.closed_at else "open"
    lines = [
        f"{problem.id:>4} {state:<6} {problem.source_id}  {problem.stage.value}: {problem.cause} ({trouble.times})"
    ]
    lines.append(f"     {trouble.title}{f'  {trouble.url}' if trouble.url else ''}")
    lines.append(f"     first seen {trouble.first_seen}; last seen {trouble.last_seen}")
    if len(trouble.pages) > 1:
        lines += ["     pages that keep it open:", *(f"       {url}" for url in trouble.pages)]
    if trouble.ended:
        lines.append(f"     ended {trouble.ended}")
    if trouble.problem.url:
        lines.append(
            f"     last good snapshot: {f'{trouble.good_at}  {trouble.good_url}' if trouble.good else 'none so far'}"
        )
    if trouble.says:
        lines.append(wrap(f"says: {trouble.says}", 100, "     "))
    if not trouble.ended:
        lines.append(wrap(f"try: {trouble.advice}", 100, "     "))
    return "\n".join([*lines, *(f"     $ {command}" for command in trouble.commands)])


def _json(trouble: Trouble) -> dict[str, Any]:
    p, good = trouble.problem, trouble.good
    return {
        "id": p.id,
        "source": p.source_id,
        "title": trouble.title,
        "stage": p.stage.value,
        "cause": p.cause,
        "text": p.text,
        "url": p.url,
        "opened_at": p.opened_at.isoformat(),
        "last_seen_at": p.last_seen_at.isoformat(),
        "times": p.times,
        "closed_at": p.closed_at.isoformat() if p.closed_at else None,
        "told_at": p.told_at.isoformat() if p.told_at else None,
        "last_good": {"snapshot": good.id, "at": good.fetched_at.isoformat(), "url": trouble.good_url}
        if good
        else None,
        "pages": list(trouble.pages),
        "version": p.version_id,
        "advice": trouble.advice,
        "commands": list(trouble.commands),
    }
