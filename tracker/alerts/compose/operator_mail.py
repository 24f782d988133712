"""Problems told to those who run the service: when they open, once a week while they stand, and when they end.

All of a round in one mail. It goes through the outbox as every message does, and to nobody but operators.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlite_utils import Database

from storage import messages, problems, subscriptions
from storage.database.connection import transaction
from storage.records import Audience, Problem
from tracker.alerts.compose.message import Envelope, OutboxMail, addressed
from tracker.alerts.compose.message_body import MessageBody, printed_page
from tracker.alerts.settings import NOBODY, AlertSettings
from tracker.wording.labels import ENGLISH
from tracker.wording.problem_report import Trouble, trouble_of
from tracker.wording.text_fit import one_line

REMIND_AFTER = timedelta(weeks=1)
"""Whom the mail is for when no operator is named: it is filed, and sent nowhere."""
_NEARLY = timedelta(days=1)  # what is due within a day is reminded of together with what is due
_MOST = 60  # problems told in full in one mail; it is still short enough for every reader


@dataclass(frozen=True, slots=True)
class Report:
    """What one mail tells: problems that are new, that still stand, and that have ended."""

    opened: tuple[Problem, ...] = ()
    standing: tuple[Problem, ...] = ()
    ended: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.opened or self.standing or self.ended)

    @property
    def all(self) -> tuple[Problem, ...]:
        """Every problem of the report."""
        return self.opened + self.standing + self.ended

    @property
    def key(self) -> str:
        """What makes the mail one: the same problems at the same point of their life are told once."""
        told = [f"{p.id} {p.told_at} {p.closed_at}" for p in self.all]
        return f"operator:{hashlib.sha256(chr(10).join(told).encode()).hexdigest()[:32]}"


def tell_operators(db: Database, titles: Mapping[str, str], settings: AlertSettings, now: datetime) -> bool:
    """Put one mail about all that is new, still stands or has ended into the outbox; say whether there was anything.

    *titles* are those of the declared sources.
    """
    if not _due(db, now):
        return False
    with transaction(db):
        report = _due(db, now)  # another process may have told it meanwhile
        if not report:
            return False
        address = settings.operator_email or NOBODY
        person = subscriptions.get_subscriber(db, subscriptions.add_subscriber(db, address, name="Operator"))
        troubles = {p.id: trouble_of(db, p, titles, settings.base_url) for p in report.all}
        envelope = Envelope(report.key, person, ())
        letter = compose_report(report, troubles, envelope, settings, now)
        messages.add(db, letter.pending(envelope, now, audience=Audience.OPERATOR))
        problems.mark_told(db, [p.id for p in report.all], now)
    return True


def compose_report(
    report: Report, troubles: Mapping[int, Trouble], envelope: Envelope, settings: AlertSettings, now: datetime
) -> OutboxMail:
    """Return the mail that tells *report*; *troubles* are its problems, by their number."""
    subject = _subject(report)
    opened = [troubles[p.id] for p in report.opened[:_MOST]]
    standing = [troubles[p.id] for p in report.standing[: _MOST - len(opened)]]
    ended = [troubles[p.id] for p in report.ended[:_MOST]]
    context = {
        "subject": subject,
        "heading": subject.removeprefix("Clausewatch: ").capitalize(),
        "sections": [(name, _by_cause(told)) for name, told in (("New", opened), ("Still open", standing)) if told],
        "ended": ended,
        "left_out": len(report.all) - len(opened) - len(standing) - len(ended),
        "all_url": settings.address_of("sources#problems"),
    }
    sheet = MessageBody(subject, printed_page("_operators", context, {}, ENGLISH), foot="_foot_operators")
    return addressed(sheet, envelope, settings, now, leavable=False)


def _due(db: Database, now: datetime) -> Report:
    standing = problems.told_before(db, now - REMIND_AFTER)
    if standing:
        standing = problems.told_before(db, now - REMIND_AFTER + _NEARLY)
    return Report(tuple(problems.untold_problems(db)), tuple(standing), tuple(problems.ended_untold(db)))


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
    counted = (
        (len(report.opened), "new problem"),
        (len(report.standing), "problem still open"),
        (len(report.ended), "problem ended"),
    )
    said = [f"{n} {_plural(words, n)}" for n, words in counted if n]
    if len(report.all) == 1:
        [problem] = report.all
        return one_line(f"Clausewatch: {said[0]}: {problem.source_id}: {problem.cause}", 240)
    return f"Clausewatch: {', '.join(said)}"


def _plural(words: str, number: int) -> str:
    return words if number == 1 else words.replace("problem", "problems")
