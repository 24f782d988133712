"""``translate``: a law, or a provision of it, by the configured service; marked, and refused where unfaithful."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import FormatOption, Output, answer_json, app_context, one_clear_line, print_words
from tracker.cli.remaining_time import RemainingTime
from tracker.errors import UsageError
from tracker.translation.faithful_translation import MachineTranslation, translate_text
from tracker.view_models.law_answers import version_seen_by


def translate(
    instrument: Annotated[str, typer.Argument(help="Id of an instrument; see `clausewatch instruments`.")],
    provision: Annotated[
        str, typer.Argument(help="Id of a provision, such as art_20; the whole law when not given.")
    ] = "",
    to: Annotated[str, typer.Option(help="The language to translate into.")] = "en",
    output: FormatOption = Output.TEXT,
) -> None:
    """Translate a law by the service that is configured, provision by provision; each is asked for once.

    A translation that lost or changed a number, date, reference or negation is refused: the own words are shown.
    Ends with 1 when one was refused.
    """
    with one_clear_line():
        if not (to.isalpha() and to.isascii() and 2 <= len(to) <= 3):
            raise UsageError(f"--to {to}: write a language as two letters, such as en")
        context = app_context()
        version = version_seen_by(context.db, instrument, None)
        if version.language.partition("-")[0] == to:
            raise UsageError(f"{instrument}: is in {to} already")
        pieces = [piece for top in version.reading.provisions for piece in top.walk()]
        chosen_pieces = [p for p in pieces if not provision or p.eid == provision or p.eid.startswith(f"{provision}__")]
        if not chosen_pieces:
            raise UsageError(f"{provision}: no such provision in {version.id}")
        service = context.alert_settings.translation
        timed = RemainingTime()
        rows: list[tuple[str, str, str, MachineTranslation]] = []
        texts = [piece for piece in chosen_pieces if piece.text]
        for number, piece in enumerate(texts, 1):
            result = translate_text(context.db, service, piece.text, version.language, to, context.clock())
            rows.append((piece.eid, piece.citation or piece.label, piece.text, result))
            if len(texts) > 20 and number % 20 == 0:
                timed(f"translated {number} of {len(texts)} provisions")
    refusals = [row for row in rows if row[3].refusal]
    if output is Output.JSON:
        provisions = [
            {"eid": eid, "citation": citation, "text": text, "translation": outcome.text or None,
             "refused": outcome.refusal or None, "service": outcome.service}
            for eid, citation, text, outcome in rows
        ]  # fmt: skip
        answer_json({"schema": "clausewatch/translate/1", "instrument": instrument, "version": version.id,
                     "language": version.language, "to": to, "official": False, "provisions": provisions})  # fmt: skip
    else:
        typer.echo(f"Machine translation of {version.id}, not official.\n")
        for _, citation, text, outcome in rows:
            print_words(
                f"{citation}: {outcome.text}"
                if outcome.text
                else f"{citation}: {text}\n    [not translated: {outcome.refusal}]"
            )
    if refusals:
        raise typer.Exit(1)
