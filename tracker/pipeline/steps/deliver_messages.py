"""Deliver messages: file the outbox in the home, and send it when a way is configured."""

from __future__ import annotations

from storage import problems
from storage.database.connection import transaction
from storage.records import Stage, Subject
from tracker.context import AppContext
from tracker.logs import logged_step
from tracker.pipeline.error_boundary import BatchBoundary

_FILE_MAIL, _SEND_MAIL = Subject.of_step("file mail"), Subject.of_step("send mail")


@logged_step
def deliver_messages(service: AppContext) -> None:
    """File and send what is pending.

    A folder that takes no file is a Problem until a file was written, a mail server that is away until it is back.
    """
    from tracker.alerts import deliver_pending  # noqa: PLC0415 - lightness: not while a crawl runs beside us

    now = service.clock()
    boundary = BatchBoundary(service, Stage.DELIVERY, lambda key: Subject.of_message(key, "deliver messages"))
    report = deliver_pending(service.db, now, service.alert_settings, boundary)
    with transaction(service.db):
        if report.filing_error:
            problems.open_or_touch(service.db, _FILE_MAIL, Stage.DELIVERY, "mail not written", report.filing_error, now)
        elif report.filed_count:
            problems.resolve(service.db, _FILE_MAIL, Stage.DELIVERY, now)
        if report.error:
            problems.open_or_touch(service.db, _SEND_MAIL, Stage.DELIVERY, "mail server", report.error, now)
        else:
            problems.resolve(service.db, _SEND_MAIL, Stage.DELIVERY, now)
