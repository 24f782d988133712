"""Operator mail: problems told when they open, once a week while they stand, and when they end.

All of a round in one mail. It goes through the outbox as every message does, and to nobody but operators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlite_utils import Database

from storage import messages, problems, subscriptions
from storage.database.connection import transaction
from storage.records import Audience
from tracker.alerts.compose.address_message import Envelope, OutboxMail, address_to
from tracker.alerts.compose.message_body import MessageBody, print_page
from tracker.alerts.operator_report import Report, due_report
from tracker.alerts.settings import NOBODY, AlertSettings
from tracker.wording.labels import ENGLISH
from tracker.wording.problem_report import Trouble, trouble_of
from tracker.wording.text_fit import one_line

_MOST = 60  # problems told in full in one mail; it is still short enough for every reader


def tell_operators(db: Database, titles: Mapping[str, str], settings: AlertSettings, now: datetime) -> bool:
    """Put one mail about all that is new, still stands or has ended into the outbox; return whether there was anything.

    *titles* are those of the declared sources.
    """
    if not due_report(db, now):
        return False
    with transaction(db):
        report = due_report(db, now)  # another process may have told it meanwhile
        if not report:
            return False
        address = settings.operator_email or NOBODY
        person = subscriptions.get_subscriber(db, subscriptions.add_subscriber(db, address, name="Operator"))
        summary = report.summed_up()
        troubles = {p.id: trouble_of(db, p, titles, settings.base_url) for p in summary.all}
        envelope = Envelope(report.key, person, ())
        mail = compose_report(summary, troubles, envelope, settings, now)
        messages.add(db, mail.pending(envelope, now, audience=Audience.OPERATOR))
        problems.mark_told(db, [p.id for p in report.all], now)
    return True


def compose_report(
    report: Report, troubles: Mapping[int, Trouble], envelope: Envelope, settings: AlertSettings, now: datetime
) -> OutboxMail:
    """Return the mail that tells *report*; *troubles* are its problems, by their number."""
    subject = _subject(report)
    new_rows = [troubles[p.id] for p in report.new[:_MOST]]
    open_rows = [troubles[p.id] for p in report.still_open[: _MOST - len(new_rows)]]
    closed_rows = [troubles[p.id] for p in report.over[:_MOST]]
    context = {
        "subject": subject,
        "heading": subject.removeprefix("Clausewatch: ").capitalize(),
        "sections": [(name, _by_cause(rows)) for name, rows in (("New", new_rows), ("Still open", open_rows)) if rows],
        "ended": closed_rows,
        "left_out": len(report.all) - len(new_rows) - len(open_rows) - len(closed_rows),
        "all_url": settings.address_of("sources#problems"),
    }
    message_body = MessageBody(subject, print_page("_operators", context, {}, ENGLISH), foot="_foot_operators")
    return address_to(message_body, envelope, settings, now, leavable=False)


def _by_cause(troubles: Sequence[Trouble]) -> list[tuple[Trouble, list[Trouble]]]:
    """Return the problems by stage and cause, each group with one of it, which has the words they share.

    What waits for a decision comes first, then what concerns most sources.
    """

    def label(trouble: Trouble) -> tuple[str, str]:
        return trouble.problem.stage.value, trouble.problem.cause

    groups = [list(same) for _, same in groupby(sorted(troubles, key=label), key=label)]
    return [
        (group[0], group)
        for group in sorted(groups, key=lambda group: (group[0].problem.version_id is None, -len(group)))
    ]


def _subject(report: Report) -> str:
    counts = (
        (len(report.new), "new problem"),
        (len(report.still_open), "problem still open"),
        (len(report.over), "problem ended"),
    )
    phrases = [f"{n} {_plural(words, n)}" for n, words in counts if n]
    if len(report.all) == 1:
        [problem] = report.all
        return one_line(f"Clausewatch: {phrases[0]}: {problem.source_id}: {problem.cause}", 240)
    return f"Clausewatch: {', '.join(phrases)}"


def _plural(words: str, number: int) -> str:
    return words if number == 1 else words.replace("problem", "problems")
