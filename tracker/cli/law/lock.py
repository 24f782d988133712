"""``lock``: pin the provisions that a policy cites, and fail when the law is no longer what was cited."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.command import answer_json, app_context, one_clear_line, say
from tracker.errors import UsageError
from tracker.lockfile.drift import Drift, drifts_of
from tracker.lockfile.drift_report import drift_json, drift_sarif, drift_text
from tracker.lockfile.errors import LockFileError
from tracker.lockfile.pin_citations import CitationPinner, PinnedText
from tracker.lockfile.pins import Pin, merge_pins, read_pins, write_pins
from tracker.lockfile.policy_text import line_of, read_policy
from tracker.lockfile.standing_law import StandingLaw

lock_app = typer.Typer(no_args_is_help=True, help="Pin the provisions that a policy cites, and fail on drift.")
_DEFAULT = Path("clausewatch.lock")


class LockOutput(StrEnum):
    """How drift is printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


LockOption = Annotated[Path, typer.Option("--lock", help="The lock file.")]
OnOption = Annotated[
    str, typer.Option("--on", metavar="DATE", help="Judge as on this day, YYYY-MM-DD; today when not given.")
]


@lock_app.command("add")
def add(
    references: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REFERENCE]…", help='Such as "AI Act art. 50(2)", or INSTRUMENT#EID.'),
    ] = None,
    policy: Annotated[
        list[Path] | None,
        typer.Option("--from", help="A policy (Markdown, text, HTML, DOCX): all it cites is pinned, or REFERENCE."),
    ] = None,
    lock: LockOption = _DEFAULT,
) -> None:
    """Pin provisions as they stand now: those named, those a policy cites, or those named as cited by it.

    Ends with 1 when something that a policy cites could not be pinned: each is named with its line and the reason.
    """
    with one_clear_line():
        if not references and not policy:
            raise UsageError("name a reference, or a policy with --from")
        pins = read_pins(lock.read_text(encoding="utf-8"), str(lock)) if lock.exists() else []
        db = app_context().db
        pinner = CitationPinner(db, StandingLaw(db, _today()))
        texts = {path: read_policy(path) for path in policy or ()}
        if references:
            names = [path.as_posix() for path in texts]
            outcome = PinnedText(tuple(pin for text in references for pin in pinner.pin_reference(text, names)), ())
        else:
            outcome = _all_cited(pinner, texts)
        all_pins, new_count = merge_pins(pins, outcome.pins)
        lock.write_text(write_pins(all_pins), encoding="utf-8")
    for pin in outcome.pins:
        say(f"{pin.reference} -> {pin.instrument}#{pin.eid} in {pin.version}")
    for citation in outcome.open:
        label = "taken for the policy's own" if citation.is_own else "not pinned"
        say(f"clausewatch: {label}: line {citation.line}: {citation.why}")
    misses = [citation for citation in outcome.open if not citation.is_own]
    say(f"clausewatch: {new_count} new, {len(all_pins)} in {lock}, {len(misses)} not pinned")
    if misses:
        raise typer.Exit(1)


@lock_app.command("check")
def check(
    output: Annotated[LockOutput, typer.Option("--format", help="text, json or sarif.")] = LockOutput.TEXT,
    lock: LockOption = _DEFAULT,
    on: OnOption = "",
) -> None:
    """Compare every pin with the law as it stands in this home, without any network; ends with 1 on drift."""
    with one_clear_line():
        day = _day(on)
        pins = _pins(lock)
        law = StandingLaw(app_context().db, day)
        drifts = _all_drifts(pins, law, day)
    open_acts = law.open_acts()
    if output is LockOutput.JSON:
        answer_json(drift_json(pins, drifts, open_acts))
    elif output is LockOutput.SARIF:
        lines = {
            (file, d.pin.reference): line_of(Path(file), d.pin.citation) for d in drifts for file in d.pin.cited_by
        }
        answer_json(drift_sarif(drifts, lock.as_posix(), lines, open_acts))
    else:
        typer.echo(drift_text(pins, drifts, open_acts))
    if drifts:
        raise typer.Exit(1)


@lock_app.command("update")
def update(
    references: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REFERENCE]…", help="As the lock file has them; all when none is named."),
    ] = None,
    lock: LockOption = _DEFAULT,
) -> None:
    """Pin again what has drifted, as the law stands now: to be done after the policy was looked at.

    Ends with 1 when a provision is gone or its law repealed: take its pin out by hand with what cites it.
    """
    with one_clear_line():
        pins = _pins(lock)
        strangers = sorted(set(references or ()) - {pin.reference for pin in pins})
        if strangers:
            raise UsageError(f"{strangers[0]}: no such reference in {lock}")
        law = StandingLaw(app_context().db, _today())
        now = [law.pin_again(pin) if not references or pin.reference in references else pin for pin in pins]
        lock.write_text(write_pins(merge_pins([], now)[0]), encoding="utf-8")
        left = [
            drift for drift in _all_drifts(now, law, _today()) if not references or drift.pin.reference in references
        ]
    say(f"clausewatch: {sum(old != new for old, new in zip(pins, now, strict=True))} pinned again")
    if left:
        say(drift_text(now, left, ()))
        raise typer.Exit(1)


def _pins(lock: Path) -> list[Pin]:
    if not lock.is_file():
        raise UsageError(f"{lock}: no such file; `clausewatch lock add` makes it")
    try:
        return read_pins(lock.read_text(encoding="utf-8"), str(lock))
    except UnicodeDecodeError:
        raise LockFileError(f"{lock}: not a lock file: not UTF-8") from None


def _all_cited(pinner: CitationPinner, texts: dict[Path, str]) -> PinnedText:
    outcomes = [pinner.pin_text(text, path.as_posix()) for path, text in texts.items()]
    return PinnedText(
        tuple(pin for outcome in outcomes for pin in outcome.pins),
        tuple(citation for outcome in outcomes for citation in outcome.open),
    )


def _all_drifts(pins: list[Pin], law: StandingLaw, today: date) -> list[Drift]:
    return [drift for pin in pins for drift in drifts_of(pin, law.of_pin(pin), today)]


def _today() -> date:
    return date.today()  # noqa: DTZ011 - a legal date is the reader's own day


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else _today()
    except ValueError:
        raise UsageError(f"--on {text}: write a day as YYYY-MM-DD") from None
